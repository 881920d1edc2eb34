import Testing

@testable import Ingestion

/// Forms as they stand in library catalogues, shops' files, Goodreads exports and goodbooks-10k. Expected values by hand.
@Suite("Authors, normalised")
struct AuthorNormalisationTests {
    private var normaliser = Normaliser()

    @Test(arguments: [
        // One name
        ("Marilynne Robinson", ["Marilynne Robinson"]), ("  Harper   Lee ", ["Harper Lee"]), ("Plato", ["Plato"]),
        ("J.R.R. Tolkien", ["J.R.R. Tolkien"]), ("Kurt Vonnegut Jr.", ["Kurt Vonnegut Jr."]), ("村上春樹", ["村上春樹"]),
        ("Charles de Lint", ["Charles de Lint"]), ("Madeleine L'Engle", ["Madeleine L'Engle"]),
        ("S.A.R.K.", ["S.A.R.K."]),
        ("Disney Book Group,", ["Disney Book Group"]), ("CLAMP (Mangaka group)", ["CLAMP (Mangaka group)"]),
        ("Leonardo (da Vinci)", ["Leonardo (da Vinci)"]), ("M. D. Roizen (Michael F.)", ["M. D. Roizen (Michael F.)"]),
        // Semicolons
        ("Charles Osborne;Agatha Christie", ["Charles Osborne", "Agatha Christie"]),
        ("A. One; B. Two; ", ["A. One", "B. Two"]),
        ("Ann Lee; ann lee", ["Ann Lee"]), ("Ann Lee|Bob Roe", ["Ann Lee", "Bob Roe"]),
        // Commas between full names
        ("J.K. Rowling, Mary GrandPré", ["J.K. Rowling", "Mary GrandPré"]),
        ("Terry Pratchett, Neil Gaiman", ["Terry Pratchett", "Neil Gaiman"]),
        ("Plato, Desmond Lee", ["Plato", "Desmond Lee"]), ("Sophocles, J.E. Thomas", ["Sophocles", "J.E. Thomas"]),
        ("Molière, Martin Sorrell", ["Molière", "Martin Sorrell"]),
        ("CLAMP, Anthony Gerard", ["CLAMP", "Anthony Gerard"]),
        ("Raina Telgemeier, Gurihiru", ["Raina Telgemeier", "Gurihiru"]),
        ("Lemony Snicket, Seth", ["Lemony Snicket", "Seth"]),
        ("Jeffrey D. Sachs, Bono", ["Jeffrey D. Sachs", "Bono"]), ("Yoko Kamio, 神尾葉子", ["Yoko Kamio", "神尾葉子"]),
        ("Jonathan Swift, Robert DeMaria Jr.", ["Jonathan Swift", "Robert DeMaria Jr."]),
        ("Bill Martin Jr., Eric Carle", ["Bill Martin Jr.", "Eric Carle"]),
        (
            "Antoine de Saint-Exupéry, Richard Howard, Dom Marcos Barbosa",
            ["Antoine de Saint-Exupéry", "Richard Howard", "Dom Marcos Barbosa"]
        ),
        (
            "Neil Gaiman, Sam Kieth, Malcolm Jones III, Karen  Berger",
            ["Neil Gaiman", "Sam Kieth", "Malcolm Jones III", "Karen Berger"]
        ),
        ("Anonymous, Ronald A. Beers, Ronald A. Beers", ["Anonymous", "Ronald A. Beers"]),
        ("Matthew Inman, The Oatmeal", ["Matthew Inman", "The Oatmeal"]),
        ("T. Colin Campbell, Thomas M. Campbell II", ["T. Colin Campbell", "Thomas M. Campbell II"]),
        ("Plato, Aristotle, Homer", ["Plato", "Aristotle", "Homer"]),
        // Last, First
        ("Tolkien, J.R.R.", ["J.R.R. Tolkien"]), ("Tolkien, J. R. R.", ["J. R. R. Tolkien"]),
        ("Rowling, J.K.", ["J.K. Rowling"]),
        ("King, Stephen", ["Stephen King"]), ("Haldeman, Joe W", ["Joe W Haldeman"]),
        ("Dick, Philip K.", ["Philip K. Dick"]),
        ("Fitzgerald, F. Scott", ["F. Scott Fitzgerald"]), ("Poe, Edgar Allan", ["Edgar Allan Poe"]),
        ("Shaw, George Bernard", ["George Bernard Shaw"]),
        ("Le Guin, Ursula K.", ["Ursula K. Le Guin"]), ("van Gogh, Vincent", ["Vincent van Gogh"]),
        ("de la Cruz, Melissa", ["Melissa de la Cruz"]),
        ("Saint-Exupéry, Antoine de", ["Antoine de Saint-Exupéry"]),
        ("Goethe, Johann Wolfgang von", ["Johann Wolfgang von Goethe"]),
        ("García Márquez, G.", ["G. García Márquez"]), ("O'Brien, Tim", ["Tim O'Brien"]),
        ("St. John, Emily", ["Emily St. John"]),
        ("King, Martin Luther, Jr.", ["Martin Luther King, Jr."]),
        ("King Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("Andersen, H. C. (Hans Christian)", ["H. C. Andersen"]), ("Hobsbawm, E. J. Hobsbawm", ["E. J. Hobsbawm"]),
        ("Tolkien, J. R. R., 1892-1973", ["J. R. R. Tolkien"]),
        ("Tolkien, J.R.R.; Lewis, C.S.", ["J.R.R. Tolkien", "C.S. Lewis"]),
        (
            "C. J. Cherryh;Haldeman, Joe W;Mitchell, Elizabeth",
            ["C. J. Cherryh", "Joe W Haldeman", "Elizabeth Mitchell"]
        ),
        ("Tolkien, J.R.R., Lewis, C.S.", ["J.R.R. Tolkien", "C.S. Lewis"]),
        ("Gaiman, Neil & Pratchett, Terry", ["Neil Gaiman", "Terry Pratchett"]),
        ("Gaiman, Neil and Pratchett, Terry", ["Neil Gaiman", "Terry Pratchett"]),
        ("Strunk, William, and E. B. White", ["William Strunk", "E. B. White"]),
        ("King, Stephen; Straub, Peter", ["Stephen King", "Peter Straub"]),
        // Suffixes and titles stay
        ("Thomas E. Woods, Jr.", ["Thomas E. Woods, Jr."]),
        ("Radcliffe G. Edmonds, III", ["Radcliffe G. Edmonds, III"]),
        ("Donald Spoto, M.A., Ph.D.", ["Donald Spoto, M.A., Ph.D."]), ("Rick Warren, D.Min.", ["Rick Warren, D.Min."]),
        ("Saint Augustine, Bishop of Hippo", ["Saint Augustine, Bishop of Hippo"]),
        ("Sarvepalli Radhakrishnan, Sir", ["Sarvepalli Radhakrishnan, Sir"]),
        ("DK Publishing, Inc", ["DK Publishing, Inc"]), ("Simon & Schuster, Limited", ["Simon & Schuster, Limited"]),
        ("Fodor's Travel Publications, Inc. Staff", ["Fodor's Travel Publications, Inc. Staff"]),
        ("Walker Art Center (Minneapolis, Minn.).", ["Walker Art Center (Minneapolis, Minn.)."]),
        // &, and, /
        ("Alfred Bester & Roger Zelazny", ["Alfred Bester", "Roger Zelazny"]),
        ("Neil Gaiman and Terry Pratchett", ["Neil Gaiman", "Terry Pratchett"]),
        ("James Patterson with Maxine Paetro", ["James Patterson", "Maxine Paetro"]),
        ("Ann Lee, Bob Roe, and Cid Poe", ["Ann Lee", "Bob Roe", "Cid Poe"]),
        ("Ann Lee, Bob Roe and Cid Poe", ["Ann Lee", "Bob Roe", "Cid Poe"]),
        ("Ann Lee, Bob Roe & Cid Poe", ["Ann Lee", "Bob Roe", "Cid Poe"]),
        ("J.K. Rowling/Mary GrandPré", ["J.K. Rowling", "Mary GrandPré"]), ("AC/DC", ["AC/DC"]),
        ("NORTON & CO.", ["NORTON & CO."]),
        ("Better Homes and Gardens", ["Better Homes and Gardens"]),
        ("Stan and Jan Berenstain", ["Stan and Jan Berenstain"]),
        ("Architecture for Humanity (Organization)", ["Architecture for Humanity (Organization)"]),
        (
            "Pulitzer Prize-Winning Journalist and Historian Garry Wills",
            ["Pulitzer Prize-Winning Journalist and Historian Garry Wills"]
        ),
        ("Jan de Vries und Karl May", ["Jan de Vries", "Karl May"]), ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Tom &amp; Ann Lee", ["Tom & Ann Lee"]),
        // Roles
        ("by Stephen King", ["Stephen King"]), ("By Stephen King", ["Stephen King"]),
        ("Author: Stephen King", ["Stephen King"]),
        ("written by Ann Lee; illustrated by Bob Roe", ["Ann Lee", "Bob Roe"]),
        ("Ann Lee, translated by Bob Roe", ["Ann Lee", "Bob Roe"]),
        ("Beatrix Potter (Illustrator)", ["Beatrix Potter"]), ("Beatrix Potter (Illustratorin)", ["Beatrix Potter"]),
        ("Ann Lee (Goodreads Author), Bob Roe (Translator)", ["Ann Lee", "Bob Roe"]),
        ("John Milton (Dichter, Grossbritannien)", ["John Milton"]),
        ("Ann Lee [ed.]", ["Ann Lee"]), ("Ann Lee (eds.)", ["Ann Lee"]), ("Ann Lee, editor", ["Ann Lee"]),
        ("William T Anderson, Ed.", ["William T Anderson"]),
        ("Ann Lee (Editor and Translator)", ["Ann Lee"]), ("Ann Lee et al.", ["Ann Lee"]),
        ("Ann Lee, Bob Roe, et al.", ["Ann Lee", "Bob Roe"]),
        ("Ann Lee and others", ["Ann Lee"]), ("Byron Katie", ["Byron Katie"]), ("Ed McBain", ["Ed McBain"]),
        ("Lord Byron", ["Lord Byron"]),
        // Nobody
        ("", []), ("Unknown", []), ("Unknown Author", []), ("N/A", []), ("None", []), ("nan", []), ("-", []),
        ("[]", []), ("; ;", []),
        ("Anonymous", ["Anonymous"]), ("Unknown, Seamus Heaney", ["Seamus Heaney"]), ("Various", ["Various"]),
        ("(Editor)", []),
        // Lists as text
        ("['J.K. Rowling', 'Mary GrandPré']", ["J.K. Rowling", "Mary GrandPré"]),
        ("[\"Tim O'Brien\"]", ["Tim O'Brien"]),
        ("['Tolkien, J.R.R.']", ["J.R.R. Tolkien"]), ("['Unknown']", []),
        // Damage
        ("Gabriel GarcÃ­a MÃ¡rquez", ["Gabriel García Márquez"]), ("<b>Ann Lee</b>", ["Ann Lee"]),
        ("Sigrid Nu\u{96}ez", ["Sigrid Nuez"]),
    ])
    mutating func forms(raw: String, expected: [String]) {
        let names = normaliser.authors(raw, field: "authors")
        #expect(names == expected)
        // What comes out goes in again unchanged.
        #expect(normaliser.authors(names.joined(separator: "; "), field: "authors") == expected)
    }

    @Test mutating func theCallerMayKnowWhatACommaMeans() {
        #expect(normaliser.authors("King, Stephen", field: "a", commas: .separate) == ["King", "Stephen"])
        #expect(
            normaliser.authors("García Márquez, Gabriel", field: "a", commas: .inverted) == ["Gabriel García Márquez"])
        #expect(
            normaliser.authors("Masha, Marie Simchow Stern", field: "a", commas: .separate) == [
                "Masha", "Marie Simchow Stern",
            ])
        #expect(
            normaliser.authors("Bill Martin, Jr., Eric Carle", field: "a", commas: .separate) == [
                "Bill Martin, Jr.", "Eric Carle",
            ])
    }

    @Test(
        arguments: [
            ("Marilynne Robinson", []), ("Ann Lee; Bob Roe", []), ("Ann Lee, Bob Roe", [.authorsSeparated]),
            ("King, Stephen", [.authorInverted]),
            ("Ann Lee (Illustrator)", [.authorRoleRemoved]), ("Ann Lee, editor", [.authorRoleRemoved]),
            ("Ann Lee et al.", [.authorRoleRemoved]),
            ("Ann Lee & Bob Roe", [.authorsSeparated]), ("['Ann Lee']", [.listUnpacked]), ("Thomas E. Woods, Jr.", []),
        ] as [(String, [NormalisationStep.Kind])])
    mutating func steps(raw: String, expected: [NormalisationStep.Kind]) {
        _ = normaliser.authors(raw, field: "authors")
        #expect(normaliser.steps.map(\.step) == expected)
        #expect(normaliser.steps.allSatisfy { $0.field == "authors" && $0.before == raw })
    }
}
