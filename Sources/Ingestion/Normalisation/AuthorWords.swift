/// The words that names are told apart by, in lower case.
enum AuthorWords {
    /// Between two people.
    static let between: Set<String> = ["&", "and", "with", "und", "et", "y"]

    /// Parts of surnames.
    static let particles: Set<String> = [
        "de", "da", "do", "dos", "das", "di", "del", "della", "delle", "degli", "der", "den", "des", "du", "d'", "d’",
        "la", "le", "las", "los", "les", "van", "von", "vom", "zu", "zum", "zur", "ten", "ter", "te", "af", "av", "y",
        "el", "al", "ibn", "bin", "bint", "ben", "abu", "st.", "st", "saint", "san", "santa", "mac", "mc", "lo", "'t",
    ]

    /// Whether it follows a name and belongs to it: `Jr.`, `III`, `Ph.D.`, `Inc.`.
    static func isSuffix(_ text: String) -> Bool {
        suffixes.contains(text.lowercased().filter { $0 != "." && $0 != " " && $0 != "," })
    }

    private static let suffixes = firmSuffixes.union([
        "jr", "jnr", "junior", "sr", "snr", "senior", "ii", "iii", "iv", "phd", "dphil", "md", "ma", "ms", "msc", "mba",
        "ba", "bsc", "mfa", "mdiv", "dmin", "thd", "edd", "psyd", "jd", "llb", "llm", "rn", "dds", "dvm", "do", "esq",
        "lcsw", "mph", "cpa", "rd", "sj", "op", "osb", "obe", "cbe", "mbe", "kbe", "frs", "usn", "usmc", "ret", "phdrd",
    ])

    /// What firms end with.
    static let firmSuffixes: Set<String> = ["inc", "ltd", "limited", "llc", "co", "corp", "gmbh", "plc", "staff"]

    static let titles: Set<String> = [
        "sir", "dame", "dam", "lord", "lady", "mistress", "baron", "baroness", "count", "countess", "duke", "duchess",
        "earl", "bishop", "archbishop", "pope", "saint", "king", "queen", "emperor", "prince", "princess", "patriarch",
        "viscount", "marquis", "marquess", "rev", "reverend", "rabbi", "dr", "prof", "professor", "mrs", "mr", "ms",
    ]

    /// Of firms, offices and crowds: what has one of them is not a person.
    static let ofFirms: Set<String> = [
        "press", "publishing", "publications", "publishers", "books", "inc", "ltd", "limited", "llc", "company", "co",
        "corp", "group", "society", "association", "university", "college", "school", "museum", "gallery", "institute",
        "institution", "department", "center", "centre", "council", "committee", "commission", "foundation", "staff",
        "editors", "magazine", "journal", "library", "homes", "gardens", "studies", "gmbh", "verlag", "team", "club",
        "church", "office", "agency", "bureau", "ministry", "service", "services", "program", "project", "professor",
        "director", "fellow", "others", "authors", "the", "of", "for", "to", "in", "on", "sons", "brothers", "bros",
        "partners", "associates", "friends", "family", "wine", "food", "journalist", "historian", "author", "writer",
        "editor", "translator", "illustrator", "poet", "winner", "expert", "scientist",
    ]

    /// Authors of one name, and words that stand for an author.
    static let singleNames: Set<String> = [
        "anonymous", "unknown", "various", "plato", "homer", "aristotle", "sophocles", "euripides", "aeschylus",
        "aristophanes", "herodotus", "thucydides", "xenophon", "plutarch", "epictetus", "epicurus", "hesiod", "pindar",
        "sappho", "aesop", "virgil", "vergil", "ovid", "horace", "cicero", "seneca", "lucretius", "juvenal", "tacitus",
        "livy", "suetonius", "catullus", "martial", "plautus", "terence", "petronius", "apuleius", "boethius",
        "josephus",
        "plotinus", "ptolemy", "euclid", "galen", "hippocrates", "augustine", "bede", "dante", "petrarch", "rumi",
        "hafez",
        "hafiz", "saadi", "attar", "avicenna", "averroes", "confucius", "mencius", "laozi", "sunzi", "zhuangzi",
        "buddha",
        "kalidasa", "valmiki", "vyasa", "patanjali", "shantideva", "molière", "moliere", "voltaire", "stendhal",
        "colette",
        "novalis", "saki", "hergé", "herge", "goscinny", "uderzo", "quino", "avi", "sapphire", "clamp", "gurihiru",
        "tijan", "banksy", "bono", "slash", "sting", "seth", "jock", "zane", "osho", "teffi", "multatuli", "klabund",
        "janosch", "loriot", "minalima", "quinrose", "masha", "moebius", "rabelais", "erasmus", "maimonides", "spinoza",
        "michelangelo", "madonna", "prince", "ouida", "vercors", "alain", "sade", "sunny", "moses", "jesus", "longinus",
        "lucian", "nennius", "snorri", "starhawk", "pelé", "pele", "cher",
    ]

    /// The commonest given names of Europe and the Americas that are rarely surnames.
    static let givenNames: Set<String> = Set(
        """
        adam agatha alan albert alejandro alexander alexandre alfred alice allan allen amanda amy ana andrea
        andreas andrew andré angela anna anne annie anthony antoine antonio arthur astrid augustus barbara
        beatrice ben benjamin bernard boris bram brian bruce carl carlos carol caroline catherine charles
        charlotte chris christian christine christopher claire clara clive cornelia daniel daphne david deborah
        denis diana diane donald doris dorothy douglas edgar edith edmund eduardo edward eleanor elena eliot
        elizabeth ellen emily emma enid eric erich erik ernest ernst eugene eva evelyn ezra fernando florence
        frances francis francisco frank franz fred frederick friedrich fyodor gabriel gabriela geoffrey george
        georges gerald gertrude gilbert giovanni graham gregory guillermo gunter gustave guy günter hannah hans
        harold harriet harry heinrich helen helena henri henrik henry herbert herman hermann hilary howard hugh
        hugo ian ida ingrid irene iris isaac isabel isabella italo ivan jack jacob jacqueline jacques james jane
        janet jean jeffrey jennifer jenny jeremy jessica joan joanna joanne johann johannes john jonathan jorge
        joseph josé joyce juan judith jules julia julian julie julio karen karl kate katherine kathleen kathryn
        kazuo kenneth kim klaus kurt laura laurence leo leonard leonora lewis lillian linda lisa louis louisa
        louise lucy ludwig luis luke luther lynn malcolm marcel margaret marguerite maria marie marilyn mario
        mark martha martin mary matthew max may melissa michael michel michelle miguel mikhail milan molly
        muriel nadine nancy naomi natalie nathaniel neale neil nicholas nikolai nina nora octavia oliver oscar
        oskar otto pablo pamela patricia patrick paul paula pauline pedro penelope peter philip phillips pierre
        rachel rainer ralph raymond rebecca richard rita robert roberto robin roger roland ron ronald rosa rose
        roy rudyard ruth salman samuel sandra sara sarah scott sharon sidney simon simone sinclair somerset
        sophie staples stearns stefan stella stephanie stephen steven stuart susan suzanne sylvia teresa terry
        theodore theresa thomas tim timothy toni truman umberto ursula vera victor victoria vincent virginia
        vladimir vonda walter wilhelm willa willard william winifred wolfgang yukio zora
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
