internal import MemoryMapping

/// Vectors in a file: the header's parameters are the numbers of items and
/// elements, and the bits of what fold-in needs; the section is [items, rank].
extension FactorModel {
    private static let kind = SectionedFile.Kind(magic: "BRFACTOR", version: 1, sections: 1)

    /// Writes the model to `path`, of which readers see the old file or the
    /// whole new one. O(itemCount * rank).
    /// - Throws: `CollaborativeFilteringError`, and then leaves nothing behind.
    public func write(to path: String) throws(CollaborativeFilteringError) {
        let parameters = SIMD4(
            UInt64(itemCount), UInt64(rank), UInt64(unobservedWeight.bitPattern),
            UInt64(regularization.strength.bitPattern) << 32 | UInt64(regularization.exponent.bitPattern))
        try unsafe items.withUnsafeBufferPointer { items throws(CollaborativeFilteringError) in
            let sections = unsafe [UnsafeRawBufferPointer(items)]
            try CollaborativeFilteringError.wrapping { () throws(SectionedFileError) in
                try unsafe SectionedFile.write(to: path, kind: Self.kind, parameters: parameters, sections: sections)
            }
        }
    }

    /// Opens what `write(to:)` wrote; the vectors stay in the file.
    /// O(itemCount * rank²).
    /// - Throws: `CollaborativeFilteringError` where it cannot be read, is of
    ///   another kind, incomplete or damaged.
    public init(path: String) throws(CollaborativeFilteringError) {
        let file = try CollaborativeFilteringError.wrapping { () throws(SectionedFileError) in
            try SectionedFile(path: path, kind: Self.kind)
        }
        func float(_ bits: UInt64) -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: bits)) }
        let parameters = file.parameters
        guard let itemCount = Int(exactly: parameters[0]), let rank = Int(exactly: parameters[1]),
            (1..<1 << 32).contains(itemCount), (1...4096).contains(rank)
        else { throw CollaborativeFilteringError(.damaged, "'\(path)' has an impossible shape") }
        self.init(
            items: try StoredArray(0, of: file, count: itemCount * rank), itemCount: itemCount, rank: rank,
            unobservedWeight: float(parameters[2]),
            regularization: Regularization(strength: float(parameters[3] >> 32), exponent: float(parameters[3])))
    }
}
