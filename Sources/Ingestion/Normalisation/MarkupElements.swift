/// The elements of HTML (all versions) and what their tags leave in a text.
enum MarkupElements {
    static func effect(of name: String) -> MarkupTag.Effect? {
        if name == "br" { return .lineBreak }
        if inline.contains(name) { return .nothing }
        if block.contains(name) { return .block }
        if cells.contains(name) { return .space }
        // Word's own: <o:p>, <st1:place>.
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && ["o", "w", "v", "st1", "m"].contains(parts[0]) && !parts[1].isEmpty ? .nothing : nil
    }

    static let attributesWithoutValue: Set<String> = [
        "allowfullscreen", "async", "checked", "compact", "controls", "defer", "disabled", "hidden", "ismap",
        "itemscope",
        "multiple", "nohref", "noresize", "noshade", "nowrap", "readonly", "required", "reversed", "selected",
    ]

    private static let inline: Set<String> = [
        "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "big", "button",
        "canvas", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "font", "i",
        "iframe", "img", "input", "ins", "kbd", "label", "link", "map", "mark", "meta", "meter", "nobr", "noscript",
        "object", "option", "output", "param", "picture", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script",
        "select", "small", "source", "span", "strike", "strong", "style", "sub", "sup", "svg", "template", "textarea",
        "time", "track", "tt", "u", "var", "video", "wbr",
    ]

    private static let block: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4",
        "h5", "h6", "head", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "noframes", "ol", "optgroup",
        "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    ]

    private static let cells: Set<String> = ["td", "th"]
}
