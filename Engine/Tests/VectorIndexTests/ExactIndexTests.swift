import EngineTestSupport
import Evaluation
import Kernels
import Testing
import VectorIndex

@Suite("Exact index")
struct ExactIndexTests {
    /// The rows found are those of the floats on at least 99.5 % of 1,000
    /// queries, of both kinds of vectors.
    @Test(arguments: [true, false])
    func theBestAreThoseOfTheFloats(clustered: Bool) throws {
        let (count, queries) = (3000, 500)
        func vectors(_ count: Int, _ seed: UInt64) -> VectorFixture {
            clustered
                ? .clustered(count: count, dimension: 96, clusters: 40, seed: seed)
                : .random(count: count, dimension: 96, seed: seed)
        }
        // Queries come from the same clusters: the last rows of one fixture.
        let all = vectors(count + queries, 41)
        let fixture = VectorFixture(dimension: 96, floats: Array(all.floats.prefix(count * 96)))
        let asked = (count..<count + queries).map(all.row)
        let index = ExactIndex(try fixture.quantized())
        let found = try index.nearest(toEach: asked, count: 10)
        let same = zip(asked, found).count { Set($1.map(\.row)) == Set(fixture.nearest(to: $0, count: 10).map(\.row)) }
        #expect(Double(same) >= 0.995 * Double(queries))
    }

    /// Rows that the first plane cannot tell apart: the best 32 of them by
    /// that are not the best.
    @Test func manyNearlyEqualRowsAreToldApart() throws {
        var random = SeededGenerator(seed: 42)
        let centre = VectorFixture.unit(random.floats(64))
        let rows = (0..<200).flatMap { _ in zip(centre, random.floats(64)).map { $0 + 2e-4 * $1 } }
        let fixture = VectorFixture(dimension: 64, floats: rows)
        let index = ExactIndex(try fixture.quantized())
        let same = try (0..<50).count { _ in
            let query = VectorFixture.unit(random.floats(64))
            return try index.nearest(to: query, count: 1)[0].row == fixture.nearest(to: query, count: 1)[0].row
        }
        #expect(same >= 47)
    }

    @Test func scoresAreDotProducts() throws {
        let fixture = VectorFixture.random(count: 1300, dimension: 50, seed: 43)
        let index = ExactIndex(try fixture.quantized())
        #expect(index.count == 1300 && index.dimension == 50)
        let query = fixture.row(7).map { 3 * $0 }
        let wanted = ReferenceKernels.scores(fixture.floats, query: query)
        let scores = try index.scores(of: query)
        #expect(zip(scores, wanted).allSatisfy { abs($0 - $1) < 0.03 } && scores.count == 1300)
        #expect(scores[7] > 2.97)
        let rows = [1299, 0, 7, 7]
        let precise = try index.scores(of: query, rows: rows)
        #expect(zip(precise, rows).allSatisfy { abs($0 - wanted[$1]) < 6e-5 })
        #expect(try index.firstScores(of: query, rows: rows) == rows.map { scores[$0] })
        // One score for a row, whichever way one asks.
        let nearest = try index.nearest(to: query, count: 5)
        #expect(try nearest.map(\.score) == index.scores(of: query, rows: nearest.map(\.row)))
    }

    /// Rows that are let through are few in some blocks, many in others, and none in others.
    @Test(arguments: [nil, 1, 2, 7])
    func scoresUnderAFilterAreTheSame(threads: Int?) throws {
        let index = ExactIndex(
            try VectorFixture.random(count: 20_000, dimension: 24, seed: 45).quantized())
        let query = VectorFixture.random(count: 1, dimension: 24, seed: 46).row(0)
        let all = try index.scores(of: query)
        let filter = RowFilter(count: 20_000) {
            $0 < 3_000 ? $0 % 5 == 0 : $0 < 9_000 ? $0 % 8 != 0 : $0 > 15_000 && $0 % 97 == 0
        }
        let scores = try index.scores(of: query, where: filter, threads: threads)
        #expect(
            scores.indices.allSatisfy {
                filter.contains($0) ? scores[$0] == all[$0] : [0, all[$0]].contains(scores[$0])
            })
        #expect(scores[9_500..<15_000].allSatisfy { $0 == 0 })
        #expect(throws: VectorIndexError.self) { try index.scores(of: query, where: RowFilter(count: 7)) }
    }

    @Test func zerosFitNothing() throws {
        let index = ExactIndex(try QuantizedVectors(quantizing: [1, 1, 0, 0, -1, -1], dimension: 2))
        #expect(try index.nearest(to: [1, 0], count: 3).map(\.row) == [0, 1, 2])
        #expect(try index.nearest(to: [0, 0], count: 3) == (0..<3).map { Neighbor(row: $0, score: 0) })
    }

    @Test(arguments: KernelLevel.supported)
    func everyLevelAndNumberOfThreadsGivesTheSameBits(level: KernelLevel) throws {
        let fixture = VectorFixture.clustered(count: 20_000, dimension: 32, clusters: 50, seed: 44)
        let reference = ExactIndex(try fixture.quantized(try Kernels(level: .scalar)))
        let index = ExactIndex(try fixture.quantized(try Kernels(level: level)))
        let queries = (0..<40).map { fixture.row($0 * 401) }
        var filter = RowFilter(count: 20_000)
        for row in stride(from: 5, to: 20_000, by: 3) { filter.insert(row) }
        for filter in [nil, filter] {
            let wanted = try queries.map { try reference.nearest(to: $0, count: 10, where: filter) }
            for threads in [1, 2, 3, 7] {
                #expect(try index.nearest(toEach: queries, count: 10, where: filter, threads: threads) == wanted)
            }
        }
        for threads in [nil, 1, 2, 7] {
            #expect(try index.scores(of: queries[3], threads: threads) == reference.scores(of: queries[3], threads: 1))
        }
    }

    @Test(arguments: [0, 1, 63, 64, 65, 200])
    func filtersAreMadeOfWhatFits(count: Int) {
        let filter = RowFilter(count: count) { $0 % 3 == 1 }
        #expect(filter == RowFilter(count: count, excluding: (0..<count).filter { $0 % 3 != 1 }))
        #expect(filter.matching == (count + 1) / 3)
        #expect(filter.inverted == RowFilter(count: count) { $0 % 3 != 1 })
    }

    @Test func filtersHandOutTheirRowsRising() {
        var filter = RowFilter(count: 200)
        for row in [199, 0, 63, 64, 127, 128] { filter.insert(row) }
        var rows: [Int] = []
        filter.forEach { rows.append($0) }
        #expect(rows == [0, 63, 64, 127, 128, 199])
        RowFilter(count: 0).forEach { _ in Issue.record("there is no row") }
    }
}
