extension Dialect {
    /// The delimiters that are tried, likeliest first.
    static let knownDelimiters: [Delimiter] = [.comma, .semicolon, .tab, .pipe]
    /// How many records at the beginning are looked at.
    static let mostSamples = 200

    /// The dialect of a text, told from its beginning.
    /// - Parameters:
    ///   - head: UTF-8, without a byte-order mark.
    ///   - isWhole: whether nothing follows it; else its last record may be cut off and is not counted.
    /// - Complexity: O(n).
    static func detected(in head: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Self {
        let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]
        if head.first(where: { !blanks.contains($0) }) == UInt8(ascii: "{") { return .jsonLines }
        if isOpenLibraryDump(head) { return .openLibraryDump }
        var best = Fit(delimiter: .comma, quoting: .doubled, columns: 1, good: 0, records: 1)
        for delimiter in knownDelimiters {
            for quoting in Quoting.allCases {
                let fit = Fit(delimiter, quoting, in: head, isWhole: isWhole)
                if fit.columns > 1, best.columns == 1 || fit.isBetter(than: best) { best = fit }
            }
        }
        return .delimited(delimiter: best.delimiter, quoting: best.quoting)
    }

    private static func isOpenLibraryDump(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
        guard head.starts(with: "/type/".utf8) else { return false }
        let line = head[..<ByteSet.lineEnds.firstIndex(in: head, from: 0)]
        let columns = line.split(separator: 0x09, maxSplits: 4, omittingEmptySubsequences: false)
        return columns.count == 5 && columns[4].first == UInt8(ascii: "{")
    }

    /// How well the first records fit a delimiter.
    struct Fit {
        var delimiter: Delimiter
        var quoting: Quoting
        /// Fields of the first record.
        var columns: Int
        /// Records with as many fields as the first, and with quotes that match.
        var good: Int
        var records: Int

        /// The share of records that fit decides; then the number of columns, as the right delimiter is seldom the one
        /// that stands in a single column.
        func isBetter(than other: Self) -> Bool {
            // good / records, without rounding.
            let (share, otherShare) = (good * other.records, other.good * records)
            return share == otherShare ? columns > other.columns : share > otherShare
        }
    }
}

extension Dialect.Fit {
    init(
        _ delimiter: Dialect.Delimiter, _ quoting: Dialect.Quoting, in head: UnsafeBufferPointer<UInt8>, isWhole: Bool
    ) {
        self.init(delimiter: delimiter, quoting: quoting, columns: 0, good: 0, records: 0)
        var scanner = DelimitedScanner(delimiter: delimiter, quoting: quoting)
        var at = 0
        while at < head.count, records < Dialect.mostSamples {
            let rest = head[rebased: at...]
            guard case .record(let length, let next, _) = scanner.scan(rest, isFinal: isWhole) else { break }
            at += next
            if length == 0 { continue }
            if columns == 0 { columns = scanner.fieldCount }
            records += 1
            if scanner.flaw == nil, scanner.fieldCount == columns { good += 1 }
        }
        records = max(records, 1)
    }
}
