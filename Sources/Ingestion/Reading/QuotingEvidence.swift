/// Tells from a whole text how quotes stand inside quoted fields; in most files the first `\"` comes late.
///
/// Only lines with `\"` say anything. Each is read alone in both ways, and the way that reads more of them rightly has
/// it; as many mean doubled quotes. The backslash of `"C:\"` thus does not count for more than the lines it breaks.
struct QuotingEvidence {
    /// After so many lines the matter is settled.
    static let mostLines = 1_000
    /// Longer lines say nothing.
    static let longestLine = 64 << 10

    private let columns: Int
    private var scanners: [DelimitedScanner]
    /// Lines that are right with quotes doubled, and with backslashes.
    private var good = [0, 0]
    private var lines = 0
    /// The beginning of the line that the last piece ended in.
    private var rest: [UInt8] = []
    /// Whether that line is longer than `longestLine`.
    private var isOverlong = false

    /// - Parameter columns: how many fields a record has.
    init(delimiter: Dialect.Delimiter, columns: Int) {
        self.columns = columns
        scanners = Dialect.Quoting.allCases.map { DelimitedScanner(delimiter: delimiter, quoting: $0) }
    }

    var verdict: Dialect.Quoting { good[1] > good[0] ? .backslash : .doubled }

    /// Takes note of the next piece, in UTF-8. O(n).
    mutating func feed(_ piece: [UInt8]) {
        if lines == Self.mostLines { return }
        piece.withUnsafeBufferPointer { bytes in
            var at = 0
            if !rest.isEmpty || isOverlong {
                at = ByteSet.lineEnds.firstIndex(in: bytes, from: 0)
                add(bytes[rebased: ..<at])
                if at == bytes.count { return }
                finish()
            }
            guard let last = bytes.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
                add(bytes[rebased: at...])
                return
            }
            if at < last { judgeLines(in: bytes[rebased: at..<last]) }
            add(bytes[rebased: (last + 1)...])
        }
    }

    /// The text ends, and its last line with it.
    mutating func finish() {
        if !isOverlong { rest.withUnsafeBufferPointer { judgeLines(in: $0) } }
        rest.removeAll(keepingCapacity: true)
        isOverlong = false
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        isOverlong = isOverlong || rest.count + bytes.count > Self.longestLine
        if isOverlong { rest.removeAll() } else { rest += bytes }
    }

    /// Looks at the lines with `\"` in whole lines.
    private mutating func judgeLines(in bytes: UnsafeBufferPointer<UInt8>) {
        let backslashes = ByteSet(UInt8(ascii: "\\"), UInt8(ascii: "\\"))
        var at = backslashes.firstIndex(in: bytes, from: 0)
        while at < bytes.count, lines < Self.mostLines {
            if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") {
                let start = bytes[..<at].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
                let end = ByteSet.lineEnds.firstIndex(in: bytes, from: at)
                judge(bytes[rebased: start..<end])
                at = end
            } else {
                at += 1
            }
            at = backslashes.firstIndex(in: bytes, from: at)
        }
    }

    private mutating func judge(_ line: UnsafeBufferPointer<UInt8>) {
        if line.count > Self.longestLine { return }
        lines += 1
        for index in scanners.indices {
            _ = scanners[index].scan(line, isFinal: true)
            if scanners[index].flaw == nil, scanners[index].fieldCount == columns { good[index] += 1 }
        }
    }
}
