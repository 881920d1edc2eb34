extension SourceFormat {
    /// The formats that the program knows, those with the most particular headers first.
    public static let all: [SourceFormat] = [
        bookrecRatings, bookrecBooks, bookrecTags, openLibrary, goodreadsExport, storygraphExport, bookCrossingBooks,
        bookCrossingRatings, bookCrossingUsers, goodbooksBooks, goodbooksBookTags, goodbooksTags, goodbooksRatings,
        goodbooksToRead, ratings, catalogue,
    ]

    /// The format of this name.
    /// - Throws: `FormatError.unknownFormat`.
    public static func named(_ name: String) throws(FormatError) -> SourceFormat {
        guard let format = all.first(where: { $0.name == name }) else {
            throw .unknownFormat(name: name, known: all.map(\.name))
        }
        return format
    }

    /// The format whose columns a header has.
    /// - Parameter file: the file's name, for messages.
    /// - Throws: `FormatError.unrecognised` when it is none's.
    public static func recognise(header: [String], file: String) throws(FormatError) -> SourceFormat {
        let names = Set(header.map { ColumnName($0) }).filter { !$0.folded.isEmpty }
        guard let format = all.first(where: { $0.signature.matches(names) }) else {
            throw .unrecognised(file: file, found: header)
        }
        return format
    }

    /// Checks that a file is for the command that it was given to.
    /// - Throws: `FormatError.otherSubject`, which names the right command.
    public func check(isFor asked: Subject, file: String) throws(FormatError) {
        guard subject == asked else { throw .otherSubject(file: file, format: name, is: subject, asked: asked) }
    }
}
