import Catalog
import Testing

@testable import Ingestion

/// Rows of an invented file, read under a format.
struct RowFixture {
    static let year = 2026

    let header: [String]
    let format: SourceFormat
    var reader: RowReader

    init(
        _ header: String, format: SourceFormat? = nil, contract: DataContract? = nil, shelfReader: String? = nil,
        dialect: Dialect = .csv
    ) throws {
        self.header = header.isEmpty ? [] : header.components(by: ",")
        self.format = try format ?? SourceFormat.recognise(header: self.header, file: "file.csv")
        reader = try RowReader(
            format: self.format, header: self.header, contract: contract ?? DataContract.standard(),
            currentYear: Self.year, file: "file.csv",
            shelfReader: shelfReader ?? (self.format.subject == .shelf ? "me" : nil),
            dialect: dialect)
    }

    /// A row with these values, empty elsewhere.
    mutating func read(_ values: [String: String], flaw: Record.Flaw? = nil) -> RowResult {
        reader.read(record(values, flaw: flaw))
    }

    func record(_ values: [String: String], flaw: Record.Flaw? = nil) -> Record {
        precondition(Set(values.keys).isSubset(of: header), "\(values.keys) are not all in \(header)")
        return Record(line: 2, fields: header.map { values[$0] ?? "" }, flaw: flaw, text: "the row")
    }

    mutating func edition(_ values: [String: String]) throws -> Edition {
        let result = read(values)
        guard case .edition(let edition) = result.content else {
            Issue.record("no edition: \(result.content)")
            throw Unexpected()
        }
        return edition
    }

    mutating func mark(_ values: [String: String]) throws -> ReaderMark {
        let result = read(values)
        guard case .mark(let mark) = result.content else {
            Issue.record("no mark: \(result.content)")
            throw Unexpected()
        }
        return mark
    }

    mutating func violation(_ values: [String: String], flaw: Record.Flaw? = nil) throws -> Violation {
        let result = read(values, flaw: flaw)
        guard case .refused(let violation) = result.content else {
            Issue.record("not refused: \(result.content)")
            throw Unexpected()
        }
        return violation
    }

    struct Unexpected: Error {}
}

extension String {
    /// The parts between commas, empty ones too.
    func components(by separator: Character) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}

extension RowResult {
    /// The steps as `field: kind`.
    var stepNames: [String] { steps.map { "\($0.field): \($0.step.rawValue)" } }
}

/// The headers of the sources as they stand in their files.
enum RealHeader {
    static let sevenThousandBooks =
        "isbn13,isbn10,title,subtitle,authors,categories,thumbnail,description,published_year,average_rating,num_pages,"
        + "ratings_count"
    static let starterShelf =
        "isbn13,title,subtitle,authors,categories,published_year,num_pages,average_rating,ratings_count,description"
    static let goodbooksBooks =
        "book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,original_publication_year,"
        + "original_title,title,language_code,average_rating,ratings_count,work_ratings_count,"
        + "work_text_reviews_count,ratings_1,ratings_2,ratings_3,ratings_4,ratings_5,image_url,small_image_url"
    static let goodbooksRatings = "user_id,book_id,rating"
    static let goodbooksToRead = "user_id,book_id"
    static let goodbooksTags = "tag_id,tag_name"
    static let goodbooksBookTags = "goodreads_book_id,tag_id,count"
    static let sharedBookTags = "tag_id,book_id,goodreads_book_id,count"
    static let ratingsOnCatalogue = "user_id,isbn13,rating,sample"
    static let bookCrossingBooks =
        "ISBN,Book-Title,Book-Author,Year-Of-Publication,Publisher,Image-URL-S,Image-URL-M,Image-URL-L"
    static let bookCrossingRatings = "User-ID,ISBN,Book-Rating"
    static let bookCrossingUsers = "User-ID,Location,Age"
    static let goodreads =
        "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,"
        + "Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,"
        + "Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies"
    static let storygraph =
        "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,"
        + "Pace,Character- or Plot-Driven?,Strong Character Development?,Loveable Characters?,Diverse Characters?,"
        + "Flawed Characters?,Star Rating,Review,Content Warnings,Content Warning Description,Tags,Owned?"
    static let exportedBooks =
        "source,source_id,isbn13,title,subtitle,authors,series,categories,year,pages,language,average_rating,"
        + "ratings_count,description,cover_url,work,joined_by,leads,hidden,alias"
    static let exportedRatings = "source,reader,item,isbn13,title,authors,stars,shelf,date,simulated"
    static let exportedTags = "source,item,tag_id,tag_name,tag_count"
    /// As the record reader names the columns of a dump.
    static let openLibraryDump = "type,key,revision,lastModified"
}
