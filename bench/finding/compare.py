#!/usr/bin/env python3
"""Compares searches over HTTP, with everything they find: ours, ChromaDB with sentence-transformers, SQLite's FTS5 alone.

    scripts/require-packages.sh bench
    python3 -m venv bench/finding/.venv
    bench/finding/.venv/bin/pip install -r bench/finding/requirements.txt
    bench/finding/.venv/bin/python bench/finding/compare.py --data DIR --models var/models

Ours answers with every leg, facets and reasons. The peers stand behind the leanest web server that Python has and answer with
title, author, year and rating: chroma_app.py is the way of the project that this one succeeds, fts5_app.py what every Python
brings along; each in one process and in two. A process computes on one thread: with a second one a single query of torch gains
a seventh on an idle machine, and takes many times as long as soon as anything else wants a core.

First each answers the judged queries, once, for hit@1, hit@10 and MRR@10. Then, in every round, each server starts, is warmed
up, answers one client and then eight for some seconds each, has its memory read, and ends. No query is sent twice to one
server; queries.py says what they are. Start to ready is from the start of the process to its first answer. `--home` is any
home that has been trained on DIR/catalogue/books.csv; without it one is made. A catalogue without the judged queries' books is
measured without judging. Sentence-transformers reads the weights that ours are quantised from.
"""

import argparse
import itertools
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from load import OURS, Server, bookrec_server, measure, require_wrk, summary, train_home, uvicorn_server, versions
from measuring import DATA, ROOT, WORK, catalogue, heading, rounded, run_json, version_of, write
from quality import Works, reciprocal_ranks, tables
from queries import endless, judged_queries
from write_performance_doc import finding, finding_quality

HERE = Path(__file__).resolve().parent
STACK, HOME = WORK / "finding", WORK / "home"
QUERIES = 100_000
PATH = "/api/v1/search?limit=10&facets=true&q="
PEERS = ("chromadb-1", "chromadb-2", "fts5-1", "fts5-2")
# Two processes find what one finds. `every-book` is what the original would find if it could return every book.
JUDGED = ("chromadb", "chromadb-every-book", "fts5")
PACKAGES = ("chromadb", "sentence-transformers", "torch", "transformers", "uvicorn", "httptools", "uvloop")
FIGURES = {
    "p50": "less",
    "p99": "less",
    "requestsPerSecond": "more",
    "p50OfEight": "less",
    "p99OfEight": "less",
    "pssMiB": "less",
    "rssMiB": "less",
    "readySeconds": "less",
}


def is_asked_for(engine: str, arguments: argparse.Namespace) -> bool:
    return any(engine.startswith(variant.partition("-")[0]) for variant in arguments.peers)


def server(variant: str, arguments: argparse.Namespace) -> Server:
    if variant == OURS:
        return bookrec_server(arguments.bookrec, arguments.home, arguments.models, PATH)
    engine, _, rest = variant.partition("-")
    workers = 2 if rest == "2" else 1
    if engine == "fts5":
        return uvicorn_server(HERE, "fts5_app", workers, 1, {"STACK": STACK})
    given = {"STACK": STACK, "MODELS": arguments.models, "COLLECTION": "every-book" if rest == "every-book" else "split"}
    return uvicorn_server(HERE, "chroma_app", workers, 1, given)


def index(arguments: argparse.Namespace) -> list[dict]:
    """Makes what is not there, and says how long that took."""
    made = []
    for engine, file in (("fts5", STACK / "fts5.sqlite"), ("chromadb", STACK / "chroma")):
        if is_asked_for(engine, arguments) and not (arguments.keep_indexes and file.exists()):
            print(f"indexing: {engine}", file=sys.stderr)
            command = [sys.executable, HERE / "index.py", engine, "--data", arguments.data, "--to", STACK]
            done = run_json([*command, "--models", arguments.models], 2)
            made.append({"engine": engine, "books": done["books"], "seconds": rounded(done["seconds"])})
    if not (arguments.home / "bundles/current").exists():
        if arguments.home != HOME:
            sys.exit(f"error: {arguments.home} has no bundle. Train one: bookrec train --home {arguments.home}")
        print(f"indexing: {OURS}", file=sys.stderr)
        books = arguments.data / "catalogue/books.csv"
        seconds = train_home(arguments.bookrec, books, arguments.home, arguments.models)
        made.append({"engine": OURS, "books": len(catalogue(arguments.data)), "seconds": rounded(seconds)})
    return made


def judge(judged: list[dict], arguments: argparse.Namespace) -> dict:
    values = {}
    with server(OURS, arguments) as ours:
        works = Works(ours)
        known = [one for one in judged if any(works.of(isbn13) for isbn13 in one["isbn13s"])]
        if len(known) < len(judged):
            print(f"{len(judged) - len(known)} judged queries are of books that this home does not have", file=sys.stderr)
        if not known:
            return {}
        print(f"judging: {OURS}", file=sys.stderr)
        values[OURS] = reciprocal_ranks(ours, known, works)
        for variant in (one for one in JUDGED if is_asked_for(one, arguments)):
            print(f"judging: {variant}", file=sys.stderr)
            with server(variant, arguments) as peer:
                values[variant] = reciprocal_ranks(peer, known, works)
    return tables(values, known)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--bookrec", default=str(ROOT / ".build/release/bookrec"))
    parser.add_argument("--home", type=Path, default=HOME, help="trained on the catalogue; made where it is not said")
    parser.add_argument("--models", type=Path, default=ROOT / "var/models", help="the folder of text models, for ours and peers")
    parser.add_argument("--queries", type=Path, default=ROOT / "data/queries/search.jsonl", help="the judged queries")
    parser.add_argument("--peers", nargs="+", default=PEERS, choices=PEERS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=8, help="of each load; at most 10")
    parser.add_argument("--keep-indexes", action="store_true", help="do not index again what an earlier run has indexed")
    parser.add_argument("--results", default="finding", help="the name of the file in bench/results")
    arguments = parser.parse_args()
    if arguments.seconds > 10:
        parser.error("--seconds is at most 10")
    require_wrk()

    document = heading() | {"rounds": arguments.rounds, "seconds": arguments.seconds}
    document["versions"] = {OURS: version_of(arguments.bookrec)} | versions(PACKAGES) | {"sqlite": sqlite3.sqlite_version}
    document["indexing"] = index(arguments)
    judged = judged_queries(arguments.queries)
    document["quality"] = judge(judged, arguments)

    queries = list(itertools.islice(endless(catalogue(arguments.data), judged), QUERIES))
    measured = {}
    for number in range(1, arguments.rounds + 1):
        for variant in (OURS, *arguments.peers):
            print(f"round {number}: {variant}", file=sys.stderr)
            measured.setdefault(variant, []).append(measure(server(variant, arguments), queries, arguments.seconds))
    document["rows"], document["ratios"] = summary(measured, FIGURES)
    write(arguments.results, document)
    print(finding(document), finding_quality(document), sep="\n")


if __name__ == "__main__":
    main()
