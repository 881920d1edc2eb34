import Foundation
import TextIndex
import VectorIndex

/// Good files of vectors, of a graph and of words, and one in memory for bad ones.
struct IndexFiles {
    enum Kind {
        case vectors, graph, words

        /// Of which the last 8 bytes are the checksum of those before.
        var headerSize: Int {
            switch self {
            case .vectors: 192
            case .graph: 128
            case .words: 256
            }
        }
    }

    let vectors: QuantizedVectors
    private let files: [Kind: [UInt8]]
    private let path = "/dev/shm/bookrec-fuzz-\(getpid()).index"

    init() throws {
        // So many, with so few links, that a search follows the links.
        let elements = (0..<2400).map { place -> Float in Float(place * 7919 % 1009) / 1009 - 0.5 }
        vectors = try QuantizedVectors(quantizing: elements, dimension: 6)
        var options = GraphOptions()
        options.degree = 4
        options.effort = 8
        let graph = GraphIndex(building: vectors, options: options, threads: 1)
        try vectors.write(to: path)
        let written = try [UInt8](Data(contentsOf: URL(filePath: path)))
        try graph.write(to: path)
        let links = try [UInt8](Data(contentsOf: URL(filePath: path)))
        var words = try InvertedIndexBuilder(fields: [TextField(weight: 2), TextField()])
        for number in 0..<300 {
            try words.add(document: [["word\(number % 90)"], (0..<number % 17).map { "wörd\($0 * number % 40)" }])
        }
        try words.write(to: path)
        files = [.vectors: written, .graph: links, .words: try [UInt8](Data(contentsOf: URL(filePath: path)))]
    }

    func good(_ kind: Kind) -> [UInt8] { files[kind] ?? [] }

    /// Writes `bytes` to the file for bad ones.
    func write(_ bytes: [UInt8]) -> String? {
        FileManager.default.createFile(atPath: path, contents: Data(bytes)) ? path : nil
    }

    /// Gives the header its size and its checksum, so that what it says is believed: XXH64 of a multiple of 8 bytes.
    static func seal(_ file: inout [UInt8], _ kind: Kind) {
        let end = kind.headerSize - 8
        guard file.count >= kind.headerSize else { return }
        func word(_ place: Int) -> UInt64 {
            file[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        func put(_ value: UInt64, at place: Int) {
            for byte in 0..<8 { file[place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)) }
        }
        func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
        let primes: [UInt64] = [
            0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        ]
        func round(_ sum: UInt64, _ word: UInt64) -> UInt64 { rotated(sum &+ word &* primes[1], 31) &* primes[0] }

        put(UInt64(file.count), at: 16)
        var lanes = [primes[0] &+ primes[1], primes[1], 0, 0 &- primes[0]]
        var place = 0
        while place + 32 <= end {
            for lane in 0..<4 { lanes[lane] = round(lanes[lane], word(place + 8 * lane)) }
            place += 32
        }
        var hash = rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12) &+ rotated(lanes[3], 18)
        for lane in lanes { hash = (hash ^ round(0, lane)) &* primes[0] &+ primes[3] }
        hash &+= UInt64(end)
        while place < end {
            hash = rotated(hash ^ round(0, word(place)), 27) &* primes[0] &+ primes[3]
            place += 8
        }
        hash = (hash ^ hash >> 33) &* primes[1]
        hash = (hash ^ hash >> 29) &* primes[2]
        put(hash ^ hash >> 32, at: end)
    }
}
