public import MemoryMapping

/// Vectors in a file: the header's parameters are count and dimension, the
/// sections the two planes [count, stride] and the scales [count].
extension QuantizedVectors {
    static let fileKind = SectionedFile.Kind(magic: "BRVECTOR", version: 1, sections: 3)

    /// Opens the vectors that `write(to:)` wrote to `path`. They stay in the
    /// file, which is mapped as long as the value lives.
    ///
    /// Throws `VectorIndexError` if the file cannot be read, is of another
    /// kind, incomplete or damaged, as far as `verification` looks. O(1) unless
    /// that is everything.
    public init(path: String, verification: FileVerification = .automatic) throws(VectorIndexError) {
        let file = try VectorIndexError.wrapping { () throws(SectionedFileError) in
            try SectionedFile(path: path, kind: Self.fileKind)
        }
        guard let count = Int(exactly: file.parameters[0]), let dimension = Int(exactly: file.parameters[1]) else {
            throw VectorIndexError(.damaged, "'\(path)' has an impossible shape")
        }
        try Self.check(count: count, dimension: dimension)
        let plane = count * Self.stride(dimension)
        try VectorIndexError.wrapping { () throws(SectionedFileError) in
            try file.checkSize(of: 0, plane)
            try file.checkSize(of: 1, plane)
            try file.checkSize(of: 2, count * MemoryLayout<Float>.stride)
            try file.verify(verification)
        }
        self.init(count: count, dimension: dimension, memory: VectorMemory(file: file))
    }

    /// Writes the vectors to `path`, of which readers see the old file or the
    /// whole new one. The same vectors give the same bytes.
    ///
    /// Throws `VectorIndexError` where that is not possible, and then leaves
    /// nothing behind. O(count * dimension).
    public func write(to path: String) throws(VectorIndexError) {
        try unsafe withSections { sections throws(VectorIndexError) in
            try VectorIndexError.wrapping { () throws(SectionedFileError) in
                try unsafe SectionedFile.write(
                    to: path, kind: Self.fileKind, parameters: SIMD4(UInt64(count), UInt64(dimension), 0, 0),
                    sections: sections)
            }
        }
    }

    /// Throws `VectorIndexError` unless the file's bytes are those that were
    /// written; does nothing for vectors in memory. A search over damaged
    /// bytes finds wrong rows, and does nothing worse. O(count * dimension).
    public func verify() throws(VectorIndexError) {
        try VectorIndexError.wrapping { () throws(SectionedFileError) in try memory.file?.verify() }
    }

    /// What tells these vectors from others: a hash of the first plane.
    /// O(1) for vectors in a file, else O(count * dimension).
    public var fingerprint: UInt64 {
        if let file = memory.file { return file.hashes[0] }
        return unsafe withSections { unsafe XXHash64.hash($0[0]) }
    }

    private func withSections<Result, Failure: Error>(
        _ body: ([UnsafeRawBufferPointer]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(memory) {} }
        let plane = count * stride
        return try unsafe body([
            UnsafeRawBufferPointer(start: memory.codes, count: plane),
            UnsafeRawBufferPointer(start: memory.rests, count: plane),
            UnsafeRawBufferPointer(start: memory.scales, count: count * MemoryLayout<Float>.stride),
        ])
    }
}
