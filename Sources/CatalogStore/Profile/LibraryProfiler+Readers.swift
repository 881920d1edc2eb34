import GRDB

extension LibraryProfiler {
    /// What readers said, in one scan of their marks beside one of the readers.
    mutating func countMarks() throws {
        let limit = try itemLimit()
        (marksOfItems, starsOfItems) = (Tally(limit: limit), Tally(limit: limit))
        var (stars, perReader) = (Tally(), Tally())
        var silentReaders = 0
        let readers = try Row.fetchCursor(db, sql: "SELECT id, simulated, source FROM readers ORDER BY id")
        // In the order of the table itself. Stars are counted in hundredths.
        let marks = try Row.fetchCursor(
            db, sql: "SELECT readerId, itemId, CAST(stars * 100 + 0.5 AS INTEGER) FROM ratings ORDER BY readerId")
        var mark = try marks.next()
        while let reader = try readers.next() {
            let (id, isSimulated): (Int64, Bool) = (reader[0], reader[1])
            var (ratings, others) = (0, 0)
            while let row = mark {
                let owner: Int64 = row[0]
                guard owner <= id else { break }
                // A mark whose reader is not there is for `Library.check` to tell.
                if owner == id {
                    let value: Int? = row[2]
                    if value == nil { others += 1 } else { ratings += 1 }
                    if !isSimulated {
                        let item: Int = row[1]
                        marksOfItems.add(item)
                        if let value {
                            starsOfItems.add(item)
                            stars.add(value)
                        }
                    }
                }
                mark = try marks.next()
            }
            guard !isSimulated else {
                profile.totals.simulatedReaders += 1
                profile.totals.simulatedMarks += ratings + others
                continue
            }
            profile.totals.readers += 1
            profile.totals.ratings += ratings
            profile.totals.unratedMarks += others
            if ratings > 0 { perReader.add(ratings) } else { silentReaders += 1 }
            let source = reader[2] as String
            readersOfSources[source, default: .init(name: source)].readers += 1
            readersOfSources[source, default: .init(name: source)].ratings += ratings
        }
        profile.stars = Distribution(stars, scale: 100, ranges: ValueRange.halfStars)
        profile.ratingsPerReader = Distribution(perReader, unknown: silentReaders, ranges: ValueRange.powersOfTwo)
    }

    /// Above every item's number, unless the numbers have wide gaps.
    private func itemLimit() throws -> Int {
        let (last, items) = (try count("SELECT MAX(id) FROM items"), try count("SELECT COUNT(*) FROM items"))
        return min(last, 4 * items + 4_096) + 1
    }

    /// How what they rate came to be known as works, and how many ratings each book has.
    mutating func countItems() throws {
        let methods = ItemMatch.allCases.map(\.rawValue) + ["unmatched", "other"]
        let codes = ItemMatch.allCases.enumerated().map { "WHEN '\($1.rawValue)' THEN \($0)" }.joined(separator: " ")
        let unmatched = ItemMatch.allCases.count
        var joins = methods.map { LibraryProfile.ItemJoins(method: $0) }
        var (certainty, certaintyOfRatings) = (methods.map { _ in 0.0 }, methods.map { _ in 0.0 })
        var perBook = Tally()
        let items = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, CASE WHEN workId IS NULL THEN \(unmatched) ELSE CASE method \(codes) ELSE \(unmatched + 1) END END,
                    COALESCE(confidence, 0.0)
                FROM items
                """)
        while let row = try items.next() {
            let id = row[0] as Int
            guard marksOfItems[id] > 0 else {
                profile.totals.otherItems += 1
                continue
            }
            let (place, ratings, confidence) = (row[1] as Int, starsOfItems[id], row[2] as Double)
            profile.totals.ratedItems += 1
            joins[place].items += 1
            joins[place].ratings += ratings
            certainty[place] += confidence
            certaintyOfRatings[place] += confidence * Double(ratings)
            if place == unmatched, ratings > 0 { perBook.add(ratings) }
        }
        for place in joins.indices {
            let join = joins[place]
            joins[place].shareOfItems = Self.share(join.items, of: profile.totals.ratedItems)
            joins[place].shareOfRatings = Self.share(join.ratings, of: profile.totals.ratings)
            guard place != unmatched else { continue }
            if join.items > 0 { joins[place].meanConfidence = certainty[place] / Double(join.items) }
            if join.ratings > 0 {
                joins[place].meanConfidenceOfRatings = certaintyOfRatings[place] / Double(join.ratings)
            }
        }
        profile.itemJoins = joins.filter { $0.method != "other" || $0.items > 0 }
        try countRatingsOfWorks(into: &perBook)
        profile.ratingsPerBook = Distribution(perBook, ranges: ValueRange.powersOfTwo)
    }

    /// Sums the ratings of a work's items, in the order of the index by work.
    private mutating func countRatingsOfWorks(into perBook: inout Tally) throws {
        var (work, ratings, works) = ("", 0, 0)
        func finish() {
            guard ratings > 0 else { return }
            perBook.add(ratings)
            works += 1
        }
        let items = try Row.fetchCursor(
            db, sql: "SELECT workId, id FROM items WHERE workId IS NOT NULL ORDER BY workId")
        while let row = try items.next() {
            let next = row[0] as String
            if next != work {
                finish()
                (work, ratings) = (next, 0)
            }
            ratings += starsOfItems[row[1]]
        }
        finish()
        profile.ratedWorks = works
    }
}
