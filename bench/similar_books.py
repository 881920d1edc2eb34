#!/usr/bin/env python3
"""Measures how much readers should count beside the books' texts where similar books are asked for: the default of `alpha`.

    python3 bench/similar_books.py --data DIR --home HOME --folder DIR

HOME is trained on the public 7k-books catalogue and is only copied. Of the readers who like five books or more (four stars or
more), 70 % are taken in and trained on; each of the others asks, for three of the books that they like, for similar ones. What
comes should be what else they like: nDCG@10. It favours readers over texts, as readers of the one half are like those of the
other, and says nothing of books that nobody here has read.
"""

import argparse
import csv
import json
import math
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from load import bookrec_server

ALPHAS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
QUESTIONS = 3


def likes(path: Path) -> dict[str, list[str]]:
    liked = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["rating"]) >= 4:
                liked[row["user_id"]].append(row["isbn13"])
    return {reader: books for reader, books in liked.items() if len(books) >= 5}


def take_in(bookrec: str, home: Path, liked: dict[str, list[str]], readers: list[str]) -> None:
    file = home / "likes.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["user_id", "isbn13", "rating"])
        writer.writerows([reader, book, 5] for reader in readers for book in liked[reader])
    subprocess.run([bookrec, "ingest", "ratings", file, "--home", home], check=True)
    subprocess.run([bookrec, "train", "--home", home], check=True)


def ndcg(found: list[str], relevant: set[str]) -> float:
    gain = sum(1 / math.log2(place + 2) for place, book in enumerate(found) if book in relevant)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(len(found), len(relevant))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--home", required=True, type=Path)
    parser.add_argument("--folder", required=True, type=Path)
    parser.add_argument("--bookrec", default=".build/release/bookrec")
    arguments = parser.parse_args()

    liked = likes(arguments.data / "goodbooks/ratings_on_catalogue.csv")
    readers = sorted(liked)
    rng = random.Random(20261130)
    rng.shuffle(readers)
    split = int(0.7 * len(readers))
    home = arguments.folder / "home"
    if not home.exists():
        shutil.copytree(arguments.home, home, symlinks=True)
        take_in(arguments.bookrec, home, liked, readers[:split])
    with bookrec_server(arguments.bookrec, home, home / "models", "/api/v1/search?q=") as server:

        def ask(path: str) -> dict:
            body = server.get(f"/api/v1/books/{path}")
            if body is None:
                sys.exit(f"error: no answer for {path}")
            return json.loads(body)

        works = {book: ask(book)["id"] for book in sorted({book for books in liked.values() for book in books})}
        questions = [
            (book, {works[other] for other in liked[reader]} - {works[book]})
            for reader in readers[split:]
            for book in rng.sample(sorted(liked[reader]), QUESTIONS)
        ]
        print(f"{split} readers taken in, {len(readers) - split} asking {len(questions)} times")
        for alpha in ALPHAS:
            found = {
                book: [hit["book"]["id"] for hit in ask(f"{book}/similar?alpha={alpha}")["hits"]]
                for book in sorted({book for book, _ in questions})
            }
            print(f"alpha {alpha:3}: nDCG@10 {sum(ndcg(found[book], rest) for book, rest in questions) / len(questions):.3f}")


if __name__ == "__main__":
    main()
