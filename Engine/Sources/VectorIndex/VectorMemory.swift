internal import MemoryMapping

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Where the planes and scales of vectors lie: in memory of their own, or in a
/// mapped file.
///
/// Invariant: the pointers are valid as long as this object lives, and what
/// they point to is never written to once the object is shared.
@safe
final class VectorMemory: Sendable {
    /// First plane [rows, stride].
    nonisolated(unsafe) let codes: UnsafePointer<Int8>
    /// Second plane [rows, stride].
    nonisolated(unsafe) let rests: UnsafePointer<Int8>
    /// One scale a row.
    nonisolated(unsafe) let scales: UnsafePointer<Float>
    /// The file they lie in, if any.
    let file: SectionedFile?

    private nonisolated(unsafe) let allocation: UnsafeMutableRawPointer?

    /// Memory for `rows` rows, all zeros. O(rows * stride).
    init(rows: Int, stride: Int) {
        let plane = rows * stride
        let size = 2 * plane + rows * MemoryLayout<Float>.stride
        // Rows that are read here and there miss the address translation's
        // cache much less in huge pages.
        let isLarge = size >= Self.hugePage
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(size, 64), alignment: isLarge ? Self.hugePage : 64)
        #if os(Linux)
            if isLarge { unsafe madvise(memory, size, Int32(MADV_HUGEPAGE)) }
        #endif
        unsafe memset(memory, 0, size)
        let first = unsafe memory.bindMemory(to: Int8.self, capacity: 2 * plane)
        unsafe codes = unsafe UnsafePointer(first)
        unsafe rests = unsafe UnsafePointer(first + plane)
        unsafe scales = unsafe UnsafePointer((memory + 2 * plane).bindMemory(to: Float.self, capacity: rows))
        file = nil
        unsafe allocation = unsafe memory
    }

    /// The sections 0, 1 and 2 of `file`, whose sizes have been checked. O(1).
    init(file: SectionedFile) {
        let base = unsafe file.file.withUnsafeBytes { $0.baseAddress! }
        unsafe codes = unsafe (base + file.sections[0].lowerBound).assumingMemoryBound(to: Int8.self)
        unsafe rests = unsafe (base + file.sections[1].lowerBound).assumingMemoryBound(to: Int8.self)
        unsafe scales = unsafe (base + file.sections[2].lowerBound).assumingMemoryBound(to: Float.self)
        self.file = file
        unsafe allocation = nil
    }

    deinit {
        unsafe allocation?.deallocate()
    }

    private static var hugePage: Int { 2 << 20 }
}
