import Foundation

/// A regular file as it was when it was first looked at.
struct StoredFile: Sendable, Equatable {
    let path: String
    let size: Int
    private let device: UInt64
    private let inode: UInt64
    private let modified: [Int]

    /// The file's name, without its folder.
    var name: String { URL(fileURLWithPath: path).lastPathComponent }

    /// Looks at what is behind the path, links followed.
    /// - Throws: `IngestionError.unreadable` when there is nothing, or what there is need not have an end.
    init(path: String) throws(IngestionError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(path: path, reason: Self.lastError) }
        let kind: String? =
            switch status.st_mode & S_IFMT {
            case S_IFREG: nil
            case S_IFDIR: "it is a folder"
            case S_IFIFO: "it is a pipe, and a file is read more than once: save what comes out of it first"
            case S_IFSOCK: "it is a socket"
            default: "it is a device"
            }
        if let kind { throw .unreadable(path: path, reason: kind) }
        self.init(path: path, status: status)
    }

    private init(path: String, status: stat) {
        self.path = path
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        #if canImport(Darwin)
            modified = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
        #else
            modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        #endif
    }

    /// Opens the file for reading.
    /// - Throws: `IngestionError.changed` when another file is there now, or this one was written to.
    func open() throws(IngestionError) -> Int32 {
        // A pipe put there in the meantime must not make the call wait.
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: Self.lastError) }
        do {
            try check(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// - Throws: `IngestionError.changed` when what was opened is not this file as it was.
    func check(_ descriptor: Int32) throws(IngestionError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, Self(path: path, status: status) == self else {
            throw .changed(path: path)
        }
    }

    /// Why the last call of the system failed, in its words.
    static var lastError: String { String(cString: strerror(errno)) }
}

/// A file's bytes as they are stored.
final class FilePieces: PieceSource {
    private let file: StoredFile
    private let descriptor: Int32
    private(set) var bytesRead = 0

    init(_ file: StoredFile) throws(IngestionError) {
        self.file = file
        descriptor = try file.open()
    }

    deinit { close(descriptor) }

    func next() throws(IngestionError) -> [UInt8]? {
        var failed = false
        let piece = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
            while count < buffer.count {
                let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                let taken = read(descriptor, room.baseAddress, room.count)
                if taken > 0 {
                    count += taken
                } else if taken == 0 || errno != EINTR {
                    failed = taken < 0
                    return
                }
            }
        }
        if failed { throw .unreadable(path: file.path, reason: StoredFile.lastError) }
        bytesRead += piece.count
        // More than there was: somebody is writing, perhaps faster than this reads.
        if piece.isEmpty || bytesRead > file.size { try file.check(descriptor) }
        return piece.isEmpty ? nil : piece
    }
}
