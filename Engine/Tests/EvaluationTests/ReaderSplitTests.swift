import Testing

@testable import Evaluation

@Suite struct ReaderSplitTests {
    private let split = ReaderSplit(seed: 7)
    private let names = (0..<4_000).map { "reader \($0)" }

    @Test func sharesAreMetAbout() {
        let parts = Dictionary(grouping: names) { split.part(ofReader: $0) }.mapValues(\.count)
        // Standard deviations of 29 and 23 readers.
        #expect((2_700...2_900).contains(parts[.train] ?? 0))
        #expect((520...680).contains(parts[.validation] ?? 0))
        #expect((520...680).contains(parts[.test] ?? 0))
    }

    @Test func extremeSharesHoldForAll() {
        let (all, none) = (ReaderSplit(seed: 1, trainShare: 1, validationShare: 0), ReaderSplit(seed: 1, trainShare: 0))
        #expect(names.allSatisfy { all.part(ofReader: $0) == .train && none.part(ofReader: $0) != .train })
    }

    /// Fixed, so that a change of the hash, which would mix test readers into what was trained, does not go unseen.
    /// Made by a few lines of Python from the definitions of FNV-1a and SplitMix64.
    @Test func partsStayWhatTheyAre() {
        #expect(
            ["anna", "ben", "chloé", "jon", ""].map { split.part(ofReader: $0) } == [
                .train, .test, .train, .validation, .train,
            ])
        #expect(split.keepOnly(3, of: Array(0..<10), ofReader: "anna") == [0, 1, 6])
        #expect(split.split(Array(0..<10), ofReader: "anna").hidden == [4, 8])
    }

    @Test func hashIsThatOfItsAuthors() {
        // From the test suite of FNV by Noll.
        for (text, value) in [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
        ] as [(String, UInt64)] {
            var hash = StableHash()
            hash.combine(text.utf8)
            #expect(hash.state == value)
        }
    }

    @Test func seedsDrawOtherParts() {
        let other = ReaderSplit(seed: 8)
        let same = names.count { split.part(ofReader: $0) == other.part(ofReader: $0) }
        // By chance 0.7² + 2 * 0.15² = 0.535 of 4,000, with a standard deviation of 32.
        #expect((2_040...2_240).contains(same))
    }

    @Test func oneOfFiveItemsIsHidden() {
        for count in 0...30 {
            let items = (0..<count).map { 3 * $0 }
            let parts = split.split(items, ofReader: "anna")
            #expect((parts.known + parts.hidden).sorted() == items)
            #expect(parts.known == parts.known.sorted() && parts.hidden == parts.hidden.sorted())
            #expect(parts.hidden.isEmpty == (count < 2) && parts.known.isEmpty == (count == 0))
            let fifth = Double(count) / 5
            #expect(abs(Double(parts.hidden.count) - fifth) <= (count == 2 ? 0.6 : 0.5))
            #expect(parts == split.split(items.reversed() + items, ofReader: "anna"))
        }
        #expect(split.split(Array(0..<10), ofReader: "anna").hidden.count == 2)
        for share in [0.0, 1.0] {
            let parts = split.split([4, 5, 6], ofReader: "ben", knownShare: share)
            #expect(parts.known.count == (share == 0 ? 1 : 2))
        }
    }

    @Test func everyItemIsHiddenAsOften() {
        var hidden = [Int](repeating: 0, count: 10)
        for name in names {
            for item in split.split(Array(0..<10), ofReader: name).hidden { hidden[item] += 1 }
        }
        // 800 each, with a standard deviation of 25.
        #expect(hidden.allSatisfy { (690...910).contains($0) })
    }

    @Test func fewerKnownItemsAreAmongMore() {
        let items = Array(0..<20)
        for name in names.prefix(50) {
            let kept = (0...21).map { split.keepOnly($0, of: items, ofReader: name) }
            #expect(kept.map(\.count) == Array(0...20) + [20])
            for (fewer, more) in zip(kept, kept.dropFirst()) { #expect(Set(fewer).isSubset(of: more)) }
        }
        #expect(split.keepOnly(-1, of: items, ofReader: "anna").isEmpty)
    }

    @Test func fingerprintsTellSplitsApart() {
        let readers = names.prefix(50).map { (name: $0, items: Array(0..<10)) }
        let print = split.fingerprint(of: readers)
        #expect(print.count == 16 && print.allSatisfy(\.isHexDigit))
        #expect(print == split.fingerprint(of: readers.reversed().map { (name: $0.name, items: $0.items.reversed()) }))
        #expect(print != ReaderSplit(seed: 8).fingerprint(of: readers))
        #expect(print != split.fingerprint(of: readers, knownShare: 0.5))
        #expect(print != split.fingerprint(of: readers.dropLast()))
        for place in readers.indices {
            var changed = readers
            changed[place].items[3] = 77
            #expect(print != split.fingerprint(of: changed))
        }
    }
}

@Suite struct ItemSplitTests {
    @Test func theLastIsHidden() throws {
        let split = try #require(
            ItemSplit.leavingLastOut([(item: 5, day: 30), (item: 9, day: nil), (item: 2, day: 31), (item: 7, day: -4)]))
        #expect(split.hidden == [2] && split.known == [5, 7, 9])
    }

    @Test func ofTheSameDayTheHighestNumberIsHidden() throws {
        let items: [(item: Int, day: Int?)] = [(item: 5, day: 3), (item: 8, day: 3), (item: 6, day: 3)]
        #expect(try #require(ItemSplit.leavingLastOut(items)).hidden == [8])
        #expect(ItemSplit.leavingLastOut(items) == ItemSplit.leavingLastOut(items.reversed()))
    }

    @Test func readingAgainIsNotComingToIt() throws {
        let items: [(item: Int, day: Int?)] = [
            (item: 5, day: 1), (item: 5, day: nil), (item: 6, day: 2), (item: 5, day: 3),
        ]
        #expect(try #require(ItemSplit.leavingLastOut(items)).hidden == [6])
        #expect(try #require(ItemSplit.leavingLastOut(items.reversed())).hidden == [6])
    }

    @Test func aDayIsMoreThanNone() throws {
        let items: [(item: Int, day: Int?)] = [(item: 5, day: nil), (item: 5, day: 3), (item: 6, day: 2)]
        #expect(try #require(ItemSplit.leavingLastOut(items)).hidden == [5])
        #expect(try #require(ItemSplit.leavingLastOut(items.reversed())).hidden == [5])
    }

    @Test func withoutDaysOrASecondItemNothingIsHidden() {
        #expect(ItemSplit.leavingLastOut([(item: 1, day: nil), (item: 2, day: nil)]) == nil)
        #expect(ItemSplit.leavingLastOut([(item: 1, day: 4), (item: 1, day: 9)]) == nil)
        #expect(ItemSplit.leavingLastOut([]) == nil)
    }
}
