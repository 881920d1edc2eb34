import EngineTestSupport
import MemoryMapping
import Testing
import VectorIndex

@Suite("Exact index")
struct ExactIndexTests {
    /// All rows by falling score and rising row, cut at `count`.
    func naive(_ index: ExactIndex, _ query: [Float], _ count: Int, _ excluded: Set<Int>) throws -> [Neighbor] {
        let scores = try index.scores(of: query)
        let rows = scores.indices.filter { !excluded.contains($0) }
        let ordered = rows.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
        return ordered.prefix(max(0, count)).map { Neighbor(row: $0, score: scores[$0]) }
    }

    @Test(arguments: 0..<40)
    func nearestEqualsTheNaiveSearch(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let dimension = Int.random(in: 1...70, using: &random)
        // Some beyond one block of rows.
        let count = Int.random(in: 0...(seed.isMultiple(of: 8) ? 5000 : 200), using: &random)
        var vectors = random.floats(count * dimension)
        // Few different values make many ties.
        if seed.isMultiple(of: 3) { vectors = vectors.map { $0.rounded() } }
        let index = try ExactIndex(vectors: vectors, dimension: dimension)
        var query = random.floats(dimension)
        if seed.isMultiple(of: 3) { query = query.map { $0.rounded() } }
        let excluded = Set((0..<20).map { _ in Int.random(in: -5...count + 5, using: &random) })

        for wanted in [-1, 0, 1, 2, 10, count, count + 7] {
            #expect(try index.nearest(to: query, count: wanted) == naive(index, query, wanted, []))
            let others = try index.nearest(to: query, count: wanted, excluding: excluded)
            #expect(try others == naive(index, query, wanted, excluded))
        }
    }

    @Test func scoresAreDotProducts() throws {
        let index = try ExactIndex(vectors: [1, 2, 3, 4, 0, -1], dimension: 2)
        #expect(index.count == 3 && index.dimension == 2)
        #expect(try index.scores(of: [10, 1]) == [12, 34, -1])
        #expect(index.vector(at: 1) == [3, 4])
    }

    @Test func tiesGoByRow() throws {
        let index = try ExactIndex(vectors: [Float](repeating: 1, count: 100), dimension: 1)
        #expect(try index.nearest(to: [2], count: 5, excluding: [1]).map(\.row) == [0, 2, 3, 4, 5])
    }

    @Test func damagedRowsComeLastInTheirOrder() throws {
        let index = try ExactIndex(vectors: [.nan, -5, .nan, 7, .infinity, -.infinity], dimension: 1)
        #expect(try index.nearest(to: [1], count: 6).map(\.row) == [4, 3, 1, 5, 0, 2])
        #expect(try index.nearest(to: [1], count: 3).map(\.row) == [4, 3, 1])
        #expect(try index.nearest(to: [1], count: 5).map(\.row) == [4, 3, 1, 5, 0])
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func queriesMustBeFinite(element: Float) throws {
        let index = try ExactIndex(vectors: [1, 2, 3, 4], dimension: 2)
        for attempt in [{ try index.scores(of: $0).count }, { try index.nearest(to: $0, count: 1).count }] {
            #expect {
                try attempt([1, element])
            } throws: {
                ($0 as? VectorIndexError)?.code == .queryNotFinite && "\($0)".contains("element 1")
            }
        }
    }

    @Test func queriesMustHaveTheDimension() throws {
        let index = try ExactIndex(vectors: [1, 2, 3, 4], dimension: 2)
        for query in [[], [1], [1, 2, 3]] as [[Float]] {
            #expect {
                try index.nearest(to: query, count: 1)
            } throws: {
                ($0 as? VectorIndexError)?.code == .wrongQueryDimension
            }
        }
    }

    @Test func shapesMustFit() {
        for (count, dimension) in [(5, 2), (5, 0), (5, -1)] {
            #expect {
                try ExactIndex(vectors: [Float](repeating: 0, count: count), dimension: dimension)
            } throws: {
                ($0 as? VectorIndexError)?.code == .badShape
            }
        }
    }

    @Test func nothingIsFoundInNothing() throws {
        let index = try ExactIndex(vectors: [], dimension: 3)
        #expect(index.count == 0)
        #expect(try index.nearest(to: [1, 2, 3], count: 4).isEmpty)
        #expect(try index.scores(of: [1, 2, 3]).isEmpty)
    }
}
