#!/usr/bin/env python3
"""Counts what the ISBN columns of goodbooks-10k hold, for SharedNormalisationTests: python3 count_isbns.py books.csv"""

import collections
import csv
import sys
from decimal import Decimal


def isbn13(body):
    """The ISBN-13 of nine digits."""
    text = "978" + body
    return text + str(-sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(text)) % 10)


def of_ten(text):
    digits = [10 if letter in "xX" else int(letter) for letter in text]
    right = sum((10 - place) * digit for place, digit in enumerate(digits)) % 11 == 0
    return isbn13(text[:9]) if right else None


def is_article(text):
    """Whether another kind of article number has a right check digit."""
    text = text.zfill(13)
    return sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(text)) % 10 == 0


counts = collections.Counter()
total = 0
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        ten = row["isbn"].zfill(10) if row["isbn"] else ""
        own = of_ten(ten) if ten else None
        number = Decimal(row["isbn13"] or 0)
        length = len(str(int(number)))
        written = row["isbn13"].split("e")[0].replace(".", "")
        # A float to its last written digit.
        unit = Decimal(10) ** (length - len(written)) if "e" in row["isbn13"] else Decimal(1)

        def agrees(isbn):
            return abs(Decimal(isbn) - number) * 2 <= unit

        whole = str(int(number)) if unit <= 1 and number else None
        if whole and length <= 10 and of_ten(whole.zfill(10)):
            result = of_ten(whole.zfill(10))
        elif whole and not is_article(whole):
            result = "wrong isbn13"
        elif not number or whole or not (length == 13 and str(int(number))[:3] in ("978", "979")):
            result = own or ("wrong isbn" if ten else "absent")
        elif own:
            result = own if agrees(own) else "unprovable"
        elif ten:
            cut = "978" + ten
            result = cut if ten.isdigit() and is_article(cut) and agrees(cut) else "wrong isbn"
        else:
            result = "unprovable"
        if result.isdigit():
            counts["isbn"] += 1
            total += int(result)
        else:
            counts[result] += 1
print(dict(counts), "sum of ISBNs", total)
