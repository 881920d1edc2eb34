import Catalog
import Recommender

/// What a book feels like, as the templates show it.
struct ImpressionView {
    let moods: [LabelView]
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
        let share: String?
        let evidence: String?
        let opinion: OpinionView?
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
        genres = impression.genres.map {
            LabelView(name: $0.name, level: nil, share: nil, evidence: nil, opinion: opinions?.view(of: .genre($0)))
        }
        notes = impression.contentNotes.map {
            LabelView(
                name: $0.note.name, level: nil, share: nil, evidence: $0.evidence,
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
