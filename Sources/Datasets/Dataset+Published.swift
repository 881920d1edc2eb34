import Foundation
import Yams

extension Dataset {
    /// The datasets that this program knows: `config/datasets.yaml`.
    /// - Throws: `DatasetError` when that file is wrong, which a test rules out.
    public static func published() throws(DatasetError) -> [Dataset] {
        try decode(yaml: String(decoding: PackageResources.datasets_yaml, as: UTF8.self))
    }

    /// The dataset of that name.
    /// - Throws: `DatasetError.unknown`.
    public static func published(named name: String) throws(DatasetError) -> Dataset {
        let datasets = try published()
        guard let dataset = datasets.first(where: { $0.name == name }) else {
            throw .unknown(name: name, known: datasets.map(\.name))
        }
        return dataset
    }

    static func decode(yaml: String) throws(DatasetError) -> [Dataset] {
        do {
            return try YAMLDecoder().decode(DatasetList.self, from: yaml).datasets.map { try $0.dataset() }
        } catch let error as DatasetError {
            throw error
        } catch {
            throw .wrongList(reason: "\(error)")
        }
    }
}

/// `config/datasets.yaml` as it stands.
private struct DatasetList: Decodable {
    var datasets: [Entry]

    struct Entry: Decodable {
        var name: String
        var title: String
        var holder: String
        var page: String
        var licence: Licence
        var base: String
        var files: [File]
    }

    struct Licence: Decodable {
        var name: String
        var url: String
        var asks: String
    }

    struct File: Decodable {
        var name: String
        var ingest: DatasetFile.Ingestion
        var size: Int?
        var atMost: Int?
        var sha256: String?
        var gitBlob: String?
    }
}

extension DatasetList.Entry {
    func dataset() throws(DatasetError) -> Dataset {
        guard name.isPlainFileName else { throw .wrongList(reason: "“\(name)” is no name for a folder") }
        guard base.hasPrefix("https://"), !base.hasSuffix("/") else {
            throw .wrongList(reason: "the base of \(name) is not https, or ends with a slash")
        }
        guard !files.isEmpty, Set(files.map(\.name)).count == files.count else {
            throw .wrongList(reason: "\(name) has no files, or two of one name")
        }
        var pinned: [DatasetFile] = []
        for file in files { pinned.append(try file.pinned()) }
        return Dataset(
            name: name, title: title, holder: holder, page: page,
            licence: .init(name: licence.name, url: licence.url, asks: licence.asks), base: base, files: pinned)
    }
}

extension DatasetList.File {
    func pinned() throws(DatasetError) -> DatasetFile {
        guard name.isPlainFileName else { throw .wrongList(reason: "“\(name)” is no name for a file") }
        let size: DatasetFile.Size
        switch (self.size, atMost) {
        case (let exact?, nil) where exact > 0: size = .exactly(exact)
        case (nil, let limit?) where limit > 0: size = .atMost(limit)
        default: throw .wrongList(reason: "\(name) needs either `size` or `atMost`, above 0")
        }
        let checksum: Checksum
        switch (sha256, gitBlob) {
        case (let digits?, nil) where digits.isHexadecimal(count: 64): checksum = .sha256(digits)
        case (nil, let digits?) where digits.isHexadecimal(count: 40): checksum = .gitBlob(digits)
        default:
            throw .wrongList(reason: "\(name) needs either `sha256` of 64 or `gitBlob` of 40 hexadecimal digits")
        }
        return DatasetFile(name: name, size: size, checksum: checksum, ingestion: ingest)
    }
}

extension String {
    /// Letters, digits, `-`, `_` and `.`, the last not at the beginning: cannot lead out of a folder, nor hide in it.
    fileprivate var isPlainFileName: Bool {
        !isEmpty && !hasPrefix(".")
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    fileprivate func isHexadecimal(count: Int) -> Bool {
        utf8.count == count && allSatisfy { "0123456789abcdef".contains($0) }
    }
}
