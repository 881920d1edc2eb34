"""The texts of the golden files, composed from a seed. No text is anybody's."""

import random

SUBJECTS = [
    "a retired lighthouse keeper", "the youngest of three sisters", "a mathematician without a memory",
    "two rival bakers", "an orphaned cartographer", "the last bee in the valley", "a detective who fears the dark",
    "an astronaut's daughter", "the crew of a stranded submarine", "a village of clockmakers", "a tired translator",
    "the robot in the attic", "an exiled queen", "a student of old languages", "the night nurse",
]
ACTIONS = [
    "discovers a letter hidden in a wall", "must cross the frozen sea before spring", "learns to forgive",
    "builds a library out of driftwood", "falls in love with the enemy's spy", "solves one final murder",
    "teaches children how volcanoes work", "inherits a haunted vineyard", "returns home after the war",
    "finds that time runs backwards on Tuesdays", "plants a garden on the moon", "bargains with a dragon",
]
SETTINGS = [
    "in nineteenth century Lisbon", "on a generation ship far from any star", "during the great flood",
    "in a small town in Ohio", "at the edge of the Sahara", "under the streets of Prague", "in the year 2348",
    "between two revolutions", "on an island that appears on no map", "in the shadow of the mountain",
]
VERDICTS = [
    "It is a warm and funny story about friendship.", "The prose is spare; the ending, devastating.",
    "Readers of popular science will enjoy the clear diagrams.", "I couldn't put it down!",
    "Not for the faint-hearted.", "Includes recipes, maps and an index.", "A classic of its kind?",
    "The second volume is better than the first.", "Winner of no prizes, and worth several.",
    "What would you do with one more day?", "Suitable for ages 9-12.",
]
# Titles and names are facts.
TITLES = [
    "Pride and Prejudice", "Moby-Dick; or, The Whale", "Les Misérables", "Cien años de soledad", "Война и мир",
    "Преступление и наказание", "紅樓夢", "源氏物語", "吾輩は猫である", "Ὀδύσσεια", "ألف ليلة وليلة", "महाभारत", "สี่แผ่นดิน",
    "Der Zauberberg", "À la recherche du temps perdu", "Þórbergs saga", "Nineteen Eighty-Four", "Catch-22",
    "Fahrenheit 451", "The Hitchhiker's Guide to the Galaxy", "Dune (Book 1)", "Quo vadis?", "Łabędzi śpiew", "Kürk Mantolu Madonna",
    "토지", "Truyện Kiều", "שירה", "Die Verwandlung", "Don Quijote de la Mancha", "Peer Gynt",
]
WORDS = [
    "book", "reading", "unbelievably", "internationalization", "C++", "naïve", "café", "Zürich", "coöperate",
    "antidisestablishmentarianism", "e-mail", "don't", "rock'n'roll", "O'Brien", "3.14159", "1,000,000", "$9.99",
    "50%", "#hashtag", "@user", "HTML5", "iPhone", "McDonald", "U.S.A.", "x²+y²", "H₂O", "½", "№5", "Ⅷ", "¿qué?",
    "«quoted»", "„deutsch“", "——", "…", "hello_world", "snake_case", "tl;dr", "24/7", "COVID-19", "über", "Σίσυφος",
]
TRICKY = [
    "", " ", "   \t\n\r  ", "\u0000", "\ufeff", "\ufeffBOM first", "nul\u0000inside", "a\u200bb zero width", "\u200d",
    "\u00adsoft\u00adhyphen", "\ufffd", "bad\ufffdchar", "\u0001\u0002\u0003", "tab\there", "line\u2028sep\u2029para",
    "nbsp\u00a0here", "\u3000ideographic\u3000space", "\u1680ogham", "vt\u000bff\u000cnel\u0085end", "\u180emvs",
    "İstanbul", "ısı", "ß SS ẞ", "ΣΑΣ σας ς", "Å Å Å", "ﬁ ﬂ ﬀ ﬃ", "ǅ Ǆ ǆ", "ŉ", "ΐ ΰ", "K kelvin", "Ω ohm", "Ⓐ ⓐ",
    "\U00010400 deseret \U00010428", "Ａｂｃ１２３", "e\u0301 é e\u0301\u0302\u0323", "\u0301leading mark", "a\u0328\u0301",
    "q\u0307\u0323 q\u0323\u0307", "\u0344 \u0340", "\u034f joiner a\u034fb", "한국어 한\u1100\u1161\u11a8", "각 각",
    "\U0001d15e\U0001d165\U0001d16d", "x\U0001d16d\U0001d165y", "x\U0001d16d\u0301\U0001d165y",
    "x\U0001d16d\u034f\U0001d165y", "\u302e\U0001d16d", "\u1b06\u1b44\u1b35", "ொ ೋ ൊ ෝ", "ক্ষ কো", "नमस्ते दुनिया",
    "สวัสดีชาวโลก", "ສະບາຍດີ", "မြန်မာ", "ខ្មែរ", "ಕನ್ನಡ", "தமிழ்", "ქართული ᲥᲐᲠᲗᲣᲚᲘ", "Հայերեն", "አማርኛ", "ᏣᎳᎩ ꮳꮃꭹ",
    "مرحبا بالعالم", "مَرْحَبًا", "שָׁלוֹם", "\u202eright to left\u202c", "中文字符和English混排", "日本語テキスト。ひらがな、カタカナ", "㐀䶿一鿿",
    "豈更車", "\U00020000\U0002a6df\U0002a700\U0002f800\U00030000", "〇々〆", "👍", "👍🏽", "👨‍👩‍👧‍👦 family", "🏳️‍🌈", "🇨🇭🇺🇸",
    "1️⃣", "☺︎ ☺️", "𝒜𝓁𝓅𝒽𝒶", "𝟘𝟙𝟚", "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋", "∑ᵢ₌₁ⁿ", "√2≈1.414", "a≠b", "a\u0338b =\u0338", "≤≥≪≫", "\u2260",
    "http://example.org/a?b=c&d=%20#e", "https://пример.рф/путь", "user+tag@example.com", "C:\\temp\\file.txt", "/usr/bin",
    "[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "a[SEP]b", "[SEP][SEP]", "[ SEP ]", "[sep]", "[[MASK]]", "[CLS", "CLS]",
    "[SEP\u0000]", "word[MASK].", "é[PAD]\u0301", "[unused1]", "##ing ##", "#", "[", "]", "[]", "\ud7ff\ue000",
    "\ue000private\uf8ff", "\U000f0000\U0010ffff", "\ufdd0\ufffe\uffff", "\u0378\u0379 unassigned", "\U000e0001\U000e0041 tags",
    "\u08e2\u0890 newer format", "\u2e52\u2e5d newer punctuation", "\u1acf\u1dfa newer marks", "\u2c2f\u2c5f newer case",
    "\u070f\u06dd", "a\ufe0fb", "\ufe00\ufe0e", "۰۱۲۳", "०१२३", "१२३४५६७", "٪؟،", "।॥", "·•‣", "‐‑‒–—―", "''‘’“”", "`^~|<>$+=",
    "¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿", "".join(map(chr, range(0x21, 0x7F))), "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞ", "łŁđĐħĦŧŦøØ",
]
SCRIPTS = [
    (0x21, 0x7F), (0xA0, 0x250), (0x250, 0x370), (0x370, 0x400), (0x400, 0x530), (0x531, 0x590), (0x591, 0x5F5),
    (0x600, 0x700), (0x900, 0x980), (0x980, 0xE00), (0xE01, 0xE5C), (0x10A0, 0x1100), (0x1E00, 0x2000),
    (0x2000, 0x2070), (0x2070, 0x2C00), (0x3040, 0x3100), (0x4E00, 0x9FFF), (0xAC00, 0xD7A4), (0xF900, 0xFB00),
    (0xFE20, 0x10000), (0x1D400, 0x1D800), (0x1F300, 0x1FB00),
]


def blurb(random_, sentences):
    parts = []
    for _ in range(sentences):
        if random_.random() < 0.3:
            parts.append(random_.choice(VERDICTS))
        else:
            subject = random_.choice(SUBJECTS)
            parts.append(f"{subject[0].upper()}{subject[1:]} {random_.choice(ACTIONS)} {random_.choice(SETTINGS)}.")
    return " ".join(parts)


def white_space(random_):
    return random_.choice([" ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u2003", "\r\n"])


def mixture(random_, count):
    pools = [WORDS, WORDS, TITLES, TRICKY]
    text = ""
    for _ in range(count):
        text += random_.choice(random_.choice(pools))
        text += white_space(random_) if random_.random() < 0.8 else ""
    return text


def scribble(random_, count):
    """Random characters of few scripts: what no writer would think of."""
    text = ""
    for _ in range(count):
        first, last = random_.choice(SCRIPTS)
        text += "".join(chr(random_.randrange(first, last)) for _ in range(random_.randint(1, 5)))
        if random_.random() < 0.3:
            text += chr(random_.choice([0x300, 0x301, 0x323, 0x327, 0x345, 0x200D, 0xFE0F, 0x302E, 0x1D165, 0x1D16D]))
        text += white_space(random_) if random_.random() < 0.4 else ""
    return text


def anything(random_, count):
    points = (random_.randrange(0x110000) for _ in range(count))
    return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000)


def recased(random_, text):
    return "".join(random_.choice([letter.upper(), letter.lower()]) for letter in text)


def long_words(random_):
    texts = []
    for count in [99, 100, 101, 102, 500]:
        texts += ["x" * count, "é" * count, "ß" * count, "a" + "\u0301" * count, "\u302e" * count]
        texts.append("before " + "".join(random_.choice("abcdefg") for _ in range(count)) + " after")
        texts.append("-".join(["y" * count] * 2))
        # Letters of which one becomes two characters, or more.
        texts.append("각" * (count // 3) + "z" * (count % 3))
    return texts


def token_texts(seed):
    random_ = random.Random(seed)
    texts = TRICKY + TITLES + WORDS + long_words(random_)
    texts += [f"{WORDS[place % len(WORDS)]}{text}{TITLES[place % len(TITLES)]}" for place, text in enumerate(TRICKY)]
    texts += [blurb(random_, random_.randint(1, 4)) for _ in range(150)]
    texts += [recased(random_, blurb(random_, 1)) for _ in range(50)]
    texts += [mixture(random_, random_.randint(2, 12)) for _ in range(250)]
    texts += [scribble(random_, random_.randint(2, 20)) for _ in range(250)]
    texts += [anything(random_, random_.randint(1, 30)) for _ in range(100)]
    texts += [blurb(random_, 40) for _ in range(4)]
    # Cut in the middle of a word, of an unknown word, at a special token.
    texts += [" ".join(["word"] * count) for count in [253, 254, 255, 256, 600]]
    texts += ["word " * count + "unbelievablyinternationalization" for count in [250, 251, 252, 253, 254]]
    texts += ["word " * count + "unbelievable\u0e3fx" for count in [252, 253, 254]]
    texts += ["word " * 253 + "[MASK][SEP]", "." * 600, "字" * 600, "[SEP]" * 300]
    return texts


def vector_texts(seed):
    random_ = random.Random(seed + 1)
    texts = [blurb(random_, count) for count in [1, 1, 1, 2, 2, 3, 4, 5, 6, 8] for _ in range(12)]
    texts += random_.sample(SUBJECTS, 12) + random_.sample(VERDICTS, 8) + random_.sample(TITLES, 20)
    texts += [f"{random_.choice(TITLES)}. {blurb(random_, 3)}" for _ in range(20)]
    texts += [mixture(random_, random_.randint(1, 20)) for _ in range(20)]
    texts += random_.sample(TRICKY, 30)
    texts += ["", "a", "word " * 253, "word " * 254, "word " * 255, blurb(random_, 30), blurb(random_, 60), "[MASK]"]
    return texts
