import Catalog

extension Normaliser {
    /// One field for an ISBN of either length. O(n).
    ///
    /// A number of another kind is noted as unknown, a lossy float as unprovable; nothing is noted of a wrong ISBN, which
    /// is for the contract to judge.
    public mutating func isbn(_ raw: String, field: String) -> ISBNFieldReading {
        if raw.utf8.count == 13, let isbn = ISBN13(raw), isbn.digits == raw, !ISBNPlaceholders.contain(raw) {
            return .isbn(isbn)
        }
        switch ISBNText.read(raw) {
        case .absent: return .none
        case .isbn(let isbn, let steps):
            note(steps, of: raw, field: field, as: isbn)
            return .isbn(isbn)
        case .lossy:
            note(.isbnUnprovable, field: field, before: raw, after: nil)
            return .unprovable
        case .otherNumber:
            note(.setToUnknown, field: field, before: raw, after: nil)
            return .none
        case .wrong: return .wrong
        }
    }

    /// A row's two fields taken together. O(n).
    ///
    /// The ISBN-10 can prove what an ISBN-13 in float notation was; it is converted only where the ISBN-13 says nothing.
    /// Where both are right and name different editions, the ISBN-13 counts, and the other is handed over with it.
    /// - Parameters:
    ///   - isbn13: The first field, whose name in steps and readings is `isbn13`; it may hold an ISBN-10 all the same.
    ///   - isbn10: The second field, `isbn`.
    public mutating func isbn(isbn13: String?, isbn10: String?) -> ISBNReading {
        let (one, other) = (isbn13 ?? "", isbn10 ?? "")
        switch (ISBNText.read(one), ISBNText.read(other)) {
        case (.isbn(let isbn, let steps), let second):
            note(steps, of: one, field: "isbn13", as: isbn)
            switch second {
            case .isbn(let rival, _) where rival != isbn: return .isbn(isbn, disagreeing: rival)
            case .wrong, .otherNumber: note(.setToUnknown, field: "isbn", before: other, after: nil)
            case .absent, .isbn, .lossy: break
            }
            return .isbn(isbn, disagreeing: nil)

        case (.lossy(let lossy), .isbn(let isbn, let steps)) where lossy.agrees(with: isbn):
            note(.isbnReadFromFloat, field: "isbn13", before: one, after: isbn.digits)
            note(steps, of: other, field: "isbn", as: isbn)
            return .isbn(isbn, disagreeing: nil)
        case (.lossy(let lossy), .wrong(let digits)):
            guard let isbn = Self.isbn13(withoutPrefix: digits), lossy.agrees(with: isbn) else {
                return .wrong(field: "isbn", value: other)
            }
            note(.isbnReadFromFloat, field: "isbn13", before: one, after: isbn.digits)
            return .isbn(isbn, disagreeing: nil)
        case (.lossy, _):
            note(.isbnUnprovable, field: "isbn13", before: one, after: nil)
            return .unprovable

        case (.wrong(let digits), .isbn(let isbn, let steps)) where digits.dropLast() == isbn.digits.dropLast():
            // Only the check digit is mistyped: the ISBN-10 has every other digit, and its own proof.
            note(.setToUnknown, field: "isbn13", before: one, after: nil)
            note(steps, of: other, field: "isbn", as: isbn)
            return .isbn(isbn, disagreeing: nil)
        case (.wrong, _):
            return .wrong(field: "isbn13", value: one)

        case (let first, let second):
            if first == .otherNumber { note(.setToUnknown, field: "isbn13", before: one, after: nil) }
            switch second {
            case .absent: return .absent
            case .otherNumber:
                note(.setToUnknown, field: "isbn", before: other, after: nil)
                return .absent
            case .isbn(let isbn, let steps):
                note(steps, of: other, field: "isbn", as: isbn)
                return .isbn(isbn, disagreeing: nil)
            case .lossy:
                note(.isbnUnprovable, field: "isbn", before: other, after: nil)
                return .unprovable
            case .wrong: return .wrong(field: "isbn", value: other)
            }
        }
    }

    /// Some sources cut the 978 off an ISBN-13 and call the rest an ISBN-10; its check digit is then that of the ISBN-13.
    /// Alone that proves little (one in ten texts would pass), beside a float of the same number it does.
    private static func isbn13(withoutPrefix digits: String) -> ISBN13? {
        guard (7...10).contains(digits.utf8.count) else { return nil }
        return ISBN13("978" + String(repeating: "0", count: 10 - digits.utf8.count) + digits)
    }

    private mutating func note(_ kinds: [NormalisationStep.Kind], of raw: String, field: String, as isbn: ISBN13) {
        for kind in kinds { note(kind, field: field, before: raw, after: isbn.digits) }
    }
}
