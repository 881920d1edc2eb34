/// The words that the rules on titles know. Data, sorted by what they say.
enum TitleVocabulary {
    static let articles: Set<String> = ["the", "a", "an"]

    /// What a work is: a subtitle of these says nothing about which work it is.
    static let forms: Set<String> = [
        "novel", "novels", "novella", "novellas", "novelette", "memoir", "memoirs", "play", "story", "stories",
        "tale", "tales", "poem", "poems", "poetry", "verse", "biography", "autobiography", "essay", "essays",
        "mystery", "thriller", "romance", "fable", "drama", "comedy", "tragedy", "saga", "adventure", "roman",
        "romanzo", "novela", "erzahlung", "erzahlungen", "fiction", "nonfiction", "history", "narrative", "chronicle",
    ]

    /// What "and Other ..." after the name of a work says is in the book besides it.
    static let contents: Set<String> = [
        "stories", "tales", "poems", "essays", "plays", "writings", "works", "letters", "novels", "novellas",
        "fantasies", "fiction", "dialogues", "speeches", "comedies", "tragedies", "sketches", "pieces",
    ]

    /// First words of titles and descriptions alike.
    static let openings: Set<String> = ["the", "on", "in", "at", "under", "into", "of", "for", "against", "before"]

    /// First words of subtitles that describe, and hardly ever of a title in a series.
    static let describing: Set<String> = [
        "how", "why", "being", "or", "including", "featuring", "essays", "stories", "poems", "plays", "tales",
        "memoirs", "memories", "confessions", "selected", "with", "what", "from", "my", "life", "one", "1", "lessons",
        "notes", "reflections", "thoughts", "based", "now", "by", "soon", "winner", "authoritative", "text", "texts",
        "translated", "contexts", "everything", "short",
    ]

    /// Words of an edition and not of a work: "25th Anniversary Edition", "Penguin Classics", "(Paperback)".
    static let editions: Set<String> = [
        "edition", "editions", "ed", "edn", "anniversary", "jubilee", "paperback", "hardcover", "hardback", "hc",
        "pb", "hb", "pbk", "rack", "rpkg", "deluxe", "special", "gift", "collectors", "collector", "limited",
        "slipcased", "revised", "updated", "expanded", "enlarged", "unabridged", "illustrated", "annotated", "large",
        "print", "movie", "tie", "film", "tv", "classics", "classic", "penguin", "oxford", "worlds", "modern",
        "library", "vintage", "norton", "critical", "bantam", "signet", "everymans", "everyman", "wordsworth",
        "puffin", "picador", "harper", "perennial", "international", "student", "teachers", "school", "summer",
        "reading", "mass", "market", "trade", "reissue", "reprint", "new", "kindle", "ebook", "audio", "cd",
        "audiobook", "cassette", "uk", "us", "english", "original", "uncensored", "restored", "authorized", "final",
        "series", "board", "book", "color", "colour", "full", "adult", "boxed", "leather", "bound", "cover", "signed",
        "signature", "uncut", "musical", "read", "aloud", "centenary", "centennial", "commemorative", "bicentennial",
        "newly", "translation", "text", "version", "the", "a", "an", "and", "in",
    ]

    /// Ends of a run of `editions` that make it one.
    static let editionEnds: Set<String> = [
        "edition", "ed", "edn", "translation", "paperback", "hardcover", "hardback", "pbk", "unabridged", "print",
        "anniversary",
    ]

    /// Ends of two words.
    static let editionEndings = [["board", "book"], ["tie", "in"]]

    /// Names of worlds and series that stand before the title of a work: "Star Wars: ...", "Batman: ...".
    static let worlds: Set<String> = [
        "star wars", "in search of lost time", "remembrance of things past", "avatar last airbender", "star trek",
        "star trek next generation", "doctor who", "warhammer", "warhammer 40000", "dragonlance", "forgotten realms",
        "batman", "superman", "spider man", "amazing spider man", "ultimate spider man", "ultimate x men", "x men",
        "new x men", "astonishing x men", "fantastic 4", "wonder woman", "justice league", "green lantern",
        "daredevil", "avengers", "captain america", "fables", "sandman", "walking dead", "hellboy", "sin city",
        "transmetropolitan", "preacher", "runaways", "dune", "bone", "halo", "diablo", "world of warcraft",
        "warcraft", "resident evil", "mass effect", "assassins creed", "pirates of caribbean", "baby einstein",
        "disneys little einsteins", "asterix", "adventures of tintin", "tintin", "gossip girl", "dirk pitt",
        "robert langdon novels", "darth bane", "net force", "lord of rings", "chronicles of narnia",
        "buffy vampire slayer", "csi", "nancy drew", "hardy boys", "goosebumps", "animorphs", "sweet valley high",
        "percy jackson olympians", "vampire hunter d", "artemis fowl", "judy moody", "erotica", "kingdom hearts",
        "final fantasy", "time for kids", "chicken soup for soul", "frommers", "lonely planet", "dk eyewitness",
        "politically incorrect guide", "complete idiots guide",
    ]

    /// Works sold by the volume. Under the bare name every volume goes, so that the name alone joins nothing.
    static let serials: Set<String> = [
        "absolute boyfriend", "akira", "attack on titan", "bakuman", "berserk", "black butler", "bleach",
        "blue exorcist", "boys over flowers", "cardcaptor sakura", "case closed", "chobits", "d gray man", "dn angel",
        "death note", "dragon ball", "dragon ball z", "excel saga", "fairy tail", "fruits basket",
        "fullmetal alchemist", "hana kimi", "hellsing", "hikaru no go", "hunter x hunter", "inuyasha", "kare kano",
        "love hina", "maison ikkoku", "naruto", "negima", "neon genesis evangelion", "1 piece",
        "ouran high school host club", "peach girl", "prince of tennis", "ranma 1 2", "rurouni kenshin",
        "sailor moon", "sgt frog", "shaman king", "skip beat", "soul eater", "strangers in paradise", "tokyo ghoul",
        "tokyo mew mew", "trigun", "tsubasa", "ultra maniac", "vampire knight", "xxxholic", "yotsuba", "yu gi oh",
        "yu yu hakusho", "walking dead", "mcsweeneys", "granta", "paris review", "feynman lectures on physics",
        "history of philosophy", "complete greek tragedies", "winston s churchill", "divina commedia english",
    ]

    /// Titles whose books are many: alone they say too little to join on.
    static let shared: Set<String> = [
        "2 complete novels", "3 complete novels", "4 complete novels", "5 complete novels", "3 novels", "2 novels",
        "4 novels", "collection", "boxed set", "box set", "untitled", "omnibus", "3 plays", "4 plays", "5 plays",
    ]

    /// Words of a title that says what is in the book rather than naming a work.
    static let collecting: Set<String> = [
        "complete", "collected", "selected", "essential", "best", "works", "poems", "plays", "letters", "diary",
        "diaries", "journals", "journal", "essays", "stories", "short", "novels", "writings", "speeches", "lectures",
        "notebooks", "correspondence", "of", "the", "and", "new", "later", "early", "great", "major", "tales",
        "prose", "history", "papers", "philosophical",
    ]

    /// Series whose name no volume bears alone: all of them in one book is the work itself.
    static let worksNamedAsTheirSeries: Set<String> = [
        "lord of rings", "once future king", "chronicles of narnia", "his dark materials", "divine comedy",
        "all creatures great small", "farseer trilogy", "millennium trilogy", "dragonriders of pern",
        "in search of lost time", "1q84",
    ]

    /// Words that a name of a series ends with.
    static let seriesEnds: Set<String> = [
        "series", "cycle", "saga", "trilogy", "quartet", "quintet", "chronicles", "novels", "mysteries", "sequence",
        "duology", "books", "adventures",
    ]

    /// Spellings of one word, American first; and short forms.
    static let spelling: [String: String] = [
        "colour": "color", "colours": "colors", "honour": "honor", "honourable": "honorable", "favour": "favor",
        "favourite": "favorite", "neighbour": "neighbor", "neighbours": "neighbors", "harbour": "harbor",
        "labour": "labor", "humour": "humor", "armour": "armor", "rumour": "rumor", "splendour": "splendor",
        "saviour": "savior", "parlour": "parlor", "theatre": "theater", "centre": "center", "grey": "gray",
        "jewellery": "jewelry", "traveller": "traveler", "travellers": "travelers", "sceptre": "scepter",
        "plough": "plow", "pyjamas": "pajamas", "mister": "mr", "doctor": "dr", "mistress": "mrs", "versus": "vs",
        "saint": "st", "organise": "organize", "defence": "defense", "catalogue": "catalog", "programme": "program",
    ]
}
