import Artifacts
import CatalogStore
import Enrichment
import Foundation
import TextEmbedding

extension Trainer {
    /// More works than about so many tell no more of genres, and their features would outgrow the memory of a small machine.
    private static let mostFiledExamples = 20_000

    /// The label model that training begins with: the one that ships, or one that knows nothing where that reads the
    /// vectors of another text model.
    func initialLabelModel() throws -> LabelModel {
        let shipped = try LabelModel.shipped()
        return shipped.provenance.textModel == textModel.name && shipped.dimension == encoder.dimension
            ? shipped : .blank(dimension: encoder.dimension)
    }

    /// Fits the label model to what the library says of genres and its readers of everything, labels every work with it,
    /// and writes model and labels. O((works + sentences) * labels * dimension).
    func label(
        _ catalogue: Catalogue, _ vectors: WorkVectors, beginningWith initial: LabelModel, into draft: BundleDraft
    ) throws {
        let inputs = try LabelInputs(catalogue, vectors)
        var examples = LabelExamples()
        for row in stride(
            from: 0, to: catalogue.works.count, by: 1 + catalogue.works.count / Self.mostFiledExamples)
        {
            examples.add(row: row, catalogue: inputs.catalogue[row], shelves: inputs.shelves[row])
        }
        examples.add(catalogue.opinions)
        let model = LabelTrainer(inputs: inputs).refit(initial, to: examples)
        var table = model.label(inputs)
        emotionModel?.relabel(&table, of: catalogue.works)
        try draft.write(Data(table.scores), to: .labels)
        try draft.write(Data(table.evidence), to: .evidence)
        try draft.write(model.json(), to: .labelModel)
    }
}

extension LabelInputs {
    init(_ catalogue: Catalogue, _ vectors: WorkVectors) throws {
        try self.init(
            descriptions: vectors.descriptions, names: vectors.names, sentences: vectors.sentences,
            sentenceOffsets: vectors.sentenceOffsets, catalogue: catalogue.filings, shelves: catalogue.shelfFilings,
            cues: catalogue.cues(), readers: catalogue.readers)
    }
}

extension LabelExamples {
    mutating func add(_ opinions: [(row: Int, opinion: LabelOpinion)]) {
        for (row, opinion) in opinions {
            self.opinions.append(
                .init(row: row, label: .book(opinion.label), value: Float(opinion.value), weight: Weight.person))
        }
    }
}
