import AsyncHTTPClient
public import Foundation
import NIOCore

/// Downloads a dataset's files into a folder: resumed where an earlier run was stopped, checked, and only then named.
public struct DatasetFetcher: Sendable {
    public let dataset: Dataset
    /// Where the files go. Made when it is not there.
    public let folder: URL
    let base: String
    let settings: FetchSettings

    /// - Parameter base: where to take the files from instead of the published address; http or https.
    /// - Throws: `DatasetError.wrongAddress`.
    public init(
        _ dataset: Dataset, to folder: URL, from base: String? = nil, settings: FetchSettings = FetchSettings()
    ) throws(DatasetError) {
        self.dataset = dataset
        self.folder = folder
        self.base = try WebAddress.base(base ?? dataset.base)
        self.settings = settings
    }

    /// Fetches what is not there. Files that are there and right are left alone, and so is one that is there and wrong:
    /// that is an error. Killed at any moment, the next run goes on. Holds a lock on the folder.
    /// - Parameters:
    ///   - agree: called once, before the first request, and not when nothing is missing; an error of it ends the fetch.
    ///   - report: called from the download, often.
    /// - Throws: `DatasetError`, `CancellationError`, what `agree` throws.
    @concurrent
    public func fetch(
        agreeing agree: @Sendable () throws -> Void = {}, report: @Sendable (FetchEvent) -> Void = { _ in }
    ) async throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw DatasetError.failed(what: "Making", path: folder.path, reason: Self.reason(error))
        }
        let lock = try FolderLock(folder)
        defer { withExtendedLifetime(lock) {} }
        var missing: [DatasetFile] = []
        for file in dataset.files {
            if try isPresent(file) { report(.present(file: file.name)) } else { missing.append(file) }
        }
        guard !missing.isEmpty else { return }
        try agree()
        try await HTTPClient.withHTTPClient(configuration: settings.client) { client in
            for file in missing {
                let target = target(of: file)
                let part = try PartFile(for: target, writing: settings.writing)
                let download = Download(
                    file: file, url: "\(base)/\(file.name)", part: part, settings: settings, client: client)
                do {
                    try await download.run(report)
                } catch {
                    if (try? part.size()) == 0 { part.discard() }
                    throw error
                }
                try check(file, part)
                try part.finish()
                report(.done(file: file.name, bytes: try part.size()))
            }
        }
    }

    /// Where a file of the dataset is, or will be.
    public func target(of file: DatasetFile) -> URL { folder.appending(path: file.name) }

    /// - Throws: `DatasetError.inTheWay` when another file has the name, `.failed` when it cannot be read.
    private func isPresent(_ file: DatasetFile) throws(DatasetError) -> Bool {
        let url = target(of: file)
        guard FileManager.default.fileExists(atPath: url.path) else { return false }
        let found = try checksum(of: file, at: url)
        guard found == file.checksum else {
            throw .inTheWay(path: url.path, expected: file.checksum, found: found)
        }
        PartFile.sweep(beside: url)
        return true
    }

    private func check(_ file: DatasetFile, _ part: PartFile) throws(DatasetError) {
        let found = try checksum(of: file, at: part.url)
        guard found == file.checksum else {
            part.discard()
            throw .wrongContent(
                path: part.url.path, url: "\(base)/\(file.name)", expected: file.checksum, found: found)
        }
    }

    private func checksum(of file: DatasetFile, at url: URL) throws(DatasetError) -> Checksum {
        do {
            return try file.checksum.found(in: url)
        } catch {
            throw .failed(what: "Reading", path: url.path, reason: Self.reason(error))
        }
    }

    /// The system's words, without the path, which the message has.
    private static func reason(_ error: any Error) -> String {
        let underlying = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
        guard let underlying, underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(underlying.code)))
    }
}

extension FetchSettings {
    fileprivate var client: HTTPClient.Configuration {
        // Redirects are decided here, and so are retries.
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(connectTimeout), read: TimeAmount(stallTimeout)))
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
