import Catalog
import Classification
import Evaluation
import Foundation
import Testing
import VectorIndex

@testable import Enrichment

/// Works whose features are told apart by one direction: even ones are dark, odd ones are not.
private enum InventedWorks {
    static let dimension = 8

    static func inputs(_ count: Int, described: Bool = true) throws -> LabelInputs {
        var random = SeededGenerator(seed: 5)
        func vector(_ sign: Float) -> [Float] {
            var vector = (0..<dimension).map { _ in Float.random(in: -0.3...0.3, using: &random) }
            vector[0] = sign
            return vector
        }
        let descriptions = (0..<count).flatMap { vector($0.isMultiple(of: 2) ? 1 : -1) }
        let sentences = (0..<count).flatMap { vector($0.isMultiple(of: 2) ? 1 : -1) + vector(0) }
        return try LabelInputs(
            descriptions: QuantizedVectors(
                quantizing: described ? descriptions : [Float](repeating: 0, count: count * dimension),
                dimension: dimension),
            names: QuantizedVectors(quantizing: (0..<count).flatMap { _ in vector(0) }, dimension: dimension),
            sentences: QuantizedVectors(quantizing: sentences, dimension: dimension),
            sentenceOffsets: (0...count).map { 2 * $0 }, catalogue: [Filing](repeating: Filing(), count: count),
            shelves: [Filing?](repeating: nil, count: count),
            cues: [ContentCues.Found](repeating: .init(), count: count))
    }

    static func opinions(_ rows: some Sequence<Int>, _ label: BookLabel = .mood(.dark)) -> LabelExamples {
        var examples = LabelExamples()
        examples.opinions = rows.map {
            .init(
                row: $0, label: .book(label), value: $0.isMultiple(of: 2) ? 1 : 0, weight: LabelExamples.Weight.person)
        }
        return examples
    }
}

@Suite struct LabelModelTests {
    private func probability(_ table: LabelTable, _ row: Int, _ label: BookLabel) -> Float {
        LabelScore.probability(table.scores[row * BookLabel.all.count + label.column])
    }

    @Test func labelsHaveEachACodeOfTheirOwn() {
        #expect(Set(BookLabel.all.map(\.code)).count == BookLabel.all.count)
        for label in BookLabel.all {
            #expect(BookLabel(code: label.code) == label)
            #expect(BookLabel.all[label.column] == label)
        }
        #expect(BookLabel(code: "mood.bored") == nil)
    }

    @Test func theShippedModelFitsTheProgram() throws {
        let model = try LabelModel.shipped()
        #expect(model.dimension == 384)
        #expect(model.provenance.textModel == "all-MiniLM-L6-v2")
        #expect(try model.json().count <= 1_000_000)
        #expect(model.thresholds.allSatisfy { (0.01...0.9).contains($0) })
        // It says something: no head is empty.
        for label in BookLabel.all {
            let own = model.heads.weights[label.column * 768..<(label.column + 1) * 768]
            #expect(own.contains { $0 != 0 }, "\(label.code)")
        }
    }

    @Test func aModelIsReadAsItWasWritten() throws {
        let model = try LabelModel.shipped()
        let again = try LabelModel(json: model.json(), file: "copy")
        #expect(again == model)
        var blank = LabelModel.blank(dimension: 8)
        blank.heads = LinearHeads(
            weights: blank.heads.weights.indices.map { Float($0 % 17) / 100 }, biases: blank.heads.biases, dimension: 16
        )
        let copy = try LabelModel(json: blank.json(), file: "copy")
        #expect(zip(copy.heads.weights, blank.heads.weights).allSatisfy { abs($0 - $1) <= 0.16 / 254 + 1e-6 })
    }

    @Test(arguments: [
        ("\"format\" : 1", "\"format\" : 2"), ("mood.dark", "mood.bored"),
        ("\"dimension\" : 384", "\"dimension\" : 383"),
        ("{", "["),
    ])
    func aModelThatDoesNotFitIsRefused(part: String, other: String) throws {
        let json = String(decoding: try LabelModel.shipped().json(), as: UTF8.self)
        #expect(json.contains(part))
        let damaged = json.replacingOccurrences(of: part, with: other)
        let error = #expect(throws: LabelModelError.self) { try LabelModel(json: Data(damaged.utf8), file: "m.json") }
        #expect(error?.description.contains("m.json") == true)
    }

    @Test func refittingLearnsWhatReadersSayAndKeepsTheRest() throws {
        let inputs = try InventedWorks.inputs(60)
        let blank = LabelModel.blank(dimension: InventedWorks.dimension)
        let trainer = LabelTrainer(inputs: inputs)
        let model = trainer.refit(blank, to: InventedWorks.opinions(0..<40))
        let table = model.label(inputs)
        for row in 40..<60 {
            // Works that nobody spoke of.
            #expect((probability(table, row, .mood(.dark)) > 0.5) == row.isMultiple(of: 2), "\(row)")
            #expect(probability(table, row, .mood(.sad)) < 0.1)
        }
        #expect(trainer.refit(blank, to: LabelExamples()) == blank)
        #expect(trainer.refit(blank, to: InventedWorks.opinions(0..<40)) == model)
    }

    @Test func oneReaderDoesNotMakeEveryBookSo() throws {
        let inputs = try InventedWorks.inputs(300)
        let trainer = LabelTrainer(inputs: inputs)
        let model = trainer.refit(.blank(dimension: InventedWorks.dimension), to: InventedWorks.opinions(0..<300))
        var one = LabelExamples()
        one.opinions = [.init(row: 1, label: .book(.mood(.dark)), value: 1, weight: LabelExamples.Weight.person)]
        let (before, after) = (model.label(inputs), trainer.refit(model, to: one).label(inputs))
        for row in 2..<300 {
            #expect(
                abs(probability(before, row, .mood(.dark)) - probability(after, row, .mood(.dark))) < 0.1, "\(row)")
        }
        #expect(probability(after, 1, .mood(.dark)) >= probability(before, 1, .mood(.dark)))
    }

    @Test func aReadersWordCountsForTheBookItself() throws {
        var inputs = try InventedWorks.inputs(3)
        inputs.readers = [0: [.mood(.cosy): 2], 1: [.mood(.cosy): -1], 2: [.mood(.cosy): 40]]
        let table = LabelModel.blank(dimension: InventedWorks.dimension).label(inputs)
        let none = LabelModel.blank(dimension: InventedWorks.dimension).label(try InventedWorks.inputs(3))
        #expect(probability(table, 0, .mood(.cosy)) > probability(none, 0, .mood(.cosy)))
        #expect(probability(table, 1, .mood(.cosy)) < probability(none, 1, .mood(.cosy)))
        #expect(probability(table, 2, .mood(.cosy)) < 0.9)
        #expect(probability(table, 0, .mood(.sad)) == probability(none, 0, .mood(.sad)))
    }

    @Test func theSentenceThatSpeaksForALabelIsItsEvidence() throws {
        let inputs = try InventedWorks.inputs(60)
        let model = LabelTrainer(inputs: inputs).refit(
            .blank(dimension: InventedWorks.dimension), to: InventedWorks.opinions(0..<60))
        let table = model.label(inputs)
        let column = BookLabel.mood(.dark).column
        for row in 0..<60 {
            let evidence = table.evidence[row * BookLabel.all.count + column]
            // The first sentence of an even work is as dark as the work, the first of an odd one speaks against it.
            #expect(row.isMultiple(of: 2) ? evidence == 0 : evidence != 0, "\(row)")
        }
    }

    @Test func theFirstModelIsCalibratedOnWorksItHasNotSeen() throws {
        let inputs = try InventedWorks.inputs(80)
        var examples = InventedWorks.opinions(0..<80)
        examples.opinions += InventedWorks.opinions(0..<80, .emotion(.fear)).opinions
        examples.opinions += (0..<80).map {
            .init(row: $0, label: .auxiliary("aux.x"), value: $0.isMultiple(of: 2) ? 1 : 0, weight: 1)
        }
        let trainer = LabelTrainer(inputs: inputs)
        let provenance = LabelModel.Provenance(textModel: "t", seed: 3)
        let model = trainer.train(examples, judged: Array(0..<80), provenance: provenance)
        let table = model.label(inputs)
        for label in [BookLabel.mood(.dark), .emotion(.fear)] {
            for row in 0..<80 {
                #expect((probability(table, row, label) > 0.5) == row.isMultiple(of: 2), "\(label.code) \(row)")
            }
        }
        #expect((0.04...0.6).contains(model.thresholds[BookLabel.mood(.dark).column]))
        #expect(trainer.train(examples, judged: Array(0..<80), provenance: provenance) == model)
    }

    @Test func filingsMoveGenresAndCuesMoveNotes() throws {
        var inputs = try InventedWorks.inputs(2, described: false)
        inputs.catalogue[0] = Filing(genres: [.fantasy], isFiction: true)
        inputs.shelves[0] = Filing(genres: [.horror], isFiction: true)
        inputs.cues[0].counts[.war] = 2
        inputs.cues[0].sentences[.war] = 1
        var model = LabelModel.blank(dimension: InventedWorks.dimension)
        model.genreFiling = .init(named: 2, notNamed: -1, shelved: 4, notShelved: -0.5)
        model.fictionFiling = .init(named: 5)
        model.cues = .init(any: 3, each: 0.5)
        let said = model.saidLogits(of: 0, in: inputs)
        #expect(said[BookLabel.genre(.fantasy).column] == 1.5)
        #expect(said[BookLabel.genre(.horror).column] == 3)
        #expect(said[BookLabel.genre(.art).column] == -1.5)
        #expect(said[BookLabel.fiction.column] == 5)
        #expect(said[BookLabel.contentNote(.war).column] == 4)
        #expect(said[BookLabel.mood(.dark).column] == 0)
        #expect(model.saidLogits(of: 1, in: inputs).allSatisfy { $0 == 0 })
        let table = model.label(inputs)
        #expect(table.evidence[BookLabel.contentNote(.war).column] == 1)
    }

    @Test func scoresKeepTheirOrderInAByte() {
        #expect(LabelScore.byte(logit: 0) == LabelScore.even)
        #expect(LabelScore.byte(logit: .nan) == LabelScore.even)
        #expect(LabelScore.byte(logit: 99) == 255)
        #expect(LabelScore.byte(logit: -99) == 0)
        for byte in UInt8.min...UInt8.max { #expect(LabelScore.byte(logit: LabelScore.logit(byte)) == byte) }
        for probability in stride(from: Float(0.02), through: 0.98, by: 0.02) {
            #expect(LabelScore.probability(LabelScore.byte(probability: probability)) >= probability - 1e-6)
        }
    }
}
