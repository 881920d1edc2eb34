#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension MappedFile {
    /// How a region is going to be read.
    public enum AccessPattern: Sendable {
        /// Here and there: do not read ahead.
        case scattered
        /// Whole, and soon: start reading now.
        case whole
    }

    /// Tells the operating system how the bytes of `region` will be read. It
    /// may ignore that, and results never depend on it. O(1).
    public func expect(_ pattern: AccessPattern, in region: Range<Int>) {
        let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
        let wanted = region.clamped(to: 0..<count)
        let start = wanted.lowerBound / pageSize * pageSize
        guard !wanted.isEmpty else { return }
        unsafe withUnsafeBytes { bytes in
            let first = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress! + start)
            unsafe madvise(first, wanted.upperBound - start, pattern == .scattered ? MADV_RANDOM : MADV_WILLNEED)
        }
    }
}
