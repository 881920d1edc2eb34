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

    private func byte(_ row: Int, _ label: BookLabel) -> UInt8 {
        scores.withUnsafeBytes { $0[row * Self.width + label.column] }
    }

    /// Whether the label is said of the work.
    func holds(_ label: BookLabel, _ row: Int) -> Bool { byte(row, label) >= thresholds[label.column] }

    /// To three digits, which is more than it is sure of.
    func probability(_ label: BookLabel, _ row: Int) -> Double {
        Self.rounded(Double(LabelScore.probability(byte(row, label))))
    }

    private static func rounded(_ value: Double) -> Double { (1_000 * value).rounded() / 1_000 }

    /// The share of works that have less of it, 0...1.
    func percentile(_ label: BookLabel, _ row: Int) -> Double {
        Self.rounded(Double(percentiles[label.column * 256 + Int(byte(row, label))]))
    }

    /// The number of the sentence that speaks most for the label.
    func sentence(_ label: BookLabel, _ row: Int) -> Int? {
        let number = evidence.withUnsafeBytes { $0[row * Self.width + label.column] }
        return number == LabelTable.noSentence ? nil : Int(number)
    }

    /// Nil between the threshold and its mirror image.
    func isFiction(_ row: Int) -> Bool? {
        let (byte, threshold) = (Int(byte(row, .fiction)), Int(thresholds[BookLabel.fiction.column]))
        let even = Int(LabelScore.even)
        return byte >= threshold ? true : byte <= 2 * even - threshold ? false : nil
    }

    /// The likeliest, if that is likely enough.
    func pace(_ row: Int) -> Pace? {
        let likeliest = Pace.allCases.max { byte(row, .pace($0)) < byte(row, .pace($1)) }
        return likeliest.flatMap { holds(.pace($0), row) ? $0 : nil }
    }

    func length(_ row: Int) -> LengthClass? { lengths[row] }

    /// Whether a work may be shown. O(choices).
    func fits(_ filter: BookFilter, _ row: Int) -> Bool {
        if let isFiction = filter.isFiction, self.isFiction(row) != isFiction { return false }
        if !filter.genres.isEmpty, !filter.genres.contains(where: { holds(.genre($0), row) }) { return false }
        if !filter.moods.isEmpty, !filter.moods.contains(where: { holds(.mood($0), row) }) { return false }
        if !filter.paces.isEmpty, pace(row).map(filter.paces.contains) != true { return false }
        if !filter.lengths.isEmpty, lengths[row].map(filter.lengths.contains) != true { return false }
        return !filter.avoid.contains { byte(row, .contentNote($0)) >= caution }
    }

    /// How well a work answers wishes, 0...1: the mean of its percentiles, upside down where less is wanted, each as
    /// weighty as the wish. 0 without wishes. O(wishes).
    func answer(to feelings: [(label: BookLabel, weight: Double)], _ row: Int) -> Double {
        var (sum, total) = (0.0, 0.0)
        for (label, weight) in feelings {
            let share = percentile(label, row)
            sum += abs(weight) * (weight > 0 ? share : 1 - share)
            total += abs(weight)
        }
        return total > 0 ? sum / total : 0
    }
}
