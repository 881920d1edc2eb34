/// The tokens of a vocabulary, found by their bytes.
///
/// A hash table with open addressing over one array of bytes: no string is
/// made to look a piece up, and the hash of a piece grows with it byte by
/// byte, so that all beginnings of a word cost no more than the whole.
struct Vocabulary: Sendable {
    /// The number of tokens.
    var count: Int { starts.count - 1 }
    /// The length of the longest token in bytes, without "##".
    private(set) var longest = 0

    /// The bytes of all tokens, one behind the other, without "##".
    private var bytes: [UInt8] = []
    /// Where each token starts in `bytes`, and, last, where they end.
    private var starts: [Int32] = [0]
    /// Whether each token continues a word: it was written with "##".
    private var continues: [Bool] = []
    /// The token in each slot, or -1. The count is a power of two, and more
    /// than half of it is free.
    private var slots: [Int32] = []

    /// FNV-1a, with one basis for the beginnings of words and another for
    /// what continues them. http://www.isthe.com/chongo/tech/comp/fnv/
    enum Hash {
        @inline(__always)
        static func basis(continues: Bool) -> UInt64 { continues ? 0x9AE1_6A3B_2F90_404F : 0xCBF2_9CE4_8422_2325 }

        @inline(__always)
        static func adding(_ byte: UInt8, to hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    /// The tokens in `lines`, the bytes of the file at `path`.
    init(lines: [UInt8], path: String) throws(TokenizationError) {
        let lineCount = lines.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 } + 1
        bytes.reserveCapacity(lines.count)
        var capacity = 64
        while capacity < 2 * lineCount { capacity *= 2 }
        slots = [Int32](repeating: -1, count: capacity)

        var start = 0
        while start < lines.count {
            let end = lines[start...].firstIndex(of: 0x0A) ?? lines.count
            // Files that went through Windows end their lines with CR too.
            let token = lines[start..<end].last == 0x0D ? lines[start..<end - 1] : lines[start..<end]
            try append(token, path: path)
            start = end + 1
        }
    }

    private mutating func append(_ token: ArraySlice<UInt8>, path: String) throws(TokenizationError) {
        let line = count + 1
        guard !token.isEmpty else {
            throw TokenizationError(.badLine, path: path, line: line, detail: "the line is empty")
        }
        guard let text = String(validating: token, as: UTF8.self) else {
            throw TokenizationError(.badLine, path: path, line: line, detail: "the line is not UTF-8")
        }
        let isContinuing = token.count > 2 && token.starts(with: [0x23, 0x23])
        let piece = isContinuing ? token.dropFirst(2) : token
        var hash = Hash.basis(continues: isContinuing)
        for byte in piece { hash = Hash.adding(byte, to: hash) }
        let known = unsafe piece.withUnsafeBufferPointer { unsafe find($0, hash: hash, continues: isContinuing) }
        if let known {
            throw TokenizationError(
                .duplicateToken, path: path, line: line, detail: "'\(text)' stands in line \(known + 1) already")
        }
        var slot = firstSlot(hash)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(count)
        bytes += piece
        starts.append(Int32(bytes.count))
        continues.append(isContinuing)
        longest = max(longest, piece.count)
    }

    /// The id of the token with exactly these bytes, whose hash is `hash`.
    /// O(its length) on average.
    @inline(__always)
    func find(_ piece: UnsafeBufferPointer<UInt8>, hash: UInt64, continues isContinuing: Bool) -> Int32? {
        var slot = firstSlot(hash)
        while true {
            let token = slots[slot]
            if token < 0 { return nil }
            if unsafe matches(Int(token), piece, isContinuing) { return token }
            slot = (slot + 1) & (slots.count - 1)
        }
    }

    /// The id of the token written as `text`, if there is one.
    func id(of text: String) -> Int32? {
        var hash = Hash.basis(continues: false)
        for byte in text.utf8 { hash = Hash.adding(byte, to: hash) }
        return unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe find($0, hash: hash, continues: false) }
    }

    private func firstSlot(_ hash: UInt64) -> Int {
        // The low bits of FNV-1a alone are poor: fold the high ones in.
        Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
    }

    @inline(__always)
    private func matches(_ token: Int, _ piece: UnsafeBufferPointer<UInt8>, _ isContinuing: Bool) -> Bool {
        let start = Int(starts[token])
        guard Int(starts[token + 1]) - start == piece.count, continues[token] == isContinuing else { return false }
        for index in 0..<piece.count where unsafe bytes[start + index] != piece[index] { return false }
        return true
    }
}
