import Catalog
import Recommender

/// What a book feels like, as the templates show it.
struct ImpressionView {
    let moods: [LabelView]
    /// The moods in two parts, for the book's own page: those that show, and the faint ones.
    let clearMoods: [LabelView]
    let faintMoods: [LabelView]
    let hasFaintMoods: Bool
    let genres: [LabelView]
    let notes: [LabelView]
    let hasGenres: Bool
    let hasNotes: Bool
    /// Fiction or not and the genres, in words.
    let kind: String?
    let pace: String?

    /// One label of a book.
    struct LabelView {
        let name: String
        /// For a `meter`, in 0...1, with a point as decimal sign; none where there are no degrees.
        let level: String?
        let hasLevel: Bool
        let share: String?
        let evidence: String?
        let opinion: OpinionView?

        init(name: String, level: String? = nil, share: String? = nil, evidence: String? = nil, opinion: OpinionView?) {
            self.name = name
            self.level = level
            hasLevel = level != nil
            self.share = share
            self.evidence = evidence
            self.opinion = opinion
        }
    }

    /// What this reader has said of a label, and where to say it.
    struct OpinionView {
        let address: String
        let code: String
        let isDenied: Bool
        let isConfirmed: Bool
        let isOpen: Bool
    }

    /// A reader's opinions of a book.
    struct Opinions {
        /// Where they are sent.
        let address: String
        let own: [BookLabel: Bool]

        func view(of label: BookLabel) -> OpinionView {
            OpinionView(
                address: address, code: label.code, isDenied: own[label] == false, isConfirmed: own[label] == true,
                isOpen: own[label] == nil)
        }
    }

    /// - Parameter opinions: nil where none are taken.
    init(_ impression: Impression, opinions: Opinions?) {
        moods = impression.moods.map { mood in
            LabelView(
                name: mood.mood.rawValue, level: Wording.decimal(mood.strength, places: 3),
                share: "more than \(min(99, Int(100 * mood.percentile))) in 100 books here", evidence: mood.evidence,
                opinion: opinions?.view(of: .mood(mood.mood)))
        }
        let clear = max(2, impression.moods.count { $0.strength >= 0.2 })
        clearMoods = Array(moods.prefix(clear))
        faintMoods = Array(moods.dropFirst(clear))
        hasFaintMoods = !faintMoods.isEmpty
        genres = impression.genres.map {
            LabelView(name: $0.name, opinion: opinions?.view(of: .genre($0)))
        }
        notes = impression.contentNotes.map {
            LabelView(
                name: $0.note.name, evidence: $0.evidence,
                opinion: opinions?.view(of: .contentNote($0.note)))
        }
        hasGenres = !genres.isEmpty
        hasNotes = !notes.isEmpty
        let filed =
            (impression.isFiction.map { [$0 ? "Fiction" : "Non-fiction"] } ?? []) + impression.genres.map(\.name)
        kind = filed.isEmpty ? nil : filed.joined(separator: ", ")
        pace = impression.pace?.rawValue
    }
}
