import CatalogStore
import Foundation
import Recommender
import Synchronization

/// The library of a home while it is served: opened once, and again whenever another file has taken its place.
///
/// A backup may be put in its place while we serve, and what was written into the old file would be lost. So each use first
/// looks which file has the name, and afterwards whether it still has it; uses must do no harm when they are done twice. Opening
/// it for each use would take longer than what readers ask of it.
final class ServedLibrary: Sendable {
    let path: String
    private let opened = Mutex<Opened?>(nil)

    /// For how long a newer release may have changed it in ways that this one cannot know before that is seen.
    private static let schemaPatience = Duration.seconds(1)

    private struct Opened: Sendable {
        var file: FileIdentity
        var library: Library
        /// When it was last seen that this program may use it.
        var checked: ContinuousClock.Instant
    }

    init(path: String) {
        self.path = path
    }

    /// - Throws: `OpinionsUnavailable`, also when there is no library, or one that needs a newer bookrec.
    func use<Result>(_ body: (Library) throws -> Result) throws -> Result {
        do {
            while true {
                let current = try current()
                let result = try body(current.library)
                if FileIdentity(of: path) == current.file { return result }
            }
        } catch let error as LibraryError {
            // What is wrong with the file may have been put right by the next time; who only waits keeps it open.
            if case .busy = error {} else { opened.withLock { $0 = nil } }
            throw OpinionsUnavailable("\(error)")
        }
    }

    private func current() throws -> Opened {
        // Looked at before it is opened: if another comes between, that is seen after the use.
        guard let file = FileIdentity(of: path) else { throw LibraryError.missing(path: path) }
        if let known = opened.withLock(\.self) {
            if known.file != file {
                // Whoever still uses it keeps it open until they are done.
                known.library.leaveName()
            } else if .now - known.checked < Self.schemaPatience {
                return known
            } else if try known.library.neededSchema() <= Library.schema {
                opened.withLock { if $0?.file == file { $0?.checked = .now } }
                return known
            }
        }
        let new = Opened(file: file, library: try Library(path: path, access: .existing), checked: .now)
        opened.withLock { $0 = new }
        return new
    }
}

/// Tells a file apart from another that has its name later.
private struct FileIdentity: Equatable, Sendable {
    var device: UInt64
    var number: UInt64

    /// - Returns: nil when there is no such file.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
}
