import Catalog
import Testing

@Suite("Merge key")
struct MergeKeyTests {
    private func key(_ title: String, _ subtitle: String? = nil, by authors: [String] = ["Iris Vale"]) -> String? {
        MergeKey(Edition(title: title, subtitle: subtitle, authors: authors))?.description
    }

    /// The ids of works come from this text: it must not change.
    @Test func isTitleSubtitleAndFirstAuthor() {
        #expect(key("The Salt Road") == "the salt road||iris vale")
        #expect(key("The Salt Road", "Volume 2") == "the salt road|volume 2|iris vale")
    }

    @Test(arguments: [
        "A Novel", "Novel", "A Memoir", "Memoir", "A Play", "Stories", "A Story", "Short Stories", "Poems",
        "A Biography",
        "Essays", "A Mystery", "A Thriller", "A Romance", "a novel.", "(A NOVEL)", "", " — ",
    ])
    func aSubtitleThatNamesTheFormSaysNothing(subtitle: String) {
        #expect(key("The Salt Road", subtitle) == key("The Salt Road"))
    }

    @Test(arguments: ["Volume 1", "Volume 2", "A Novel of the North", "Study Guide", "The Graphic Novel", "Novels"])
    func anyOtherSubtitleKeepsApart(subtitle: String) {
        #expect(key("The Salt Road", subtitle) != key("The Salt Road"))
        #expect(key("The Salt Road", subtitle) != key("The Salt Road", "Volume 3"))
    }

    @Test func caseAccentsAndPunctuationDoNotCount() {
        #expect(key("L’Été: poèmes", by: ["ÉMILE DURAND"]) == key("L'Ete — Poemes", by: ["Émile Durand"]))
    }

    @Test func onlyTheFirstAuthorCounts() {
        #expect(key("Tides", by: ["Iris Vale", "Tom Orr"]) == key("Tides", by: ["Iris Vale"]))
        #expect(key("Tides", by: ["Tom Orr", "Iris Vale"]) != key("Tides", by: ["Iris Vale"]))
    }

    @Test func aTitleCannotPassForTitleAndSubtitle() {
        #expect(key("Tides|Volume 2") != key("Tides", "Volume 2"))
        #expect(key("Tides Volume 2") != key("Tides", "Volume 2"))
    }

    @Test func withoutTitleOrAuthorThereIsNone() {
        #expect(key("Tides", by: []) == nil)
        #expect(key("Tides", by: [""]) == nil)
        #expect(key("Tides", by: ["—", "Iris Vale"]) == nil)
        #expect(key("!!!") == nil)
    }
}

@Suite("Edition key")
struct EditionKeyTests {
    private let isbn = ISBN13("9780306406157")

    /// Libraries hold these texts: they must not change.
    @Test func isTheISBNOrTheText() {
        let edition = Edition(title: "Él", subtitle: "Uno", authors: ["A. B.", "C D"], year: -44)
        #expect(edition.key.rawValue == "text:el|uno|a b;c d|-44")
        #expect(Edition(title: "Él").key.rawValue == "text:el|||")
        var withISBN = edition
        withISBN.isbn13 = isbn
        #expect(withISBN.key.rawValue == "isbn:9780306406157")
    }

    @Test func withAnISBNNothingElseCounts() {
        let one = Edition(isbn13: isbn, title: "One", authors: ["A"], year: 1)
        #expect(one.key == Edition(isbn13: isbn, title: "Two").key)
    }

    @Test func withoutAnISBNFactsThatDoNotNameItDoNotCount() {
        let one = Edition(title: "One", authors: ["A"], year: 1)
        let same = Edition(
            title: "ONE!", authors: ["a"], categories: ["x"], year: 1, pages: 9, averageRating: 4, ratingsCount: 8,
            description: "d", coverURL: "c")
        #expect(one.key == same.key)
        let others = [
            Edition(title: "Two", authors: ["A"], year: 1),
            Edition(title: "One", subtitle: "b", authors: ["A"], year: 1),
            Edition(title: "One", authors: ["A", "B"], year: 1), Edition(title: "One", authors: ["A"], year: 2),
            Edition(title: "One", authors: ["A"]), Edition(isbn13: isbn, title: "One", authors: ["A"], year: 1),
        ]
        #expect(Set(others.map(\.key)).count == others.count)
        #expect(!others.map(\.key).contains(one.key))
    }
}
