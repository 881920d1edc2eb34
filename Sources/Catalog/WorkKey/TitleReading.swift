/// One edition's title, subtitle and series, read for what names the work.
struct TitleReading {
    typealias Vocabulary = TitleVocabulary

    var pieces: [TitleParts.Piece]
    private let brackets: [[String]]
    let author: AuthorName

    /// Marks of volumes: `v3`, `p1`.
    private(set) var volumes: [String] = []
    private(set) var kinds: [DerivedWork] = []
    /// The series in brackets or in its own field, as words without articles, and the place in it.
    private var series: [(name: String, place: VolumeNumber)] = []

    init(title: String, subtitle: String?, series: String?, author: AuthorName, isRetold: Bool) {
        var parts = TitleParts(title)
        if let subtitle { parts.append(TitleParts(subtitle, followingTitle: true)) }
        pieces = parts.pieces
        var brackets = parts.brackets
        if let series { brackets.append(TitleParts(series).pieces.flatMap { $0.words + [","] }) }
        self.brackets = brackets
        self.author = author
        if isRetold { kinds.append(.retold) }
    }

    /// - Returns: nil when nothing is left that names one work.
    mutating func workTitle() -> String? {
        for index in pieces.indices { pieces[index].words = TitleNumbers.inDigits(pieces[index].words) }
        guard !pieces.isEmpty else { return nil }
        readHead()
        for bracket in brackets { read(bracket: TitleNumbers.inDigits(bracket)) }
        var words = namingWords()
        guard !words.isEmpty else { return nil }
        if volumes.isEmpty, kinds.isEmpty, isShared(words) { return nil }
        for volume in volumes { words.append(volume) }
        for kind in kinds { words.append("=\(kind.rawValue)") }
        return words.joined(separator: " ")
    }
}

extension TitleReading {
    /// Do different books go under this title? Two editors select different poems, a bare "Naruto" may be any volume.
    private func isShared(_ words: [String]) -> Bool {
        let name = Self.named(words)
        return Vocabulary.shared.contains(name) || Vocabulary.serials.contains(name)
            || words.contains("selected") && isCollecting(words)
    }

    /// Cuts from the first piece what is no part of its name: "Hobbit, The", "..., or There and Back Again",
    /// "... by Jane Austen", "... 60th Anniversary Edition".
    private mutating func readHead() {
        var words = pieces[0].words
        if words.count > 2, words[words.count - 2] == ",", Vocabulary.articles.contains(words[words.count - 1]) {
            words.removeLast(2)
        }
        if !pieces[0].isList {
            for index in words.indices.dropFirst() where words[index] == "," && index + 1 < words.count {
                let rest = words[(index + 1)...]
                let isOr = words[index + 1] == "or" || index > 1 && words[index - 1] == "or"
                if isOr || isForm(rest) {
                    words = Array(words[..<(words[index - 1] == "or" ? index - 1 : index)])
                    break
                }
            }
        }
        pieces[0].words = words
        // "The Lord of the Rings, The Two Towers"
        if let comma = words.firstIndex(of: ","), comma + 1 < words.count,
            Vocabulary.worlds.contains(Self.named(words[..<comma]))
        {
            pieces[0].words = Array(words[..<comma])
            pieces.insert(TitleParts.Piece(words: Array(words[(comma + 1)...])), at: 1)
        }
    }

    /// "a novel", "a comedy of justice": an indefinite article and a form, nothing before the form but adjectives.
    func isForm(_ words: ArraySlice<String>) -> Bool {
        guard let first = words.first, first == "a" || first == "an" else { return false }
        guard let form = words.firstIndex(where: Vocabulary.forms.contains) else { return false }
        return !words[..<form].contains { $0 == "," || $0 == "and" || $0 == "of" }
    }

    private mutating func read(bracket: [String]) {
        if let kind = DerivedWork(bracket) {
            add(kind)
            return
        }
        guard let place = VolumeNumber(in: bracket) else {
            if bracket.count == 1, bracket[0].utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true {
                volumes.append(bracket[0])
            }
            return
        }
        let name = Self.named(place.before)
        if name.isEmpty {
            // "(Book 5)" after a title of its own is a place in a series, "(Volume 1)" never.
            let length = pieces[0].words.filter { $0 != "," }.count
            if place.mark.hasPrefix("v") || place.mark.hasPrefix("p") || length < 4 { add(volume: place.mark) }
        } else {
            series.append((name, place))
            if let part = VolumeNumber(in: place.after), part.mark.hasPrefix("p") { add(volume: part.mark) }
        }
    }

    private mutating func add(_ kind: DerivedWork) {
        if !kinds.contains(kind) { kinds.append(kind) }
    }

    private mutating func add(volume: String) {
        if !volumes.contains(volume) { volumes.append(volume) }
    }

    /// Words without articles at their front, commas and "and".
    static func naming(_ words: some Sequence<String>) -> [String] {
        var words = words.filter { $0 != "," && $0 != "and" && $0 != "#" }
        if words.count > 1, Vocabulary.articles.contains(words[0]) { words.removeFirst() }
        return words
    }

    /// The name of a world or a series, all articles gone.
    private static func named(_ words: some Sequence<String>) -> String {
        words.filter { $0 != "," && $0 != "and" && $0 != "#" && !Vocabulary.articles.contains($0) }
            .joined(separator: " ")
    }
}

extension TitleReading {
    /// The words that name the work; fills `volumes` and `kinds` on the way.
    private mutating func namingWords() -> [String] {
        var head = pieces[0]
        var tails = Array(pieces.dropFirst())
        // "The Walking Dead, Vol. 5: The Best Defense": the title stands after the number of the volume.
        if let split = titleAfterNumber() {
            head = split.head
            tails = split.tails
        } else if let number = VolumeNumber(in: head.words), !head.isList {
            head.words = number.before + (number.after.isEmpty ? [] : number.after)
            add(volume: number.mark)
        }
        let name = Self.named(head.words)
        if Vocabulary.worlds.contains(name), let first = tails.first, role(of: first, in: head, strict: true) == .names
        {
            head = first
            tails.removeFirst()
        }
        let seriesWithThisName = series.first { $0.name == name }
        var words = Self.naming(withoutEdition(withoutAuthor(head.words)))
        var described = false
        let bareHead = words
        for tail in tails {
            var tail = tail
            if let number = VolumeNumber(in: tail.words), !tail.isList {
                if number.isPlaceInSeries || isSeriesName(number.before) { continue }
                add(volume: number.mark)
                tail.words = number.before
            }
            // "Roald Dahl's James and the Giant Peach: A Play" is somebody else's.
            let isStaged = tail.words.last == "play" && withoutAuthor(pieces[0].words).count < pieces[0].words.count
            if let kind = DerivedWork(tail.words) ?? (isStaged ? .play : nil) {
                add(kind)
                continue
            }
            switch role(of: tail, in: head, strict: seriesWithThisName != nil) {
            case .names where !described || tail.isList:
                let more = Self.naming(withoutEdition(withoutAuthor(tail.words)))
                if !words.suffix(more.count).elementsEqual(more) { words += more }
            case .describes: described = true
            default: break
            }
        }
        if let place = seriesWithThisName?.place, volumes.isEmpty, place.mark.dropFirst() != "1", words == bareHead,
            !(place.isRange && Vocabulary.worksNamedAsTheirSeries.contains(name))
        {
            add(volume: "v" + place.mark.dropFirst())
        }
        // "Avatar: The Last Airbender (The Promise, #2)": only a world is named, the work stands in the brackets.
        if let work = series.first, Vocabulary.worlds.contains(Self.named(words)), work.name != Self.named(words) {
            words = work.name.split(separator: " ").map(String.init)
            add(volume: "v" + work.place.mark.dropFirst())
        }
        return words
    }

    /// The pieces from the title on, where a piece before it ends with the number of a volume.
    private func titleAfterNumber() -> (head: TitleParts.Piece, tails: [TitleParts.Piece])? {
        for index in pieces.indices where !pieces[index].isList {
            guard let number = VolumeNumber(in: pieces[index].words), !number.isRange, !number.isPlaceInSeries else {
                continue
            }
            var rest = Array(pieces[(index + 1)...])
            if !number.after.isEmpty { rest.insert(TitleParts.Piece(words: number.after), at: 0) }
            guard let title = rest.first, VolumeNumber(in: title.words) == nil, DerivedWork(title.words) == nil,
                title.words.count < 9 || title.isList,
                role(of: title, in: pieces[0], strict: true) == .names, title.words[0] != "a", title.words[0] != "an"
            else { return nil }
            return (title, Array(rest.dropFirst()))
        }
        return nil
    }
}
