import Foundation
import Synchronization
import Testing

@testable import Datasets

/// What the disk can do wrong, and what stands in the way on it.
struct DiskTests {
    @Test func aFullDiskKeepsWhatCameAndGoesOn() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        let room = Mutex(30_000)
        let writing: DiskFile.Writing = { descriptor, bytes in
            let room = room.withLock { room in
                let taken = min(room, bytes.count)
                room -= taken
                return taken
            }
            guard room > 0 else {
                errno = ENOSPC
                return -1
            }
            return write(descriptor, bytes.baseAddress, room)
        }
        let error = await #expect(throws: DatasetError.self) {
            try await fetch.run(from: server, writing: writing)
        }
        let kept = try fetch.content(fetch.part)
        #expect(error == .diskFull(path: fetch.part.path, kept: kept.count))
        // The record took its share of the room.
        #expect(kept.count == 30_000 - (try fetch.content(fetch.record).count))
        #expect(kept == Array(Sample.bytes.prefix(kept.count)))
        #expect(fetch.pauses.isEmpty)
        try await fetch.run(from: server)
        #expect(server.requests.map(\.range) == [nil, "bytes=\(kept.count)-"])
        #expect(try fetch.content(fetch.target) == Sample.bytes)
    }

    @Test func anotherFileInTheWayIsLeftAlone() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        try Data(Sample.other).write(to: fetch.target)
        await #expect(
            throws: DatasetError.inTheWay(
                path: fetch.target.path, expected: Sample.sha256, found: Sample.otherSHA256)
        ) { try await fetch.run(from: server) }
        #expect(try fetch.content(fetch.target) == Sample.other)
        #expect(server.requests.isEmpty)
    }

    @Test func aLinkIsNotFollowed() async throws {
        let fetch = try Fetch()
        let server = try await FileServer { request, _ in .file(Sample.bytes, to: request) }
        let precious = fetch.folder.appending(path: "precious")
        try Data("keep".utf8).write(to: precious)
        try FileManager.default.createSymbolicLink(at: fetch.part, withDestinationURL: precious)
        let error = await #expect(throws: DatasetError.self) { try await fetch.run(from: server) }
        guard case .failed("Opening", fetch.part.path, _) = error else {
            Issue.record("not the failure to open it")
            return
        }
        #expect(try Data(contentsOf: precious) == Data("keep".utf8))
    }

    @Test func aFolderThatCannotBeMadeIsNamed() async throws {
        let fetch = try Fetch()
        try FileManager.default.removeItem(at: fetch.folder)
        try Data().write(to: fetch.folder)
        let error = await #expect(throws: DatasetError.self) { try await fetch.run(from: "http://127.0.0.1:1") }
        #expect("\(error, default: "")".contains(fetch.folder.path))
    }

    @Test func twoDoNotFetchIntoOneFolder() async throws {
        let fetch = try Fetch()
        let lock = try FolderLock(fetch.folder)
        await #expect(throws: DatasetError.busy(path: fetch.folder.path)) {
            try await fetch.run(from: "http://127.0.0.1:1")
        }
        withExtendedLifetime(lock) {}
    }
}
