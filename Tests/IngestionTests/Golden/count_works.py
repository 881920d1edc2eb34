#!/usr/bin/env python3
"""Counts the works of a catalogue, for SharedCatalogueTests: python3 count_works.py books.csv"""

import collections
import csv
import sys
import unicodedata

FORMS = {"", "a novel", "novel", "a memoir", "memoir", "a play", "stories", "a story", "short stories", "poems"}
FORMS |= {"a biography", "essays", "a mystery", "a thriller", "a romance"}


def fold(text):
    folded = ""
    for letter in unicodedata.normalize("NFKD", text).lower():
        category = unicodedata.category(letter)
        if category != "Mn" and letter not in "'\u2019":
            folded += letter if category[0] in "LN" or category == "Mc" else " "
    return " ".join(folded.split())


def key(row):
    title, subtitle = fold(row["title"]), fold(row["subtitle"])
    authors = [fold(author) for author in row["authors"].split(";") if author.strip()]
    if not title or not authors or not authors[0]:
        return row["isbn13"]
    return title, "" if subtitle in FORMS else subtitle, authors[0]


works = collections.defaultdict(list)
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        works[key(row)].append(row)
rows = [row for editions in works.values() for row in editions]
rated = [row for row in rows if float(row["average_rating"] or 0) > 0]

print("rows", len(rows), "ISBNs", len({row["isbn13"] for row in rows}), "works", len(works))
print("works in several editions", sum(len(editions) > 1 for editions in works.values()))
for field in ["description", "authors"]:
    print("works without", field, sum(not any(row[field].strip() for row in editions) for editions in works.values()))
print("ratings", sum(int(float(row["ratings_count"] or 0)) for row in rated))
