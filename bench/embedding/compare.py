#!/usr/bin/env python3
"""Compares our text encoder with ONNX Runtime, CTranslate2 and sentence-transformers: speed in rounds, and fidelity.

    python3 -m venv bench/embedding/.venv
    bench/embedding/.venv/bin/pip install -r bench/embedding/requirements.txt
    bench/embedding/.venv/bin/python bench/embedding/compare.py --data DIR --home var

The same texts for all, from the catalogue's descriptions: 200 short queries (8 consecutive words) and 200 descriptions cut to
128 tokens. Measured: one query at a time on one thread; queries and descriptions in batches, on one and on two threads. For
a peer every batch size and both kinds of threading are measured in every round, and the one with the best median is
reported. A round runs every engine once, each as its own process; ratios are taken within a round.

Fidelity, once for each engine: cosine with the vectors of sentence-transformers in float32 over 1,200 texts (descriptions of
up to 256 tokens, titles, queries), and how much of the ten nearest texts of each query is the same.
"""

import argparse
import itertools
import json
import random
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from measuring import DATA, ROOT, WORK, catalogue, environment, heading, ratio, rounded, run_json, spread, version_of, write
from peer import ENGINES, Tokens

HERE = Path(__file__).resolve().parent
MODELS = WORK / "models"
TRUTH = "sentence-transformers-f32"
COUNT = 200
# The fidelity's texts are the queries, long descriptions cut to 256 tokens, whole descriptions, and titles.
LONG, WHOLE, TITLES = 100, 500, 400
WORKLOADS = {
    "query": (1, "queryMilliseconds", "less"),
    "queries-1": (1, "queriesPerSecond", "more"),
    "queries-2": (2, "queriesPerSecond", "more"),
    "descriptions-1": (1, "descriptionsPerSecond", "more"),
    "descriptions-2": (2, "descriptionsPerSecond", "more"),
}


def cut(text: str, tokens: int, tokenizer) -> str | None:
    """The beginning of a text that has exactly so many tokens, [CLS] and [SEP] included; None when there is none."""
    encoding = tokenizer.encode(text)
    if len(encoding.ids) < tokens:
        return None
    beginning = text[: encoding.offsets[tokens - 2][1]]
    return beginning if len(tokenizer.encode(beginning).ids) == tokens else None


def make_texts(data: Path, folder: Path) -> dict[str, Path]:
    tokenizer = Tokens(MODELS).tokenizer
    tokenizer.no_truncation()
    rows = catalogue(data)
    descriptions = sorted({row["description"] for row in rows if row["description"]})
    titles = sorted({row["title"] for row in rows})
    random_ = random.Random(3)
    random_.shuffle(descriptions)
    random_.shuffle(titles)

    def query(text: str) -> str:
        words = text.split()
        start = random_.randrange(len(words) - 7)
        return " ".join(words[start : start + 8])

    long = [text for text in descriptions if len(text.split()) >= 30]
    queries = [query(text) for text in long[:COUNT]]
    lengths = {text: len(encoding.ids) for text, encoding in zip(descriptions, tokenizer.encode_batch(descriptions), strict=True)}
    whole = [text for text in descriptions if lengths[text] <= 256][:WHOLE]

    def all_cut(tokens: int, count: int) -> list[str]:
        made = (cut(text, tokens, tokenizer) for text in descriptions if lengths[text] >= tokens)
        return list(itertools.islice(filter(None, made), count))

    fidelity_texts = queries + all_cut(256, LONG) + whole + titles[:TITLES]
    texts = {"queries": queries, "descriptions": all_cut(128, COUNT), "fidelity": fidelity_texts}
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, lines in texts.items():
        paths[name] = folder / f"{name}.jsonl"
        paths[name].write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return paths


def our_vectors(arguments: argparse.Namespace, precision: str, texts: Path) -> np.ndarray:
    command = [arguments.bookrec, "embed", "--json-lines", "--precision", precision, "--home", str(arguments.home)]
    with texts.open("rb") as lines:
        done = subprocess.run(command, stdin=lines, stdout=subprocess.PIPE, check=True)
    return np.array([json.loads(line) for line in done.stdout.splitlines()], dtype=np.float32)


def peer_vectors(engine: str, texts: Path, to: Path) -> np.ndarray:
    run_json([sys.executable, HERE / "peer.py", engine, "--models", MODELS, "--texts", texts, "--to", to], threads=1)
    return np.load(to)


def fidelity(vectors: np.ndarray, truth: np.ndarray) -> dict:
    def nearest(of: np.ndarray) -> np.ndarray:
        scores = of[:COUNT] @ of[COUNT:].T
        return np.argpartition(-scores, 10, axis=1)[:, :10]

    cosines = (vectors * truth).sum(axis=1) / np.linalg.norm(vectors, axis=1) / np.linalg.norm(truth, axis=1)
    same = [len(set(a) & set(b)) for a, b in zip(nearest(vectors), nearest(truth), strict=True)]
    return {
        "meanCosine": rounded(float(cosines.mean()), 6),
        "lowestCosine": rounded(float(cosines.min()), 6),
        "top10Overlap": rounded(statistics.mean(same) / 10),
    }


def measure_once(engine: str, threads: int, texts: dict[str, Path], arguments: argparse.Namespace) -> dict:
    given = ["--threads", threads, "--queries", texts["queries"], "--descriptions", texts["descriptions"]]
    given += ["--seconds", arguments.seconds]
    if engine.startswith("bookrec-"):
        precision = engine.removeprefix("bookrec-")
        command = [arguments.bookrec, "bench", "embed", "--json", "--precision", precision, *given, "--home", arguments.home]
        measured = run_json(command, threads)
        return measured | {"queryMilliseconds": measured["queryMilliseconds"]["p50"]}
    return run_json([sys.executable, HERE / "peer.py", engine, "--models", MODELS, *given], threads)


def best_way(rounds: list[dict | float]) -> tuple[str | None, list[float]]:
    """Of several ways to use an engine, the one with the best median, and its figures."""
    if not isinstance(rounds[0], dict):
        return None, rounds
    way = max(rounds[0], key=lambda one: statistics.median(figures[one] for figures in rounds))
    return way, [figures[way] for figures in rounds]


def summary(measured: dict[str, list[dict]], ours: list[str]) -> tuple[list[dict], list[dict]]:
    """A row for each engine and workload, and our ratios to each peer."""
    figures, rows, ratios = {}, [], []
    for (engine, threads), rounds in measured.items():
        for workload, (its_threads, key, _) in WORKLOADS.items():
            if its_threads == threads:
                way, values = best_way([one[key] for one in rounds])
                figures[engine, workload] = values
                row = {"engine": engine, "workload": workload} | spread(values)
                rows.append(row | ({"way": way} if way else {}))
    for mine in ours:
        for workload, (_, _, better) in WORKLOADS.items():
            for peer in ENGINES:
                if (peer, workload) in figures:
                    values = ratio(figures[mine, workload], figures[peer, workload], better)
                    ratios.append({"ours": mine, "peer": peer, "workload": workload} | values)
    return rows, ratios


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--bookrec", default=str(ROOT / ".build/release/bookrec"))
    parser.add_argument("--home", type=Path, default=ROOT / "var")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.5, help="for each workload, batch size and way of threading")
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--without-ours", action="store_true")
    parser.add_argument("--without-fidelity", action="store_true")
    parser.add_argument("--results", default="embedding", help="the name of the file in bench/results")
    arguments = parser.parse_args()

    subprocess.run([sys.executable, HERE / "export.py", "--to", MODELS], check=True, env=environment(1))
    texts = make_texts(arguments.data, WORK / "texts")
    ours = [] if arguments.without_ours else ["bookrec-int8", "bookrec-f32"]
    document = heading() | {"rounds": arguments.rounds, "seconds": arguments.seconds}
    document["versions"] = run_json([sys.executable, HERE / "peer.py", "versions"], 1)
    if ours:
        document["versions"]["bookrec"] = version_of(arguments.bookrec)

    measured = {}
    for number in range(1, arguments.rounds + 1):
        for threads in (1, 2):
            for engine in [*ours, *arguments.engines]:
                print(f"round {number}: {engine}, {threads} threads", file=sys.stderr)
                measured.setdefault((engine, threads), []).append(measure_once(engine, threads, texts, arguments))
    document["rows"], document["ratios"] = summary(measured, ours)
    document["processes"] = [
        {
            "engine": engine,
            "residentMiB": rounded(statistics.median(one["residentMiB"] for one in rounds)),
            "loadMilliseconds": rounded(statistics.median(one["loadMilliseconds"] for one in rounds)),
        }
        for (engine, threads), rounds in measured.items()
        if threads == 1
    ]
    levels = {one["level"] for (engine, _), rounds in measured.items() if engine in ours for one in rounds}
    if levels:
        document["level"] = ", ".join(sorted(levels))

    if not arguments.without_fidelity:
        truth = peer_vectors(TRUTH, texts["fidelity"], WORK / "truth.npy")
        document["fidelity"] = {"texts": len(truth), "engines": {}}
        for engine in [*ours, *(engine for engine in arguments.engines if engine != TRUTH)]:
            if engine in ours:
                vectors = our_vectors(arguments, engine.removeprefix("bookrec-"), texts["fidelity"])
            else:
                vectors = peer_vectors(engine, texts["fidelity"], WORK / "vectors.npy")
            document["fidelity"]["engines"][engine] = fidelity(vectors, truth)
    write(arguments.results, document)


if __name__ == "__main__":
    main()
