import Catalog

/// How a mark says that a book was rated and where it stands.
extension RowScope {
    struct Rating {
        /// Of five.
        var stars: Double?
        /// Whether the source says that the book was read, be it only by "not rated".
        var isGiven = false
        /// Whether the stars are a rating.
        var isReal: Bool { stars != nil }
    }

    enum ShelfReading: Equatable {
        case known(ReaderMark.Shelf)
        /// No shelf, and nothing to tell it by.
        case notGiven
        /// A shelf of the reader's own making, which says nothing of reading.
        case ignored

        var value: ReaderMark.Shelf {
            if case .known(let shelf) = self { shelf } else { .read }
        }
    }

    /// The stars, of five whatever the source's scale. A 0 is "read, not rated": no scale of the known sources has it as
    /// its lowest rating.
    mutating func rating() throws(Violation) -> Rating {
        guard let cell = cell(.stars) else {
            try absent(.stars)
            return Rating()
        }
        let stars: Double
        switch normaliser.stars(cell, scale: RatingScale(max: format.scale), field: Fact.stars.name) {
        case .value(let value): stars = value
        case .unreadable:
            try broken(.notANumber, .stars, cell, remedy: "Write the stars as a number, or nothing.")
            return Rating()
        case .absent:
            // A word for nothing says as little as an empty field; a 0 says "not rated".
            guard cell.utf8.contains(UInt8(ascii: "0")) else {
                try absent(.stars)
                return Rating()
            }
            if !format.zeroMeansUnrated { noteUnknown(.stars, cell) }
            // On a reader's own shelf the books not read yet have a 0 too.
            return Rating(stars: nil, isGiven: format.subject != .shelf)
        }
        let limits = plan.limits(of: .stars)
        guard stars >= limits.lower, stars <= limits.upper else {
            let scale = RowScope.words(RowPlan.Limits(upper: format.scale))
            try broken(
                .outOfRange, .stars, cell,
                remedy: "It must be over 0 and \(scale). If the source gives more stars than that, say how many with "
                    + "`scale` in a mapping file.")
            return Rating()
        }
        return Rating(stars: stars, isGiven: true)
    }

    mutating func shelf(_ rating: Rating) throws(Violation) -> ShelfReading {
        switch format.constantShelf {
        case .read: return .known(.read)
        case .wantToRead: return .known(.wantToRead)
        case nil: break
        }
        guard let cell = cell(.shelf) else {
            try absent(.shelf)
            return rating.isGiven || hasBeenRead ? .known(.read) : .notGiven
        }
        let name = ColumnName(cell).folded
        if let shelf = Self.shelves[name] { return .known(shelf) }
        // Shelves of a reader's own. Who has rated a book or tells how often has read it.
        if rating.isReal || hasBeenRead { return .known(.read) }
        if format.subject == .shelf { return .ignored }
        try broken(
            .unknownShelf, .shelf, cell,
            remedy: "Write read, reading, to-read or abandoned.")
        return .notGiven
    }

    private var hasBeenRead: Bool {
        (cell(.readCount).flatMap { Int($0) } ?? 0) > 0
    }

    /// The shelves of Goodreads, The StoryGraph and our own export, and the usual words for what was given up.
    private static let shelves: [String: ReaderMark.Shelf] = [
        "read": .read, "finished": .read, "completed": .read,
        "reading": .reading, "currentlyreading": .reading, "rereading": .reading, "paused": .reading,
        "toread": .wantToRead, "wanttoread": .wantToRead, "wishlist": .wantToRead, "tbr": .wantToRead,
        "abandoned": .abandoned, "didnotfinish": .abandoned, "dnf": .abandoned, "gaveup": .abandoned,
        "unfinished": .abandoned,
    ]
}
