import Catalog
import Foundation
import GRDB

/// What works are filtered, sorted and counted by: one array a fact, all in the order of the works' rows.
public struct CatalogColumns: Sendable {
    /// `unknownYear` where it is not known.
    public var years: [Int32] = []
    /// 0 where it is not known.
    public var pages: [Int32] = []
    /// 1...5, not a number where nobody has rated.
    public var ratings: [Float] = []
    public var ratingsCounts: [UInt32] = []
    /// None or one a work.
    public var languages = CodedLists()
    public var categories = CodedLists()
    public var authors = CodedLists()
    /// None or one a work, without its number.
    public var series = CodedLists()

    public static let unknownYear = Int32.min

    public var count: Int { years.count }

    /// Takes works one by one.
    struct Builder {
        private var columns = CatalogColumns()
        private var languages = CodedLists.Builder()
        private var categories = CodedLists.Builder()
        private var authors = CodedLists.Builder()
        private var series = CodedLists.Builder()

        mutating func add(_ work: Work) {
            columns.years.append(work.year.flatMap(Int32.init(exactly:)) ?? unknownYear)
            columns.pages.append(work.pages.flatMap(Int32.init(exactly:)).map { max(0, $0) } ?? 0)
            columns.ratings.append(work.averageRating.map(Float.init) ?? .nan)
            columns.ratingsCounts.append(UInt32(clamping: work.ratingsCount))
            languages.add(work.language.map { [$0] } ?? [])
            categories.add(work.categories)
            authors.add(work.authors)
            series.add(work.series.map { [SeriesName($0).text] } ?? [])
        }

        consuming func finish() -> CatalogColumns {
            columns.languages = languages.finish()
            columns.categories = categories.finish()
            columns.authors = authors.finish()
            columns.series = series.finish()
            return columns
        }
    }
}

/// A list of names for each work, each name kept once. Names that fold alike are one: "FICTION" and "Fiction".
public struct CodedLists: Sendable {
    /// By code, as they stand in the first work that has them.
    public private(set) var names: [String] = []
    /// [works + 1]: how many codes there are before each work's own, and in all.
    @usableFromInline var offsets: [UInt32] = [0]
    @usableFromInline var codes: [UInt32] = []

    /// The number of works.
    public var count: Int { offsets.count - 1 }

    /// The codes of a work, none twice.
    public subscript(row: Int) -> ArraySlice<UInt32> { codes[Int(offsets[row])..<Int(offsets[row + 1])] }

    /// Hands the codes of a work to `body`, without a slice, whose references would be counted work by work.
    @inlinable
    public func forEachCode(of row: Int, _ body: (Int) -> Void) {
        for place in Int(offsets[row])..<Int(offsets[row + 1]) { body(Int(codes[place])) }
    }

    struct Builder {
        private var lists = CodedLists()
        private var known: [String: UInt32] = [:]

        mutating func add(_ names: [String]) {
            let start = lists.codes.count
            for name in names {
                let key = FoldedText.fold(name)
                let code = known[key] ?? UInt32(lists.names.count)
                if known.updateValue(code, forKey: key) == nil { lists.names.append(name) }
                if !lists.codes[start...].contains(code) { lists.codes.append(code) }
            }
            lists.offsets.append(UInt32(lists.codes.count))
        }

        consuming func finish() -> CodedLists { lists }
    }

    fileprivate init?(names: [String], offsets: [UInt32], codes: [UInt32], works: Int) {
        guard offsets.count == works + 1, offsets.first == 0, Int(offsets[works]) == codes.count,
            zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
            codes.allSatisfy({ $0 < names.count })
        else { return nil }
        (self.names, self.offsets, self.codes) = (names, offsets, codes)
    }

    fileprivate init() {}
}

extension CatalogColumns {
    /// Nil when a column is missing or does not fit the others.
    init?(from db: Database) throws {
        let statement = try db.makeStatement(sql: "SELECT data FROM columns WHERE name = ?")
        func numbers<Number: BitwiseCopyable>(_ name: String) throws -> [Number]? {
            guard let data = try Data.fetchOne(statement, arguments: [name]),
                data.count.isMultiple(of: MemoryLayout<Number>.stride)
            else { return nil }
            return [Number](unsafeUninitializedCapacity: data.count / MemoryLayout<Number>.stride) { numbers, count in
                count = data.count / MemoryLayout<Number>.stride
                UnsafeMutableRawBufferPointer(numbers).copyBytes(from: data.prefix(data.count))
            }
        }
        func lists(_ name: String, works: Int) throws -> CodedLists? {
            guard let names = try Data.fetchOne(statement, arguments: ["\(name).names"]),
                let offsets: [UInt32] = try numbers("\(name).offsets"),
                let codes: [UInt32] = try numbers("\(name).codes"),
                let list = try? JSONDecoder().decode([String].self, from: names)
            else { return nil }
            return CodedLists(names: list, offsets: offsets, codes: codes, works: works)
        }
        guard let years: [Int32] = try numbers("years"), let pages: [Int32] = try numbers("pages"),
            let ratings: [Float] = try numbers("ratings"), let counts: [UInt32] = try numbers("ratingsCounts"),
            let languages = try lists("languages", works: years.count),
            let categories = try lists("categories", works: years.count),
            let authors = try lists("authors", works: years.count),
            let series = try lists("series", works: years.count),
            [pages.count, ratings.count, counts.count].allSatisfy({ $0 == years.count })
        else { return nil }
        (self.years, self.pages, self.ratings, ratingsCounts) = (years, pages, ratings, counts)
        (self.languages, self.categories, self.authors, self.series) = (languages, categories, authors, series)
    }

    func write(to db: Database) throws {
        let statement = try db.makeStatement(sql: "INSERT INTO columns VALUES (?, ?)")
        func write(_ name: String, _ numbers: [some BitwiseCopyable]) throws {
            #if _endian(big)
                #error("Snapshots are little-endian.")
            #endif
            try statement.execute(arguments: [name, numbers.withUnsafeBytes { Data($0) }])
        }
        func write(_ name: String, _ lists: CodedLists) throws {
            try statement.execute(arguments: ["\(name).names", try JSONEncoder().encode(lists.names)])
            try write("\(name).offsets", lists.offsets)
            try write("\(name).codes", lists.codes)
        }
        try write("years", years)
        try write("pages", pages)
        try write("ratings", ratings)
        try write("ratingsCounts", ratingsCounts)
        try write("languages", languages)
        try write("categories", categories)
        try write("authors", authors)
        try write("series", series)
    }
}
