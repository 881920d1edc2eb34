internal import Dispatch
internal import Kernels
internal import Ranking
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// One pass over the first planes of all rows, for one query or several.
struct Scan {
    private let vectors: QuantizedVectors
    private let filter: RowFilter?
    private let queryCount: Int
    /// First planes, [queries, stride].
    private let queries: [Int8]
    private let scales: [Float]

    /// At most `queriesAtOnce` queries.
    init(_ vectors: QuantizedVectors, queries: [QuantizedQuery], filter: RowFilter?) {
        self.vectors = vectors
        self.filter = filter
        queryCount = queries.count
        self.queries = queries.flatMap { $0.planes.prefix(vectors.stride) }
        scales = queries.map(\.scale)
    }

    /// With more, their sums over a block of rows would leave the cache.
    static var queriesAtOnce: Int { 16 }

    /// Rows whose sums are made in one go; a multiple of 64.
    private static var blockRows: Int { 512 }

    /// Rows that a thread takes at a time; a multiple of `blockRows`.
    private static var shareRows: Int { 8192 }

    /// With less to read, waking another thread takes longer than it saves.
    private static var bytesPerThread: Int { 8 << 20 }

    // Asking the system takes as long as the scan of a thousand rows.
    private static let cores = ProcessInfo.processInfo.activeProcessorCount

    /// The score for the first query of every row that is let through, and of
    /// those among many of them. Uses all cores when there is much to compare.
    func score(into scores: UnsafeMutableBufferPointer<Float>, threads: Int?) {
        let rows = filter?.matching ?? vectors.count
        let workers = threads ?? max(1, min(Self.cores, rows * vectors.stride / Self.bytesPerThread))
        guard workers > 1 else { return unsafe score(0..<vectors.count, into: scores) }
        let shares = (vectors.count + Self.shareRows - 1) / Self.shareRows
        let next = Atomic(0)
        // Every row is written by the one thread that took its share.
        nonisolated(unsafe) let all = unsafe scores
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while true {
                let share = next.add(1, ordering: .relaxed).oldValue
                guard share < shares else { return }
                let start = share * Self.shareRows
                unsafe score(start..<min(start + Self.shareRows, vectors.count), into: all)
            }
        }
    }

    private func score(_ range: Range<Int>, into scores: UnsafeMutableBufferPointer<Float>) {
        defer { withExtendedLifetime(vectors.memory) {} }
        var scratch = ScanScratch(rows: Self.blockRows, queries: 1)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockRows) {
            let rows = start..<min(start + Self.blockRows, range.upperBound)
            func score(_ row: Int, _ sum: Int32) {
                unsafe scores[row] = unsafe Float(sum) * (vectors.memory.scales[row] * scales[0])
            }
            if let filter, isSparse(rows, in: filter, &scratch) {
                pick(scratch.ids, 0, into: &scratch.sums)
                for (id, sum) in zip(scratch.ids, scratch.sums) { score(Int(id), sum) }
                continue
            }
            unsafe scratch.sums.withUnsafeMutableBufferPointer { sums in
                unsafe multiply(rows, into: UnsafeMutableBufferPointer(rebasing: sums[..<rows.count]))
                for row in rows { score(row, unsafe sums[row - start]) }
            }
        }
    }

    /// Whether `filter` lets so few of `rows` through that these are better
    /// taken one by one: single rows cost more than rows in sequence. They are
    /// in `scratch.ids` then.
    private func isSparse(_ rows: Range<Int>, in filter: RowFilter, _ scratch: inout ScanScratch) -> Bool {
        scratch.take(rows, from: filter)
        return scratch.ids.count < rows.count / 2
    }

    /// The `capacity` best rows for each query. Scores are in units of the
    /// query's scale, which does not change their order.
    func best(_ capacity: Int, threads: Int?) -> [BoundedRanking] {
        let bytes = vectors.count * vectors.stride * queryCount
        let cores = threads ?? Self.cores
        let shares = (vectors.count + Self.shareRows - 1) / Self.shareRows
        let workers = max(1, min(cores, shares, threads == nil ? bytes / Self.bytesPerThread : shares))
        guard workers > 1 else { return best(capacity) { $0 == 0 ? 0..<vectors.count : nil } }

        let nobody = [BoundedRanking](repeating: BoundedRanking(capacity: capacity), count: queryCount)
        let merged = Mutex(nobody)
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            // Each share goes to one thread, and to each thread in rising
            // order. Which thread takes which does not matter: the best of
            // all are the best of each one's best.
            let own = best(capacity) { _ in
                let start = next.add(1, ordering: .relaxed).oldValue * Self.shareRows
                return start < vectors.count ? start..<min(start + Self.shareRows, vectors.count) : nil
            }
            merged.withLock { all in
                for query in 0..<queryCount { all[query].merge(own[query]) }
            }
        }
        return merged.withLock { $0 }
    }

    /// The best of the rows in the ranges that `next`, asked with 0, 1, 2 and
    /// so on, gives until it gives nil.
    private func best(_ capacity: Int, next: (Int) -> Range<Int>?) -> [BoundedRanking] {
        defer { withExtendedLifetime(vectors.memory) {} }
        var best = [BoundedRanking](repeating: BoundedRanking(capacity: capacity), count: queryCount)
        var scratch = ScanScratch(rows: Self.blockRows, queries: queryCount)
        var turn = 0
        while let range = next(turn) {
            turn += 1
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockRows) {
                let rows = start..<min(start + Self.blockRows, range.upperBound)
                scan(rows, &scratch, &best)
            }
        }
        return best
    }

    private func scan(_ rows: Range<Int>, _ scratch: inout ScanScratch, _ best: inout [BoundedRanking]) {
        if let filter, isSparse(rows, in: filter, &scratch) {
            for query in 0..<queryCount {
                pick(scratch.ids, query, into: &scratch.sums)
                for (id, sum) in zip(scratch.ids, scratch.sums) {
                    unsafe best[query].offer((Int(id), Double(Float(sum) * vectors.memory.scales[Int(id)])))
                }
            }
            return
        }
        unsafe scratch.sums.withUnsafeMutableBufferPointer { sums in
            let block = unsafe UnsafeMutableBufferPointer(rebasing: sums[..<(rows.count * queryCount)])
            unsafe multiply(rows, into: block)
            for query in 0..<queryCount {
                unsafe offer(rows, block.baseAddress! + query * rows.count, &scratch.scores, to: &best[query])
            }
        }
    }

    private func offer(
        _ rows: Range<Int>, _ sums: UnsafePointer<Int32>, _ scratch: inout [Float], to best: inout BoundedRanking
    ) {
        let scales = unsafe vectors.memory.scales + rows.lowerBound
        let count = rows.count
        unsafe scratch.withUnsafeMutableBufferPointer { scratch in
            let scores = scratch.baseAddress!
            for index in 0..<count { unsafe scores[index] = unsafe Float(sums[index]) * scales[index] }
            var limit = best.isFull ? best.worst.map { Float($0.score) } ?? .nan : .nan
            func offer(_ index: Int) {
                // Not "greater": a score or a limit that is not a number goes on to the ranking, which knows its place.
                // A row as good as the worst one has a higher number, and comes after it.
                guard unsafe !(scores[index] <= limit), filter?.contains(rows.lowerBound + index) ?? true else {
                    return
                }
                unsafe best.offer((rows.lowerBound + index, Double(scores[index])))
                if best.isFull { limit = best.worst.map { Float($0.score) } ?? .nan }
            }
            let whole = count / 16 * 16
            for start in stride(from: 0, to: whole, by: 16) {
                let some = unsafe UnsafeRawPointer(scores + start).loadUnaligned(as: SIMD16<Float>.self)
                // Nearly all rows are not among the best: one look at sixteen of them.
                if all(some .<= limit) { continue }
                for index in start..<start + 16 { offer(index) }
            }
            for index in whole..<count { offer(index) }
        }
    }

    /// The sums of `rows`, which lie one behind the other, and all queries.
    private func multiply(_ rows: Range<Int>, into sums: UnsafeMutableBufferPointer<Int32>) {
        unsafe queries.withUnsafeBufferPointer { queries in
            unsafe vectors.kernels.scan(
                vectors.codes.rows(in: rows),
                queries: ByteMatrixView(queries.baseAddress!, rows: queryCount, columns: vectors.stride), into: sums)
        }
    }

    private func pick(_ ids: [UInt32], _ query: Int, into sums: inout [Int32]) {
        guard !ids.isEmpty else { return }
        unsafe ids.withUnsafeBufferPointer { ids in
            unsafe queries.withUnsafeBufferPointer { queries in
                unsafe sums.withUnsafeMutableBufferPointer { sums in
                    unsafe vectors.kernels.pick(
                        ids, of: vectors.codes, query: queries.baseAddress! + query * vectors.stride, into: sums)
                }
            }
        }
    }
}

/// What a thread needs beside the rows while it scans.
private struct ScanScratch {
    /// [queries, rows].
    var sums: [Int32]
    /// [rows].
    var scores: [Float]
    /// The rows of a block that a filter lets through.
    var ids: [UInt32] = []

    init(rows: Int, queries: Int) {
        sums = [Int32](repeating: 0, count: rows * queries)
        scores = [Float](repeating: 0, count: rows)
        ids.reserveCapacity(rows)
    }

    /// Fills `ids` with the rows of `range` that `filter` lets through.
    /// `range` starts at a multiple of 64.
    mutating func take(_ range: Range<Int>, from filter: RowFilter) {
        ids.removeAll(keepingCapacity: true)
        for word in range.lowerBound / 64..<(range.upperBound + 63) / 64 {
            var bits = filter.words[word]
            while bits != 0 {
                ids.append(UInt32(64 * word + bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
    }
}
