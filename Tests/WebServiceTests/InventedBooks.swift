import Catalog

/// Books that do not exist, some of them with text that wants to be markup.
enum InventedBooks {
    static let saltRoad = WorkID(rawValue: "w-salt-road")
    static let hostile = WorkID(rawValue: "w/hostile \"id\"&<x>")
    static let accented = WorkID(rawValue: "w-accented")
    static let bare = WorkID(rawValue: "w-bare")
    static let pictured = WorkID(rawValue: "w-pictured")
    /// A script in the title, quotes to leave an attribute with, and a character that no XML allows.
    static let hostileTitle = "<script>alert('title')</script> & \"Sons\" \u{1}"
    /// The mark after each quote makes one `Character` of both: escaping by `Character` would let the quote pass.
    static let accentedTitle = "Quote\"\u{301} onload=\"\u{301}alert(1)\"\u{301} <\u{301}img src=x>"

    static let all: [Work] = [
        Work(
            id: saltRoad, title: "The Salt Road", subtitle: "A Novel of the Dry Sea",
            authors: ["Mara Ellind"], language: "en",
            isbn13s: ["9780306406157", "9783161484100"].compactMap { ISBN13($0) }, year: 1998, pages: 312,
            categories: ["Fiction", "Historical Fiction"], averageRating: 4.21, ratingsCount: 1_234,
            description: """
                For three generations the Oru family has carried salt across a sea that dried up before anyone was \
                born. When the youngest daughter finds a ship under the dunes, complete with its log, she must choose \
                between the road she was promised and a question nobody else seems to hear.

                A slow, bright book about work, thirst, and the stories families keep in order to keep going.
                """),
        Work(
            id: hostile, title: hostileTitle, subtitle: "<img src=x onerror=alert(2)>",
            authors: ["O'Neil & <b>Daughters</b>"], isbn13s: ["9781402894626"].compactMap { ISBN13($0) }, year: 2011,
            pages: 1, categories: ["Crime & \"Punishment\"", "</li><li>"], averageRating: 3.96, ratingsCount: 2_345_678,
            description: "</p><script src=\"https://evil.example/x.js\"></script> {{frame.title}} {{{title}}}"),
        Work(
            id: accented, title: accentedTitle, authors: ["Zoë Ångström", "Łukasz Żuk"], year: -750, pages: 1_204,
            categories: ["Poetry"], averageRating: 5, ratingsCount: 1, description: "Verses."),
        Work(id: bare, title: "Untitled Ledger"),
        Work(
            id: pictured, title: "The Lighthouse Keeper's Almanac of Improbable Weather and Other Small Disasters",
            authors: ["P. A. Thorne", "Imogen Vale", "Dirk Halloran"], year: 1974, pages: 208, categories: ["Humor"],
            averageRating: 3.5, ratingsCount: 87, description: "Twelve months of storms, one lamp, and a cat.",
            coverURL: "https://covers.example/almanac.jpg"),
        Work(
            id: WorkID(rawValue: "w-glass"), title: "Glass Harvest", authors: ["Noor Adeyemi"], year: 2016, pages: 421,
            categories: ["Science Fiction"], averageRating: 4.02, ratingsCount: 18_420,
            description: """
                On a moon where sand rains upward, a disgraced glazier is hired to build a window large enough to see \
                home through. The contract says nothing about what might look back.
                """),
        Work(
            id: WorkID(rawValue: "w-winter"), title: "What the Winter Kept", authors: ["Elsbeth Marrow"], year: 1931,
            pages: 256, categories: ["Fiction"], averageRating: 3.88, ratingsCount: 903,
            description: """
                An old surveyor returns to the valley he once mapped and finds that the map was kinder than the \
                place. A quiet novel about growing old without growing tired.
                """),
        Work(
            id: WorkID(rawValue: "w-brine"), title: "Brine", authors: ["Tomas Quill"], year: 2003, pages: 188,
            categories: ["Adventure"], averageRating: 4.4, ratingsCount: 5_120,
            description: "Four people, one raft, nineteen days. None of them tells it the same way."),
        Work(
            id: WorkID(rawValue: "w-fog"), title: "Murder by Gaslight Arithmetic", authors: ["Constance Pell"],
            year: 1889, pages: 340, categories: ["Mystery"], averageRating: 4.1, ratingsCount: 22_018,
            description: "In Victorian London a detective who cannot count meets a killer who cannot stop counting."),
        Work(
            id: WorkID(rawValue: "w-stars"), title: "A Short Walk to the Stars", subtitle: "How Light Tells Its Age",
            authors: ["Ines Okafor"], year: 2019, pages: 274, categories: ["Science"], averageRating: 4.6,
            ratingsCount: 9_871, description: "What the stars are made of, explained with kitchen salt and patience."),
        Work(
            id: WorkID(rawValue: "w-aunts"), title: "Five Aunts and a Piano", authors: ["Giulio Ferrant"], year: 1962,
            pages: 231, categories: ["Humor"], averageRating: 3.7, ratingsCount: 412,
            description: "Funny stories about a family that inherits a piano and cannot agree which wall to remove."),
        Work(
            id: WorkID(rawValue: "w-owl"), title: "The School Under the Owl", authors: ["R. J. Hawkbell"],
            series: "Lantern Cycle #2", language: "en", year: 2007, pages: 512, categories: ["Fantasy"],
            averageRating: 4.3, ratingsCount: 104_233,
            description: "A magic school, a locked library wing, and a dark secret with a pulse."),
        Work(
            id: WorkID(rawValue: "w-bread"), title: "Bread for Beginners", authors: ["Anneke de Groot"], year: 2020,
            pages: 160, categories: ["Cooking"], averageRating: 4.0, ratingsCount: 77,
            description: "Flour, water, salt, time."),
        Work(
            id: WorkID(rawValue: "w-word"), title: "Donaudampfschifffahrtsgesellschaftskapitän", authors: ["Kurt Ebbe"],
            language: "de", year: 1955, pages: 99, categories: ["Travel"], averageRating: 2.9, ratingsCount: 12,
            description: "A captain, a river, and a very long job title."),
        Work(
            id: WorkID(rawValue: "w-moon"), title: "月の庭", authors: ["清水 春"], language: "ja", year: 1987, pages: 190,
            categories: ["Poetry"], averageRating: 4.5, ratingsCount: 640, description: "Poems from one garden."),
        Work(
            id: WorkID(rawValue: "w-maps"), title: "An Atlas of Roads Not Taken", authors: ["Wren Castellan"],
            year: 1999, pages: 367, categories: ["Travel"], averageRating: 4.05, ratingsCount: 3_002,
            description: "Forty journeys that were planned in full and never begun."),
    ]
}
