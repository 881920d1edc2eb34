#!/usr/bin/env python3
"""Makes, or checks, normalisation_golden.json: raw values and what they mean by Python's standard library.

    python3 make_normalisation_golden.py            # write the file
    python3 make_normalisation_golden.py --check    # compare it with what would be written

Entities by html.unescape, mojibake by encode and decode, days by datetime, ISBNs by checksums written out here.
"""

import argparse
import datetime
import hashlib
import html
import html.entities
import json
import pathlib
import random
import sys

SEED = 4181
HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE / "normalisation_golden.json"

# Names and words of many languages; none is an upper-case word whose damage could be meant (see Mojibake.swift).
TEXTS = [
    "Gabriel García Márquez", "Émile Zola", "François Mauriac", "Jo Nesbø", "Günter Grass", "Karel Čapek", "Jiří Weil",
    "Dvořák", "Milan Kundera: Žert, příběh", "Stanisław Lem", "Olga Tokarczuk: Księgi Jakubowe", "Halldór Laxness",
    "Þórbergur Þórðarson", "Selma Lagerlöf", "Tove Jansson: Småtrollen", "José Saramago", "João Guimarães Rosa",
    "São Paulo", "naïve café", "Владимир Набоков", "Фёдор Достоевский", "Νίκος Καζαντζάκης", "عمر الخيام", "נתן אלתרמן",
    "村上春樹", "源氏物語", "吾輩は猫である", "한강 소설", "รามเกียรติ์", "रामायण", "Logan’s evening", "“Quoted” — and a dash…",
    "costs £5 or €6", "50 ½ pages", "Orhan Pamuk: Benim Adım Kırmızı", "Yaşar Kemal", "Ştefan", "Ivo Andrić",
    "Danilo Kiš", "Nguyễn Du", "Ḥāfiẓ", "a grin 😀 here", "ﬁnal ﬂight", "5 ™ and © 2001", "El Niño", "Über allem",
    "Cien años de soledad", "l’été d’après", "Œuvres complètes", "cœur", "Ægir’s daughter", "Ångström’s law",
]


def byte_of(letter):
    """The byte that a decoder of Windows-1252 that never fails reads as this letter."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def mangled(text, encoding):
    raw = text.encode("utf-8")
    if encoding == "latin-1":
        return raw.decode("latin-1")
    return "".join(bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in raw)


def mojibake():
    cases = []
    for text in TEXTS:
        for encoding in ("cp1252", "latin-1"):
            once = mangled(text, encoding)
            twice = mangled(once, encoding)
            for raw, times in ((once, 1), (twice, 2)):
                back = raw
                for _ in range(times):
                    back = b"".join(map(byte_of, back)).decode("utf-8")
                assert back == text
                cases.append({"raw": raw, "text": text})
    return cases


def entities():
    names = sorted(html.entities.name2codepoint) + ["apos", "AMP", "LT", "GT", "QUOT", "COPY", "REG"]
    # What is invisible is removed later; white space at the ends is trimmed.
    raws = [f"a&{name};z" for name in names if name not in ("zwnj", "zwj", "lrm", "rlm", "shy", "lt", "LT")]
    raws += [f"a&#{n};z" for n in list(range(33, 60)) + list(range(61, 127)) + list(range(130, 160))
             if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)]
    raws += [f"a&#x{n:x};z" for n in (0x41, 0xE9, 0x20AC, 0x4E00, 0x1F600, 0x92)]
    raws += [f"a&#X{n:X};z" for n in (0x41, 0xE9, 0x20AC)]
    raws += ["no & entity", "AT&T; really", "&bogus;", "&#xZZ;", "fish & chips; peas", "a&#1114112;z", "a&;z", "&#;"]
    def meaning(raw):
        return raw if raw in ("a&#1114112;z",) else html.unescape(raw)
    return [{"raw": raw, "text": meaning(raw)} for raw in raws]


def days(choose):
    epoch = datetime.date(1970, 1, 1)
    cases = []
    for _ in range(60):
        day = datetime.date.fromordinal(choose.randint(1, datetime.date(9999, 12, 31).toordinal()))
        number = (day - epoch).days
        iso = f"{day.year:04}-{day.month:02}-{day.day:02}"
        cases.append({"raw": iso, "value": number})
        cases.append({"raw": iso.replace("-", "/"), "value": number})
    for _ in range(60):
        day = datetime.date.fromordinal(choose.randint(datetime.date(1980, 1, 1).toordinal(), datetime.date(2040, 1, 1).toordinal()))
        number = (day - epoch).days
        for form in ("%d %b %Y", "%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%d.%m.%Y", "%d-%b-%Y", "%Y%m%d", "%Y-%m-%dT%H:%M:%SZ",
                     "%a %b %d 13:55:02 -0700 %Y", "%A, %d %B %Y", "%Y-%m-%d 23:59:59.123456+02:00"):
            cases.append({"raw": day.strftime(form), "value": number})
        if day.day > 12:
            cases.append({"raw": day.strftime("%m/%d/%Y"), "value": number})
            cases.append({"raw": day.strftime("%d/%m/%Y"), "value": number})
        elif day.day != day.month:
            cases.append({"raw": day.strftime("%m/%d/%Y"), "value": None})
        moment = datetime.datetime(day.year, day.month, day.day, choose.randint(0, 23), tzinfo=datetime.timezone.utc)
        if moment.timestamp() >= 1e9:
            cases.append({"raw": str(int(moment.timestamp())), "value": number})
            cases.append({"raw": str(int(moment.timestamp()) * 1000 + 7), "value": number})
    for year in (1900, 2000, 2023, 2024, 2100):
        for month in range(1, 13):
            for number in (28, 29, 30, 31):
                try:
                    value = (datetime.date(year, month, number) - epoch).days
                except ValueError:
                    value = None
                cases.append({"raw": f"{year}-{month:02}-{number}", "value": value})
    return cases


def check10(body):
    rest = -sum((10 - place) * int(digit) for place, digit in enumerate(body)) % 11
    return "X" if rest == 10 else str(rest)


def check13(body):
    return str(-sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(body)) % 10)


def isbns(choose):
    cases = []

    def add(raw, isbn, kind="isbn"):
        cases.append({"raw": raw, "isbn": isbn, "kind": kind})

    for zeros in [0] * 12 + [1] * 12 + [2] * 8 + [3] * 8:
        body = "0" * zeros + str(choose.randint(1, 9)) + "".join(str(choose.randint(0, 9)) for _ in range(8 - zeros))
        ten = body + check10(body)
        isbn = "978" + body + check13("978" + body)
        add(ten, isbn)
        add(ten.lower(), isbn)
        add(ten[zeros:], isbn)
        add(f'="{ten}"', isbn)
        add(f"ISBN-10: {ten[0]}-{ten[1:4]}-{ten[4:9]}-{ten[9]}", isbn)
        add(isbn, isbn)
        add(f'="{isbn}"', isbn)
        add(f"ISBN-13: {isbn[:3]}-{isbn[3]}-{isbn[4:9]}-{isbn[9:12]}-{isbn[12]}", isbn)
        add(f"urn:isbn:{isbn}", isbn)
        add(f"{isbn[:3]}\u2013{isbn[3]}\u2013{isbn[4:9]}\u2013{isbn[9:12]}\u2013{isbn[12]}", isbn)
        add(f"{isbn[:3]} {isbn[3:]}", isbn)
        add(f"{isbn}.0", isbn)
        add(f"{int(isbn):.12e}", isbn)
        add(f"{int(isbn):.12E}".replace("+", ""), isbn)
        if "X" not in ten:
            add(f"{ten[zeros:]}.0", isbn)
        # One digit lost, and most of them. A number that ends in a zero loses none by that: its digits are the issue.
        add(f"{int(isbn):.11e}", None, "unprovable")
        add(f"{int(isbn):.2E}", None, "unprovable")
        for place in (2, 7, 9):
            digits = list(ten[zeros:])
            if place >= len(digits) or digits[place] == "X":
                continue
            digits[place] = str((int(digits[place]) + choose.randint(1, 9)) % 10)
            add("".join(digits), None, "wrong")
        for place in (5, 12):
            digits = list(isbn)
            digits[place] = str((int(digits[place]) + choose.randint(1, 9)) % 10)
            add("".join(digits), None, "wrong")
    return cases


def pairs(choose):
    """A float of an ISBN-13 beside an ISBN-10: does it agree?"""
    cases = []
    for _ in range(60):
        body = "".join(str(choose.randint(0, 9)) for _ in range(9))
        ten = (body + check10(body)).lstrip("0")
        if len(ten) < 7 or len(set(body)) == 1:
            continue
        isbn = "978" + body + check13("978" + body)
        cases.append({"isbn13": f"{int(isbn):.12g}" if choose.random() < 0.5 else f"{int(isbn):.11e}", "isbn10": ten, "isbn": isbn})
        other = f"{(int(body) + choose.randint(2, 10**8)) % 10**9:09}"
        rival = int("978" + other + check13("978" + other))
        cases.append({"isbn13": f"{rival:.11e}", "isbn10": ten, "isbn": None})
    return cases


def made():
    choose = random.Random(SEED)
    parts = {
        "mojibake": mojibake(), "entities": entities(), "days": days(choose), "isbns": isbns(choose), "pairs": pairs(choose),
    }
    head = {
        "script": pathlib.Path(__file__).name,
        "sha256": hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest(),
        "seed": SEED,
    }
    text = json.dumps(head)[:-1]
    for name, cases in parts.items():
        text += f',\n"{name}": [\n' + ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases) + "\n]"
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
