import GRDB

extension Library {
    /// The library in figures, all from one state of it.
    ///
    /// Reads the editions twice and the ratings once. Flat memory, but for 16 bytes per item that readers rate.
    /// - Complexity: O(size).
    /// - Throws: `LibraryError`.
    public func profile() throws -> LibraryProfile {
        try read { db in
            var profiler = LibraryProfiler(db: db)
            try profiler.countEditions()
            try profiler.countWorks()
            try profiler.countMarks()
            try profiler.countItems()
            try profiler.countSources()
            try profiler.countLineage()
            return profiler.profile
        }
    }
}

/// Makes a profile, part by part.
///
/// SQLite groups by sorting unless an index gives the order, so a distribution over millions of rows would go through a
/// temporary file as large as the column. Values therefore go one by one into a `Tally`; SQL groups where an index gives
/// the order, or where few rows are left.
struct LibraryProfiler {
    let db: Database
    var profile = LibraryProfile()
    /// Readers and ratings by source.
    var readersOfSources: [String: LibraryProfile.Source] = [:]
    /// Marks and stars per item, those of simulated readers left out.
    var marksOfItems = Tally(limit: 0)
    var starsOfItems = Tally(limit: 0)

    init(db: Database) { self.db = db }

    func count(_ sql: String) throws -> Int {
        try Int.fetchOne(db, sql: sql) ?? 0
    }

    static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }
}
