import Crypto
import Foundation

extension DataContract {
    /// The contract that is compiled in: `config/contract.yaml`.
    /// - Throws: `SettingsError` when that file is wrong, which a test rules out.
    public static func standard() throws(SettingsError) -> DataContract {
        try DataContract(
            yaml: String(decoding: PackageResources.contract_yaml, as: UTF8.self), file: "config/contract.yaml")
    }

    /// Reads a contract from a file.
    /// - Throws: `SettingsError`, also when the file cannot be read.
    public init(contentsOf path: String) throws(SettingsError) {
        try self.init(yaml: SettingsFile.text(at: path), file: path)
    }

    static func digest(of text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// A file of settings on disk.
enum SettingsFile {
    /// No contract or mapping is longer, in bytes.
    private static let longest = 1 << 20

    static func text(at path: String) throws(SettingsError) -> String {
        func unreadable(_ reason: String) -> SettingsError {
            SettingsError(
                file: path, key: "", found: "it cannot be read: \(reason)", remedy: "Check the name and the file.")
        }
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            data = try handle.read(upToCount: longest + 1) ?? Data()
        } catch {
            throw unreadable((error as NSError).localizedDescription)
        }
        guard data.count <= longest else { throw unreadable("it is longer than 1 MiB") }
        guard let text = String(data: data, encoding: .utf8) else { throw unreadable("it is not UTF-8") }
        return text
    }
}
