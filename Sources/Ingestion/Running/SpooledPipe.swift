import Foundation

/// What comes out of a pipe, as a file that can be read more than once.
struct SpooledPipe {
    let path: String

    /// - Returns: nil when the path is no pipe.
    /// - Throws: `IngestionError.unreadable` when it cannot be read, stored, or has no end.
    init?(_ path: String, in folder: URL, limits: ExpansionLimits) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return nil }
        self.path = folder.appending(path: "\(URL(fileURLWithPath: path).lastPathComponent)").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            try Data().write(to: URL(fileURLWithPath: self.path))
            let output = try FileHandle(forWritingTo: URL(fileURLWithPath: self.path))
            var size = 0
            while let piece = try input.read(upToCount: 256 << 10), !piece.isEmpty {
                size += piece.count
                guard size <= limits.unpackedBytes else {
                    throw IngestionError.expandsTooFar(
                        source: path, reason: "more than \(limits.unpackedBytes) bytes come out of it")
                }
                try output.write(contentsOf: piece)
            }
            try output.close()
        } catch {
            remove()
            guard !(error is IngestionError) else { throw error }
            throw IngestionError.unreadable(path: path, reason: (error as NSError).localizedDescription)
        }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
        // Each goes only when it is empty.
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        rmdir(folder.path)
        rmdir(folder.deletingLastPathComponent().path)
    }
}
