import Catalog
import Testing

@Suite("Title of a work key")
struct WorkKeyTitleTests {
    /// `title :: subtitle`
    private func key(_ text: String) -> WorkKey? {
        guard let cut = text.firstRange(of: " :: ") else {
            return WorkKey(title: text, subtitle: nil, authors: ["Iris Vale"])
        }
        return WorkKey(
            title: String(text[..<cut.lowerBound]), subtitle: String(text[cut.upperBound...]), authors: ["Iris Vale"])
    }

    /// Each group is one work.
    static let joined: [[String]] = [
        // Articles, ampersands, accents, case, punctuation.
        ["The Salt Road", "Salt Road", "Salt Road, The", "THE SALT ROAD", "“The Salt Road”", "The Salt-Road!"],
        ["Salt & Smoke", "Salt and Smoke", "Salt + Smoke"], ["L’Été", "L'Ete", "L'E\u{301}te\u{301}"],
        ["Straße", "Strasse"], ["Ærø", "Aero"], ["The A.B.C. Murders", "The ABC Murders"],
        ["The Colour of Salt", "The Color of Salt"], ["Oh, the Places", "Oh the Places"],
        // Numbers.
        ["1984", "Nineteen Eighty-Four"], ["1776", "Seventeen Seventy-Six"],
        ["Twenty Thousand Leagues", "20,000 Leagues", "20000 Leagues"],
        ["One Hundred Years", "100 Years"], ["The Twenty-Seventh City", "The 27th City"],
        ["First to Die", "1st to Die"], ["101 Ways", "One Hundred and One Ways"],
        // The series.
        ["Saltmark", "Saltmark (The Coast, #3)", "Saltmark (The Coast Book 3)", "Saltmark (Saltmark, #1)"],
        ["Saltmark", "Saltmark :: Book Three of the Coast", "Saltmark :: Being the Third Part of The Coast"],
        ["Saltmark", "Saltmark :: The Coast Trilogy, Book Two"],
        ["Saltmark", "The Coast #3: Saltmark", "The Coast, Book Three: Saltmark", "The Coast, Vol. 03: Saltmark"],
        ["Saltmark", "The Coast :: Book Three, Saltmark", "Star Wars: Saltmark", "Batman - Saltmark"],
        ["A Long Walk by the Sea", "A Long Walk by the Sea (Book 5)"],
        // Form, edition and description.
        ["Saltmark", "Saltmark: A Novel", "Saltmark :: A Novel", "Saltmark :: Novel", "Saltmark :: a novel."],
        ["Saltmark", "Saltmark :: Stories", "Saltmark :: A Memoir", "Saltmark :: Poems", "Saltmark, a Romance"],
        ["Saltmark", "Saltmark :: A Hercule Poirot Mystery", "Saltmark :: A Novel of the Coast"],
        ["Saltmark", "Saltmark (Paperback)", "Saltmark (Penguin Classics)", "Saltmark [Large Print]"],
        ["Saltmark", "Saltmark 25th Anniversary Edition", "Saltmark: 25th Anniversary Edition"],
        ["Saltmark", "Saltmark (Unabridged)", "Saltmark - Gift Edition", "Saltmark :: The Restored Text"],
        ["Saltmark", "Saltmark :: An Authoritative Text, Contexts, Criticism", "Saltmark Movie Tie-in Edition"],
        ["Saltmark", "Saltmark: How Small Things Made the Modern World", "Saltmark :: My Year of Salt"],
        ["Saltmark", "Saltmark: The Untold Story of the Men Who Built It"], ["Saltmark", "Saltmark by Iris Vale"],
        ["Saltmark", "Saltmark, or, The Road", "Saltmark: Or, the Road", "Saltmark or, the Road"],
        ["The Complete Stories", "The Complete Stories of Iris Vale"], ["Saltmark", "Iris Vale's Saltmark"],
        // The place of a volume.
        [
            "Tides, Vol. 2", "Tides, Volume Two", "Tides: Volume II", "Tides (Volume 2)", "Tides :: vol. 2",
            "Tides, v. 02",
        ],
        ["Tides, Part One", "Tides, Part 1", "Tides: First Part", "Tides, Part I", "Tides: Part 1 of 2"],
        ["Saltmark / Tides", "Saltmark and Tides", "Saltmark ; Tides"],
        ["Tides: The Graphic Novel", "Tides (Graphic Novel)", "Tides :: A Graphic Novel"],
    ]

    @Test(arguments: joined)
    func oneWork(titles: [String]) {
        for title in titles {
            #expect(key(title) != nil, "\(title)")
            #expect(key(title) == key(titles[0]), "\(title): \(key(title)?.description ?? "")")
        }
    }

    /// In each group every title is a work of its own.
    static let apart: [[String]] = [
        ["Tides", "Tides, Vol. 1", "Tides, Vol. 2", "Tides, Vol. 12", "Tides, Vol. 1-3", "Tides, Vols. 1 and 2"],
        ["Tides", "Tides, Book 1", "Tides, Vol. 1", "Tides, Part 1", "Tides #1"],
        ["Tides", "Tides (Tides, #2)", "Tides (Tides, #3)", "Tides (Tides, #1-3)"],
        ["Tides: A Critique, Vol. 1", "Tides: A Critique, Vol. 2"],
        ["Tides, Volume 1: A Critique of Salt", "Tides, Volume 2: A Critique of Salt"],
        ["The Diary of Iris Vale: 1915-1919", "The Diary of Iris Vale: 1920-1924"],
        ["Letters (1915-1919)", "Letters (1920-1924)"],
        ["Tides", "Tides: The Graphic Novel", "Tides: The Screenplay", "Tides: A Study Guide", "Tides (Abridged)"],
        ["Tides", "Tides (SparkNotes)", "Tides: Official Illustrated Movie Companion", "Tides: A Pop-Up Adaptation"],
        ["Tides", "Tides / Ebb", "Tides and Other Stories", "Tides Boxed Set"],
        ["Tides", "Tides: The Play", "Tides (3-in-1 Edition)", "Tides (Cliffs Notes)", "Tides :: And Other Stories"],
        ["Complete Works", "Tides", "Complete Poems", "Collected Poems"],
        ["Star Wars: Saltmark", "Star Wars: Tides", "Star Wars: Tides, Volume 2"],
        ["The Coast: Saltmark", "The Coast: Tides", "The Coast"],
        ["Salt", "Salt: Fish", "Salt II", "Salt 2"], ["Son of Salt", "Son of Salt: Hollywood Hustle"],
        ["Three Men in a Boat", "Three Men in a Boat :: To Say Nothing of the Dog! & Three Men on the Bummel"],
        ["James and the Peach", "Iris Vale's James and the Peach :: a play"],
        ["Tides, Vol. 1", "Tides: Deluxe Edition, Vol. 1: Ebb", "Tides :: A Portrait of the Film"],
        ["The No. 1 Agency", "The No. 2 Agency"], ["Henry IV", "Henry VI", "Henry IV, Part 1", "Henry IV, Part 2"],
    ]

    @Test(arguments: apart)
    func worksOfTheirOwn(titles: [String]) {
        let keys = titles.map { key($0)?.description ?? "\($0) has none" }
        #expect(Set(keys).count == titles.count, "\(keys)")
    }

    /// A world names no work where a title follows it, and one where none does.
    @Test func theNameOfAWorldMayBeATitle() {
        #expect(key("Dune")?.description == "dune|vale i")
        #expect(key("Dune: A Novel") == key("Dune"))
        #expect(key("Dune: House of Salt") == key("House of Salt"))
    }

    @Test func aForeignScriptIsATitleToo() {
        #expect(key("紅楼夢")?.description == "紅楼夢|vale i")
        #expect(key("Война и миръ") == key("ВОЙНА И МИРЪ"))
        #expect(key("हिन्दी") != nil)
    }
}
