import Artifacts
import Catalog
import CatalogStore
import Enrichment
import Foundation
import Recommender
import Testing
import TextEmbedding
import Training

/// What books feel like, from the library to the answer.
@Suite struct LabellingTests {
    private func host(_ library: InventedLibrary) throws -> BundleHost {
        try BundleHost(bundles: library.bundles, encoder: library.encoder, textModel: library.textModel)
    }

    private func id(_ title: String, _ host: BundleHost) throws -> WorkID {
        try #require(
            host.search(SearchRequest(query: title)).hits.first { $0.book.title == title }, "\(title)"
        ).book.id
    }

    private func strength(_ mood: Mood, _ title: String, _ host: BundleHost) throws -> Double {
        let impression = try #require(try host.book(id(title, host).rawValue).impression)
        return try #require(impression.moods.first { $0.mood == mood }).strength
    }

    @Test func everyBookHasAFullImpression() throws {
        let library = try InventedLibrary()
        try library.train()
        let host = try host(library)
        for edition in InventedLibrary.editions {
            let impression = try #require(try host.book(id(edition.title, host).rawValue).impression)
            #expect(Set(impression.moods.map(\.mood)) == Set(Mood.allCases))
            #expect(Set(impression.emotions.map(\.emotion)) == Set(Emotion.allCases))
            #expect(impression.moods.map(\.strength) == impression.moods.map(\.strength).sorted(by: >))
            for evidence in impression.moods.compactMap(\.evidence) + impression.contentNotes.compactMap(\.evidence) {
                #expect(try #require(edition.description).contains(evidence))
            }
        }
        let hit = try #require(host.search(SearchRequest(query: "grief")).hits.first)
        #expect(hit.book.impression?.moods.count == 2)
    }

    /// Of pairs of books that anybody would tell apart.
    @Test(arguments: [
        (Mood.sad, "Winter Orchard", "Bread for Beginners"),
        (.mysterious, "The Clockmaker's Alibi", "Bread for Beginners"),
        (.informative, "Bread for Beginners", "The Salt Road"), (.romantic, "Naïve Café", "Kings of the Low Country"),
        (.tense, "Orbit of Glass", "Bread for Beginners"), (.adventurous, "The Salt Road", "Winter Orchard"),
    ])
    func theShippedModelReadsDescriptions(mood: Mood, more: String, less: String) throws {
        let library = try InventedLibrary()
        try library.train()
        let host = try host(library)
        #expect(try strength(mood, more, host) > strength(mood, less, host))
    }

    @Test func aMoodMovesBooksAndHidesNone() throws {
        let library = try InventedLibrary()
        try library.train()
        let host = try host(library)
        func titles(_ feelings: [BookLabel: Double], _ query: String = "a book") throws -> [String] {
            try host.search(
                SearchRequest(query: query, limit: 20, preferences: Preferences(feelings: feelings, strength: 0.8))
            ).hits.map(\.book.title)
        }
        let sad = try titles([.mood(.sad): 1])
        let notSad = try titles([.mood(.sad): -1])
        #expect(Set(sad) == Set(notSad))
        let orchard = "Winter Orchard"
        #expect(try #require(sad.firstIndex(of: orchard)) < #require(notSad.firstIndex(of: orchard)))
        // A mood asks by itself too.
        #expect(try titles([.mood(.mysterious): 1], "").first == "The Clockmaker's Alibi")

        let hit = try #require(
            host.search(SearchRequest(query: "grief", preferences: Preferences(feelings: [.mood(.sad): 1]))).hits.first)
        #expect(hit.reasons.contains { $0.kind == .mood })
        #expect(abs(hit.reasons.reduce(0) { $0 + $1.contribution } - hit.score) < 1e-9)
    }

    @Test func filtersHideAndCount() throws {
        let library = try InventedLibrary()
        try library.train()
        let host = try host(library)
        let violent = try host.search(SearchRequest(query: "murder", limit: 20)).hits
            .filter { $0.book.impression?.contentNotes.contains { $0.note == .violence } == true }
        #expect(violent.map(\.book.title).contains("The Clockmaker's Alibi"))
        let avoiding = Preferences(filter: BookFilter(avoid: [.violence]))
        let answer = try host.search(SearchRequest(query: "murder", limit: 20, preferences: avoiding))
        #expect(!answer.hits.contains { $0.book.title == "The Clockmaker's Alibi" })
        #expect(answer.hits.count == answer.estimatedTotalHits)
        #expect(answer.estimatedTotalHits < InventedLibrary.editions.count)
        let origin = try id("Orbit of Glass", host)
        #expect(
            try !host.similar(to: SimilarRequest(book: origin.rawValue, limit: 20, preferences: avoiding)).hits
                .contains { $0.book.title == "The Clockmaker's Alibi" })
        let fiction = try host.search(
            SearchRequest(query: "", limit: 20, preferences: Preferences(filter: BookFilter(isFiction: true))))
        #expect(fiction.hits.allSatisfy { $0.book.impression?.isFiction == true })
        let none = Preferences(filter: BookFilter(lengths: [.long]))
        #expect(try host.search(SearchRequest(query: "x", preferences: none)).hits.isEmpty)
    }

    @Test func whatReadersSayCountsAtTheNextTraining() throws {
        let library = try InventedLibrary()
        try library.train()
        let before = try host(library)
        let cafe = try id("Naïve Café", before)
        let (was, orchard) = (try strength(.scary, "Naïve Café", before), try strength(.sad, "Winter Orchard", before))
        try library.library.keep(
            ["a", "b", "c"].map { LabelOpinion(work: cafe, label: .mood(.scary), reader: $0, value: 1) }, day: 1)
        guard case .trained(_, let statistics) = try library.train() else {
            Issue.record("opinions were not noticed")
            return
        }
        #expect(statistics.embedded == 0)
        let after = try host(library)
        #expect(try strength(.scary, "Naïve Café", after) > was + 0.3)
        // Other books are not scary for it.
        for edition in InventedLibrary.editions where edition.title != "Naïve Café" {
            #expect(
                try strength(.scary, edition.title, after) < strength(.scary, edition.title, before) + 0.1,
                "\(edition.title)")
        }
        // What nobody spoke of stays as it was.
        #expect(try abs(strength(.sad, "Winter Orchard", after) - orchard) < 0.01)
        // Nothing new: nothing to do.
        guard case .unchanged = try library.train() else {
            Issue.record("trained although nothing had changed")
            return
        }
    }

    /// Beyond the digests, which would not notice a bundle that was made wrongly.
    @Test(arguments: [BundleFile.labels, .evidence, .labelModel])
    func aBundleWithWrongLabelsIsRefused(file: BundleFile) throws {
        let library = try InventedLibrary()
        try library.train()
        let id = try #require(library.bundles.currentID())
        let manifest = try library.bundles.verify(id)
        let folder = library.bundles.folder.appending(path: id)
        try Data(repeating: 0, count: 10).write(to: folder.appending(path: file.rawValue))
        let error = #expect(throws: ArtifactError.self) {
            try Recommender(bundleAt: folder, manifest: manifest, encoder: library.encoder)
        }
        #expect(error.map { "\($0)".contains(file.rawValue) } == true)
    }

    @Test func aLibraryWithItsVectorsIsForItsOwnBundle() throws {
        let library = try InventedLibrary()
        try library.train()
        let labelled = try LabelledLibrary(library.library, bundles: library.bundles)
        #expect(labelled.works.count == InventedLibrary.editions.count)
        #expect(labelled.inputs.sentenceOffsets.last == 7)
        try library.put([InventedLibrary.book("Another", "N. Ew", 4, 1, nil)])
        #expect(throws: ArtifactError.self) { try LabelledLibrary(library.library, bundles: library.bundles) }
    }

    /// The engine's small classifiers: one tells anger, joy and neutral, another no emotion at all.
    private static let classifiers = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Engine/Tests/Golden/Classifiers").standardizedFileURL

    @Test func aClassifierThatIsNamedTellsTheEmotions() throws {
        let library = try InventedLibrary()
        try library.train()
        let before = try host(library)
        let model = try EmotionModel(directory: Self.classifiers.appending(path: "roberta"))
        let trainer = Trainer(
            library: library.library, bundles: library.bundles, encoder: library.encoder,
            textModel: library.textModel, codeVersion: "test", emotionModel: model)
        guard case .trained = try trainer.train() else {
            Issue.record("another model of emotions was not noticed")
            return
        }
        guard case .unchanged = try trainer.train() else {
            Issue.record("trained although nothing had changed")
            return
        }
        let after = try host(library)
        let classifier = try SequenceClassifier(directory: Self.classifiers.appending(path: "roberta"))
        func strength(_ emotion: Emotion, _ host: BundleHost, _ title: String) throws -> Double {
            let impression = try #require(try host.book(id(title, host).rawValue).impression)
            return try #require(impression.emotions.first { $0.emotion == emotion }).strength
        }
        let orchard = try #require(InventedLibrary.editions.first { $0.title == "Winter Orchard" }?.description)
        let said = classifier.probabilities(of: orchard)
        for (emotion, probability) in zip([Emotion.anger, .joy, .neutral], said) {
            #expect(try abs(strength(emotion, after, "Winter Orchard") - Double(probability)) < 0.02)
        }
        // What it does not tell, and works without a description, stay as they were.
        #expect(try strength(.fear, after, "Winter Orchard") == strength(.fear, before, "Winter Orchard"))
        #expect(try strength(.joy, after, "The Quiet Harbour") == strength(.joy, before, "The Quiet Harbour"))
    }

    @Test func aClassifierOfSomethingElseIsRefused() {
        let error = #expect(throws: EmotionModel.UnsuitableError.self) {
            try EmotionModel(directory: Self.classifiers.appending(path: "bert"))
        }
        #expect(error?.description.contains("tense, warm, dark, funny") == true)
        #expect(throws: TextEmbeddingError.self) {
            try EmotionModel(directory: Self.classifiers.appending(path: "nowhere"))
        }
    }
}
