/// HTML in a text: tags of elements that HTML knows, comments, declarations.
///
/// Anything else with a `<` is text: `a < b`, `<3`, `<grin>`, an address in angle brackets.
enum Markup {
    /// Tags that stand for the end of a line become one (or a space, in a line); others leave nothing.
    /// - Returns: nil when there is none. O(n).
    static func removed(from text: String, as shape: TextShape) -> String? {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var found = false
        var index = 0
        // Beyond these places there is no end of a comment or a script: looking again and again would take O(n²).
        var hopeless: Set<String> = []
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                output.append(bytes[index])
                index += 1
                continue
            }
            guard let tag = MarkupTag(in: bytes, at: index, hopeless: &hopeless) else {
                output.append(bytes[index])
                index += 1
                continue
            }
            found = true
            index = tag.end
            switch tag.effect {
            case .nothing: break
            case .space: output.append(UInt8(ascii: " "))
            case .lineBreak, .block:
                guard shape == .text else {
                    output.append(UInt8(ascii: " "))
                    break
                }
                breakLine(&output, always: tag.effect == .lineBreak)
                // How the source was indented says nothing.
                while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
            }
        }
        return found ? String(decoding: output, as: UTF8.self) : nil
    }

    /// Ends the line that is being written. A block ends it once, however many tags there are; `<br><br>` leaves one
    /// line empty, and no more.
    private static func breakLine(_ output: inout [UInt8], always: Bool) {
        while let last = output.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { output.removeLast() }
        let newline = UInt8(ascii: "\n")
        guard output.last == newline else {
            output.append(newline)
            return
        }
        if always, output.dropLast().last != newline { output.append(newline) }
    }
}
