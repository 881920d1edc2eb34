#!/usr/bin/env python3
"""Compares `bookrec serve` with the leanest Python stack that we would build (app.py) on the same catalogue, over loopback.

    scripts/require-packages.sh bench
    python3 -m venv bench/serving/.venv
    bench/serving/.venv/bin/pip install -r bench/serving/requirements.txt
    bench/serving/.venv/bin/python bench/serving/compare.py --data DIR --home var

Needs `var/bench/models`, which bench/embedding/export.py makes. In every round each server starts, is warmed up, answers one
client and then eight for some seconds each, has its memory read, and ends. No query is sent twice to one server. `wrk` makes
the load on the same two cores, for all alike. Memory is of the server's whole family of processes: PSS shares a page among
those who map it, RSS counts it for each. Start to ready is from the start of the process to its first answer. Indexing is
measured once, before the rounds: `bookrec ingest` and `train` from nothing (two vectors a work) against `index.py` (one vector
a row). Ours does more for an answer: it joins names with descriptions, gives reasons, and logs every request.
"""

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from load import OURS, Server, bookrec_server, measure, median, require_wrk, summary, train_home, uvicorn_server, versions
from measuring import DATA, ROOT, WORK, catalogue, heading, rounded, run_json, version_of, write

HERE = Path(__file__).resolve().parent
STACK, MODELS, HOME = WORK / "stack", WORK / "models", WORK / "home"
QUERIES = 60_000
FIGURES = {"p50": "less", "p99": "less", "requestsPerSecond": "more", "pssMiB": "less", "rssMiB": "less", "readySeconds": "less"}


def make_queries(data: Path) -> list[str]:
    windows = set()
    for text in {row["description"] for row in catalogue(data)}:
        words = text.split()
        windows.update(" ".join(words[start : start + 8]) for start in range(0, len(words) - 7, 3))
    ordered = sorted(windows)
    random.Random(17).shuffle(ordered)
    if len(ordered) < QUERIES:
        sys.exit(f"error: the descriptions have {len(ordered)} different queries, not {QUERIES}")
    return ordered[:QUERIES]


def server(variant: str, arguments: argparse.Namespace) -> Server:
    if variant == OURS:
        return bookrec_server(arguments.bookrec, HOME, arguments.home / "models", "/api/v1/search?limit=10&q=")
    given = {"STACK": STACK, "MODELS": MODELS, "MODEL": arguments.model}
    return uvicorn_server(HERE, "app", int(variant.removeprefix("python-")), 1, given)


def index_stack(arguments: argparse.Namespace) -> dict:
    more = ["--limit", arguments.limit] if arguments.limit else []
    command = [sys.executable, HERE / "index.py", "--data", arguments.data, "--models", MODELS, "--model", arguments.model]
    done = run_json([*command, "--to", STACK, "--threads", 2, *more], 1)
    return {"engine": "python", "books": done["books"], "seconds": rounded(done["seconds"])}


def index_ours(arguments: argparse.Namespace) -> dict:
    seconds = train_home(arguments.bookrec, arguments.data / "catalogue/books.csv", HOME, arguments.home / "models")
    return {"engine": OURS, "books": len(catalogue(arguments.data)), "seconds": rounded(seconds)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--bookrec", default=str(ROOT / ".build/release/bookrec"))
    parser.add_argument("--home", type=Path, default=ROOT / "var", help="the home that has the text model")
    parser.add_argument("--model", default="int8.onnx", help="the Python stack's model, in var/bench/models")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=8, help="of each load; at most 10")
    parser.add_argument("--limit", type=int, help="only so many books in the Python stack, for a first look")
    parser.add_argument("--keep-indexes", action="store_true", help="do not index again what an earlier run has indexed")
    parser.add_argument("--without-ours", action="store_true")
    parser.add_argument("--results", default="serving", help="the name of the file in bench/results")
    arguments = parser.parse_args()
    if arguments.seconds > 10:
        parser.error("--seconds is at most 10")
    require_wrk()
    if not (MODELS / arguments.model).exists():
        sys.exit(f"error: {MODELS / arguments.model} is not there. Run bench/embedding/export.py --to {MODELS}.")

    document = heading() | {"rounds": arguments.rounds, "seconds": arguments.seconds}
    document["versions"] = versions(("uvicorn", "httptools", "uvloop", "onnxruntime", "tokenizers", "numpy"))
    variants = ["python-1", "python-2"]
    document["indexing"] = []
    if not (arguments.keep_indexes and STACK.exists()):
        document["indexing"].append(index_stack(arguments))
    if not arguments.without_ours:
        variants.insert(0, OURS)
        document["versions"][OURS] = version_of(arguments.bookrec)
        if not (arguments.keep_indexes and HOME.exists()):
            document["indexing"].append(index_ours(arguments))
    for row in document["indexing"]:
        row["booksPerSecond"] = rounded(row["books"] / row["seconds"])

    queries = make_queries(arguments.data)
    measured = {}
    for number in range(1, arguments.rounds + 1):
        for variant in variants:
            print(f"round {number}: {variant}", file=sys.stderr)
            measured.setdefault(variant, []).append(measure(server(variant, arguments), queries, arguments.seconds))
    document["rows"], document["ratios"] = summary(measured, FIGURES)
    for row in document["rows"]:
        row["p99OfEight"] = median(measured[row["engine"]], "p99OfEight")
    write(arguments.results, document)


if __name__ == "__main__":
    main()
