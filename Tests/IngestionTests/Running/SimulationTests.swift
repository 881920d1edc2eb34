import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import Ingestion
import Testing

@Suite("Demonstration readers")
struct SimulationTests {
    private let shelf: Shelf
    /// Some with an ISBN, some without; some rated, some not.
    private static let rows = [
        "9780306406157,Tides,,Iris Vale,1999,,4.0,300,", "9780804429573,Salt,,Tom Orr,,,2.0,10,",
        ",Ebb,,Iris Vale,,,,,",
        ",Flow,,Tom Orr,,,,,", "9780975229804,Sea,,Ann Roe,,,5,1,", ",Sand,,Ann Roe,,,,,", ",Foam,,Ann Roe,,,,,",
        ",Reef,,Bo Ray,,,,,", ",Surf,,Bo Ray,,,,,", ",Wave,,Bo Ray,,,,,", ",Nobody's,,,,,,,",
    ]

    init() throws {
        shelf = try Shelf()
        try shelf.ingest(Self.rows)
    }

    @Test func theSameSeedGivesTheSameMarks() throws {
        let counts = try shelf.ingestion.simulate(readers: 12, seed: 4)
        let marks = try shelf.marks()
        // Eleven works: at most five for each reader, and nobody reads fewer.
        #expect(marks.count == 60)
        #expect(counts.rows == 60)
        #expect(counts.sum == 60)
        let other = try Shelf()
        try other.ingest(Self.rows)
        _ = try other.ingestion.simulate(readers: 12, seed: 4)
        #expect(try other.marks() == marks)
        // Again nothing changes; another seed gives others.
        #expect(
            try shelf.ingestion.simulate(readers: 12, seed: 4).list[2...] == [
                0, 60 - counts.unmatched, 0, counts.unmatched, 0,
            ])
        #expect(try shelf.marks() == marks)
        let third = try Shelf()
        try third.ingest(Self.rows)
        _ = try third.ingestion.simulate(readers: 12, seed: 5)
        #expect(try third.marks() != marks)
    }

    @Test func moreReadersChangeNothingForThoseBefore() throws {
        _ = try shelf.ingestion.simulate(readers: 3, seed: 4)
        let three = try shelf.marks()
        _ = try shelf.ingestion.simulate(readers: 8, seed: 4)
        let eight = try shelf.marks()
        #expect(Set(three).isSubset(of: eight))
        #expect(eight.count == 40)
        _ = try shelf.ingestion.simulate(readers: 2, seed: 4)
        #expect(try shelf.marks() == eight)
    }

    @Test func theyAreMarkedWhereverTheyAre() throws {
        try shelf.ingest("user_id,isbn13,rating\n1,9780306406157,4\n", as: "r.csv", .ratings)
        _ = try shelf.ingestion.simulate(readers: 5, seed: 1)
        let marks = try shelf.marks()
        #expect(marks.filter { $0.hasSuffix(" *") }.allSatisfy { $0.hasPrefix("simulated simulated-") })
        #expect(marks.filter { !$0.hasSuffix(" *") } == ["r 1 isbn:9780306406157 4.0 read -"])
        let run = try #require(try shelf.library.history().last)
        #expect((run.kind, run.source, run.file) == ("simulated", "simulated", "seed 1"))
        #expect(run.rows == 25)
        #expect(try shelf.leftovers() == [])
    }

    /// What a reader reads is a work of the library: the very one.
    @Test func everyMarkJoinsItsWork() throws {
        // These two are told apart by their subtitles alone.
        try shelf.ingest([",Dune,,Frank Herbert,,,,,", ",Dune,House Corrino,Frank Herbert,,,,,"], as: "dune.csv")
        #expect(try shelf.library.counts().works == 13)
        _ = try shelf.ingestion.simulate(readers: 60, seed: 2)
        var items: Set<String> = []
        for work in try shelf.works() {
            let keys = try shelf.rows("SELECT key FROM items WHERE source = 'simulated' AND workId = '\(work.id)'")
            // By its ISBN, or its id.
            let name = work.isbn13s.first.map { "isbn:\($0)" } ?? "work:\(work.id)"
            #expect(keys == ["key=\(name)"], "\(work.title) \(work.subtitle ?? "")")
            items.formUnion(keys)
        }
        #expect(try Set(shelf.rows("SELECT key FROM items WHERE source = 'simulated'")) == items)
    }

    @Test func withoutWorksThereIsNothingToRate() throws {
        let empty = try Shelf()
        #expect(throws: SimulationError.self) { try empty.ingestion.simulate(readers: 1, seed: 1) }
        try empty.ingest(["9780306406157,Tides,,Iris Vale,,,,,"])
        #expect(throws: SimulationError.self) { try empty.ingestion.simulate(readers: 1, seed: 1) }
    }
}

/// The model as its documentation states it. The expected figures are Python's: by the normal distribution's own
/// functions where the model gives a formula, else by 4,000 readers that `random` and `expovariate` made by the same
/// words (weights as exponential clocks, not as Gumbel noise). Tolerances are five standard errors or more.
@Suite("The model of demonstration readers")
struct SimulationModelTests {
    private func books(
        _ count: Int, _ categories: [String], mean: Double?, ratings: Int = 0
    ) -> [SimulatedReaders.Book] {
        (0..<count).map { number in
            SimulatedReaders.Book(
                item: RatedItem(key: .id("\(categories) \(mean ?? 0) \(ratings) \(number)")), categories: categories,
                mean: mean, ratingsCount: ratings)
        }
    }

    private func marks(_ books: [SimulatedReaders.Book], readers: Int = 800, seed: UInt64 = 7) -> [[ReaderMark]] {
        let simulation = SimulatedReaders(of: books, seed: seed)
        return (0..<readers).map { simulation.marks(ofReader: $0) }
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    @Test func marksAreWithinTheirBounds() {
        for count in [2, 9, 10, 500] {
            for marks in marks(books(count, ["a"], mean: 1.2) + books(count, ["b", "c"], mean: 4.9), readers: 200) {
                #expect(marks.count >= min(5, count))
                #expect(marks.count <= min(200, count))
                #expect(Set(marks.map(\.item.key)).count == marks.count)
                for mark in marks {
                    #expect([1, 2, 3, 4, 5].contains(mark.stars))
                    #expect(mark.shelf == .read)
                    // 2015-01-01 to 2025-01-01.
                    #expect((16_436...20_089).contains(mark.day ?? 0))
                }
            }
        }
    }

    @Test func readersReadMoreOrLess() {
        let numbers = marks(books(450, [], mean: 3)).map { Double($0.count) }
        // Mean and deviation of 20 · exp(0.7 · N(0, 1)), within 5 and 200.
        #expect(abs(mean(numbers) - 25.6) < 4)
        #expect(abs(mean(numbers.map { $0 > 40 ? 1 : 0 }) - 0.157) < 0.065)
        #expect(abs(mean(numbers.map { $0 == 5 ? 1 : 0 }) - 0.0326) < 0.032)
    }

    @Test func starsAreAroundTheMeanOfTheWork() {
        for (known, expected, share) in [(3.0, 3.0, 0.595), (nil as Double?, 3.79, 0.570)] {
            let stars = marks(books(300, [], mean: known), readers: 400).flatMap { $0.compactMap(\.stars) }
            // Ten thousand stars whose deviation is about 0.66.
            #expect(abs(mean(stars) - expected) < 0.04)
            #expect(abs(mean(stars.map { $0 == expected.rounded() ? 1 : 0 }) - share) < 0.03)
        }
    }

    @Test func popularWorksAreChosenMoreOften() {
        let all = marks(books(300, [], mean: 3, ratings: 990) + books(300, [], mean: 3)).flatMap(\.self)
        let popular = all.count { $0.item.key.rawValue.contains(" 990 ") }
        #expect(abs(Double(popular) / Double(all.count) - 0.938) < 0.013)
    }

    /// Who reads more of a category likes it better: both follow from one affinity.
    @Test func starsRiseWithAffinity() {
        var (shares, differences): ([Double], [Double]) = ([], [])
        for marks in marks(books(300, ["a"], mean: 3) + books(300, ["b"], mean: 3)) {
            let (one, other) = (
                marks.filter { $0.item.key.rawValue.contains("\"a\"") },
                marks.filter { $0.item.key.rawValue.contains("\"b\"") }
            )
            shares.append(Double(max(one.count, other.count)) / Double(marks.count))
            guard one.count != other.count, !one.isEmpty, !other.isEmpty else { continue }
            let difference = mean(one.compactMap(\.stars)) - mean(other.compactMap(\.stars))
            differences.append(one.count > other.count ? difference : -difference)
        }
        #expect(abs(mean(shares) - 0.764) < 0.03)
        #expect(abs(mean(differences) - 0.665) < 0.12)
    }

    /// Readers are drawn apart: the next one does not read what stands beside this one's books.
    @Test func neighboursAreNotAlike() {
        let books = books(450, [], mean: 3)
        let numbers = Dictionary(uniqueKeysWithValues: zip(books.map(\.item.key), 0...))
        let read = marks(books, readers: 300).map { Set($0.compactMap { numbers[$0.item.key] }) }
        for (step, shift) in [(1, 0), (1, 1), (1, -1), (2, 2), (2, 1), (2, -1), (3, 3), (3, 0)] {
            var (shared, all) = (0, 0)
            for (one, other) in zip(read, read.dropFirst(step)) {
                shared += other.count { one.contains($0 + shift) }
                all += other.count
            }
            // A reader reads 25.6 of 450 books.
            #expect(abs(Double(shared) / Double(all) - 25.6 / 450) < 0.025, "\(step) readers on, \(shift) books on")
        }
    }

    /// Days are uniform: a tenth in each year.
    @Test func daysAreSpreadOverTenYears() {
        let days = marks(books(300, [], mean: 3), readers: 400).flatMap { $0.compactMap(\.day) }
        for year in 0..<10 {
            let count = days.count { (16_440 + 365 * year..<16_440 + 365 * (year + 1)).contains($0) }
            #expect(abs(Double(count) / Double(days.count) - 0.1) < 0.015)
        }
    }
}
