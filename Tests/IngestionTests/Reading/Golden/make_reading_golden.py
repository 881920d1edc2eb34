#!/usr/bin/env python3
"""Makes, or checks, reading_golden.json: small texts, and what Python's csv and json modules read in them.

    python3 make_reading_golden.py            # write the file
    python3 make_reading_golden.py --check    # compare it with what would be written

A delimited case has the text, its rows without blank ones, and the line that each row begins on. Rows are null where
Python, reading strictly, refuses the text. A JSON case has a line, and its members as the reader promises them, or null
where Python refuses it.
"""

import argparse
import csv
import hashlib
import io
import json
import pathlib
import random
import sys

SEED = 8259
HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE / "reading_golden.json"
DELIMITERS = ",;\t|"
VALUES = ["", "a", "bc", " ", " x ", "é", "e\u0301", "漢字", "🙂", "\u00a0", "0", "-1.5", "'", "#", "\ufeff"]
LONGER = ["a longer value of many words", "12345678", "1234567", "123456789 123456789", "é" * 9]
SOUP = ["a", "é", "🙂", " ", "D", "D", '"', '"', '""', "\n", "\r\n", "\r", 'x"', '"y"', "D\"", "\"D", "12345678"]


def field(choose, delimiter, quoting):
    pieces = VALUES + LONGER + [delimiter, '"', '""', "\n", "\r\n", "\r", "\n\n", f'"{delimiter}"', 'say "hi"']
    if quoting == "backslash":
        pieces += ["\\", "\\\\", '\\"', "C:\\dir\\"]
    value = "".join(choose.choice(pieces) for _ in range(choose.randint(0, 3)))
    if any(c in value for c in delimiter + '"\r\n\\') or choose.random() < 0.25:
        if quoting == "backslash":
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return '"' + value.replace('"', '""') + '"'
    return value


def table(choose, delimiter, quoting):
    """Rows as a careful program writes them: quoted where needed, and sometimes where not."""
    end = choose.choice(["\n", "\r\n", "\r"])
    text = ""
    for _ in range(choose.randint(1, 6)):
        text += delimiter.join(field(choose, delimiter, quoting) for _ in range(choose.randint(1, 4)))
        text += choose.choice([end] * 8 + ["\n", "\r\n", "\r", end + end, end + "\r\n\n"])
    return text.rstrip("\r\n") if choose.random() < 0.3 else text


def soup(choose, delimiter, quoting):
    """What nobody would write."""
    return "".join(choose.choice(SOUP).replace("D", delimiter) for _ in range(choose.randint(1, 14)))


def read(text, delimiter, quoting):
    ways = {"escapechar": "\\", "doublequote": False} if quoting == "backslash" else {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter, **ways)
    rows, lines, line = [], [], 1
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        rows = lines = None
    return {"text": text, "delimiter": delimiter, "quoting": quoting, "rows": rows, "lines": lines}


def delimited(choose, count):
    cases, seen = [], set()
    while len(cases) < count:
        delimiter, quoting = choose.choice(DELIMITERS), choose.choice(["doubled", "doubled", "backslash"])
        make = soup if quoting == "doubled" and choose.random() < 0.4 else table
        text = make(choose, delimiter, quoting)
        # A mark at the very start is not part of the text; Python's reader does not know that.
        if text.strip("\r\n") and text not in seen and not text.startswith("\ufeff"):
            seen.add(text)
            cases.append(read(text, delimiter, quoting))
    return cases


NUMBERS = ["0", "-0", "7", "12345678901234567890123", "-1.50", "1e5", "1E+05", "2.5e-3", "9.78043902348e+12"]
STRINGS = ['""', '"a"', '"é"', '"🙂"', '"a\\"b"', '"\\\\"', '"\\/\\b\\f\\n\\r\\t"', '"\\u00e9"', '"\\uD83D\\uDE42"']
STRINGS += ['"\\ud83d"', '"\\ude42"', '"\\ud83d\\ud83d\\ude42"', '"\\ud83dx"', '"\\u0041\\u0042"', '"12345678901234567890"']
NAMES = ['"a"', '"b"', '"a.b"', '"c"', '"\\u0061"', '""', '"title"', '"é"']
JUNK = list('{}[]",:\\0123456789.eE+-tfnulrs \t') + ["NaN", "Infinity", "\\u12", "01", "1.", ".5", "\x01", "é", "'a'"]


def space(choose):
    return choose.choice(["", "", "", " ", "\t", "  "])


def value(choose, depth):
    kind = choose.random()
    if depth < 4 and kind < 0.15:
        return thing(choose, depth + 1)
    if depth < 4 and kind < 0.3:
        items = (space(choose) + value(choose, depth + 1) + space(choose) for _ in range(choose.randint(0, 3)))
        return "[" + ",".join(items) + "]"
    return choose.choice(choose.choice([NUMBERS, STRINGS, ["true", "false", "null"]]))


def thing(choose, depth=0):
    members = []
    for _ in range(choose.randint(0, 4)):
        name = space(choose) + choose.choice(NAMES) + space(choose)
        members.append(name + ":" + space(choose) + value(choose, depth) + space(choose))
    return "{" + ",".join(members) + "}"


def broken(choose):
    text = thing(choose)
    for _ in range(choose.randint(1, 2)):
        at = choose.randint(0, len(text))
        text = text[:at] + choose.choice(JUNK + [""]) + text[at + choose.randint(0, 2):]
    return text


def refuse(word):
    raise ValueError(word)


DECODER = json.JSONDecoder(parse_constant=refuse)


def sound(text):
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)


def members(text, at, outer, found):
    """The members of the object that begins at `at`, flattened; the values are read by Python's decoder."""
    def skip(at):
        while text[at] in " \t\n\r":
            at += 1
        return at
    at = skip(at + 1)
    while text[at] != "}":
        name, at = json.decoder.scanstring(text, skip(at) + 1, True)
        at = skip(skip(at) + 1)
        name = outer + sound(name)
        if text[at] == "{":
            at = members(text, at, name + ".", found)
        else:
            parsed, end = DECODER.raw_decode(text, at)
            raw = text[at:end]
            found[name] = sound(parsed) if isinstance(parsed, str) else "" if parsed is None else raw
            at = end
        at = skip(at)
        if text[at] == ",":
            at += 1
    return at + 1


def json_case(text):
    try:
        if not isinstance(DECODER.decode(text), dict):
            raise ValueError("not an object")
    except ValueError:
        return {"text": text, "members": None}
    found = {}
    members(text, text.index("{"), "", found)
    return {"text": text, "members": found}


def lines_of_json(choose, count):
    cases, seen = [], set()
    while len(cases) < count:
        text = (thing if choose.random() < 0.5 else broken)(choose)
        if text.strip() and text not in seen:
            seen.add(text)
            cases.append(json_case(text))
    return cases


def made():
    choose = random.Random(SEED)
    head = {
        "script": pathlib.Path(__file__).name,
        "sha256": hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest(),
        "seed": SEED,
    }
    kinds = {"delimited": delimited(choose, 400), "json": lines_of_json(choose, 400)}
    text = json.dumps(head)[:-1]
    for kind, cases in kinds.items():
        text += f', "{kind}": [\n' + ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases) + "\n]"
    return text + "}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        if GOLDEN.read_text(encoding="utf-8") != made():
            sys.exit(f"{GOLDEN.name} is not what {pathlib.Path(__file__).name} makes.")
    else:
        GOLDEN.write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
