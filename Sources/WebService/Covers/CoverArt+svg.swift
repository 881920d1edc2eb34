extension CoverArt {
    /// The picture. Presentation attributes only: the service's own policy forbids styles inside.
    var svg: String {
        let area = "0 0 \(Self.number(Self.width)) \(Self.number(Self.height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="\(area)" width="320" height="480" role="img" \
            aria-label="\(Markup.escape(label))">
            <rect width="320" height="480" fill="\(palette.cloth)"/>
            \(drawing)
            <rect width="9" height="480" fill="#000" fill-opacity="0.16"/>
            <rect x="9" width="2" height="480" fill="#fff" fill-opacity="0.12"/>
            \(text(title, top: titleTop, weight: "bold", spacing: 0))
            \(text(authors, top: 436 - authors.height, weight: "normal", spacing: 0.08))
            </svg>

            """
    }

    /// Where the title's first line begins: the ornament leaves it the upper half, or the middle.
    private var titleTop: Double {
        switch ornament {
        case .frame, .rules, .lattice: 216 - title.height / 2
        case .sun, .waves, .arches, .leaves: 52
        }
    }

    private var isCentred: Bool {
        switch ornament {
        case .frame, .arches, .lattice, .sun: true
        case .rules, .waves, .leaves: false
        }
    }

    private func text(_ setting: TextSetting, top: Double, weight: String, spacing: Double) -> String {
        let x = isCentred ? Self.width / 2 + 4 : Self.margin + 4
        let anchor = isCentred ? "middle" : "start"
        let lines = setting.lines.enumerated().map { index, line in
            let y = top + setting.size * (0.82 + Double(index) * TextSetting.leading)
            return "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\">\(Markup.escape(line))</text>"
        }
        return """
            <g font-family="Iowan Old Style, Palatino Linotype, Palatino, P052, Georgia, serif" \
            font-size="\(Self.number(setting.size))" font-weight="\(weight)" fill="\(palette.ink)" \
            text-anchor="\(anchor)" letter-spacing="\(Self.number(setting.size * spacing))">\(lines.joined())</g>
            """
    }

    private var drawing: String {
        let colour = palette.ornament
        switch ornament {
        case .sun:
            let x = 90 + Double(turn % 150)
            let rings = [92.0, 70, 48].enumerated().map { index, radius in
                "<circle cx=\"\(Self.number(x))\" cy=\"392\" r=\"\(Self.number(radius))\" fill=\"\(colour)\" "
                    + "fill-opacity=\"\(Self.number([0.28, 0.4, 0.75][index]))\"/>"
            }
            return rings.joined() + veil(from: 392)
        case .frame:
            return """
                <g fill="none" stroke="\(colour)"><rect x="24" y="20" width="276" height="440" stroke-width="3"/>\
                <rect x="32" y="28" width="260" height="424" stroke-width="1"/></g>\
                <path d="M164 58l10 14-10 14-10-14z" fill="\(colour)"/>
                """
        case .waves:
            return (0..<6).map { row in
                let y = 300 + row * 30
                let shift = (turn + row * 37) % 80
                return "<path d=\"M\(-shift - 80) \(y)" + String(repeating: "q20 -22 40 0t40 0", count: 7)
                    + "\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(2 + row % 3)\" stroke-opacity=\"0.55\"/>"
            }.joined() + veil(from: 388)
        case .arches:
            return [112, 84, 56, 28].map { radius in
                "<path d=\"M\(164 - radius) 480V\(404 - radius / 3)a\(radius) \(radius) 0 0 1 \(2 * radius) 0V480\" "
                    + "fill=\"\(colour)\" fill-opacity=\"0.17\" stroke=\"\(colour)\" stroke-width=\"2\"/>"
            }.joined() + veil(from: 388)
        case .leaves:
            return (0..<5).map { leaf in
                let angle = -72 + leaf * 30 + turn % 14
                return "<path transform=\"rotate(\(angle) 236 400)\" d=\"M236 400q-30 -62 0 -134q30 72 0 134z\" "
                    + "fill=\"\(colour)\" fill-opacity=\"\(leaf.isMultiple(of: 2) ? "0.62" : "0.38")\"/>"
            }.joined()
        case .rules:
            let gap = 7 + turn % 6
            return (0..<5).map { rule in
                "<path d=\"M34 \(48 + rule * gap)H286M34 \(392 + rule * 3)H120\" stroke=\"\(colour)\" "
                    + "stroke-width=\"\(rule == 0 ? 5 : 2)\"/>"
            }.joined()
        case .lattice:
            let step = 26 + turn % 12
            let lines = stride(from: -480, through: 800, by: step).map { x in "M\(x) 0l480 480M\(x) 0l-480 480" }
            return """
                <path d="\(lines.joined())" stroke="\(colour)" stroke-opacity="0.32" fill="none"/>\
                <rect x="26" y="84" width="276" height="264" fill="\(palette.cloth)"/>\
                <rect x="26" y="84" width="276" height="264" fill="none" stroke="\(colour)" stroke-width="2"/>\
                <rect x="11" y="378" width="309" height="74" fill="\(palette.cloth)"/>
                """
        }
    }

    /// Cloth over the foot of an ornament, where the authors stand.
    private func veil(from y: Int) -> String {
        "<rect y=\"\(y)\" width=\"320\" height=\"\(480 - y)\" fill=\"\(palette.cloth)\"/>"
    }

    /// A coordinate with at most two decimals.
    private static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        guard !hundredths.isMultiple(of: 100) else { return String(hundredths / 100) }
        return String(Double(hundredths) / 100)
    }
}
