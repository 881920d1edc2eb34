#!/usr/bin/env python3
"""One vector index in one process: builds and saves it, or loads it and measures it. `compare.py` starts it.

Graphs have 16 links (32 on the lowest level) and look at 200 candidates for a new vector, in all libraries. Queries of an
approximate index go in as one call on one thread, so that Python costs nothing between them; the exact scans are
measured both so and one query a call.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np

DIMENSION, NEAREST = 384, 10
LINKS, CANDIDATES = 16, 200
# The scale of int8 vectors: one component in 10,000 is larger and clipped. Of 0.15 to 1 it finds the most neighbours.
LARGEST = 0.2
EFFORTS = (16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024)
PROBES = (4, 8, 16, 24, 32, 48, 64, 96, 128, 192)


def anonymous_mib() -> float:
    """Memory of this process that no file stands behind: mapped vectors on the disk do not count."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


class Faiss:
    """A faiss index by its factory string, with inner products."""

    def __init__(self, factory: str, efforts: tuple[int, ...] = (), parameter: str = "") -> None:
        import faiss

        self.faiss, self.factory, self.efforts, self.parameter = faiss, factory, efforts, parameter

    def build(self, vectors: np.ndarray, threads: int) -> None:
        self.faiss.omp_set_num_threads(threads)
        factory = self.factory.replace("LISTS", str(2 ** round(np.log2(4 * len(vectors) ** 0.5))))
        self.index = self.faiss.index_factory(DIMENSION, factory, self.faiss.METRIC_INNER_PRODUCT)
        if factory.startswith("HNSW"):
            self.index.hnsw.efConstruction = CANDIDATES
        self.index.train(np.ascontiguousarray(vectors[: min(len(vectors), 100_000)]))
        self.index.add(np.ascontiguousarray(vectors))

    def save(self, path: Path) -> None:
        self.faiss.write_index(self.index, str(path))

    def load(self, path: Path) -> None:
        self.index = self.faiss.read_index(str(path))

    def effort(self, value: int) -> None:
        self.faiss.ParameterSpace().set_index_parameters(self.index, self.parameter.format(value))

    def search(self, queries: np.ndarray, threads: int) -> np.ndarray:
        self.faiss.omp_set_num_threads(threads)
        return self.index.search(queries, NEAREST)[1]


class Hnswlib:
    efforts = EFFORTS

    def __init__(self) -> None:
        import hnswlib

        self.index = hnswlib.Index(space="ip", dim=DIMENSION)

    def build(self, vectors: np.ndarray, threads: int) -> None:
        self.index.init_index(max_elements=len(vectors), ef_construction=CANDIDATES, M=LINKS)
        self.index.add_items(vectors, num_threads=threads)

    def save(self, path: Path) -> None:
        self.index.save_index(str(path))

    def load(self, path: Path) -> None:
        self.index.load_index(str(path))

    def effort(self, value: int) -> None:
        self.index.set_ef(value)

    def search(self, queries: np.ndarray, threads: int) -> np.ndarray:
        return self.index.knn_query(queries, k=NEAREST, num_threads=threads)[0]


def quantised(vectors: np.ndarray) -> np.ndarray:
    """int8 with one scale for all: an inner product keeps its order, and a component of a unit vector is far below 1."""
    return np.clip(np.rint(vectors * (127 / LARGEST)), -127, 127).astype(np.int8)


class Usearch:
    efforts = EFFORTS

    def __init__(self, dtype: str) -> None:
        from usearch.index import Index

        self.index = Index(ndim=DIMENSION, metric="ip", dtype=dtype, connectivity=LINKS, expansion_add=CANDIDATES)
        # Left to itself it multiplies with 127, and three neighbours in a hundred more are lost.
        self.form = quantised if dtype == "i8" else np.asarray

    def build(self, vectors: np.ndarray, threads: int) -> None:
        self.index.add(np.arange(len(vectors)), self.form(vectors), threads=threads)

    def save(self, path: Path) -> None:
        self.index.save(str(path))

    def load(self, path: Path) -> None:
        self.index.load(str(path))

    def effort(self, value: int) -> None:
        self.index.expansion_search = value

    def search(self, queries: np.ndarray, threads: int) -> np.ndarray:
        return np.atleast_2d(self.index.search(self.form(queries), NEAREST, threads=threads).keys)


class UsearchExact:
    """usearch's scan of int8 vectors."""

    efforts = ()

    def build(self, vectors: np.ndarray, threads: int) -> None:
        self.vectors = np.empty(vectors.shape, dtype=np.int8)
        for start in range(0, len(vectors), 50_000):
            self.vectors[start : start + 50_000] = quantised(vectors[start : start + 50_000])

    def save(self, path: Path) -> None:
        self.vectors.tofile(path)

    def load(self, path: Path) -> None:
        self.vectors = np.fromfile(path, dtype=np.int8).reshape(-1, DIMENSION)

    def search(self, queries: np.ndarray, threads: int) -> np.ndarray:
        from usearch.index import MetricKind, search

        found = search(self.vectors, quantised(queries), NEAREST, MetricKind.IP, exact=True, threads=threads)
        return np.atleast_2d(found.keys)


class NumKong:
    """A scan that an engineer would write around usearch's own kernels: int8 products of whole blocks, and NumPy's selection."""

    efforts = ()
    BLOCK, QUERIES = 50_000, 32

    def build(self, vectors: np.ndarray, threads: int) -> None:
        blocks = (vectors[start : start + self.BLOCK] for start in range(0, len(vectors), self.BLOCK))
        self.vectors = np.concatenate([quantised(block) for block in blocks])

    def save(self, path: Path) -> None:
        self.vectors.tofile(path)

    def load(self, path: Path) -> None:
        import numkong

        vectors = np.memmap(path, dtype=np.int8, mode="r").reshape(-1, DIMENSION)
        self.products = numkong.dots_packed
        self.blocks = [
            (start, numkong.dots_pack(np.ascontiguousarray(vectors[start : start + self.BLOCK])))
            for start in range(0, len(vectors), self.BLOCK)
        ]

    def some(self, queries: np.ndarray) -> np.ndarray:
        scores, rows = [], []
        for start, block in self.blocks:
            products = np.asarray(self.products(queries, block))  # [queries, block]
            best = np.argpartition(products, -NEAREST, axis=1)[:, -NEAREST:]
            scores.append(np.take_along_axis(products, best, axis=1))
            rows.append(best + start)
        order = np.argsort(-np.hstack(scores), axis=1)[:, :NEAREST]
        return np.take_along_axis(np.hstack(rows), order, axis=1)

    def search(self, queries: np.ndarray, threads: int) -> np.ndarray:
        form = quantised(queries)
        parts = [form[start : start + self.QUERIES] for start in range(0, len(form), self.QUERIES)]
        if threads == 1 or len(parts) == 1:
            return np.vstack([self.some(part) for part in parts])
        with ThreadPoolExecutor(threads) as pool:
            return np.vstack(list(pool.map(self.some, parts)))


EXACT = {
    "faiss-flat-f32": lambda: Faiss("Flat"),
    "faiss-sq8": lambda: Faiss("SQ8"),
    "usearch-exact-i8": UsearchExact,
    "numkong-i8": NumKong,
}
APPROXIMATE = {
    "faiss-hnsw": lambda: Faiss(f"HNSW{LINKS},Flat", EFFORTS, "efSearch={}"),
    "faiss-ivf-pq-fastscan": lambda: Faiss("IVFLISTS,PQ192x4fs,RFlat", PROBES, "nprobe={},k_factor_rf=20"),
    "hnswlib": Hnswlib,
    "usearch-hnsw-f32": lambda: Usearch("f32"),
    "usearch-hnsw-i8": lambda: Usearch("i8"),
}
ENGINES = EXACT | APPROXIMATE


def recall(found: np.ndarray, truth: np.ndarray) -> float:
    pairs = zip(found, truth[: len(found)], strict=True)
    return sum(len(set(map(int, mine)) & set(map(int, real))) for mine, real in pairs) / (len(found) * NEAREST)


def rate(search, queries: np.ndarray, batch: int, seconds: float) -> float:
    """Queries a second, in calls of `batch` queries, again and again until the time is over. Somebody has warmed up."""
    done, start = 0, time.perf_counter()
    while True:
        place = done % len(queries)
        part = queries[place : place + batch]
        search(part)
        done += len(part)
        if (elapsed := time.perf_counter() - start) > seconds:
            return done / elapsed


def measure(index, queries: np.ndarray, truth: np.ndarray, seconds: float, exact: bool) -> dict:
    """Queries a second of an exact scan in three ways, or the curve of an approximate index."""
    if not exact:
        curve = []
        for effort in index.efforts:
            index.effort(effort)
            found = index.search(queries, 1)
            figure = rate(lambda part: index.search(part, 1), queries, len(queries), seconds)
            curve.append({"effort": effort, "recall": recall(found, truth), "queriesPerSecond": figure})
        return {"curve": curve}
    # A call of all queries would far outlast the time given where the vectors are many. faiss multiplies matrices, which
    # is many times as fast, only for some hundred queries and more: it gets them all.
    start = time.perf_counter()
    index.search(queries[:64], 1)
    fitting = int(min(len(queries), max(64, 64 * seconds / (time.perf_counter() - start))))
    batch = len(queries) if getattr(index, "factory", "") == "Flat" else fitting
    return {
        "one": rate(lambda part: index.search(part, 1), queries, 1, seconds),
        "batch-1": rate(lambda part: index.search(part, 1), queries, batch, seconds),
        "batch-2": rate(lambda part: index.search(part, 2), queries, batch, seconds),
    }


def versions() -> dict:
    from importlib.metadata import version

    names = ("faiss-cpu", "hnswlib", "usearch", "numkong", "numpy")
    return {name: version(name) for name in names} | {"python": sys.version.split()[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=[*ENGINES, "versions"])
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--index", type=Path, help="where the index is saved and found")
    parser.add_argument("--build", action="store_true", help="build with the threads given and save, instead of measuring")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=1)
    arguments = parser.parse_args()
    if arguments.engine == "versions":
        print(json.dumps(versions()))
        return
    index = ENGINES[arguments.engine]()
    queries = np.fromfile(arguments.queries, dtype="<f4").reshape(-1, DIMENSION)
    if arguments.build:
        vectors = np.memmap(arguments.vectors, dtype="<f4", mode="r").reshape(-1, DIMENSION)[: arguments.count]
        start = time.perf_counter()
        index.build(vectors, arguments.threads)
        result = {"buildSeconds": time.perf_counter() - start}
        index.save(arguments.index)
        result["indexMiB"] = arguments.index.stat().st_size / 2**20
        if arguments.engine in EXACT:
            # Even a scan loses some to int8. It takes long for a million, so it is told once and not in every round.
            index.load(arguments.index)
            result["recall"] = recall(index.search(queries, arguments.threads), np.load(arguments.truth))
    else:
        before = anonymous_mib()
        index.load(arguments.index)
        index.search(queries[:1], 1)
        grown = anonymous_mib() - before
        result = measure(index, queries, np.load(arguments.truth), arguments.seconds, arguments.engine in EXACT)
        result["grownMiB"] = grown
    print(json.dumps(result))


if __name__ == "__main__":
    main()
