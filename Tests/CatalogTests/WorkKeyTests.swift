import Catalog
import Testing

@Suite("Work key")
struct WorkKeyTests {
    /// The ids of works come from this text: it must not change.
    @Test(arguments: [
        ("The Salt Road", nil, "Iris Vale", "salt road|vale i"),
        ("Tides, Vol. 2", nil, "Vale, Iris", "tides v2|vale i"),
        ("Tides, Book Two", "The Graphic Novel", "Iris Vale", "tides b2 =graphic|vale i"),
        ("Nineteen Tides", nil, "Homer", "19 tides|homer"),
    ])
    func isTitleAndFirstAuthor(title: String, subtitle: String?, author: String, key: String) {
        #expect(WorkKey(title: title, subtitle: subtitle, authors: [author])?.description == key)
    }

    @Test func onlyTheFirstAuthorCounts() {
        let one = WorkKey(title: "Tides", subtitle: nil, authors: ["Iris Vale", "Tom Orr"])
        #expect(one == WorkKey(title: "Tides", subtitle: nil, authors: ["Iris Vale"]))
        #expect(one != WorkKey(title: "Tides", subtitle: nil, authors: ["Tom Orr", "Iris Vale"]))
    }

    @Test func withoutTitleOrAuthorThereIsNone() {
        for authors in [[], [""], ["—"], ["Various"]] {
            #expect(WorkKey(title: "Tides", subtitle: nil, authors: authors) == nil, "\(authors)")
        }
        for title in ["", "!!!", "—", ":", "()"] {
            #expect(WorkKey(title: title, subtitle: nil, authors: ["Iris Vale"]) == nil, "\(title)")
        }
    }

    /// Titles under which an author has several books, and no number to tell them apart.
    @Test(arguments: ["Three Complete Novels", "Selected Poems", "The Collection", "Naruto", "Fruits Basket"])
    func aTitleSharedByBooksJoinsNothing(title: String) {
        #expect(WorkKey(title: title, subtitle: nil, authors: ["Iris Vale"]) == nil)
    }

    @Test func aTitleCannotPassForTitleAndVolume() {
        #expect(key("Tides v2") == key("Tides, V. 2"))
        #expect(key("Tides|Volume 2") != key("Tides 2"))
        #expect(key("Tides =graphic") != key("Tides: The Graphic Novel"))
    }

    /// The series in its own field does what the series in brackets does.
    @Test func theSeriesOfAnEditionCounts() {
        var edition = Edition(title: "Saltmark", authors: ["Iris Vale"], series: "Saltmark #2")
        #expect(WorkKey(edition) == key("Saltmark, Vol. 2"))
        #expect(WorkKey(edition) == key("Saltmark (Saltmark, #2)"))
        edition.series = "Saltmark #1"
        #expect(WorkKey(edition) == key("Saltmark"))
        edition.series = "The Coast #2"
        #expect(WorkKey(edition) == key("Saltmark"))
        edition.series = nil
        #expect(WorkKey(edition) == key("Saltmark"))
    }

    /// What nobody would write must neither stop the program nor take long.
    @Test func strangeTitlesAreRead() {
        for part in [": ", " - ", "1 - ", "((", ")", "# ", "vol 1 ", ";", "\u{301}", "🙂", "\0", "a, or "] {
            _ = key(String(repeating: part, count: 100_000))
        }
        let start = ContinuousClock.now
        _ = key(String(repeating: "1 - ", count: 500_000))
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    private func key(_ title: String) -> WorkKey? {
        WorkKey(title: title, subtitle: nil, authors: ["Iris Vale"])
    }
}

@Suite("Author of a work key")
struct WorkKeyAuthorTests {
    private func key(_ authors: String...) -> WorkKey? {
        WorkKey(title: "Tides", subtitle: nil, authors: authors)
    }

    @Test(arguments: [
        ["J.R.R. Tolkien", "J. R. R. Tolkien", "JRR Tolkien", "John Ronald Reuel Tolkien", "Tolkien, J.R.R."],
        ["Fyodor Dostoyevsky", "Fyodor Dostoevsky", "F. M. Dostoevskii", "Feodor Dostoievski", "Dostoyevsky, Fyodor"],
        ["Leo Tolstoy", "Lev Tolstoi", "graf Leo Tolstoy", "Count Leo Tolstoy", "Lev N. Tolstoj"],
        ["Arthur Conan Doyle", "Sir Arthur Conan Doyle", "A. C. Doyle", "Conan Doyle, Sir Arthur"],
        ["Kurt Vonnegut Jr.", "Kurt Vonnegut", "Vonnegut, Kurt, Jr.", "Vonnegut, Kurt"],
        ["Gabriel García Márquez", "Gabriel Garcia Marquez", "García Márquez, Gabriel"],
        ["Ursula K. Le Guin", "Le Guin, Ursula K.", "Ursula Le Guin"],
        ["Antoine de Saint-Exupéry", "Saint-Exupéry, Antoine de"],
        ["Jo Nesbø", "Jo Nesbo", "NESBØ, JO"],
        ["J.R. Ward", "J. R. Ward", "Ward, J.R."],
        ["Stephen King", "Richard Bachman"],
        ["Dr. Seuss", "Theodor Seuss Geisel"],
        ["Jim Collins", "James C. Collins"], ["Tony Robbins", "Anthony Robbins"],
        ["Homer", "Homer (poet)"], ["Plato", "Platon"],
        ["Neil Gaiman", "Neil Gaiman, Terry Pratchett", "Neil Gaiman & Terry Pratchett"],
        ["Walter Lord", "Lord, Walter"],
    ])
    func writtenInManyWays(names: [String]) {
        for name in names {
            #expect(key(name) != nil)
            #expect(key(name) == key(names[0]), "\(name)")
        }
    }

    @Test(arguments: [
        ("Charlotte Brontë", "Emily Brontë"), ("Brian Herbert", "Frank Herbert"), ("Stephen King", "Owen King"),
        ("Walter Lord", "Walter"), ("Homer", "Winslow Homer"), ("J.R. Ward", "Ward"), ("Iris Vale", "Iris Dale"),
    ])
    func namesOfTwo(one: String, other: String) {
        #expect(key(one) != key(other))
    }

    /// Who is named first may have no name, or may not have written the book.
    @Test func oneWithoutANameIsPassedOver() {
        #expect(key("Anonymous", "N. K. Sandars") == key("N. K. Sandars"))
        #expect(key("Unknown", "Seamus Heaney") == key("Seamus Heaney"))
        #expect(key("Various", "Iris Vale") == key("Iris Vale"))
        #expect(key("Mary GrandPré (Illustrator)", "J.K. Rowling") == key("J.K. Rowling"))
        #expect(key("Anonymous") == key("Unknown"))
        #expect(key("Anonymous") != nil)
    }

    /// A retelling carries the name of the author; that of the reteller gives it away.
    @Test func aRetellingIsAnotherWork() {
        #expect(key("Herman Melville", "Geraldine McCaughrean") != key("Herman Melville"))
        #expect(key("Geraldine McCaughrean") != key("Geraldine McCaughrean", "Pauline Francis"))
        #expect(key("Herman Melville", "Iris Vale") == key("Herman Melville"))
    }
}
