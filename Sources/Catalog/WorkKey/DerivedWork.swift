/// What was made out of a work and is another one: the graphic novel, the screenplay, the study guide.
enum DerivedWork: String {
    case graphic, screenplay, play, guide, sparknotes, cliffsnotes, companion, workbook, commentary, facsimile, film
    case abridged, retold, junior, coloring, set

    /// What the words of a subtitle or a bracket announce. O(n).
    init?(_ words: [String]) {
        let words = words.filter { $0 != "," }
        guard let found = Self.announced(by: words) else { return nil }
        self = found
    }

    private static func announced(by words: [String]) -> DerivedWork? {
        for (index, word) in words.enumerated() {
            guard let meaning = meanings[word] else { continue }
            if let kind = meaning.alone { return kind }
            if index + 1 < words.count, let kind = meaning.before[words[index + 1]] { return kind }
        }
        // "3-in-1 Edition"
        if let place = words.firstIndex(of: "in"), place > 0, place + 1 < words.count, words[place + 1] == "1",
            words[place - 1].utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true
        {
            return .set
        }
        return words == ["the", "play"] || words.starts(with: ["a", "set", "of", "plays"]) ? .play : nil
    }

    /// By the first word: what it announces by itself, and before another word. One look into the table for each word.
    private static let meanings: [String: (alone: DerivedWork?, before: [String: DerivedWork])] =
        kinds.mapValues { ($0, [:]) }.merging(pairs.mapValues { (nil, $0) }) { ($0.alone, $1.before) }

    private static let kinds: [String: DerivedWork] = [
        "facsimile": .facsimile, "graphic": .graphic, "comic": .graphic, "comics": .graphic, "manga": .graphic,
        "screenplay": .screenplay, "screenplays": .screenplay, "script": .screenplay, "teleplay": .screenplay,
        "libretto": .play,
        "dramatization": .play, "dramatisation": .play, "dramatized": .play,
        "companion": .companion, "sparknotes": .sparknotes, "cliffsnotes": .cliffsnotes, "cliffnotes": .cliffsnotes,
        "workbook": .workbook,
        "summary": .guide, "commentary": .commentary, "casebook": .guide, "facilitators": .guide,
        "abridged": .abridged, "abridgement": .abridged, "abridgment": .abridged, "condensed": .abridged,
        "adaptation": .retold, "adapted": .retold, "retold": .retold, "retelling": .retold,
        "simplified": .abridged, "junior": .junior, "novelization": .junior, "novelisation": .junior,
        "storybook": .junior, "coloring": .coloring, "colouring": .coloring, "sticker": .coloring,
        "bookworms": .abridged, "omnibus": .set, "boxed": .set, "boxset": .set,
    ]

    private static let pairs: [String: [String: DerivedWork]] = [
        "study": ["guide": .guide, "notes": .guide, "aid": .guide, "by": .guide],
        "teacher": ["guide": .guide], "teachers": ["guide": .guide], "readers": ["guide": .guide],
        "reading": ["guide": .guide], "discussion": ["guide": .guide, "kit": .guide],
        "official": ["guide": .guide, "illustrated": .guide, "movie": .guide, "strategy": .guide],
        "ultimate": ["guide": .guide], "illustrated": ["guide": .guide], "movie": ["guide": .guide],
        "cliffs": ["notes": .cliffsnotes], "york": ["notes": .guide], "novel": ["units": .guide],
        "critical": ["interpretations": .guide, "essays": .guide],
        "stage": ["adaptation": .play, "play": .play, "version": .play, "versions": .play],
        "picture": ["book": .retold], "pop": ["up": .retold], "penguin": ["readers": .abridged],
        "golden": ["book": .retold], "box": ["set": .set], "volume": ["set": .set],
        "the": ["film": .film, "movie": .film], "a": ["trilogy": .set],
        "complete": ["trilogy": .set, "series": .set],
    ]
}
