import Foundation
import MemoryMapping
import TextIndex
import VectorIndex

private let files = try? IndexFiles()

/// Vectors, a graph and an index of words in files of any bytes are opened or refused, and a search through what opens finds
/// rows that exist.
///
/// The bits of the first byte choose the file (the first and the sixth), whether the rest is a whole file or changes to a good
/// one, whether its header then gets its checksum, how much is verified, and whether the file is cut. A change is two bytes of place
/// and one of what stands there.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIndexes(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1, let files else { return 0 }
    let input = [UInt8](UnsafeBufferPointer(start: start, count: count))
    let (choice, rest) = (input[0], input[1...])
    let kind: IndexFiles.Kind = choice & 32 != 0 ? .words : choice & 1 == 0 ? .vectors : .graph
    var file = [UInt8](rest)
    if choice & 2 == 0 {
        file = files.good(kind)
        for place in stride(from: rest.startIndex, to: rest.endIndex - 2, by: 3) {
            file[(Int(rest[place]) << 8 | Int(rest[place + 1])) % file.count] = rest[place + 2]
        }
        if choice & 16 != 0 { file.removeLast(Int(rest.last!) * file.count / 256) }
    }
    if choice & 4 != 0 { IndexFiles.seal(&file, kind) }
    let verification: FileVerification = choice & 8 == 0 ? .header : .everything
    guard let path = files.write(file) else { return 0 }

    switch kind {
    case .vectors:
        guard let vectors = try? QuantizedVectors(path: path, verification: verification) else { return 0 }
        _ = try? vectors.verify()
        let index = ExactIndex(vectors)
        check(index)
        let rows = Array(0..<min(3, vectors.count))
        precondition((try? index.scores(of: query(vectors.dimension), rows: rows))?.count == rows.count)
        if vectors.count > 0 { precondition(vectors.vector(at: vectors.count - 1).count == vectors.dimension) }
    case .graph:
        guard var graph = try? GraphIndex(path: path, vectors: files.vectors, verification: verification) else {
            return 0
        }
        _ = try? graph.verify()
        // Little effort, or a scan would do.
        graph.effort = 1
        check(graph)
    case .words:
        guard let index = try? InvertedIndex(path: path, verification: verification) else { return 0 }
        check(index)
    }
    return 0
}

private func check(_ index: InvertedIndex) {
    let terms = 0..<index.termCount
    // Numbers of documents are a file's own claim, and have no memory behind them.
    guard index.documentCount <= 1 << 16 else { return }
    var scores = [Float](repeating: 0, count: index.documentCount)
    var best = scores
    for term in terms.prefix(20) {
        index.accumulate(term, weight: 1, into: &scores)
        index.accumulateBest(of: [(term, 1), (terms.last!, 0.5)], weight: 1, into: &scores, using: &best)
        index.forEachPosting(term) { document, impact in
            // Above 0 in good files; damage that was not looked for may find wrong rows, which do nothing worse.
            precondition(document < index.documentCount && impact >= 0 && impact <= 1, "a strange posting")
        }
        let word = index.word(term)
        if let found = index.term(word) { precondition(terms.contains(found), "a strange term") }
    }
    precondition(best.allSatisfy { $0 == 0 }, "no zeros are left")
    let range = index.terms(withPrefix: "wo")
    precondition(range.lowerBound >= 0 && range.upperBound <= index.termCount, "a strange range")
    let near = NearWords(index)
    for limit in 0...3 {
        for (term, edits) in near.terms(near: "word7", edits: limit) {
            precondition(terms.contains(term) && (0...limit).contains(edits), "a strange word")
        }
    }
}

private func query(_ dimension: Int) -> [Float] { (0..<dimension).map { Float($0 % 7) - 3 } }

private func check(_ index: some VectorSearching) {
    let count = index.vectors.count
    let filter = RowFilter(count: count, excluding: stride(from: 0, to: count, by: 5))
    for filter in [nil, filter] {
        guard let found = try? index.nearest(to: query(index.vectors.dimension), count: 4, where: filter) else {
            preconditionFailure("a search through an open index fails")
        }
        precondition(found.count <= min(4, count), "too many rows")
        precondition(
            found.allSatisfy { 0 <= $0.row && $0.row < count && filter?.contains($0.row) != false }, "a strange row")
        precondition(Set(found.map(\.row)).count == found.count, "a row twice")
    }
}
