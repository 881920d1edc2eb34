#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension SectionedFile {
    /// Writes a file of `sections` to `path`: under another name first, so
    /// that whoever reads `path` finds the old file or the whole new one, even
    /// after a loss of power.
    ///
    /// Throws `SectionedFileError` where that is not possible, and then leaves
    /// nothing behind. O(bytes).
    package static func write(
        to path: String, kind: Kind, parameters: SIMD4<UInt64>, sections: [UnsafeRawBufferPointer]
    ) throws(SectionedFileError) {
        unsafe precondition(sections.count == kind.sections, "a file of this kind has \(kind.sections) sections")
        let header = unsafe header(kind, parameters, sections)
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).partial"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("open", temporary) }
        do throws(SectionedFileError) {
            var position = try append(header, to: descriptor, at: 0, temporary)
            for place in unsafe sections.indices {
                let section = unsafe sections[place]
                let gap = [UInt8](repeating: 0, count: aligned(position) - position)
                position = try append(gap, to: descriptor, at: position, temporary)
                position = try unsafe append(section, to: descriptor, at: position, temporary)
            }
            guard fsync(descriptor) == 0 else { throw failure("sync", temporary) }
        } catch {
            close(descriptor)
            unsafe unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
            let error = failure("rename", temporary)
            unsafe unlink(temporary)
            throw error
        }
        syncFolder(of: path)
    }

    private static func header(
        _ kind: Kind, _ parameters: SIMD4<UInt64>, _ sections: [UnsafeRawBufferPointer]
    ) -> [UInt8] {
        var header = bytes(of: kind.magic)
        func append(_ number: some FixedWidthInteger) {
            unsafe withUnsafeBytes(of: number.littleEndian) { unsafe header += $0 }
        }
        append(kind.version)
        unsafe append(UInt32(sections.count))
        var end = kind.headerSize
        let offsets = unsafe sections.map { section in
            let offset = aligned(end)
            end = offset + section.count
            return offset
        }
        append(UInt64(end))
        for index in 0..<4 { append(parameters[index]) }
        for place in unsafe sections.indices {
            let section = unsafe sections[place]
            append(UInt64(offsets[place]))
            append(UInt64(section.count))
            unsafe append(XXHash64.hash(section))
        }
        header += [UInt8](repeating: 0, count: kind.hashOffset - header.count)
        unsafe append(header.withUnsafeBytes(XXHash64.hash))
        return header
    }

    private static func aligned(_ position: Int) -> Int { (position + 63) / 64 * 64 }

    private static func append(
        _ bytes: [UInt8], to descriptor: Int32, at position: Int, _ path: String
    ) throws(SectionedFileError) -> Int {
        try unsafe bytes.withUnsafeBufferPointer { bytes throws(SectionedFileError) in
            try unsafe append(UnsafeRawBufferPointer(bytes), to: descriptor, at: position, path)
        }
    }

    private static func append(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at position: Int, _ path: String
    ) throws(SectionedFileError) -> Int {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
            // One call writes 2 GiB at most.
            let written = unsafe Self.write(descriptor, part.baseAddress!, min(part.count, 1 << 30))
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw failure("write", path) }
            unsafe rest = unsafe rest.dropFirst(written)
        }
        return position + bytes.count
    }

    /// The rename itself is safe only when the folder is. Some file systems
    /// refuse to sync one: then nothing more can be done.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
            unsafe Glibc.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #else
            Darwin.write(descriptor, bytes, count)
        #endif
    }

    private static func failure(_ action: String, _ path: String) -> SectionedFileError {
        SectionedFileError(.cannotWrite, unsafe "cannot \(action) '\(path)' (\(String(cString: strerror(errno))))")
    }
}
