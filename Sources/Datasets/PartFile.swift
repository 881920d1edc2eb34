import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file while it is being fetched: `NAME.part`, with the record of its source in `NAME.part.json`.
final class PartFile {
    let url: URL
    private let target: URL
    private let recordURL: URL
    private let file: DiskFile
    private let writing: DiskFile.Writing

    /// Opens what an earlier run left, or begins one.
    init(for target: URL, writing: @escaping DiskFile.Writing) throws(DatasetError) {
        self.target = target
        self.writing = writing
        url = target.appendingPathExtension("part")
        recordURL = Self.record(for: target)
        file = try DiskFile(path: url.path, writing: writing)
    }

    /// In bytes.
    func size() throws(DatasetError) -> Int { try file.size() }

    /// nil when there is none that can be used.
    var record: PartRecord? {
        (try? Data(contentsOf: recordURL)).flatMap { try? JSONDecoder().decode(PartRecord.self, from: $0) }
    }

    /// Throws away what there is and notes the source of what will come.
    func begin(_ record: PartRecord) throws(DatasetError) {
        try file.empty()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json: Data
        do {
            json = try encoder.encode(record)
        } catch {
            throw .failed(what: "Writing", path: recordURL.path, reason: "\(error)")
        }
        let file = try DiskFile(path: recordURL.path, writing: writing)
        try file.empty()
        try Self.append(json, to: file)
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(DatasetError) { try file.append(bytes) }

    /// Throws away what there is.
    func empty() throws(DatasetError) { try file.empty() }

    /// Removes it.
    func discard() {
        unlink(url.path)
        unlink(recordURL.path)
    }

    /// Gives the finished file its name. It is on the disk before it has it.
    func finish() throws(DatasetError) {
        try file.synchronize()
        guard rename(url.path, target.path) == 0 else { throw DiskFile.failure("Renaming", url.path) }
        unlink(recordURL.path)
        let folder = target.deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskFile.failure("Opening", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw DiskFile.failure("Writing", folder) }
    }

    /// Removes the record that a kill just after the renaming left.
    static func sweep(beside target: URL) { unlink(record(for: target).path) }

    private static func record(for target: URL) -> URL { target.appendingPathExtension("part.json") }

    private static func append(_ data: Data, to file: DiskFile) throws(DatasetError) {
        let bytes = [UInt8](data)
        var failure: DatasetError?
        bytes.withUnsafeBytes { raw in
            do throws(DatasetError) { try file.append(raw) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
