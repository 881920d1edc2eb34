import EngineTestSupport
import Evaluation
import Testing
import VectorIndex

/// What `VectorSearching` promises, for every index there is.
@Suite("Search contract")
struct SearchContractTests {
    enum Kind: String, CaseIterable, Sendable {
        case exact, graph
        /// A graph that was written and mapped, and its vectors too.
        case mappedGraph

        func index(over vectors: QuantizedVectors) throws -> any VectorSearching {
            switch self {
            case .exact: return ExactIndex(vectors)
            case .graph:
                var index = GraphIndex(building: vectors)
                // However few rows there are.
                index.scanCost = .infinity
                return index
            case .mappedGraph:
                let folder = try TemporaryFolder()
                try vectors.write(to: folder.path("vectors"))
                try GraphIndex(building: vectors).write(to: folder.path("graph"))
                let mapped = try QuantizedVectors(path: folder.path("vectors"))
                return try GraphIndex(path: folder.path("graph"), vectors: mapped)
            }
        }
    }

    @Test(arguments: Kind.allCases, 0..<20)
    func smallIndexesFindWhatThePlainSearchFinds(kind: Kind, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let dimension = Int.random(in: 2...70, using: &random)
        let count = Int.random(in: 0...200, using: &random)
        let fixture = VectorFixture.random(count: count, dimension: dimension, seed: seed)
        let index = try kind.index(over: fixture.quantized())
        let query = VectorFixture.unit(random.floats(dimension))
        var some = RowFilter(count: count)
        for row in 0..<count where Bool.random(using: &random) { some.insert(row) }
        var few = RowFilter(count: count)
        for _ in 0..<3 where count > 0 { few.insert(Int.random(in: 0..<count, using: &random)) }

        for wanted in [-1, 0, 1, 2, 10, count, count + 7] {
            for filter in [nil, some, few, RowFilter(count: count), RowFilter(count: count, excluding: [])] {
                let found = try index.nearest(to: query, count: wanted, where: filter)
                let agrees = fixture.agrees(found, with: query, count: wanted, where: filter)
                #expect(agrees, "\(wanted) of \(filter?.matching ?? count) rows")
                let isRepeated = try index.nearest(to: query, count: wanted, where: filter) == found
                #expect(isRepeated)
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func tiesGoByRow(kind: Kind) throws {
        let vectors = try QuantizedVectors(quantizing: [Float](repeating: 1, count: 200), dimension: 2)
        let index = try kind.index(over: vectors)
        let filter = RowFilter(count: 100, excluding: [1])
        #expect(try index.nearest(to: [2, 2], count: 5, where: filter).map(\.row) == [0, 2, 3, 4, 5])
    }

    @Test(arguments: Kind.allCases)
    func filtersNeverCostRows(kind: Kind) throws {
        let fixture = VectorFixture.clustered(count: 3000, dimension: 24, clusters: 30, seed: 51)
        let index = try kind.index(over: fixture.quantized())
        var random = SeededGenerator(seed: 52)
        for share in [2, 10, 100, 1000] {
            var filter = RowFilter(count: 3000)
            for row in 0..<3000 where Int.random(in: 0..<share, using: &random) == 0 { filter.insert(row) }
            for wanted in [1, 10, 100] {
                let found = try index.nearest(to: fixture.row(share), count: wanted, where: filter)
                #expect(found.count == min(wanted, filter.matching))
                #expect(found.allSatisfy { filter.contains($0.row) })
                #expect(Set(found.map(\.row)).count == found.count)
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func whatDoesNotFitIsRefused(kind: Kind) throws {
        let index = try kind.index(over: QuantizedVectors(quantizing: [1, 2, 3, 4], dimension: 2))
        func refuses(_ code: VectorIndexError.Code, _ words: String, _ search: () throws -> [Neighbor]) {
            #expect {
                try search()
            } throws: {
                ($0 as? VectorIndexError)?.code == code && "\($0)".contains(words)
            }
        }
        for query in [[], [1], [1, 2, 3]] as [[Float]] {
            refuses(.wrongQueryDimension, "the rows have 2") { try index.nearest(to: query, count: 1) }
        }
        for element in [Float.nan, .infinity, -.infinity] {
            refuses(.queryNotFinite, "element 1") { try index.nearest(to: [1, element], count: 1) }
        }
        for count in [0, 1, 3, 64] {
            refuses(.wrongFilter, "the index has 2") {
                try index.nearest(to: [1, 2], count: 1, where: RowFilter(count: count))
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func nothingIsFoundInNothing(kind: Kind) throws {
        let index = try kind.index(over: QuantizedVectors(quantizing: [], dimension: 3))
        #expect(try index.nearest(to: [1, 2, 3], count: 4).isEmpty)
        #expect(try index.nearest(to: [1, 2, 3], count: 4, where: RowFilter(count: 0)).isEmpty)
    }
}
