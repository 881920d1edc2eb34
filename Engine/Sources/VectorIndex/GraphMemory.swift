internal import MemoryMapping

/// Where the links of a graph lie: in memory of their own, or in a mapped file.
///
/// Invariant: the pointer is valid as long as this object lives, and what it
/// points to is never written to once the object is shared.
@safe
final class GraphMemory: Sendable {
    /// [rows, degree]; a row's links come first, then `none`. In a damaged
    /// file they may be anything.
    nonisolated(unsafe) let links: UnsafeMutablePointer<UInt32>
    /// The largest number of a row's links.
    let degree: Int
    /// The rows from which searches start.
    let entries: [UInt32]
    /// The file they lie in, if any.
    let file: SectionedFile?

    /// What stands where there is no link.
    static var none: UInt32 { .max }

    private let isAllocated: Bool
    /// Who allocated the links, if not this object.
    private let owner: GraphMemory?

    /// `rows` rows without any links. O(rows * degree).
    init(rows: Int, degree: Int) {
        unsafe links = unsafe UnsafeMutableRawPointer.allocate(byteCount: max(64, 4 * rows * degree), alignment: 64)
            .bindMemory(to: UInt32.self, capacity: rows * degree)
        unsafe links.initialize(repeating: Self.none, count: rows * degree)
        self.degree = degree
        entries = []
        file = nil
        owner = nil
        isAllocated = true
    }

    /// The links of `other`, and `entries`. O(1).
    init(taking other: GraphMemory, entries: [UInt32]) {
        unsafe links = unsafe other.links
        degree = other.degree
        self.entries = entries
        file = nil
        owner = other
        isAllocated = false
    }

    /// Section 0 of `file`, whose size has been checked. O(entries).
    init(file: SectionedFile, degree: Int, entries: [UInt32]) {
        let base = unsafe file.file.withUnsafeBytes { $0.baseAddress! } + file.sections[0].lowerBound
        unsafe links = unsafe UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt32.self))
        self.degree = degree
        self.entries = entries
        self.file = file
        owner = nil
        isAllocated = false
    }

    deinit {
        if isAllocated { unsafe links.deallocate() }
    }
}
