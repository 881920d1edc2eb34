import Catalog
import Enrichment

extension Recommender {
    /// How many moods a hit shows.
    private static let shownMoods = 2

    /// All that a work is taken to be. O(labels + description).
    func impression(of work: Work, atRow row: Int) -> Impression {
        impression(ofWorkAt: row, Sentences.split(work.description ?? ""), isWhole: true)
    }

    /// What a work is taken to be. O(labels).
    /// - Parameter sentences: those of its description.
    func impression(ofWorkAt row: Int, _ sentences: [Substring], isWhole: Bool) -> Impression {
        // A sentence that speaks for what is not said of the book would be no evidence.
        func evidence(_ label: BookLabel) -> String? {
            guard labels.holds(label, row) else { return nil }
            return labels.sentence(label, row).flatMap { sentences.indices.contains($0) ? String(sentences[$0]) : nil }
        }
        let moods = Mood.allCases.map { (mood: $0, strength: labels.probability(.mood($0), row)) }
            .sorted { $0.strength > $1.strength }
        let emotions = Emotion.allCases.map { (emotion: $0, strength: labels.probability(.emotion($0), row)) }
            .sorted { $0.strength > $1.strength }
        return Impression(
            isFiction: labels.isFiction(row),
            genres: Genre.allCases.filter { labels.holds(.genre($0), row) }.sorted {
                labels.probability(.genre($0), row) > labels.probability(.genre($1), row)
            },
            moods: moods.prefix(isWhole ? moods.count : Self.shownMoods).map { mood, strength in
                Impression.MoodStrength(
                    mood: mood, strength: strength, percentile: labels.percentile(.mood(mood), row),
                    evidence: evidence(.mood(mood)))
            },
            emotions: emotions.prefix(isWhole ? emotions.count : 0).map { emotion, strength in
                Impression.EmotionStrength(
                    emotion: emotion, strength: strength, percentile: labels.percentile(.emotion(emotion), row))
            },
            pace: labels.pace(row), length: labels.length(row),
            contentNotes: ContentNote.allCases.filter { labels.holds(.contentNote($0), row) }.map { note in
                Impression.NoteEvidence(
                    note: note, probability: labels.probability(.contentNote(note), row),
                    evidence: evidence(.contentNote(note)))
            })
    }
}
