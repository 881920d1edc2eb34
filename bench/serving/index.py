#!/usr/bin/env python3
"""Indexes the catalogue for `app.py`: a vector of title and description for each row. Prints how long it took.

    bench/serving/.venv/bin/python bench/serving/index.py --data DIR --models var/bench/models --to var/bench/stack --threads 2
"""

import argparse
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from measuring import catalogue
from onnx_encoder import Encoder

# The best of 1, 8 and 32 in bench/embedding, with the batches side by side rather than threads inside a batch.
BATCH = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--model", default="int8.onnx")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, help="only so many books, for a first look")
    arguments = parser.parse_args()

    start = time.perf_counter()
    encoder = Encoder(arguments.models, arguments.model, threads=1)
    rows = catalogue(arguments.data)[: arguments.limit]
    texts = [f"{row['title']}. {row['description']}" for row in rows]
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    vectors = np.zeros((len(texts), 384), dtype=np.float32)

    def encode(first: int) -> None:
        some = order[first : first + BATCH]
        vectors[some] = encoder([texts[row] for row in some])

    with ThreadPoolExecutor(arguments.threads) as pool:
        list(pool.map(encode, range(0, len(order), BATCH)))
    arguments.to.mkdir(parents=True, exist_ok=True)
    np.save(arguments.to / "vectors.npy", vectors)
    kept = ("isbn13", "title", "authors", "published_year", "average_rating")
    books = [{name: row[name] for name in kept} for row in rows]
    (arguments.to / "books.json").write_text(json.dumps(books), encoding="utf-8")
    print(json.dumps({"books": len(rows), "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
