import Catalog

/// What a row's columns of ISBNs come to.
struct RowISBNs: Equatable {
    /// Nil when there is none, or none that can be proved.
    var best: ISBN13?
    /// What the second column has when both are right and name different editions.
    var rival: ISBN13?

    /// What is left when one of the two columns is not believed.
    func without(_ fact: Fact) -> ISBN13? { fact == .isbn13 ? rival : best }
}

extension RowScope {
    mutating func isbns() throws(Violation) -> RowISBNs {
        try isbns(cell(.isbn13), cell(.isbn))
    }

    /// - Parameters:
    ///   - one: what the column `isbn13` has, nil when blank.
    ///   - other: what the column `isbn` has.
    mutating func isbns(_ one: String?, _ other: String?) throws(Violation) -> RowISBNs {
        if one == nil { try absent(.isbn13) }
        if other == nil { try absent(.isbn) }
        switch (one, other) {
        case (nil, nil): return RowISBNs()
        case (let one?, nil): return RowISBNs(best: try isbn(.isbn13, one))
        case (nil, let other?): return RowISBNs(best: try isbn(.isbn, other))
        case (let one?, let other?):
            switch normaliser.isbn(isbn13: one, isbn10: other) {
            case .absent, .unprovable: return RowISBNs()
            case .isbn(let isbn, let rival): return RowISBNs(best: isbn, rival: rival)
            case .wrong(let field, let value):
                let fact = field == Fact.isbn.name ? Fact.isbn : .isbn13
                try wrong(fact, value)
                // Where the contract lets a wrong one pass, the other is looked at alone.
                return fact == .isbn ? RowISBNs() : RowISBNs(best: try isbn(.isbn, other))
            }
        }
    }

    private mutating func isbn(_ fact: Fact, _ cell: String) throws(Violation) -> ISBN13? {
        switch normaliser.isbn(cell, field: fact.name) {
        case .none, .unprovable: return nil
        case .isbn(let isbn): return isbn
        case .wrong:
            try wrong(fact, cell)
            return nil
        }
    }

    private mutating func wrong(_ fact: Fact, _ cell: String) throws(Violation) {
        if format.otherNumbersAmongISBNs, !Self.looksLikeISBN(cell) { return }
        try broken(
            .invalidISBN, fact, cell,
            remedy: "Its length or check digit is wrong. Correct it, or leave the field empty.")
    }

    /// Whether text can only be meant as an ISBN: 10 or 13 digits, the last of 10 maybe an X, with separators.
    static func looksLikeISBN(_ text: String) -> Bool {
        let significant = text.utf8.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        switch significant.count {
        case 10:
            return significant.dropLast().allSatisfy(isDigit)
                && (significant.last.map { isDigit($0) || $0 | 0x20 == UInt8(ascii: "x") } ?? false)
        case 13: return significant.allSatisfy(isDigit)
        default: return false
        }
    }
}
