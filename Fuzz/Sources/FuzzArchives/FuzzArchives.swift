import Foundation
import Ingestion

/// An archive of any bytes is unpacked within its limits or refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzArchives(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let path = "/dev/shm/bookrec-fuzz-\(getpid())"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes: start, count: count)) else { return 0 }
    let limits = ExpansionLimits(unpackedBytes: 1 << 20, ratio: 100, ratioFloor: 1 << 16, entries: 50)
    guard let parts = try? SourceFile.parts(ofFileAt: path, limits: limits) else { return 0 }
    for part in parts {
        guard let reader = try? part.open() else { continue }
        var size = 0
        while let piece = try? reader.nextPiece() { size += piece.count }
        precondition(size <= limits.unpackedBytes + 1 << 18, "a part is longer than its limit")
    }
    return 0
}
