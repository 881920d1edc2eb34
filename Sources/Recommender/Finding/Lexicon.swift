import Artifacts
import Foundation
import MemoryMapping
import TextIndex

/// The words of a bundle's works: where they stand, and which are close in meaning.
struct Lexicon: Sendable {
    let names: InvertedIndex
    /// The words of `names` by their spelling.
    let nearNames: NearWords
    let keywords: InvertedIndex
    /// [3 * works + 1], then the terms.
    private let nameTerms: MappedFile
    /// [keywords.termCount, relatedPerTerm] pairs.
    private let related: MappedFile
    private let works: Int
    /// What each term of `names` says of a work: its inverse document frequency, less for words that say nothing.
    let nameWeights: [Float]
    /// The terms of `articles` in `names`.
    let articleTerms: Set<UInt32>

    /// Words that readers leave out and put in as they please.
    static let articles: Set<String> = ["the", "a", "an"]

    /// What is left of the weight of a word that says nothing.
    static let commonWeight: Float = 0.3

    static let relatedPerTerm = 8

    /// - Throws: when the files do not fit each other.
    init(bundleAt folder: URL, works: Int) throws {
        func path(_ file: BundleFile) -> String { folder.appending(path: file.rawValue).path }
        names = try InvertedIndex(path: path(.nameIndex))
        nearNames = NearWords(names)
        keywords = try InvertedIndex(path: path(.keywordIndex))
        nameTerms = try MappedFile(path: path(.nameTerms))
        related = try MappedFile(path: path(.relatedWords))
        self.works = works
        nameWeights = (0..<names.termCount).map { [names] term in
            names.inverseDocumentFrequency(term) * (CommonWords.contains(names.word(term)) ? Self.commonWeight : 1)
        }
        articleTerms = Set(Self.articles.compactMap(names.term).map(UInt32.init))
        guard names.documentCount == works, keywords.documentCount == works,
            related.count == keywords.termCount * Self.relatedPerTerm * 8,
            Self.areSound(nameTerms, works: works, terms: names.termCount)
        else {
            throw ArtifactError.damaged(
                what: "word index", path: folder.path, reason: "its files are not of the same works",
                remedy: "Train a new one with `bookrec train --force`.")
        }
    }

    private static func areSound(_ file: MappedFile, works: Int, terms: Int) -> Bool {
        guard file.count.isMultiple(of: 4), file.count >= 4 * (3 * works + 1) else { return false }
        return file.withUnsafeBytes { bytes in
            let numbers = bytes.bindMemory(to: UInt32.self)
            let (offsets, codes) = (numbers[...(3 * works)], numbers[(3 * works + 1)...])
            return offsets[0] == 0 && Int(offsets[3 * works]) == codes.count
                && zip(offsets, offsets.dropFirst()).allSatisfy(<=) && codes.allSatisfy { $0 < terms }
        }
    }

    typealias Terms = Slice<UnsafeBufferPointer<UInt32>>

    /// The name index's terms of one work.
    struct NameTerms {
        let title: Terms
        /// Of subtitle and series.
        let other: Terms
        let authors: Terms
    }

    /// What `body` makes of the names of a work, which it must not keep. O(1).
    func withNames<Result>(ofWorkAt row: Int, _ body: (NameTerms) -> Result) -> Result {
        nameTerms.withUnsafeBytes { bytes in
            let numbers = bytes.bindMemory(to: UInt32.self)
            let codes = numbers[(3 * works + 1)...]
            func part(_ part: Int) -> Terms {
                let place = 3 * row + part
                return codes[codes.startIndex + Int(numbers[place])..<codes.startIndex + Int(numbers[place + 1])]
            }
            return body(NameTerms(title: part(0), other: part(1), authors: part(2)))
        }
    }

    /// The terms of the keyword index that are close in meaning to one of them, each with its closeness in 0...1. O(1).
    func related(to term: Int) -> [(term: Int, closeness: Float)] {
        related.withUnsafeBytes { bytes in
            (0..<Self.relatedPerTerm).compactMap { place in
                let offset = (term * Self.relatedPerTerm + place) * 8
                let other = Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                let closeness = bytes.loadUnaligned(fromByteOffset: offset + 4, as: Float.self)
                return closeness > 0 && other < keywords.termCount ? (other, closeness) : nil
            }
        }
    }
}
