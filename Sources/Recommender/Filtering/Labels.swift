import Artifacts
import Catalog
import Enrichment
import Foundation
import MemoryMapping

/// The labels of a bundle's works, where they lie in its files.
struct Labels: Sendable {
    private let scores: MappedFile
    private let evidence: MappedFile
    /// By label: from this byte on it is said of a book.
    private let thresholds: [UInt8]
    /// From this byte on a content note may apply.
    private let caution: UInt8
    /// [labels, 256]: the share of works whose byte is lower, half of those with the same one counting.
    private let percentiles: [Float]
    /// Of each work.
    private let lengths: [LengthClass?]

    private static let width = BookLabel.all.count

    /// - Throws: when the files do not fit the number of works. O(works * labels).
    init(bundleAt folder: URL, lengths: [LengthClass?]) throws {
        let works = lengths.count
        func open(_ file: BundleFile) throws -> MappedFile {
            let mapped = try MappedFile(path: folder.appending(path: file.rawValue).path)
            guard mapped.count == works * Self.width else {
                throw LabelModelError(
                    file: mapped.path, reason: "it has \(mapped.count) bytes for \(works) works of \(Self.width) labels"
                )
            }
            return mapped
        }
        scores = try open(.labels)
        evidence = try open(.evidence)
        let path = folder.appending(path: BundleFile.labelModel.rawValue)
        let model = try LabelModel(json: Data(contentsOf: path), file: path.path)
        thresholds = model.thresholds.map(LabelScore.byte(probability:))
        caution = LabelScore.byte(probability: model.caution)
        self.lengths = lengths

        var counts = [Int](repeating: 0, count: Self.width * 256)
        scores.withUnsafeBytes { bytes in
            for at in 0..<works * Self.width { counts[at % Self.width * 256 + Int(bytes[at])] += 1 }
        }
        var percentiles: [Float] = []
        percentiles.reserveCapacity(counts.count)
        for label in 0..<Self.width {
            var below = 0
            for count in counts[label * 256..<(label + 1) * 256] {
                percentiles.append(Float(Double(below) + Double(count) / 2) / Float(max(1, works)))
                below += count
            }
        }
        self.percentiles = percentiles
    }

    private func byte(_ row: Int, _ column: Int) -> UInt8 {
        scores.withUnsafeBytes { $0[row * Self.width + column] }
    }

    /// Whether the label is said of the work.
    func holds(_ label: BookLabel, _ row: Int) -> Bool { byte(row, label.column) >= thresholds[label.column] }

    /// By row, a bit for each label from the lowest on: whether it is said of the work, or whether it may be, where
    /// `mayBe` is true. O(works * labels).
    func bits(_ labels: [BookLabel], mayBe: Bool = false) -> [UInt64] {
        let columns = labels.map(\.column)
        let limits = columns.map { mayBe ? caution : thresholds[$0] }
        return scores.withUnsafeBytes { bytes in
            lengths.indices.map { row in
                var bits: UInt64 = 0
                for (place, column) in columns.enumerated() where bytes[row * Self.width + column] >= limits[place] {
                    bits |= 1 &<< UInt64(place)
                }
                return bits
            }
        }
    }

    /// To three digits, which is more than it is sure of.
    func probability(_ label: BookLabel, _ row: Int) -> Double {
        Self.rounded(Double(LabelScore.probability(byte(row, label.column))))
    }

    private static func rounded(_ value: Double) -> Double { (1_000 * value).rounded() / 1_000 }

    /// The share of works that have less of it, 0...1.
    func percentile(_ label: BookLabel, _ row: Int) -> Double {
        Self.rounded(Double(percentiles[label.column * 256 + Int(byte(row, label.column))]))
    }

    /// The number of the sentence that speaks most for the label.
    func sentence(_ label: BookLabel, _ row: Int) -> Int? {
        let number = evidence.withUnsafeBytes { $0[row * Self.width + label.column] }
        return number == LabelTable.noSentence ? nil : Int(number)
    }

    // Where a column is needed for every work, it is looked up once.
    private static let fictionColumn = BookLabel.fiction.column
    private static let paceColumns = Pace.allCases.map { (pace: $0, column: BookLabel.pace($0).column) }

    /// Nil between the threshold and its mirror image.
    func isFiction(_ row: Int) -> Bool? {
        let (byte, threshold) = (Int(byte(row, Self.fictionColumn)), Int(thresholds[Self.fictionColumn]))
        let even = Int(LabelScore.even)
        return byte >= threshold ? true : byte <= 2 * even - threshold ? false : nil
    }

    /// The likeliest, if that is likely enough.
    func pace(_ row: Int) -> Pace? {
        let likeliest = Self.paceColumns.max { byte(row, $0.column) < byte(row, $1.column) }
        return likeliest.flatMap { byte(row, $0.column) >= thresholds[$0.column] ? $0.pace : nil }
    }

    func length(_ row: Int) -> LengthClass? { lengths[row] }

    /// How well each work answers wishes, 0...1: the mean of its percentiles, upside down where less is wanted, each as
    /// weighty as the wish. Empty without wishes. O(works * wishes).
    func answers(to feelings: [(label: BookLabel, weight: Double)]) -> [Double] {
        let total = feelings.reduce(0) { $0 + abs($1.weight) }
        guard total > 0 else { return [] }
        let columns = feelings.map(\.label.column)
        // [wishes, 256]: one value a byte, so that works only look it up.
        let values = feelings.flatMap { label, weight in
            percentiles[label.column * 256..<(label.column + 1) * 256].map { share in
                abs(weight) / total * (weight > 0 ? Self.rounded(Double(share)) : 1 - Self.rounded(Double(share)))
            }
        }
        return scores.withUnsafeBytes { bytes in
            lengths.indices.map { row in
                var answer = 0.0
                for (wish, column) in columns.enumerated() {
                    answer += values[256 * wish + Int(bytes[row * Self.width + column])]
                }
                return answer
            }
        }
    }
}
