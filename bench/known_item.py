#!/usr/bin/env python3
"""Measures which text of a book finds it again: its description, its name, one text of both, or the closer of two.

The queries are not taken from the catalogue: they are the starter shelf's own descriptions (first sentences and whole) and
the titles of works that the catalogue has too, told by ISBN. A good way puts the known book first. Needs NumPy, a built
`bookrec` with its text model, and a catalogue in the layout of the "7k books" file.

    python3 bench/known_item.py --catalogue books.csv --home var
"""

import argparse
import csv
import json
import re
import subprocess

import numpy as np


def embed(texts: list[str], bookrec: str, home: str) -> np.ndarray:
    """Vectors of unit length, [texts, 384]; zeros for empty texts."""
    lines = "\n".join(json.dumps(text) for text in texts) + "\n"
    run = subprocess.run(
        [bookrec, "embed", "--json-lines", "--home", home], input=lines.encode(), stdout=subprocess.PIPE, check=True
    )
    vectors = np.array([json.loads(line) for line in run.stdout.splitlines()], dtype=np.float32)
    vectors[[not text for text in texts]] = 0
    return vectors


def name(row: dict) -> str:
    title = row["title"] + (f": {row['subtitle']}" if row["subtitle"] else "")
    authors = ", ".join(row["authors"].split(";"))
    return f"{title} by {authors}" if authors else title


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--catalogue", required=True)
    parser.add_argument("--starter", default="data/starter/books.csv")
    parser.add_argument("--bookrec", default=".build/release/bookrec")
    parser.add_argument("--home", default="var")
    arguments = parser.parse_args()

    def rows(path: str) -> list[dict]:
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    catalogue = rows(arguments.catalogue)
    row_of = {row["isbn13"]: index for index, row in enumerate(catalogue)}
    known = [row for row in rows(arguments.starter) if row["isbn13"] in row_of]
    target = np.array([row_of[row["isbn13"]] for row in known])

    def vectors(texts: list[str]) -> np.ndarray:
        return embed(texts, arguments.bookrec, arguments.home)

    names = vectors([name(row) for row in catalogue])
    descriptions = vectors([row["description"] for row in catalogue])
    both = vectors([f"{name(row)}. {row['description']}" for row in catalogue])
    questions = {
        "first sentence": vectors([re.split(r"(?<=[.!?]) ", row["description"])[0] for row in known]),
        "description": vectors([row["description"] for row in known]),
        "title": vectors([row["title"] for row in known]),
        "title and author": vectors([f"{row['title']} {row['authors'].split(';')[0]}" for row in known]),
    }
    ways = {
        "description alone": lambda q: q @ descriptions.T,
        "name alone": lambda q: q @ names.T,
        "one text of both": lambda q: q @ both.T,
    }
    for discount in (0, 0.04, 0.08, 0.12, 0.16):
        ways[f"the closer, name - {discount}"] = lambda q, d=discount: np.maximum(q @ descriptions.T, q @ names.T - d)

    print(f"{len(known)} known books among {len(catalogue)}; mean reciprocal rank and share in the first ten")
    print("way".ljust(26) + "".join(question.rjust(20) for question in questions))
    for way, scores_of in ways.items():
        cells = []
        for question in questions.values():
            scores = scores_of(question)
            own = scores[np.arange(len(target)), target]
            rank = (scores > own[:, None]).sum(axis=1) + 1
            cells.append(f"{np.mean(1 / rank):.3f}  {np.mean(rank <= 10):.3f}".rjust(20))
        print(way.ljust(26) + "".join(cells))


if __name__ == "__main__":
    main()
