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


EXACT = {
    "faiss-flat-f32": lambda: Faiss("Flat"),
    "faiss-sq8": lambda: Faiss("SQ8"),
    "usearch-exact-i8": UsearchExact,
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
    if not exact:
        curve = []
        for effort in index.efforts:
            index.effort(effort)
            found = index.search(queries, 1)
            figure = rate(lambda part: index.search(part, 1), queries, len(queries), seconds)
            curve.append({"effort": effort, "recall": recall(found, truth), "queriesPerSecond": figure})
        return {"curve": curve}
    # A call of all queries would outlast the time given where the vectors are many.
    start = time.perf_counter()
    index.search(queries[:20], 1)
    batch = int(min(len(queries), max(20, 20 * seconds / (time.perf_counter() - start))))
    few = queries[: min(len(queries), max(batch, 100))]
    return {
        "recall": recall(index.search(few, 2), truth),
        "one": rate(lambda part: index.search(part, 1), queries, 1, seconds),
        "batch-1": rate(lambda part: index.search(part, 1), queries, batch, seconds),
        "batch-2": rate(lambda part: index.search(part, 2), queries, batch, seconds),
    }


def versions() -> dict:
    from importlib.metadata import version

    return {name: version(name) for name in ("faiss-cpu", "hnswlib", "usearch", "numpy")} | {"python": sys.version.split()[0]}


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
    if arguments.build:
        vectors = np.memmap(arguments.vectors, dtype="<f4", mode="r").reshape(-1, DIMENSION)[: arguments.count]
        start = time.perf_counter()
        index.build(vectors, arguments.threads)
        result = {"buildSeconds": time.perf_counter() - start}
        index.save(arguments.index)
        result["indexMiB"] = arguments.index.stat().st_size / 2**20
    else:
        queries = np.fromfile(arguments.queries, dtype="<f4").reshape(-1, DIMENSION)
        before = anonymous_mib()
        index.load(arguments.index)
        index.search(queries[:1], 1)
        grown = anonymous_mib() - before
        result = measure(index, queries, np.load(arguments.truth), arguments.seconds, arguments.engine in EXACT)
        result["grownMiB"] = grown
    print(json.dumps(result))


if __name__ == "__main__":
    main()
