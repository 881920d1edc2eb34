extension ZipArchive {
    /// The entries that are files to be read, in the archive's order; not folders, hidden files and what macOS adds.
    /// - Throws: `IngestionError` for an entry that cannot or must not be read, and for more than the limits allow.
    func files(limits: ExpansionLimits) throws(IngestionError) -> [Entry] {
        let entries = try entries(limit: limits.entries)
        if entries.contains(where: { $0.name == "[Content_Types].xml" }) || entries.first?.name == "mimetype" {
            throw .unsupportedFormat(
                source: file.name, found: "a spreadsheet or another office document",
                remedy: "Open it and save the sheet as CSV (UTF-8).")
        }
        var files: [Entry] = []
        var packed = 0
        var unpacked = 0
        for entry in entries {
            // Nothing is ever written under these names. But who makes such an archive means harm.
            if !entry.hasSafeName { throw refused(entry, "its name leads out of the archive") }
            if entry.isFolder || entry.isHidden { continue }
            try check(entry)
            let (name, size) = ("\(file.name)/\(entry.shownName)", max(0, entry.packedSize))
            try limits.check(unpacked: entry.unpackedSize, packed: size, source: name)
            // No sum can overflow: each summand is within its limit, and so was the sum before.
            unpacked =
                unpacked.addingReportingOverflow(entry.unpackedSize).overflow ? .max : unpacked + entry.unpackedSize
            packed = packed.addingReportingOverflow(size).overflow ? .max : packed + size
            try limits.check(unpacked: unpacked, packed: file.size, source: file.name)
            files.append(entry)
        }
        // Bombs let many entries share the same packed bytes.
        if packed > file.size {
            throw .damagedArchive(source: file.name, reason: "its entries are together larger than the archive")
        }
        if files.isEmpty { throw .noFiles(source: file.name) }
        return files
    }

    private func check(_ entry: Entry) throws(IngestionError) {
        switch entry.mode & 0xF000 {
        case 0, 0x8000: break
        case 0xA000: throw refused(entry, "it is a symbolic link")
        default: throw refused(entry, "it is not a regular file")
        }
        // Bit 0: encrypted; 6: strongly; 13: names too.
        if entry.flags & (1 | 1 << 6 | 1 << 13) != 0 { throw refused(entry, "it is encrypted") }
        switch entry.method {
        case 8: break
        case 0 where entry.packedSize == entry.unpackedSize: break
        case 0:
            throw .damagedArchive(
                source: "\(file.name)/\(entry.shownName)", reason: "its two sizes contradict each other")
        case let method: throw refused(entry, "it is packed with \(Self.nameOfMethod(method)), not deflate")
        }
    }

    private func refused(_ entry: Entry, _ reason: String) -> IngestionError {
        .refusedEntry(archive: file.name, entry: entry.shownName, reason: reason)
    }

    /// APPNOTE.TXT 6.3.10, section 4.4.5.
    private static func nameOfMethod(_ method: UInt) -> String {
        switch method {
        case 9: "deflate64"
        case 12: "bzip2"
        case 14: "LZMA"
        case 93: "zstandard"
        case 95: "xz"
        case 99: "AES encryption"
        default: "method \(method)"
        }
    }
}

extension ZipArchive.Entry {
    /// Windows programs part folders with backslashes, against the specification.
    private var components: [Substring] {
        name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    }

    var hasSafeName: Bool {
        let parts = components
        // Empty first: an absolute path. A colon second: a drive.
        let isAbsolute = parts.first.map { $0.isEmpty || $0.dropFirst().first == ":" } ?? true
        return !isAbsolute && !parts.contains("..") && !name.unicodeScalars.contains("\0")
    }

    var isFolder: Bool { name.hasSuffix("/") || name.hasSuffix("\\") || mode & 0xF000 == 0x4000 }

    var isHidden: Bool {
        let parts = components
        return parts.first == "__MACOSX" || parts.contains { $0.hasPrefix(".") && $0 != "." }
    }

    /// The name for people and reports; what would move a terminal's cursor is replaced.
    var shownName: String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }
}
