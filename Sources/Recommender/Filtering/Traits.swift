import Catalog

/// What is said of each work that it can be filtered and counted by, one bit a trait.
struct Traits: Sendable {
    /// One trait.
    enum Trait: Hashable, CaseIterable, Sendable {
        case fiction(Bool)
        case genre(Genre)
        case mood(Mood)
        case pace(Pace)
        case length(LengthClass)

        static let allCases: [Trait] =
            [.fiction(true), .fiction(false)] + Genre.allCases.map(Trait.genre) + Mood.allCases.map(Trait.mood)
            + Pace.allCases.map(Trait.pace) + LengthClass.allCases.map(Trait.length)

        /// The value of the parameter that asks for it.
        var value: String {
            switch self {
            case .fiction(let holds): holds ? "yes" : "no"
            case .genre(let genre): genre.rawValue
            case .mood(let mood): mood.rawValue
            case .pace(let pace): pace.rawValue
            case .length(let length): length.rawValue
            }
        }
    }

    /// [works]: bit n is trait n of `Trait.allCases`.
    let bits: [UInt64]
    /// [works]: bit n is set where content note n may apply.
    let cautions: [UInt16]

    private static let places = Dictionary(uniqueKeysWithValues: zip(Trait.allCases, 0...))

    /// O(works * traits).
    init(_ labels: Labels, works: Int) {
        precondition(Trait.allCases.count <= 64 && ContentNote.allCases.count <= 16)
        var bits: [UInt64] = []
        var cautions: [UInt16] = []
        bits.reserveCapacity(works)
        cautions.reserveCapacity(works)
        let genres = Genre.allCases.map { ($0, Self.mask([.genre($0)])) }
        let moods = Mood.allCases.map { ($0, Self.mask([.mood($0)])) }
        for row in 0..<works {
            var own: UInt64 = 0
            if let fiction = labels.isFiction(row) { own |= Self.mask([.fiction(fiction)]) }
            for (genre, mask) in genres where labels.holds(.genre(genre), row) { own |= mask }
            for (mood, mask) in moods where labels.holds(.mood(mood), row) { own |= mask }
            if let pace = labels.pace(row) { own |= Self.mask([.pace(pace)]) }
            if let length = labels.length(row) { own |= Self.mask([.length(length)]) }
            bits.append(own)
            cautions.append(Self.mask(ContentNote.allCases.filter { labels.mayHold($0, row) }))
        }
        (self.bits, self.cautions) = (bits, cautions)
    }

    static func mask(_ traits: some Sequence<Trait>) -> UInt64 {
        traits.reduce(0) { $0 | 1 << UInt64(places[$1] ?? 0) }
    }

    static func mask(_ notes: some Sequence<ContentNote>) -> UInt16 {
        notes.reduce(0) { mask, note in
            mask | 1 << UInt16(ContentNote.allCases.firstIndex(of: note) ?? 0)
        }
    }
}
