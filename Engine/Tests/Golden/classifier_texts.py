"""The texts of the byte-level tokens and of the classifiers, composed from a seed. No text is anybody's."""

import random

import golden_texts

# Contractions, white space, numbers, punctuation: where the words of GPT-2's expression end.
WORD_ENDS = [
    "it's we're they've I'll I'd don't I'm rock'n'roll", "IT'S WE'RE", "'s", " 's", "''s", "x's's", "'", "''", " '", "'l",
    "'r", "'re", "'rex", "'ll'", "' s", "'\ns", "’s", "a's'", "'tis 'twas", "1's", "!'s", "!'S", "é's", "'sé", "'d'd",
    " a", "  a", "   a", "a ", "a  ", "a   b", "a\n\nb", "a \n b", "a\n b", "a \nb", "a\r\nb\r\n", "\r\n", "\ta", " \ta",
    "\t a", "a\u00a0b", "a\u00a0\u00a0b", "a \u00a0 b", "\u00a0a", "\u00a0", "\u3000a", "\u3000 a", "a\u2028b", "\u0085x",
    "\u0085 x", "\u200bx", " \u200bx", "\u001cx", " \u001f", "\u000b\u000c", " " * 50, " " * 50 + "x", "x" + "\n" * 50,
    "1 2  3", "a1b2", "1a", "x²", "2²", "½ cup", "Ⅷ 8", "٣٤ 34", "a_b", "_", "!?", " !?", "! ?", "...a", "a...", "a.1.b",
    "e\u0301 e\u0301", "\u0301", " \u0301", "कि", "ｱﾞ", "ᲀ", "\u1c89\u1c8a", "\ua7cb", "\U000105c0", "\U0001e5d0",
    "a\u0000b", "\u0000", "\ufeff x", "👍🏽 👍🏽", " 👨‍👩‍👧‍👦", "🇨🇭🇺🇸", "#️⃣", "日本語 テキスト", "中文，混排。", "\U00020000\U0010ffff",
]
ADDED = [
    "<mask>", " <mask>", "a <mask> b", "a  \n<mask>  b", "<mask><mask>", "<mask> <mask>", "a<mask>b", "é<mask>é", "<s>",
    "</s>", "<pad>", "<unk>", "a<s>b", "a <s> b", "<s", "s>", "<<s>>", "<s></s>", "<s> </s>", "<MASK>", "< mask >",
    "<b>", "<b> x", "<b>  \n x", "x <b>x", "<b>old", "<b>older", "<b>ol", "<<b>old>", "<b> <b> ", " <b>  <mask>  <b> ",
    "<mask>  <b>  ", "\u00a0<mask>\u3000<b>\u2003x", "x\u0085<mask>", "<b>\u200b x", "<b><mask>", "<mask> ", "tail <mask>",
    "old<pad>er", "<pad> a b", "a <pad> b c", "<pad><pad>a", "'<s>s", " <s> 's", "<b>ld", "<b><b>old<b>", "ol<b>old",
    "foldl", "fold", "<b>oldld", "xldold", "d<s>",
]


def token_texts(seed):
    random_ = random.Random(seed)
    texts = WORD_ENDS + ADDED + golden_texts.TRICKY + golden_texts.TITLES + golden_texts.WORDS
    texts += [random_.choice(golden_texts.WORDS) + text + random_.choice(golden_texts.WORDS) for text in WORD_ENDS]
    texts += [random_.choice(WORD_ENDS) + text + random_.choice(WORD_ENDS) for text in ADDED]
    texts += [golden_texts.blurb(random_, random_.randint(1, 2)) for _ in range(60)]
    texts += [golden_texts.mixture(random_, random_.randint(2, 10)) for _ in range(80)]
    texts += [golden_texts.scribble(random_, random_.randint(2, 12)) for _ in range(120)]
    texts += [golden_texts.anything(random_, random_.randint(1, 12)) for _ in range(80)]
    texts += ["".join(random_.choice(" \t\n\r\u00a0\u2003ab1'!é") for _ in range(random_.randint(1, 30))) for _ in range(150)]
    for count in [99, 500, 3000]:
        texts += ["x" * count, "é" * count, "".join(random_.choice("abcde") for _ in range(count))]
    # Cut within a word, and at an added token.
    texts += ["word " * 300, "unbelievably " * 100, "<mask>" * 300, "a <mask> " * 200, "." * 300, "字" * 200]
    return texts


def shuffled_texts(seed):
    random_ = random.Random(seed + 1)
    return ["".join(random_.choice("aaabbc ") for _ in range(random_.randint(1, 40))) for _ in range(150)]


def training_texts(seed):
    random_ = random.Random(seed + 2)
    texts = golden_texts.WORDS + golden_texts.TITLES + [golden_texts.blurb(random_, 2) for _ in range(200)]
    return texts + ["don't it's we'll I've they're"] * 3 + ["Überraschung café 字字 🙂🙂"] * 3


def classified_texts(seed):
    random_ = random.Random(seed + 3)
    texts = [golden_texts.blurb(random_, random_.randint(1, 3)) for _ in range(30)]
    texts += random_.sample(golden_texts.TITLES, 8) + random_.sample(golden_texts.TRICKY, 12)
    texts += [golden_texts.mixture(random_, random_.randint(1, 8)) for _ in range(10)]
    texts += ["", " ", "a", "<mask>", "<pad> a <pad> b", "[MASK] [PAD] a", "word " * 61, "word " * 62, "word " * 63]
    return texts + [golden_texts.blurb(random_, 12), "x" * 2000]
