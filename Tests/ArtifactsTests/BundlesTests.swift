import Artifacts
import Foundation
import Synchronization
import Testing

@Suite("Bundles")
struct BundlesTests {
    private let test: TestBundles
    private var bundles: Bundles { test.bundles }

    init() throws {
        test = try TestBundles()
    }

    @Test func beforeTheFirstTrainingThereIsNothing() throws {
        #expect(try bundles.list().isEmpty)
        #expect(bundles.currentID() == nil)
        try bundles.prune(keeping: 3)
        let error = try #require(throws: ArtifactError.self) { try bundles.verify("0123456789abcdef") }
        guard case .missing("bundle manifest", _, _) = error else { throw error }
        #expect("\(error)".contains("`bookrec bundle list` names the bundles there are."))
    }

    @Test func theNewestIsListedFirst() throws {
        let old = try test.publish(library: "old", createdAt: 1_000)
        let new = try test.publish(library: "new", createdAt: 3_000)
        let middle = try test.publish(library: "middle", createdAt: 2_000)
        try bundles.promote(middle)
        #expect(try bundles.list().map(\.id) == [new, middle, old])
        #expect(try bundles.list().map { try $0.manifest.get().inputs.library } == ["new", "middle", "old"])
    }

    @Test func aDamagedBundleIsListedLastWithItsReason() throws {
        let broken = try test.publish(library: "broken", createdAt: 9_000)
        let sound = try test.publish(createdAt: 1_000)
        try Data("{}".utf8).write(to: test.file("manifest.json", of: broken))
        let list = try bundles.list()
        #expect(list.map(\.id) == [sound, broken])
        #expect(throws: ArtifactError.self) { try list[1].manifest.get() }
    }

    @Test func whatIsNoBundleIsPassedOverAndLeftAlone() throws {
        let ids = try (0..<3).map { try test.publish(library: "\($0)", createdAt: Double($0)) }
        for name in ["lost+found", "notes", "0123456789ABCDEF", "0123456789abcde"] {
            let stranger = bundles.folder.appending(path: name)
            try FileManager.default.createDirectory(at: stranger, withIntermediateDirectories: true)
        }
        try Data("mine".utf8).write(to: bundles.folder.appending(path: "README.md"))
        #expect(try bundles.list().map(\.id) == ids.reversed())
        try bundles.prune(keeping: 1)
        #expect(
            try test.names()
                == (["lost+found", "notes", "0123456789ABCDEF", "0123456789abcde", "README.md", ids[2]]).sorted())
    }

    @Test func oneIsPromotedAtATime() throws {
        let ids = try (0..<2).map { try test.publish(library: "\($0)") }
        for id in [ids[0], ids[1], ids[1], ids[0]] {
            try bundles.promote(id)
            #expect(bundles.currentID() == id)
            // The link names its neighbour, so that the whole folder can be moved.
            let link = bundles.folder.appending(path: "current").path
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == id)
            #expect(try test.names() == (ids + ["current"]).sorted())
        }
    }

    /// A reader sees the old bundle or the new one, at every moment.
    @Test func theLinkIsReplacedInOneStep() throws {
        let ids = try (0..<2).map { try test.publish(library: "\($0)") }
        try bundles.promote(ids[0])
        let promotions = Counter()
        let bundles = bundles
        // A thread of its own: tasks might wait for one another.
        Thread.detachNewThread {
            for turn in 1...300 {
                #expect(throws: Never.self) { try bundles.promote(ids[turn % 2]) }
                promotions.increase()
            }
        }
        var seen: Set<String> = []
        while promotions.value < 300 { seen.insert(bundles.currentID() ?? "nothing") }
        #expect(seen == Set(ids))
        #expect(bundles.currentID() == ids[0])
    }

    @Test func aLinkThatCannotBeReplacedLeavesNothingBehind() throws {
        let id = try test.publish()
        let inTheWay = bundles.folder.appending(path: "current/full")
        try FileManager.default.createDirectory(at: inTheWay, withIntermediateDirectories: true)
        let error = try #require(throws: ArtifactError.self) { try bundles.promote(id) }
        guard case .failed = error else { throw error }
        #expect("\(error)".contains("current"))
        #expect(try test.names() == [id, "current"].sorted())
    }

    @Test func pruningKeepsTheNewestAndTheCurrentOne() throws {
        let ids = try (0..<5).map { try test.publish(library: "\($0)", createdAt: Double($0) * 1_000) }
        try bundles.promote(ids[0])
        try bundles.prune(keeping: 9)
        #expect(try bundles.list().count == 5)
        try bundles.prune(keeping: 3)
        #expect(try bundles.list().map(\.id) == [ids[4], ids[3], ids[0]])
        #expect(bundles.currentID() == ids[0])
        try bundles.verify(ids[0])
        // What serves is never removed.
        for count in [1, 0] {
            try bundles.prune(keeping: count)
            #expect(try bundles.list().map(\.id) == [ids[0]])
        }
    }
}

/// What one thread tells another of its progress.
private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .acquiring) }

    func increase() { count.add(1, ordering: .releasing) }
}
