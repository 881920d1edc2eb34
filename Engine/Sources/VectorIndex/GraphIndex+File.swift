public import MemoryMapping

/// A graph in a file, beside the file of its vectors: the header's parameters
/// are count, degree and the vectors' fingerprint, the sections the links
/// [count, degree] and the entries, 4 bytes each.
extension GraphIndex {
    static let fileKind = SectionedFile.Kind(magic: "BRVGRAPH", version: 1, sections: 2)

    /// Opens the graph that `write(to:)` wrote to `path`, over the vectors it
    /// was built for. The links stay in the file, which is mapped as long as
    /// the value lives.
    ///
    /// Throws `VectorIndexError` if the file cannot be read, is of another
    /// kind, incomplete or damaged, as far as `verification` looks, or if it
    /// belongs to other vectors. O(1) unless everything is verified or the
    /// vectors are in memory.
    public init(
        path: String, vectors: QuantizedVectors, verification: FileVerification = .automatic
    ) throws(VectorIndexError) {
        let file = try VectorIndexError.wrapping { () throws(SectionedFileError) in
            try SectionedFile(path: path, kind: Self.fileKind)
        }
        guard file.parameters[0] == vectors.count, file.parameters[2] == vectors.fingerprint else {
            throw VectorIndexError(
                .otherVectors, "'\(path)' was built for other \(file.parameters[0]) vectors than these \(vectors.count)"
            )
        }
        guard let degree = Int(exactly: file.parameters[1]), GraphOptions.degrees.contains(degree) else {
            throw VectorIndexError(.damaged, "'\(path)' has rows of \(file.parameters[1]) links")
        }
        try VectorIndexError.wrapping { () throws(SectionedFileError) in
            try file.checkSize(of: 0, 4 * vectors.count * degree)
            try file.verify(verification)
        }
        let region = file.sections[1]
        let entries = unsafe file.file.withUnsafeBytes { bytes in
            stride(from: region.lowerBound, to: region.upperBound / 4 * 4, by: 4).map {
                unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
        }
        // Links are looked at one by one as searches come by, entries here.
        guard entries.count <= vectors.count, entries.allSatisfy({ Int($0) < vectors.count }) else {
            throw VectorIndexError(.damaged, "'\(path)' starts from rows that do not exist")
        }
        guard Set(entries).count == entries.count else {
            throw VectorIndexError(.damaged, "'\(path)' starts from a row twice")
        }
        self.init(vectors: vectors, memory: GraphMemory(file: file, degree: degree, entries: entries))
    }

    /// Writes the graph to `path`, of which readers see the old file or the
    /// whole new one. The same graph gives the same bytes. The vectors are not
    /// in it: write them, too.
    ///
    /// Throws `VectorIndexError` where that is not possible, and then leaves
    /// nothing behind. O(count * degree).
    public func write(to path: String) throws(VectorIndexError) {
        defer { withExtendedLifetime(memory) {} }
        let links = unsafe UnsafeRawBufferPointer(start: memory.links, count: 4 * count * degree)
        try unsafe memory.entries.withUnsafeBufferPointer { entries throws(VectorIndexError) in
            try VectorIndexError.wrapping { () throws(SectionedFileError) in
                try unsafe SectionedFile.write(
                    to: path, kind: Self.fileKind,
                    parameters: SIMD4(UInt64(count), UInt64(degree), vectors.fingerprint, 0),
                    sections: [links, UnsafeRawBufferPointer(entries)])
            }
        }
    }

    /// Throws `VectorIndexError` unless the file's bytes are those that were
    /// written; does nothing for a graph in memory. A search through damaged
    /// links misses rows, and does nothing worse. O(count * degree).
    public func verify() throws(VectorIndexError) {
        try VectorIndexError.wrapping { () throws(SectionedFileError) in try memory.file?.verify() }
    }
}
