/// One tag, comment or declaration.
struct MarkupTag {
    /// What it leaves in the text.
    enum Effect { case nothing, space, lineBreak, block }

    let effect: Effect
    /// The first byte behind it; for a script or a style sheet, behind its contents.
    let end: Int

    /// The longest tag that is taken for one, in bytes.
    private static let longest = 4_096

    /// - Parameter hopeless: ends that were looked for and are nowhere in the rest of the text.
    /// - Returns: nil when what begins here is not markup. Amortised O(length of the markup).
    init?(in bytes: [UInt8], at start: Int, hopeless: inout Set<String>) {
        func end(_ mark: String, from: Int) -> Int? {
            guard !hopeless.contains(mark) else { return nil }
            let found = Self.firstEnd(of: mark, in: bytes, from: from)
            if found == nil { hopeless.insert(mark) }
            return found
        }
        var scan = start + 1
        guard scan < bytes.count else { return nil }
        if bytes[scan] == UInt8(ascii: "!") || bytes[scan] == UInt8(ascii: "?") {
            let rest = String(decoding: bytes[scan..<min(scan + 9, bytes.count)], as: UTF8.self).lowercased()
            let close: Int?
            if rest.hasPrefix("!--") {
                close = end("-->", from: scan + 3)
            } else if rest.hasPrefix("!doctype") || rest.hasPrefix("?xml") {
                close = end(">", from: scan)
            } else {
                close = nil
            }
            guard let close else { return nil }
            (effect, self.end) = (.nothing, close)
            return
        }
        let isClosing = bytes[scan] == UInt8(ascii: "/")
        if isClosing { scan += 1 }
        let nameStart = scan
        while scan < bytes.count, scan - nameStart < 12, Self.isNameByte(bytes[scan]) { scan += 1 }
        let name = String(decoding: bytes[nameStart..<scan], as: UTF8.self).lowercased()
        guard let effect = MarkupElements.effect(of: name),
            let close = Self.endOfAttributes(in: bytes, from: scan, limit: start + Self.longest)
        else { return nil }
        self.effect = effect
        if !isClosing, name == "script" || name == "style", let contentEnd = end("</\(name)>", from: close) {
            self.end = contentEnd
        } else {
            self.end = close
        }
    }

    /// The place behind the closing `>`, when all before it are attributes: `name="value"`, or one of the few names
    /// that need no value. `a<b and c>d` is not a tag.
    private static func endOfAttributes(in bytes: [UInt8], from start: Int, limit: Int) -> Int? {
        let limit = min(limit, bytes.count)
        var scan = start
        while scan < limit {
            let gap = scan
            while scan < limit, bytes[scan] <= 0x20 || bytes[scan] == UInt8(ascii: "/") { scan += 1 }
            guard scan < limit else { return nil }
            if bytes[scan] == UInt8(ascii: ">") { return scan + 1 }
            let nameStart = scan
            guard scan > gap else { return nil }
            while scan < limit, isNameByte(bytes[scan]) || bytes[scan] == UInt8(ascii: "_") { scan += 1 }
            guard scan > nameStart else { return nil }
            let name = String(decoding: bytes[nameStart..<scan], as: UTF8.self).lowercased()
            guard scan < limit, bytes[scan] == UInt8(ascii: "=") else {
                guard MarkupElements.attributesWithoutValue.contains(name) else { return nil }
                continue
            }
            scan += 1
            guard scan < limit else { return nil }
            let quote = bytes[scan]
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                guard let close = bytes[(scan + 1)..<limit].firstIndex(of: quote) else { return nil }
                scan = close + 1
            } else {
                while scan < limit, bytes[scan] > 0x20, bytes[scan] != UInt8(ascii: ">"),
                    bytes[scan] != UInt8(ascii: "<")
                {
                    scan += 1
                }
            }
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    /// The place behind the next `mark`, in whatever case it is written.
    private static func firstEnd(of mark: String, in bytes: [UInt8], from start: Int) -> Int? {
        let mark = Array(mark.utf8)
        var scan = start
        while scan + mark.count <= bytes.count {
            if zip(bytes[scan..<(scan + mark.count)], mark).allSatisfy({ $0 == $1 || ($0 | 0x20 == $1 && $1 >= 0x61) })
            {
                return scan + mark.count
            }
            scan += 1
        }
        return nil
    }
}
