import Testing

@testable import CatalogStore

@Suite("The ranges of distributions")
struct ProfileRangeTests {
    private func label(_ value: Int, in ranges: [ValueRange]) -> String? {
        var tally = Tally()
        tally.add(value)
        return Distribution(tally, ranges: ranges).ranges.first?.label
    }

    @Test(arguments: [
        (-3_000, "30th century BC"), (-101, "2nd century BC"), (-100, "1st century BC"), (-1, "1st century BC"),
        (1, "1st century"), (100, "1st century"), (101, "2nd century"), (1_300, "13th century"),
        (1_301, "14th century"), (1_799, "18th century"), (1_800, "1800–1809"), (1_999, "1990–1999"),
        (2_000, "2000–2009"), (2_099, "2090–2099"), (2_100, "2100 or later"), (-10_001, "before 10000 BC"),
        (-10_000, "100th century BC"), (-1_100, "11th century BC"), (-2_100, "21st century BC"),
    ])
    func years(_ year: Int, _ label: String) { #expect(self.label(year, in: ValueRange.years) == label) }

    @Test(arguments: [(1, "0.5"), (50, "0.5"), (51, "1"), (100, "1"), (425, "4.5"), (450, "4.5"), (500, "5")])
    func stars(_ hundredths: Int, _ label: String) {
        #expect(self.label(hundredths, in: ValueRange.halfStars) == label)
    }

    @Test(arguments: [
        (1, "1"), (2, "2–3"), (3, "2–3"), (4, "4–7"), (1_023, "512–1,023"), (1_048_576, "1,048,576–2,097,151"),
    ])
    func powers(_ count: Int, _ label: String) { #expect(self.label(count, in: ValueRange.powersOfTwo) == label) }

    /// Nothing falls between two ranges or out of them.
    @Test func theyHoldEveryNumber() {
        for ranges in [
            ValueRange.years, ValueRange.pages, ValueRange.lengths, ValueRange.quarterStars, ValueRange.halfStars,
        ] {
            #expect(ranges.first?.values.lowerBound == .min)
            #expect(ranges.last?.values.upperBound == .max)
            for (range, next) in zip(ranges, ranges.dropFirst()) {
                #expect(range.values.upperBound + 1 == next.values.lowerBound)
            }
        }
        for ranges in [ValueRange.powersOfTwo, ValueRange.editions] {
            #expect(ranges.first?.values.lowerBound == 1)
            #expect(ranges.last?.values.upperBound == .max)
            for (range, next) in zip(ranges, ranges.dropFirst()) {
                #expect(range.values.upperBound + 1 == next.values.lowerBound)
            }
        }
    }

    @Test func aTallyCountsAnyNumber() {
        var tally = Tally(limit: 3)
        for value in [2, .max, -7, 3, 2, 0, .min, 3, 2] { tally.add(value) }
        #expect(tally.entries.map(\.value) == [.min, -7, 0, 2, 3, .max])
        #expect(tally.entries.map(\.count) == [1, 1, 1, 3, 2, 1])
        #expect([tally[2], tally[3], tally[1], tally[.max], tally[-1]] == [3, 2, 0, 1, 0])
    }

    @Test func theMedianIsTheLowerOfTwo() {
        var tally = Tally()
        for value in [10, 20, 30, 40] { tally.add(value) }
        #expect(Distribution(tally, ranges: ValueRange.pages).median == 20)
        tally.add(30)
        #expect(Distribution(tally, ranges: ValueRange.pages).median == 30)
    }
}
