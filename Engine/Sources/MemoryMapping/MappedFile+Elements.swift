extension MappedFile {
    /// Throws unless `count` elements of `type` lie at `offset`, within the
    /// file and aligned as `type` needs it. O(1).
    ///
    /// Check once, when a file is opened; `withElements` traps on a region
    /// that does not pass.
    public func checkRegion<Element: BitwiseCopyable>(
        of type: Element.Type, at offset: Int, count elements: Int
    ) throws(MappedFileError) {
        let (byteCount, overflow) = elements.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard offset >= 0, elements >= 0, !overflow, offset <= count, byteCount <= count - offset else {
            throw MappedFileError(
                .regionOutside, path: path, offset: offset,
                detail: "\(elements) elements of \(MemoryLayout<Element>.stride) bytes wanted, file has \(count) bytes")
        }
        // A mapping starts at a page, so the offset alone decides.
        guard offset.isMultiple(of: MemoryLayout<Element>.alignment) else {
            throw MappedFileError(
                .misaligned, path: path, offset: offset,
                detail: "\(Element.self) needs a multiple of \(MemoryLayout<Element>.alignment)")
        }
    }

    /// Calls `body` with `count` elements of `type` from `offset` on, which
    /// must not be used afterwards. The region must have passed
    /// `checkRegion`. O(1).
    ///
    /// Only use types of which every bit pattern is a value, such as numbers.
    public func withElements<Element: BitwiseCopyable, Result, Failure: Error>(
        of type: Element.Type, at offset: Int, count elements: Int,
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(Failure) -> Result in
            let end = offset + elements * MemoryLayout<Element>.stride
            let region = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
            return try unsafe body(region.assumingMemoryBound(to: Element.self))
        }
    }
}
