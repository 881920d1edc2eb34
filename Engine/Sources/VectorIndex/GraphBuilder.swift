internal import Dispatch
internal import Kernels
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// How a graph is built.
public struct GraphOptions: Sendable {
    /// The largest number of links of a row, from 4 to 256. With more, a
    /// search is more thorough, slower, and needs more memory: 4 bytes a link.
    public var degree = 32
    /// How many of the best rows to look for links among. With more, links are
    /// better, and building takes longer.
    public var effort = 128

    static var degrees: ClosedRange<Int> { 4...256 }

    /// What fits vectors of texts.
    public init() {}
}

extension GraphIndex {
    /// Builds the graph of `vectors`, on at most `threads` threads, as many as
    /// there are cores when nil. The same vectors give the same graph, however
    /// many there are.
    ///
    /// `onProgress` hears the number of linked rows now and then, on the
    /// calling thread. About O(count * log(count) * effort * dimension).
    public init(
        building vectors: QuantizedVectors, options: GraphOptions = GraphOptions(), threads: Int? = nil,
        onProgress: ((Int) -> Void)? = nil
    ) {
        let builder = GraphBuilder(vectors, options, threads ?? ProcessInfo.processInfo.activeProcessorCount)
        for start in stride(from: 0, to: vectors.count, by: GraphBuilder.batchSize) {
            builder.link(start..<min(start + GraphBuilder.batchSize, vectors.count))
            onProgress?(min(start + GraphBuilder.batchSize, vectors.count))
        }
        self.init(vectors: vectors, memory: builder.finish())
    }
}

/// Links rows batch by batch: each row of a batch looks for its links in the
/// graph of the rows before the batch, and among the others of the batch; then
/// the rows that were chosen are linked back. Within each of the two steps no
/// row depends on what is done for another one, so neither their order nor the
/// number of threads matters.
struct GraphBuilder {
    /// Rows of a batch, all of which are compared with each other.
    static var batchSize: Int { 512 }

    private let vectors: QuantizedVectors
    private let threads: Int
    private let effort: Int
    private let memory: GraphMemory
    private let scratches = ScratchPool()
    private let selection: LinkSelection

    init(_ vectors: QuantizedVectors, _ options: GraphOptions, _ threads: Int) {
        self.vectors = vectors
        self.threads = max(1, threads)
        let degree = min(max(GraphOptions.degrees.lowerBound, options.degree), GraphOptions.degrees.upperBound)
        effort = max(degree, options.effort)
        memory = GraphMemory(rows: vectors.count, degree: degree)
        selection = LinkSelection(vectors)
    }

    /// Links the rows of `batch`, the next ones.
    func link(_ batch: Range<Int>) {
        let entries = Self.entries(of: batch.lowerBound, vectors)
        // Who was chosen by whom.
        let chosen = Mutex<[[UInt32]]>([[UInt32]](repeating: [], count: batch.count))
        forEach(batch) { row in
            let found = self.links(of: row, in: batch, entries)
            chosen.withLock { $0[row - batch.lowerBound] = found }
        }
        let links = chosen.withLock { $0 }
        var backlinks: [UInt64] = []
        for (row, links) in zip(batch, links) {
            store(links, row)
            backlinks += links.map { UInt64($0) << 32 | UInt64(row) }
        }
        backlinks.sort()
        var groups: [Range<Int>] = []
        for (index, link) in backlinks.enumerated() {
            if index > 0, backlinks[index - 1] >> 32 == link >> 32 {
                groups[groups.count - 1] = groups[groups.count - 1].lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        let (sources, ranges) = (backlinks, groups)
        forEach(ranges.indices) { index in
            let sources = sources[ranges[index]]
            linkBack(Int(sources.first! >> 32), to: sources.map { UInt32(truncatingIfNeeded: $0) })
        }
    }

    /// The finished graph. O(count * degree).
    func finish() -> GraphMemory {
        GraphMemory(taking: memory, entries: reachingEntries())
    }

    /// Rows spread over the first `count` ones, from which searches start: one
    /// of each few, and not always the same one of them, as rows may come in
    /// a pattern that repeats itself.
    private static func entries(of count: Int, _ vectors: QuantizedVectors) -> [UInt32] {
        let step = max(1, count / 512)
        return stride(from: 0, to: count, by: step).compactMap { start in
            // The upper bits of a multiple of 2⁶⁴ over the golden ratio.
            let spread = (UInt64(start) &* 0x9E37_79B9_7F4A_7C15) >> 32
            let row = min(count - 1, start + Int(spread) % step)
            return unsafe vectors.memory.scales[row] == 0 ? nil : UInt32(row)
        }
    }

    private func links(of row: Int, in batch: Range<Int>, _ entries: [UInt32]) -> [UInt32] {
        // Zeros are no closer to one row than to another.
        guard unsafe vectors.memory.scales[row] != 0 else { return [] }
        return scratches.use(count: batch.lowerBound) { scratch in
            let query = unsafe vectors.memory.codes + row * vectors.stride
            let traversal = Traversal(vectors: vectors, memory: memory, rows: batch.lowerBound)
            unsafe traversal.follow(query, effort: effort, entries: entries, scratch)
            scratch.reserve(batch.count)
            let sums = unsafe UnsafeMutableBufferPointer(rebasing: scratch.sums[..<batch.count])
            unsafe vectors.kernels.scan(
                vectors.codes.rows(in: batch),
                queries: ByteMatrixView(query, rows: 1, columns: vectors.stride), into: sums)
            for other in batch where unsafe other != row && vectors.memory.scales[other] != 0 {
                let sum = unsafe Float(sums[other - batch.lowerBound])
                _ = unsafe scratch.pool.insert(RowKey.key(UInt32(other), sum * vectors.memory.scales[other]))
            }
            let candidates = (0..<scratch.pool.count).map { unsafe RowKey.row(scratch.pool.keys[$0]) }
            return selection.select(memory.degree / 2, of: candidates, for: row)
        }
    }

    private func linkBack(_ row: Int, to sources: [UInt32]) {
        let links = unsafe memory.links + row * memory.degree
        var all: [UInt32] = []
        for index in 0..<memory.degree where unsafe links[index] != GraphMemory.none { unsafe all.append(links[index]) }
        let news = sources.filter { !all.contains($0) }
        all += news
        if all.count > memory.degree { all = selection.select(memory.degree, of: all, for: row) }
        store(all, row)
    }

    private func store(_ links: [UInt32], _ row: Int) {
        let place = unsafe memory.links + row * memory.degree
        for index in 0..<memory.degree { unsafe place[index] = index < links.count ? links[index] : GraphMemory.none }
    }

    private func forEach(_ range: Range<Int>, _ body: @Sendable (Int) -> Void) {
        let next = Atomic(range.lowerBound)
        @Sendable func work() {
            // A few at a time: the counter is shared.
            while true {
                let start = next.add(8, ordering: .relaxed).oldValue
                guard start < range.upperBound else { return }
                for index in start..<min(start + 8, range.upperBound) { body(index) }
            }
        }
        if threads == 1 || range.count < 64 {
            work()
        } else {
            DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
        }
    }

    /// The entries, and with them one row of every part of the graph that
    /// cannot be reached from these.
    private func reachingEntries() -> [UInt32] {
        var entries = Self.entries(of: vectors.count, vectors)
        var reached = [Bool](repeating: false, count: vectors.count)
        var open = entries
        for row in entries { reached[Int(row)] = true }
        func reachAll() {
            while let row = open.popLast() {
                for index in 0..<memory.degree {
                    let link = unsafe memory.links[Int(row) * memory.degree + index]
                    guard link != GraphMemory.none else { break }
                    if !reached[Int(link)] {
                        reached[Int(link)] = true
                        open.append(link)
                    }
                }
            }
        }
        reachAll()
        for row in 0..<vectors.count where unsafe !reached[row] && vectors.memory.scales[row] != 0 {
            reached[row] = true
            entries.append(UInt32(row))
            open.append(UInt32(row))
            reachAll()
        }
        return entries
    }
}
