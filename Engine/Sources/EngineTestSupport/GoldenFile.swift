#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Expected results that an independent implementation computed; see
/// Tests/Golden/make_golden.py.
public enum GoldenFile {
    /// The file called `name` in Tests/Golden.
    public static func url(_ name: String, from file: String = #filePath) -> URL {
        // From Sources/EngineTestSupport/<this file>.
        var package = URL(filePath: file)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        return package.appending(path: "Tests/Golden").appending(path: name)
    }

    /// The values of a file with one JSON value a line. Throws what reading
    /// and decoding throw. O(file size).
    public static func lines<Value: Decodable>(of name: String, as type: Value.Type) throws -> [Value] {
        let decoder = JSONDecoder()
        return try Data(contentsOf: url(name)).split(separator: 0x0A).map { try decoder.decode(type, from: $0) }
    }

    /// The one value of a JSON file. Throws what reading and decoding throw.
    public static func value<Value: Decodable>(of name: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: url(name)))
    }

    /// The numbers of a file of little-endian floats. Throws what reading
    /// throws. O(file size).
    public static func floats(of name: String) throws -> [Float] {
        let bytes = try Data(contentsOf: url(name))
        return (0..<bytes.count / 4).map { place in
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 * place + $1]) << (8 * UInt32($1)) }
            return Float(bitPattern: bits)
        }
    }
}
