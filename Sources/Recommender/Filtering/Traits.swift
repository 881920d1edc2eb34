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
    init(_ labels: Labels) {
        precondition(Trait.allCases.count <= 64 && ContentNote.allCases.count <= 16)
        let said = Genre.allCases.map(BookLabel.genre) + Mood.allCases.map(BookLabel.mood)
        let start = Trait.allCases.firstIndex(of: .genre(Genre.allCases[0])) ?? 0
        let fiction = [false: Self.mask([.fiction(false)]), true: Self.mask([.fiction(true)])]
        let paces = Dictionary(uniqueKeysWithValues: Pace.allCases.map { ($0, Self.mask([.pace($0)])) })
        let lengths = Dictionary(uniqueKeysWithValues: LengthClass.allCases.map { ($0, Self.mask([.length($0)])) })
        bits = labels.bits(said).enumerated().map { row, said in
            said << UInt64(start) | (labels.isFiction(row).flatMap { fiction[$0] } ?? 0)
                | (labels.pace(row).flatMap { paces[$0] } ?? 0) | (labels.length(row).flatMap { lengths[$0] } ?? 0)
        }
        cautions = labels.bits(ContentNote.allCases.map(BookLabel.contentNote), mayBe: true).map {
            UInt16(truncatingIfNeeded: $0)
        }
    }

    /// The number of a trait's bit.
    static func place(_ trait: Trait) -> Int { places[trait] ?? 0 }

    static func mask(_ traits: some Sequence<Trait>) -> UInt64 {
        traits.reduce(0) { $0 | 1 << UInt64(place($1)) }
    }

    static func mask(_ notes: some Sequence<ContentNote>) -> UInt16 {
        notes.reduce(0) { mask, note in
            mask | 1 << UInt16(ContentNote.allCases.firstIndex(of: note) ?? 0)
        }
    }
}
