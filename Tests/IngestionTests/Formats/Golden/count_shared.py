"""Counts what the shared data holds, with Python's csv module: the figures that SharedDataTests expects.

python3 count_shared.py FOLDER, where FOLDER is shared/data.
"""

import csv
import re
import sys
import unicodedata
from collections import Counter
from decimal import Decimal
from itertools import islice
from pathlib import Path

FOLDER = Path(sys.argv[1])


def rows(name, most=None):
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        yield from islice(csv.DictReader(file), most)


def folded(text):
    plain = unicodedata.normalize("NFKD", text).lower().replace("'", "").replace("\u2019", "")
    return re.sub(r"\W+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def isbn_from_ten(text):
    """The ISBN-13 of an ISBN-10 that may have lost its leading zeros; None when its check digit is wrong."""
    text = text.zfill(10)
    values = [10 if c in "xX" else int(c) for c in text]
    if len(values) != 10 or sum((10 - i) * v for i, v in enumerate(values)) % 11:
        return None
    return "978" + text[:9] + check("978" + text[:9])


def check(body):
    """The last digit of an ISBN-13 that begins so."""
    return str(-sum((1, 3)[i % 2] * int(c) for i, c in enumerate(body)) % 10)


def agrees(isbn, written):
    """Whether a float is this ISBN, rounded to as many digits as it has."""
    number = Decimal(written)
    return "e" in written and abs(int(isbn) - number) * 2 <= 10 ** number.as_tuple().exponent


def of_goodbooks(ten, thirteen):
    """The ISBN that the two columns of goodbooks-10k prove: None when they do not, False when one is wrong."""
    isbn = isbn_from_ten(ten) if ten else None
    # Floats of fewer digits are other goods' numbers.
    is_lossy = "e+12" in thirteen
    if isbn:
        return isbn if not is_lossy or agrees(isbn, thirteen) else None
    if not ten:
        return None
    # Some have lost the 978 of an ISBN-13 rather than being an ISBN-10; the float proves it.
    isbn = "978" + ten.zfill(10)
    return isbn if thirteen and isbn[-1] == check(isbn[:-1]) and agrees(isbn, thirteen) else False


def catalogue():
    count = Counter()
    for row in rows("catalogue/books.csv"):
        count["rows"] += 1
        count["isbn total"] += int(row["isbn13"])
        subtitle = row["subtitle"].strip()
        count["subtitles"] += bool(subtitle) and folded(subtitle) != folded(row["title"])
        for name in ("authors", "categories", "description", "thumbnail"):
            count[name] += bool(row[name].strip())
        year, pages = (int(float(row[name] or 0)) for name in ("published_year", "num_pages"))
        count["years"] += year != 0
        count["year total"] += year
        count["pages"] += pages != 0
        count["page total"] += pages
        ratings, mean = int(float(row["ratings_count"] or -1)), float(row["average_rating"] or 0)
        count["ratings total"] += max(ratings, 0)
        count["means"] += mean >= 1 and ratings != 0
        count["means of nothing"] += mean != 0 and ratings == 0
    return count


def goodbooks():
    count = Counter()
    for row in rows("goodbooks/books.csv"):
        count["rows"] += 1
        isbn = of_goodbooks(row["isbn"].strip(), row["isbn13"].strip().lower())
        if isbn is False:
            count["refused"] += 1
            continue
        count["ISBNs"] += isbn is not None
        count["ISBN total"] += int(isbn or 0)
        count["series"] += bool(re.search(r"\S\s*\((?:[^()]|\([^()]*\))*#\s*\d[^()]*\)$", row["title"].strip()))
        year = row["original_publication_year"]
        count["years"] += bool(year)
        count["year total"] += int(float(year or 0))
        count["languages"] += bool(row["language_code"])
        count["ratings total"] += int(row["work_ratings_count"])
        count["goodreads total"] += int(row["goodreads_book_id"])
    return count


def ratings(name, item, most=None):
    count = Counter()
    readers, items = set(), set()
    for row in rows(name, most):
        count["rows"] += 1
        count["stars total"] += int(row["rating"])
        count["item total"] += int(row[item])
        readers.add(row["user_id"])
        items.add(row[item])
    count["readers"], count["items"] = len(readers), len(items)
    return count


def tags():
    names = [row["tag_name"] for row in rows("goodbooks/tags.csv")]
    uses = list(rows("goodbooks/book_tags.csv"))
    return {
        "tags": len(names), "letters": sum(map(len, names)), "uses": len(uses),
        "use total": sum(int(use["count"]) for use in uses),
        "book total": sum(int(use["book_id"]) for use in uses),
        "goodreads total": sum(int(use["goodreads_book_id"]) for use in uses),
        "tag total": sum(int(use["tag_id"]) for use in uses),
    }


print("catalogue", dict(catalogue()))
print("goodbooks", dict(goodbooks()))
print("ratings", dict(ratings("goodbooks/ratings.csv", "book_id")))
print("ratings, first 20,000", dict(ratings("goodbooks/ratings.csv", "book_id", 20_000)))
print("ratings on catalogue", dict(ratings("goodbooks/ratings_on_catalogue.csv", "isbn13")))
print("tags", tags())
