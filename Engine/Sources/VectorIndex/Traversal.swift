internal import Kernels

/// The search through a graph, for queries and for rows that are to be linked.
struct Traversal {
    let vectors: QuantizedVectors
    let memory: GraphMemory
    /// Rows from this one on are not looked at: they have no links yet.
    let rows: Int

    /// The keys of about the best `wanted` rows, best first, that `filter`
    /// lets through.
    ///
    /// `query` has a first plane's bytes; scores are in units of its scale.
    func best(
        _ wanted: Int, to query: UnsafePointer<Int8>, effort: Int, entries: [UInt32], where filter: RowFilter?,
        _ scratch: SearchScratch
    ) -> [UInt32] {
        scratch.matches.reset(capacity: filter == nil ? 0 : wanted)
        unsafe follow(query, effort: max(effort, wanted), entries: entries, where: filter, scratch)
        let pool = filter == nil ? scratch.pool : scratch.matches
        return (0..<min(wanted, pool.count)).map { unsafe RowKey.row(pool.keys[$0]) }
    }

    /// Leaves the `effort` best rows found in the scratch's pool.
    func follow(
        _ query: UnsafePointer<Int8>, effort: Int, entries: [UInt32], where filter: RowFilter? = nil,
        _ scratch: SearchScratch
    ) {
        defer { withExtendedLifetime((vectors, memory)) {} }
        let (degree, limit) = (memory.degree, UInt32(rows))
        scratch.pool.reset(capacity: effort)
        scratch.reserve(max(degree, entries.count))
        unsafe start(query, entries, filter, scratch)
        var (pool, matches) = (scratch.pool, scratch.matches)
        let (visited, ids, sums) = unsafe (scratch.visited, scratch.ids.baseAddress!, scratch.sums)
        let (codes, scales) = unsafe (vectors.codes, vectors.memory.scales)
        var place = 0
        while place < pool.count {
            if unsafe pool.keys[place] & 1 != 0 {
                place += 1
                continue
            }
            let links = unsafe memory.links + Int(RowKey.row(pool.keys[place])) * degree
            pool.mark(place)
            var fresh = 0
            for index in 0..<degree {
                let row = unsafe links[index]
                // The mark behind the last link, or damage.
                guard row < limit else { break }
                // Without a branch: which rows are new cannot be predicted.
                let bit: UInt64 = 1 << UInt64(row & 63)
                let word = unsafe visited[Int(row >> 6)]
                unsafe visited[Int(row >> 6)] = word | bit
                unsafe ids[fresh] = row
                fresh += word & bit == 0 ? 1 : 0
            }
            let next = unsafe place + 1 < pool.count ? RowKey.row(pool.keys[place + 1]) : 0
            unsafe vectors.kernels.pick(
                UnsafeBufferPointer(start: ids, count: fresh), of: codes, query: query, into: sums,
                fetching: UnsafeRawBufferPointer(start: memory.links + Int(next) * degree, count: 4 * degree))
            place += 1
            for index in 0..<fresh {
                let row = unsafe ids[index]
                let key = unsafe RowKey.key(row, Float(sums[index]) * scales[Int(row)])
                if let changed = pool.insert(key) { place = min(place, changed) }
                if let filter, filter.contains(Int(row)) { _ = matches.insert(key) }
            }
        }
        (scratch.pool, scratch.matches) = (pool, matches)
    }

    /// Puts the four closest entries into the pool.
    private func start(
        _ query: UnsafePointer<Int8>, _ entries: [UInt32], _ filter: RowFilter?, _ scratch: SearchScratch
    ) {
        unsafe entries.withUnsafeBufferPointer {
            unsafe vectors.kernels.pick($0, of: vectors.codes, query: query, into: scratch.sums)
        }
        var closest = SIMD4<UInt64>(repeating: RowKey.last)
        for (index, row) in entries.enumerated() {
            var key = unsafe RowKey.key(row, Float(scratch.sums[index]) * vectors.memory.scales[Int(row)])
            guard key < closest[3] else { continue }
            for place in 0..<4 where key < closest[place] { swap(&key, &closest[place]) }
        }
        for place in 0..<4 where closest[place] != RowKey.last {
            let row = RowKey.row(closest[place])
            unsafe scratch.visited[Int(row >> 6)] |= 1 << UInt64(row & 63)
            _ = scratch.pool.insert(closest[place])
            if filter?.contains(Int(row)) ?? false { _ = scratch.matches.insert(closest[place]) }
        }
    }
}
