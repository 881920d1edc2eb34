#!/usr/bin/env python3
"""Makes, or checks, csv_golden.json: small CSV texts and what Python's csv module reads in them.

    python3 make_csv_golden.py            # write the file
    python3 make_csv_golden.py --check    # compare it with what would be written

Each case has the text, its rows without blank ones, and the line that each row begins on. Rows are null where Python,
reading strictly, refuses the text: then the parser must report a flaw.
"""

import argparse
import csv
import hashlib
import json
import pathlib
import random
import re
import sys

SEED = 4180
COUNT = 320
HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE / "csv_golden.json"
VALUES = ["", "a", "bc", " ", " x ", "é", "e\u0301", "漢字", "🙂", "\u00a0", "0", "-1.5", ";", "'", "\t", "\\", "\ufeff"]
PIECES = VALUES + [",", '"', '""', "\n", "\r\n", "\r", "\n\n", '","', "a,b", 'say "hi"']
SOUP = ["a", "é", "🙂", " ", ",", ",", '"', '"', '""', "\n", "\r\n", 'x"', '"y"']


def field(choose):
    value = "".join(choose.choice(PIECES) for _ in range(choose.randint(0, 3)))
    if re.search('[,"\r\n]', value) or choose.random() < 0.25:
        return '"' + value.replace('"', '""') + '"'
    return value


def table(choose):
    """Rows as a careful program writes them: quoted where needed, and sometimes where not."""
    end = choose.choice(["\n", "\r\n"])
    text = ""
    for _ in range(choose.randint(1, 6)):
        text += ",".join(field(choose) for _ in range(choose.randint(1, 4)))
        text += choose.choice([end] * 8 + ["\n", "\r\n", end + end, end + "\r\n\n"])
    return text.rstrip("\r\n") if choose.random() < 0.3 else text


def soup(choose):
    """What nobody would write."""
    return "".join(choose.choice(SOUP) for _ in range(choose.randint(1, 14)))


def read(text):
    reader = csv.reader(re.findall("[^\n]*\n|[^\n]+", text), strict=True)
    rows, lines, line = [], [], 1
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        return {"text": text, "rows": None, "lines": None}
    return {"text": text, "rows": rows, "lines": lines}


def made():
    choose = random.Random(SEED)
    cases, seen = [], set()
    while len(cases) < COUNT:
        text = choose.choice([table, table, soup])(choose)
        # A mark at the very start is not part of the text; Python's reader does not know that.
        if text and text not in seen and not text.startswith("\ufeff"):
            seen.add(text)
            cases.append(read(text))
    head = {
        "script": pathlib.Path(__file__).name,
        "sha256": hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest(),
        "seed": SEED,
    }
    lines = ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases)
    return json.dumps(head)[:-1] + ', "cases": [\n' + lines + "\n]}\n"


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
