#!/usr/bin/env python3
"""Writes the character tables of Sources/Tokenization/Tables.

The tables say what BERT's normaliser and pre-tokeniser, and GPT-2's
pre-tokeniser, make of every code point. They are read off the `tokenizers` library, one code point at a time,
because its Unicode version is neither Swift's nor Python's, and differs even
between its own parts.

    pip install -r requirements.txt
    python make_character_tables.py
"""

import pathlib
import unicodedata

import tokenizers
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer, ByteLevel

CODE_POINTS = [point for point in range(0x110000) if not 0xD800 <= point < 0xE000]
HANGUL = range(0xAC00, 0xD7A4)

clean = BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
uncased = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
splitter = BertPreTokenizer()
byte_level = ByteLevel(add_prefix_space=False)

# Marks that normalisation keeps, with the combining classes 216 and 226.
CLASS_216 = "\U0001d165"
CLASS_226 = "\U0001d16d"


def swaps(text):
    """Whether normalisation reorders the marks of `text`."""
    return uncased.normalize_str("x" + text + "y") != "x" + text + "y"


def combining_class(point):
    """The combining class that the library assumes for a mark it keeps."""
    value = unicodedata.combining(chr(point))
    if value == 0:
        return 0
    if value < 226:
        known = swaps(CLASS_226 + chr(point))
    elif value > 226:
        known = swaps(chr(point) + CLASS_226)
    else:
        known = swaps(chr(point) + CLASS_216)
    return value if known else 0


def blocks_reordering(point):
    """Whether a mark that is dropped still keeps those around it apart."""
    return uncased.normalize_str("x" + CLASS_226 + chr(point) + CLASS_216) == "x" + CLASS_226 + CLASS_216


def read_off():
    kinds, mappings, expansions, classes, punctuation = {}, {}, {}, {}, []
    for point in CODE_POINTS:
        text = chr(point)
        if len(splitter.pre_tokenize_str("a" + text + "b")) == 3:
            punctuation.append(point)
        if point < 0x80:
            continue
        cleaned = clean.normalize_str(text)
        if cleaned == "":
            kinds[point] = "removed"
            continue
        if cleaned == " ":
            kinds[point] = "space"
            continue
        result = uncased.normalize_str(text)
        if result == "":
            kinds[point] = "blockingMark" if blocks_reordering(point) else "mark"
            continue
        if result.startswith(" "):
            kinds[point] = "ideograph"
            result = result[1:-1]
        if point in HANGUL or result == text:
            if combining_class(point):
                classes[point] = combining_class(point)
        elif len(result) == 1:
            mappings[point] = ord(result)
        else:
            expansions[point] = [ord(part) for part in result]
    return kinds, mappings, expansions, classes, punctuation


def word_class(text):
    """What GPT-2's pre-tokeniser takes one character for; None for what is no letter, number or space."""
    for known, name in [("a", "letter"), ("1", "number"), ("!", None)]:
        if len(byte_level.pre_tokenize_str(known + text)) == 1:
            return name
    return "space"


def runs(values):
    """Maximal runs of neighbouring points with one value: (first, last, value)."""
    found = []
    for point, value in sorted(values.items()):
        if found and found[-1][1] == point - 1 and found[-1][2] == value:
            found[-1][1] = point
        else:
            found.append([point, point, value])
    return found


def wrapped(items, indent="        ", width=120):
    lines, line = [], indent
    for item in items:
        if len(line) + len(item) + 2 > width:
            lines.append(line.rstrip())
            line = indent
        line += item + ", "
    lines.append(line.rstrip())
    return "\n".join(lines)


def array(name, kind, comment, items):
    return f"    /// {comment}\n    static let {name}: [{kind}] = [\n{wrapped(items)}\n    ]\n"


def hexadecimal(point):
    return f"0x{point:X}"


def source(parts):
    head = (
        f"// Made by Tests/Golden/make_character_tables.py from tokenizers {tokenizers.__version__}: do not edit.\n\n"
        "extension CharacterTables {\n"
    )
    return head + "\n".join(parts) + "}\n"


def main():
    kinds, mappings, expansions, classes, punctuation = read_off()
    tables = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "Tokenization" / "Tables"
    kind_runs = runs(kinds)
    class_runs = runs(classes)
    punctuation_runs = runs(dict.fromkeys(punctuation, True))
    word_class_of = {point: word_class(chr(point)) for point in CODE_POINTS}
    word_class_runs = runs({point: name for point, name in word_class_of.items() if name})
    flat = [part for point in sorted(expansions) for part in [point, len(expansions[point]), *expansions[point]]]
    (tables / "CharacterTables+Kinds.swift").write_text(source([
        array("kindFirst", "UInt32", "The first code points of the runs of one kind, rising.",
              [hexadecimal(run[0]) for run in kind_runs]),
        array("kindLast", "UInt32", "The last code point of each run.", [hexadecimal(run[1]) for run in kind_runs]),
        array("kindOfRun", "CharacterKind", "The kind of each run.", ["." + run[2] for run in kind_runs]),
        array("punctuationFirst", "UInt32", "The first code points of the runs of punctuation, rising.",
              [hexadecimal(run[0]) for run in punctuation_runs]),
        array("punctuationLast", "UInt32", "The last code point of each run.",
              [hexadecimal(run[1]) for run in punctuation_runs]),
        array("classFirst", "UInt32", "The first code points of the runs of kept marks of one class, rising.",
              [hexadecimal(run[0]) for run in class_runs]),
        array("classLast", "UInt32", "The last code point of each run.", [hexadecimal(run[1]) for run in class_runs]),
        array("classOfRun", "UInt8", "The canonical combining class of each run.",
              [str(run[2]) for run in class_runs]),
    ]))
    (tables / "CharacterTables+Mappings.swift").write_text(source([
        array("mappedFrom", "UInt32", "The code points that become one other, rising.",
              [hexadecimal(point) for point in sorted(mappings)]),
        array("mappedTo", "UInt32", "What each of them becomes.",
              [hexadecimal(mappings[point]) for point in sorted(mappings)]),
        array("expansions", "UInt32", "The code points that become several: each, how many, which.",
              [hexadecimal(part) for part in flat]),
    ]))
    (tables / "CharacterTables+WordClasses.swift").write_text(source([
        array("wordClassFirst", "UInt32", "The first code points of the runs of letters, numbers and spaces, rising.",
              [hexadecimal(run[0]) for run in word_class_runs]),
        array("wordClassLast", "UInt32", "The last code point of each run.",
              [hexadecimal(run[1]) for run in word_class_runs]),
        array("wordClassOfRun", "WordClass", "The class of each run.", ["." + run[2] for run in word_class_runs]),
    ]))


if __name__ == "__main__":
    main()
