import Catalog
import Recommender

/// What a book feels like, as the templates show it.
struct ImpressionView {
    let moods: [MoodView]
    let genres: String?
    let pace: String?
    let notes: [NoteView]
    let hasNotes: Bool
    let hasEvidence: Bool

    struct MoodView {
        let code: String
        let name: String
        /// For a `meter`, in 0...1, with a point as decimal sign.
        let level: String
        let share: String
        let evidence: String?
        let opinion: OpinionView
    }

    struct NoteView {
        let code: String
        let name: String
        let evidence: String?
        let opinion: OpinionView
    }

    /// What this reader has said of a label.
    struct OpinionView {
        let isDenied: Bool
        let isConfirmed: Bool
        var isOpen: Bool { !isDenied && !isConfirmed }

        init(_ holds: Bool?) {
            isDenied = holds == false
            isConfirmed = holds == true
        }
    }

    init(_ impression: Impression, opinions: [BookLabel: Bool] = [:]) {
        moods = impression.moods.map { mood in
            MoodView(
                code: BookLabel.mood(mood.mood).code, name: mood.mood.rawValue,
                level: Wording.decimal(mood.strength, places: 3),
                share: "more than \(min(99, Int(100 * mood.percentile))) in 100 books here",
                evidence: mood.evidence, opinion: OpinionView(opinions[.mood(mood.mood)]))
        }
        let filed =
            (impression.isFiction.map { [$0 ? "Fiction" : "Non-fiction"] } ?? []) + impression.genres.map(\.name)
        genres = filed.isEmpty ? nil : filed.joined(separator: ", ")
        pace = impression.pace?.rawValue
        notes = impression.contentNotes.map { note in
            NoteView(
                code: BookLabel.contentNote(note.note).code, name: note.note.name, evidence: note.evidence,
                opinion: OpinionView(opinions[.contentNote(note.note)]))
        }
        hasNotes = !notes.isEmpty
        hasEvidence = moods.contains { $0.evidence != nil }
    }
}
