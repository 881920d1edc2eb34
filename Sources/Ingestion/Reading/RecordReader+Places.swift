extension RecordReader {
    /// A record in the window, which it has been dropped from already: its bytes stay until the next `fill`.
    struct Place {
        var line: Int
        /// Without the line end.
        var bytes: UnsafeBufferPointer<UInt8>
        /// What is wrong with its quotes.
        var flaw: Record.Flaw?
        /// The beginning of a line that is too long. Nothing else is known of it.
        var excerpt: String?
    }

    /// Finds the next record and steps over it; nil at the part's end.
    mutating func nextPlace() throws(IngestionError) -> Place? {
        while true {
            if window.count == 0 {
                if window.isAtEnd { return nil }
                try window.fill()
                continue
            }
            let (view, isFinal) = view
            guard case .record(let length, let next, let lineEnds) = scan(view, isFinal: isFinal) else {
                if view.count == Self.viewSize { return try cutPlace() }
                try window.fill()
                continue
            }
            let hasBrokenQuotes = isDelimited && scanner.flaw != nil
            if length > Self.longestRecord || hasBrokenQuotes && lineEnds > 0 { return try cutPlace() }
            let place = Place(line: line, bytes: view[rebased: ..<length], flaw: isDelimited ? scanner.flaw : nil)
            window.drop(next)
            line += lineEnds + (next > length ? 1 : 0)
            if length > 0 { return place }
        }
    }

    private var isDelimited: Bool { if case .delimited = dialect { true } else { false } }

    /// The longest record and a line end of two bytes. More is never looked at, so that it makes no difference in which
    /// pieces the bytes came.
    private static let viewSize = longestRecord + 2

    /// The window's first bytes, and whether nothing follows them.
    private var view: (bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) {
        let bytes = window.bytes
        return (bytes[rebased: ..<min(Self.viewSize, bytes.count)], window.isAtEnd && bytes.count <= Self.viewSize)
    }

    @inline(__always)
    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) -> DelimitedScanner.Outcome {
        isDelimited ? scanner.scan(bytes, isFinal: isFinal) : Self.scanLine(bytes, isFinal: isFinal)
    }

    /// A line, whatever is in it.
    private static func scanLine(_ bytes: UnsafeBufferPointer<UInt8>, isFinal: Bool) -> DelimitedScanner.Outcome {
        let end = ByteSet.lineEnds.firstIndex(in: bytes, from: 0)
        if end == bytes.count { return isFinal ? .record(length: end, next: end, lineEnds: 0) : .incomplete }
        guard bytes[end] == 0x0D else { return .record(length: end, next: end + 1, lineEnds: 0) }
        if end + 1 == bytes.count, !isFinal { return .incomplete }
        let hasBoth = end + 1 < bytes.count && bytes[end + 1] == 0x0A
        return .record(length: end, next: end + (hasBoth ? 2 : 1), lineEnds: 0)
    }

    /// The first line of a record that is too long or whose quotes do not fit.
    private mutating func cutPlace() throws(IngestionError) -> Place {
        let start = line
        let (view, isFinal) = view
        guard case .record(let length, let next, _) = Self.scanLine(view, isFinal: isFinal),
            length <= Self.longestRecord
        else { return try passOverLine() }
        let bytes = view[rebased: ..<length]
        if isDelimited { _ = scanner.scan(bytes, isFinal: true) }
        window.drop(next)
        line += 1
        return Place(line: start, bytes: bytes, flaw: scanner.flaw ?? .unclosedQuote)
    }

    /// Passes over a line of any length, and keeps its beginning.
    private mutating func passOverLine() throws(IngestionError) -> Place {
        let place = Place(line: line, bytes: window.bytes[rebased: ..<0], excerpt: Self.excerpt(of: window.bytes))
        while true {
            let bytes = window.bytes
            let end = ByteSet.lineEnds.firstIndex(in: bytes, from: 0)
            if case .record(_, let next, _) = Self.scanLine(bytes, isFinal: window.isAtEnd) {
                window.drop(next)
                if next > end { line += 1 }
                return place
            }
            window.drop(end)
            try window.fill()
        }
    }

    /// The beginning of a text, not cut within a character.
    private static func excerpt(of bytes: UnsafeBufferPointer<UInt8>) -> String {
        var end = min(longestExcerpt, bytes.count)
        while end > 0, end > longestExcerpt - 3, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
