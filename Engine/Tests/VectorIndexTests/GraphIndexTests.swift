import EngineTestSupport
import Evaluation
import Foundation
import Kernels
import MemoryMapping
import Testing
import VectorIndex

@Suite("Graph index")
struct GraphIndexTests {
    static let fixture = VectorFixture.clustered(count: 6000, dimension: 40, clusters: 60, seed: 71)
    static let queries = (0..<200).map { query in
        let noise = VectorFixture.random(count: 1, dimension: 40, seed: UInt64(900 + query)).floats
        return VectorFixture.unit(zip(fixture.row(query * 29), noise).map { $0 + 0.3 * $1 })
    }

    /// An index that follows the graph wherever it can.
    static func index() throws -> GraphIndex {
        var index = GraphIndex(building: try fixture.quantized())
        index.scanCost = .infinity
        return index
    }

    /// The share of the true ten nearest that `index` finds.
    private func recall(_ index: GraphIndex, where filter: RowFilter? = nil) throws -> Double {
        let exact = ExactIndex(index.vectors)
        let hits = try Self.queries.reduce(0) { hits, query in
            let truth = try Set(exact.nearest(to: query, count: 10, where: filter).map(\.row))
            return try hits + index.nearest(to: query, count: 10, where: filter).count { truth.contains($0.row) }
        }
        return Double(hits) / Double(10 * Self.queries.count)
    }

    @Test func nearlyAllNeighboursAreFound() throws {
        var index = try Self.index()
        #expect(index.count == 6000 && index.degree == 32)
        #expect(try recall(index) >= 0.98)
        index.effort = 400
        #expect(try recall(index) >= 0.998)
    }

    /// Filters through which the graph is followed, and some that are scanned.
    @Test(arguments: [2, 3, 10, 100])
    func filteredNeighboursAreFound(share: Int) throws {
        var filter = RowFilter(count: 6000)
        for row in stride(from: share / 2, to: 6000, by: share) { filter.insert(row) }
        #expect(try recall(Self.index(), where: filter) >= 0.98)
    }

    /// The rows that the filter lets through are those farthest from the query.
    @Test func filtersOfFarRowsCostNoRows() throws {
        let index = try Self.index()
        for query in Self.queries.prefix(5) {
            let order = try ExactIndex(index.vectors).nearest(to: query, count: 6000)
            for (share, wanted) in [(2, 10), (2, 1000), (20, 100), (100, 60), (100, 61)] {
                var filter = RowFilter(count: 6000)
                for row in order.suffix(6000 / share) { filter.insert(row.row) }
                let found = try index.nearest(to: query, count: wanted, where: filter)
                #expect(found.count == min(wanted, 6000 / share))
                #expect(found.allSatisfy { filter.contains($0.row) })
            }
        }
    }

    @Test func aGraphDoesNotDependOnThreadsOrLevels() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var files: [Data] = []
        for (level, threads) in [(Kernels.level, 1), (Kernels.level, 2), (Kernels.level, 5), (.scalar, 2)] {
            let index = GraphIndex(building: try Self.fixture.quantized(Kernels(level: level)), threads: threads)
            try index.write(to: folder.path("graph"))
            files.append(try Data(contentsOf: URL(filePath: folder.path("graph"))))
        }
        #expect(files.allSatisfy { $0 == files[0] })
    }

    @Test func aGraphAnswersTheSameFromManyThreads() async throws {
        let index = try Self.index()
        let wanted = try Self.queries.map { try index.nearest(to: $0, count: 10) }
        let answers = try await withThrowingTaskGroup(of: [[Neighbor]].self) { group in
            for _ in 0..<4 { group.addTask { try Self.queries.map { try index.nearest(to: $0, count: 10) } } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0 == wanted })
    }

    /// Groups so far apart that no close row leads from one to the other, many
    /// equal rows, and zeros between them.
    @Test func everyGroupIsReached() throws {
        var random = SeededGenerator(seed: 72)
        var floats: [Float] = []
        for row in 0..<3000 {
            var vector = [Float](repeating: 0, count: 48)
            if row % 7 != 0 {
                vector[row % 40] = 1
                if row % 3 != 0 { vector[40 + row % 8] = Float.random(in: 0...0.1, using: &random) }
            }
            floats += vector
        }
        let fixture = VectorFixture(dimension: 48, floats: floats)
        var index = GraphIndex(building: try fixture.quantized())
        index.scanCost = .infinity
        for group in 0..<40 {
            var query = [Float](repeating: 0, count: 48)
            query[group] = 1
            let found = try index.nearest(to: query, count: 5)
            #expect(found.count == 5 && found.allSatisfy { $0.score > 0.99 }, "group \(group)")
        }
    }

    @Test func progressIsToldUpToTheEnd() throws {
        var told: [Int] = []
        let vectors = try QuantizedVectors(quantizing: Array(Self.fixture.floats.prefix(1300 * 40)), dimension: 40)
        _ = GraphIndex(building: vectors) { told.append($0) }
        #expect(told == told.sorted() && told.last == 1300)
    }
}

@Suite("Graph files")
struct GraphFileTests {
    let folder: TemporaryFolder
    let vectors: QuantizedVectors
    let bytes: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        vectors = try VectorFixture.clustered(count: 3000, dimension: 10, clusters: 9, seed: 81).quantized()
        var options = GraphOptions()
        options.degree = 8
        try GraphIndex(building: vectors, options: options).write(to: folder.path("graph"))
        bytes = try Array(Data(contentsOf: URL(filePath: folder.path("graph"))))
    }

    private func opening(_ bytes: [UInt8], _ verification: FileVerification) throws -> GraphIndex {
        try folder.write(bytes, to: "changed")
        var index = try GraphIndex(path: folder.path("changed"), vectors: vectors, verification: verification)
        index.scanCost = .infinity
        return index
    }

    @Test func damageIsFound() throws {
        for count in [0, 7, 100, 191, bytes.count / 2, bytes.count - 1] {
            #expect(throws: VectorIndexError.self) { try opening(Array(bytes.prefix(count)), .header) }
        }
        for place in Array(0..<128) + Array(stride(from: 128, to: bytes.count, by: 997)) {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: VectorIndexError.self) { try opening(changed, .everything) }
            if place < 128 {
                #expect(throws: VectorIndexError.self) { try opening(changed, .header) }
            } else if let index = try? opening(changed, .header) {
                #expect(throws: VectorIndexError.self) { try index.verify() }
            }
        }
    }

    /// Whatever links an unverified file holds, a search ends, with as many
    /// rows as there are.
    @Test func damagedLinksHarmNobody() throws {
        var random = SeededGenerator(seed: 82)
        var filter = RowFilter(count: 3000)
        for row in stride(from: 0, to: 3000, by: 2) { filter.insert(row) }
        for share in [1000, 10, 2, 1] {
            var changed = bytes
            for place in 128..<128 + 3000 * 32 where Int.random(in: 0..<share, using: &random) == 0 {
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            let index = try opening(changed, .header)
            for row in stride(from: 0, to: 3000, by: 100) {
                for filter in [nil, filter] {
                    let found = try index.nearest(to: vectors.vector(at: row), count: 30, where: filter)
                    #expect(found.count == 30 && Set(found.map(\.row)).count == 30)
                    #expect(found.allSatisfy { filter?.contains($0.row) ?? true })
                }
            }
        }
    }

    /// A search that started twice from a row would find it twice.
    @Test func entriesThatAreNoRowsOrNoOthersAreRefused() throws {
        // Offset and size of the section of entries.
        let (start, size) = (Int(bytes[80]) | Int(bytes[81]) << 8 | Int(bytes[82]) << 16, Int(bytes[88]))
        try #require(size >= 8 && start + size <= bytes.count)
        var twice = bytes
        twice.replaceSubrange(start + 4..<start + 8, with: bytes[start..<start + 4])
        var outside = bytes
        outside.replaceSubrange(start..<start + 4, with: [0xB8, 0x0B, 0, 0])
        for changed in [twice, outside] {
            #expect {
                try opening(changed, .header)
            } throws: {
                ($0 as? VectorIndexError)?.code == .damaged && "\($0)".contains("starts from")
            }
        }
    }

    @Test func otherVectorsAreRefused() throws {
        let others = try VectorFixture.clustered(count: 3000, dimension: 10, clusters: 9, seed: 83).quantized()
        for others in [others, try QuantizedVectors(quantizing: [1, 2], dimension: 2)] {
            #expect {
                try GraphIndex(path: folder.path("graph"), vectors: others)
            } throws: {
                ($0 as? VectorIndexError)?.code == .otherVectors
            }
        }
    }
}
