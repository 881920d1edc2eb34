#!/usr/bin/env python3
"""Makes real vectors for the comparison of vector indexes: every window of 12 words of the catalogue's descriptions.

    bench/search/.venv/bin/python bench/search/make_vectors.py --data DIR --home var

Writes `base.f32` (200,000 windows of 19 books in 20) and `queries.f32` (1,000 windows of the others, so that no query has a
word in common with a base window but by chance), little-endian float32, [count, 384], unit length. `million.f32` has a
million rows: the base and four copies of it with Gaussian noise (seeded, 0.3 of a vector's length, renormalised): made
up, and only good for the speed of a scan. Vectors come from `bookrec embed`, or with `--onnx FILE` from ONNX Runtime.
"""

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from measuring import DATA, ROOT, WORK, catalogue

WINDOW, DIMENSION, NOISE = 12, 384, 0.3
MILLION = 1_000_000


def windows(descriptions: list[str]) -> list[str]:
    every = set()
    for text in descriptions:
        words = text.split()
        every.update(" ".join(words[start : start + WINDOW]) for start in range(len(words) - WINDOW + 1))
    ordered = sorted(every)
    random.Random(11).shuffle(ordered)
    return ordered


def with_ours(texts: list[str], bookrec: str, home: Path) -> np.ndarray:
    lines = "".join(json.dumps(text) + "\n" for text in texts).encode()
    command = [bookrec, "embed", "--json-lines", "--home", str(home)]
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True)
    return np.array([json.loads(line) for line in done.stdout.splitlines()], dtype=np.float32)


def with_onnx(texts: list[str], model: Path) -> np.ndarray:
    from onnx_encoder import Encoder

    encoder = Encoder(model.parent, model.name, threads=1)
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for start in range(0, len(order), 32):
        rows = order[start : start + 32]
        vectors[rows] = encoder([texts[row] for row in rows])
    return vectors


def write_million(folder: Path) -> None:
    base = np.fromfile(folder / "base.f32", dtype=np.float32).reshape(-1, DIMENSION)
    random_ = np.random.default_rng(13)
    with (folder / "million.f32").open("wb") as file:
        base.tofile(file)
        left = MILLION - len(base)
        while left > 0:
            rows = base[: min(left, len(base))]
            noise = random_.standard_normal(rows.shape, dtype=np.float32) * np.float32(NOISE / DIMENSION**0.5)
            noisy = rows + noise
            noisy /= np.linalg.norm(noisy, axis=1, keepdims=True)
            noisy.tofile(file)
            left -= len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--bookrec", default=str(ROOT / ".build/release/bookrec"))
    parser.add_argument("--home", type=Path, default=ROOT / "var")
    parser.add_argument("--onnx", type=Path, help="a model made by bench/embedding/export.py, instead of bookrec")
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--to", type=Path, default=WORK / "vectors")
    parser.add_argument("--without-million", action="store_true")
    arguments = parser.parse_args()

    descriptions = sorted({row["description"] for row in catalogue(arguments.data) if row["description"]})
    random.Random(11).shuffle(descriptions)
    held_out = len(descriptions) // 20
    parts = {
        "queries": windows(descriptions[:held_out])[: arguments.queries],
        "base": windows(descriptions[held_out:])[: arguments.count],
    }
    arguments.to.mkdir(parents=True, exist_ok=True)
    for name, texts in parts.items():
        with (arguments.to / f"{name}.f32").open("wb") as file:
            for start in range(0, len(texts), 10_000):
                part = texts[start : start + 10_000]
                if arguments.onnx:
                    vectors = with_onnx(part, arguments.onnx)
                else:
                    vectors = with_ours(part, arguments.bookrec, arguments.home)
                vectors.astype("<f4").tofile(file)
                print(f"{name}: {start + len(part):,} of {len(texts):,}", file=sys.stderr)
    if not arguments.without_million:
        write_million(arguments.to)


if __name__ == "__main__":
    main()
