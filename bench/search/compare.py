#!/usr/bin/env python3
"""Compares our vector index with faiss, hnswlib, usearch and NumKong: exact scans, and recall against speed of graphs.

    python3 -m venv bench/search/.venv
    bench/search/.venv/bin/pip install -r bench/search/requirements.txt
    bench/search/.venv/bin/python bench/search/make_vectors.py --data DIR --home var
    bench/search/.venv/bin/python bench/search/compare.py

Vectors are real (see make_vectors.py), 7,000, 100,000 and 200,000 of them, and for the exact scans a million, made up from
the real ones. Recall counts how many of the ten nearest by float32 are found, over 1,000 queries. An index is built once, on
two threads; then every round loads and measures each engine in a process of its own. Of an approximate index the whole curve
is kept, and the fastest point with a recall of at least 0.98 is compared.

Ours is `bookrec bench search --json --vectors F --queries F --dimension 384 --count N --seconds S`, and with `--graph` the
graph on top. It is expected to print, in the same units as the peers,
`{"level": "avx2", "recall": 1.0, "one": q/s, "batch-1": q/s, "batch-2": q/s, "indexMiB": MiB, "grownMiB": MiB}`, and with
`--graph` instead `{"level": ..., "buildSeconds": s, "indexMiB": ..., "grownMiB": ..., "curve": [{"effort": 64, "recall": 0.99,
"queriesPerSecond": q/s}, ...]}`.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from measuring import ROOT, WORK, heading, ratio, rounded, run_json, spread, version_of, write
from peer import APPROXIMATE, DIMENSION, ENGINES, EXACT, NEAREST

HERE = Path(__file__).resolve().parent
OURS = {"bookrec-exact": [], "bookrec-graph": ["--graph"]}
WORKLOADS = ("one", "batch-1", "batch-2")
ENOUGH = 0.98
APPROXIMATE_UP_TO = 200_000


def ground_truth(vectors: np.ndarray, queries: np.ndarray, path: Path) -> None:
    """The ten nearest of each query by float32, [queries, 10], without holding all vectors in memory."""
    scores = np.full((len(queries), 0), 0, dtype=np.float32)
    rows = np.full((len(queries), 0), 0, dtype=np.int64)
    for start in range(0, len(vectors), 50_000):
        some = queries @ np.asarray(vectors[start : start + 50_000]).T
        best = np.argpartition(-some, NEAREST, axis=1)[:, :NEAREST]
        scores = np.hstack([scores, np.take_along_axis(some, best, axis=1)])
        rows = np.hstack([rows, best + start])
        order = np.argsort(-scores, axis=1)[:, :NEAREST]
        scores, rows = np.take_along_axis(scores, order, axis=1), np.take_along_axis(rows, order, axis=1)
    np.save(path, rows)


def command(engine: str, count: int, arguments: argparse.Namespace, *more: object) -> list:
    vectors = arguments.vectors / ("base.f32" if count <= APPROXIMATE_UP_TO else "million.f32")
    given = ["--vectors", vectors, "--count", count, "--queries", arguments.vectors / "queries.f32"]
    given += ["--seconds", arguments.seconds]
    if engine in OURS:
        return [arguments.bookrec, "bench", "search", "--json", *given, "--dimension", DIMENSION, *OURS[engine], "--keep", WORK / "indexes"]
    index = WORK / "indexes" / f"{engine}-{count}"
    return [sys.executable, HERE / "peer.py", engine, *given, "--index", index, "--truth", truth_path(count), *more]


def truth_path(count: int) -> Path:
    return WORK / f"truth-{count}.npy"


def best_point(rounds: list[dict]) -> tuple[list[dict], int | None]:
    """The curve of medians, and the place of its fastest point with enough recall."""
    curve = []
    for points in zip(*(one["curve"] for one in rounds), strict=True):
        rates = [point["queriesPerSecond"] for point in points]
        recalls = [point["recall"] for point in points]
        curve.append(
            {
                "effort": points[0]["effort"],
                "recall": rounded(statistics.median(recalls)),
                "queriesPerSecond": rounded(statistics.median(rates)),
            }
        )
    enough = [place for place, point in enumerate(curve) if point["recall"] >= ENOUGH]
    return curve, max(enough, key=lambda place: curve[place]["queriesPerSecond"], default=None)


def rows_of(count: int, measured: dict[str, list[dict]], built: dict[str, dict]) -> tuple[list[dict], list[dict]]:
    """A row for each engine, and our ratios to each peer of the same kind."""
    rows, figures = [], {}
    for engine, rounds in measured.items():
        row = {"count": count, "engine": engine, "grownMiB": rounded(statistics.median(one["grownMiB"] for one in rounds))}
        facts = built.get(engine, rounds[0])
        row |= {name: rounded(facts[name]) for name in ("buildSeconds", "indexMiB") if name in facts}
        if "curve" in rounds[0]:
            row["curve"], best = best_point(rounds)
            if best is not None:
                figures[engine, "recall"] = [one["curve"][best]["queriesPerSecond"] for one in rounds]
                point = {name: row["curve"][best][name] for name in ("effort", "recall")}
                row["best"] = point | spread(figures[engine, "recall"])
        else:
            row["recall"] = rounded(facts["recall"])
            for workload in WORKLOADS:
                figures[engine, workload] = [one[workload] for one in rounds]
                row[workload] = spread(figures[engine, workload])
        rows.append(row)
    ratios = [
        {"count": count, "ours": mine, "peer": peer, "workload": workload} | ratio(figures[mine, workload], values, "more")
        for mine in measured
        if mine in OURS
        for (peer, workload), values in figures.items()
        if peer not in OURS and (mine, workload) in figures
    ]
    # Up to this many works we scan all of them: what matters is how that compares with the peers' graphs.
    ratios += [
        {"count": count, "ours": "bookrec-exact", "peer": peer, "workload": "exact against approximate"}
        | ratio(figures["bookrec-exact", "one"], values, "more")
        for (peer, workload), values in figures.items()
        if workload == "recall" and peer not in OURS and ("bookrec-exact", "one") in figures
    ]
    return rows, ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", type=Path, default=WORK / "vectors", help="the folder that make_vectors.py wrote")
    parser.add_argument("--counts", type=int, nargs="+", default=[7_000, 100_000, 200_000, 1_000_000])
    parser.add_argument("--bookrec", default=str(ROOT / ".build/release/bookrec"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1, help="for each point of a curve and each workload of a scan")
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--without-ours", action="store_true")
    parser.add_argument("--without-our-graph", action="store_true")
    parser.add_argument("--results", default="search", help="the name of the file in bench/results")
    arguments = parser.parse_args()

    ours = [] if arguments.without_ours else ["bookrec-exact"] + ["bookrec-graph"] * (not arguments.without_our_graph)
    document = heading() | {"rounds": arguments.rounds, "seconds": arguments.seconds}
    document["versions"] = run_json([sys.executable, HERE / "peer.py", "versions"], 1)
    if ours:
        document["versions"]["bookrec"] = version_of(arguments.bookrec)
    document |= {"rows": [], "ratios": []}
    (WORK / "indexes").mkdir(parents=True, exist_ok=True)
    queries = np.fromfile(arguments.vectors / "queries.f32", dtype="<f4").reshape(-1, DIMENSION)
    for count in arguments.counts:
        small = count <= APPROXIMATE_UP_TO
        file = arguments.vectors / ("base.f32" if small else "million.f32")
        vectors = np.memmap(file, dtype="<f4", mode="r").reshape(-1, DIMENSION)
        if len(vectors) < count:
            sys.exit(f"error: {file} has {len(vectors):,} vectors, not {count:,}. Run make_vectors.py, or give other --counts.")
        ground_truth(vectors[:count], queries, truth_path(count))
        engines = [engine for engine in [*ours, *arguments.engines] if small or engine in EXACT or engine == "bookrec-exact"]
        built, measured = {}, {}
        for engine in engines:
            if engine not in OURS:
                print(f"{count:,}: building {engine}", file=sys.stderr)
                built[engine] = run_json(command(engine, count, arguments, "--build"), 2)
        for number in range(1, arguments.rounds + 1):
            for engine in engines:
                print(f"{count:,}: round {number}: {engine}", file=sys.stderr)
                # Exact scans are also measured on two threads: each engine is told so call by call.
                threads = 1 if engine in APPROXIMATE else 2
                measured.setdefault(engine, []).append(run_json(command(engine, count, arguments), threads))
        rows, ratios = rows_of(count, measured, built)
        document["rows"] += rows
        document["ratios"] += ratios
    write(arguments.results, document)


if __name__ == "__main__":
    main()
