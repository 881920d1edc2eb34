import Crypto
import Foundation

/// Reads a CSV file record by record with flat memory, and takes its digest on the way.
struct CSVReader {
    /// The file's name, without its folder.
    let name: String
    let size: Int
    private(set) var bytesRead = 0

    private let path: String
    private let handle: FileHandle
    private var parser = CSVParser()
    private var digest = SHA256()
    private var ready: ArraySlice<CSVRecord> = []
    private var isAtEnd = false

    private static let pieceSize = 256 << 10

    init(path: String) throws(IngestionError) {
        self.path = path
        name = URL(fileURLWithPath: path).lastPathComponent
        do {
            // The size and kind of what is behind a link, not of the link.
            let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory?: throw IngestionError.unreadable(path: path, reason: "it is a folder")
            // They need not have an end.
            case .typeCharacterSpecial?, .typeBlockSpecial?:
                throw IngestionError.unreadable(path: path, reason: "it is a device")
            default: break
            }
            size = (attributes[.size] as? Int) ?? 0
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch let error as IngestionError {
            throw error
        } catch {
            throw .unreadable(path: path, reason: Self.reason(error))
        }
    }

    /// The next record; nil at the file's end.
    mutating func next() throws(IngestionError) -> CSVRecord? {
        while ready.isEmpty, !isAtEnd { try readPiece() }
        return ready.popFirst()
    }

    /// The SHA-256 of the whole file in lower-case hexadecimal. To be asked at the file's end.
    func sha256() -> String {
        digest.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private mutating func readPiece() throws(IngestionError) {
        let piece: Data
        do {
            piece = try handle.read(upToCount: Self.pieceSize) ?? Data()
        } catch {
            throw .unreadable(path: path, reason: Self.reason(error))
        }
        var records: [CSVRecord] = []
        if piece.isEmpty {
            isAtEnd = true
            parser.finish { records.append($0) }
        } else {
            bytesRead += piece.count
            digest.update(data: piece)
            parser.feed(piece) { records.append($0) }
        }
        ready = records[...]
    }

    private static func reason(_ error: any Error) -> String {
        // Some are `POSIXError`s, which no cast makes an `NSError`.
        let underlying = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
        guard let underlying, underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(underlying.code)))
    }
}
