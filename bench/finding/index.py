#!/usr/bin/env python3
"""Indexes the catalogue for `chroma_app.py` or `fts5_app.py`, a row of the file a book. Prints how long it took.

    bench/finding/.venv/bin/python bench/finding/index.py fts5 --data DIR --to var/bench/finding
    bench/finding/.venv/bin/python bench/finding/index.py chromadb --data DIR --to var/bench/finding --models var/models
"""

import argparse
import json
import shutil
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from measuring import catalogue

SHOWN = ("isbn13", "title", "authors", "published_year", "average_rating")
# How many texts sentence-transformers takes at once, and how many vectors ChromaDB does.
BATCH, CHUNK = 32, 1_000


def index_fts5(rows: list[dict], to: Path) -> int:
    path = to / "fts5.sqlite"
    path.unlink(missing_ok=True)
    columns = ("isbn13", "title", "subtitle", "authors", "categories", "description", "published_year", "average_rating")
    shown_only = ("isbn13", "published_year", "average_rating")
    declared = ", ".join(f"{name} UNINDEXED" if name in shown_only else name for name in columns)
    tokenizer = "porter unicode61 remove_diacritics 2"
    places = ", ".join("?" * len(columns))
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(f"CREATE VIRTUAL TABLE books USING fts5({declared}, tokenize = '{tokenizer}')")
        values = ([row.get(name, "") for name in columns] for row in rows)
        connection.executemany(f"INSERT INTO books VALUES ({places})", values)
        connection.execute("INSERT INTO books(books) VALUES ('optimize')")
    connection.close()
    return len(rows)


def index_chromadb(rows: list[dict], to: Path, models: Path) -> int:
    """A row without a description has no vector, as in the original."""
    from chroma_store import COLLECTIONS, COSINE, client, encoder, is_in_split

    shutil.rmtree(to / "chroma", ignore_errors=True)
    described = [row for row in rows if row["description"]]
    books = {row["isbn13"]: {name: row[name] for name in SHOWN} for row in described}
    (to / "books.json").write_text(json.dumps(books), encoding="utf-8")
    vectors = encoder(models).encode([row["description"] for row in described], batch_size=BATCH, show_progress_bar=False)
    store = client(to / "chroma")
    for name in COLLECTIONS:
        collection = store.create_collection(name, configuration=COSINE, embedding_function=None)
        chosen = [place for place, row in enumerate(described) if name != "split" or is_in_split(row["isbn13"])]
        for start in range(0, len(chosen), CHUNK):
            some = chosen[start : start + CHUNK]
            collection.add(ids=[described[place]["isbn13"] for place in some], embeddings=vectors[some])
    return len(described)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=["chromadb", "fts5"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="the folder of text models, for chromadb")
    arguments = parser.parse_args()

    start = time.perf_counter()
    rows = catalogue(arguments.data)
    arguments.to.mkdir(parents=True, exist_ok=True)
    if arguments.engine == "fts5":
        books = index_fts5(rows, arguments.to)
    else:
        books = index_chromadb(rows, arguments.to, arguments.models)
    print(json.dumps({"books": books, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
