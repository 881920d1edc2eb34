extension Work {
    /// Takes the facts of a work from its editions.
    ///
    /// The best-known edition (most ratings, then lowest ISBN) gives title, subtitle and authors, which belong together,
    /// and series, language, pages, description and cover; which of these five it lacks comes from the next. The year is the earliest,
    /// categories are united.
    /// - Returns: nil when there is no edition.
    public init?(id: WorkID, editions: [Edition]) {
        let ranked = editions.sorted {
            $0.ratingsCount != $1.ratingsCount
                ? $0.ratingsCount > $1.ratingsCount : $0.key.rawValue < $1.key.rawValue
        }
        guard let best = ranked.first else { return nil }
        self.init(id: id, title: best.title, subtitle: best.subtitle, authors: best.authors)
        var seenISBNs: Set<ISBN13> = []
        isbn13s = ranked.compactMap(\.isbn13).filter { seenISBNs.insert($0).inserted }
        series = ranked.lazy.compactMap(\.series).first
        language = ranked.lazy.compactMap { $0.language.flatMap(LanguageCode.of) }.first
        year = ranked.compactMap(\.year).min()
        pages = ranked.lazy.compactMap(\.pages).first
        description = ranked.lazy.compactMap(\.description).first
        coverURL = ranked.lazy.compactMap(\.coverURL).first
        var seen: Set<String> = []
        categories = ranked.flatMap(\.categories).filter { seen.insert(FoldedText.fold($0)).inserted }

        // Two sources that tell of one edition count the same readers: the one that knows more of them is taken.
        seenISBNs.removeAll()
        let rated = ranked.compactMap { edition -> (mean: Double, count: Int)? in
            guard let mean = edition.averageRating else { return nil }
            if let isbn = edition.isbn13, !seenISBNs.insert(isbn).inserted { return nil }
            return (mean, edition.ratingsCount)
        }
        ratingsCount = rated.reduce(0) { $0 + $1.count }
        if ratingsCount > 0 {
            averageRating = rated.reduce(0) { $0 + $1.mean * Double($1.count) } / Double(ratingsCount)
        } else {
            // A mean whose number of ratings the source does not give is shown, and weighs nothing.
            averageRating = rated.first?.mean
        }
    }
}
