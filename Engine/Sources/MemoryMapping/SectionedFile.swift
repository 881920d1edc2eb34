/// A mapped file of a header and sections: what indexes are kept in.
///
/// All numbers are little-endian. The header is a multiple of 64 bytes:
///
///     0   8  magic, names the kind of file
///     8   4  version of the format
///     12  4  number of sections
///     16  8  size of the whole file
///     24  32 four parameters, as the kind of file defines them
///     56  24 for each section: offset, size, XXH64 of its bytes
///     …   8  XXH64 of all header bytes before
///
/// Sections start at multiples of 64 bytes and follow in order. Opening checks
/// the header and that the file has its size, whatever the file's size; the
/// sections are checked by `verify`.
package struct SectionedFile: Sendable {
    /// What tells kinds of files apart.
    package struct Kind: Sendable {
        /// The file's first 8 bytes.
        package let magic: StaticString
        /// Raised whenever a file's meaning changes.
        package let version: UInt32
        /// The number of sections.
        package let sections: Int

        package init(magic: StaticString, version: UInt32, sections: Int) {
            self.magic = magic
            self.version = version
            self.sections = sections
        }

        var headerSize: Int { (SectionedFile.sectionTable + 24 * sections + 8 + 63) / 64 * 64 }
        /// Where the header's own hash stands.
        var hashOffset: Int { headerSize - 8 }
    }

    static var sectionTable: Int { 56 }

    /// The file, as long as which the sections stay mapped.
    package let file: MappedFile
    /// As the kind of file defines them.
    package let parameters: SIMD4<UInt64>
    /// Where each section's bytes lie in the file.
    package let sections: [Range<Int>]
    /// The XXH64 of each section's bytes as they were written.
    package let hashes: [UInt64]

    /// Opens the file at `path`. Throws `SectionedFileError` if it cannot be
    /// read or is of another kind, or if its header or size are not those
    /// that were written. O(1).
    package init(path: String, kind: Kind) throws(SectionedFileError) {
        #if _endian(big)
            #error("Index files are little-endian and used as they lie.")
        #endif
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw SectionedFileError(.cannotRead, error.description) }
        let header = unsafe file.withUnsafeBytes { unsafe Array($0.prefix(kind.headerSize)) }
        guard header.count >= 8, header.prefix(8).elementsEqual(Self.bytes(of: kind.magic)) else {
            throw SectionedFileError(.wrongFormat, "'\(path)' does not start with '\(kind.magic)'")
        }
        guard header.count == kind.headerSize else {
            throw SectionedFileError(
                .wrongFileSize, "'\(path)' has \(file.count) bytes, its header alone has \(kind.headerSize)")
        }
        func number<Number: FixedWidthInteger>(_ offset: Int, _ type: Number.Type) -> Number {
            unsafe header.withUnsafeBytes {
                unsafe Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type))
            }
        }
        // The version comes first: of another one, nothing else is known.
        let version = number(8, UInt32.self)
        guard version == kind.version else {
            throw SectionedFileError(
                .wrongFormat, "'\(path)' has version \(version), this program reads \(kind.version)")
        }
        let hash = unsafe header.withUnsafeBytes {
            unsafe XXHash64.hash(UnsafeRawBufferPointer(rebasing: $0[..<kind.hashOffset]))
        }
        guard hash == number(kind.hashOffset, UInt64.self), number(12, UInt32.self) == kind.sections else {
            throw SectionedFileError(.damaged, "the header of '\(path)' does not have its checksum")
        }
        guard number(16, UInt64.self) == file.count else {
            throw SectionedFileError(
                .wrongFileSize, "'\(path)' has \(file.count) bytes and was written with \(number(16, UInt64.self))")
        }
        self.file = file
        parameters = SIMD4(
            number(24, UInt64.self), number(32, UInt64.self), number(40, UInt64.self), number(48, UInt64.self))
        sections = try (0..<kind.sections).map { index throws(SectionedFileError) in
            let entry = Self.sectionTable + 24 * index
            let (offset, size) = (number(entry, UInt64.self), number(entry + 8, UInt64.self))
            // The hash says that we wrote this; trust in that stops short of reading outside the file.
            guard offset.isMultiple(of: 64), offset <= file.count, size <= UInt64(file.count) - offset else {
                throw SectionedFileError(.damaged, "section \(index) of '\(path)' reaches beyond the file")
            }
            return Int(offset)..<Int(offset + size)
        }
        hashes = (0..<kind.sections).map { number(Self.sectionTable + 24 * $0 + 16, UInt64.self) }
    }

    /// Throws unless every section's bytes are those that were written.
    /// O(file size), at the pace of memory or of the disk.
    package func verify() throws(SectionedFileError) {
        for (index, section) in sections.enumerated() {
            let hash = unsafe file.withUnsafeBytes {
                unsafe XXHash64.hash(UnsafeRawBufferPointer(rebasing: $0[section]))
            }
            guard hash == hashes[index] else {
                throw SectionedFileError(
                    .damaged, "section \(index) of '\(file.path)' at byte \(section.lowerBound) lost its checksum")
            }
        }
    }

    /// Verifies what is asked for when a file is opened.
    package func verify(_ verification: FileVerification) throws(SectionedFileError) {
        if verification.coversEverything(of: file.count) { try verify() }
    }

    /// Throws unless section `index` has `size` bytes.
    package func checkSize(of index: Int, _ size: Int) throws(SectionedFileError) {
        guard sections[index].count == size else {
            throw SectionedFileError(
                .damaged, "section \(index) of '\(file.path)' has \(sections[index].count) bytes instead of \(size)")
        }
    }

    static func bytes(of magic: StaticString) -> [UInt8] {
        magic.withUTF8Buffer { unsafe Array($0) }
    }
}
