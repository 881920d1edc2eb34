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
import http.client
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from measuring import DATA, ROOT, WORK, catalogue, environment, heading, ratio, rounded, run_json, spread, version_of, write

HERE = Path(__file__).resolve().parent
STACK, MODELS, HOME = WORK / "stack", WORK / "models", WORK / "home"
# Not a pipe: nobody would read it, and a server that cannot write its log waits for ever.
LOG = WORK / "server.log"
QUERIES = 60_000
# The line of the queries that a load begins with: the loads on one server do not overlap.
WARM_UP, ONE, EIGHT = 0, 15_000, 30_000
FIGURES = {"p50": "less", "p99": "less", "requestsPerSecond": "more", "pssMiB": "less", "rssMiB": "less", "readySeconds": "less"}
OURS = "bookrec"


def write_queries(data: Path, path: str, to: Path) -> None:
    windows = set()
    for text in {row["description"] for row in catalogue(data)}:
        words = text.split()
        windows.update(" ".join(words[start : start + 8]) for start in range(0, len(words) - 7, 3))
    ordered = sorted(windows)
    random.Random(17).shuffle(ordered)
    if len(ordered) < QUERIES:
        sys.exit(f"error: the descriptions have {len(ordered)} different queries, not {QUERIES}")
    to.write_text("".join(path + urllib.parse.quote_plus(query) + "\n" for query in ordered[:QUERIES]))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def family(process: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    return [process, *(one for file in children for child in file.read_text().split() for one in family(int(child)))]


def memory(process: int) -> dict:
    total = {"Pss": 0, "Rss": 0}
    for member in family(process):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in total:
                total[name] += int(value.split()[0])
    return {"pssMiB": total["Pss"] / 1024, "rssMiB": total["Rss"] / 1024}


class Server:
    """A server that runs inside a `with`, and has answered when that begins."""

    def __init__(self, variant: str, arguments: argparse.Namespace) -> None:
        self.port = free_port()
        self.environment = environment(1)
        if variant == OURS:
            # It has the threads that it wants, as it would in use.
            self.environment = {name: value for name, value in self.environment.items() if not name.endswith("_NUM_THREADS")}
            self.command = [arguments.bookrec, "serve", "--home", str(HOME), "--port", str(self.port)]
            self.environment["BOOKREC_MODELS"] = str(arguments.home / "models")
            self.path = "/api/v1/search?limit=10&q="
        else:
            self.command = [sys.executable, "-m", "uvicorn", "--app-dir", str(HERE), "app:app", "--port", str(self.port)]
            self.command += ["--http", "httptools", "--loop", "uvloop", "--log-level", "warning", "--no-access-log"]
            self.command += ["--workers", variant.removeprefix("python-")]
            self.environment |= {"STACK": str(STACK), "MODELS": str(MODELS), "MODEL": arguments.model}
            self.path = "/search?q="

    def __enter__(self) -> "Server":
        start = time.perf_counter()
        with LOG.open("wb") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL, stderr=log)
        while (answer := self.ask("a ship lost at sea")) is None:
            if self.process.poll() is not None or time.perf_counter() - start > 60:
                self.__exit__()
                sys.exit(f"error: {' '.join(self.command)} does not serve:\n{LOG.read_text()[-2000:]}")
            time.sleep(0.005)
        self.ready = time.perf_counter() - start
        self.answer_bytes = len(answer)
        return self

    def ask(self, query: str) -> bytes | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", self.path + urllib.parse.quote_plus(query))
            response = connection.getresponse()
            body = response.read()
            return body if response.status == 200 else None
        except OSError:
            return None
        finally:
            connection.close()

    def __exit__(self, *_: object) -> None:
        members = family(self.process.pid) if self.process.poll() is None else []
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            for member in members:
                os.kill(member, signal.SIGKILL)
            self.process.wait()


def load(server: Server, clients: int, first: int, seconds: float, queries: Path) -> dict:
    command = ["wrk", "--threads", "1", "--connections", str(clients), "--duration", f"{max(1, round(seconds))}s"]
    command += ["--timeout", "10s", "--script", str(HERE / "queries.lua"), f"http://127.0.0.1:{server.port}"]
    given = os.environ | {"QUERIES": str(queries), "FROM": str(first)}
    done = subprocess.run(command, env=given, stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    if figures["failed"]:
        sys.exit(f"error: {figures['failed']} requests of {' '.join(server.command)} failed")
    if not figures["requests"]:
        sys.exit(f"error: {' '.join(server.command)} answered nothing in {seconds} s:\n{LOG.read_text()[-2000:]}")
    if first + figures["requests"] > (EIGHT if first == ONE else QUERIES):
        sys.exit("error: so fast that queries came twice: give fewer --seconds")
    return figures


def measure(variant: str, queries: Path, arguments: argparse.Namespace) -> dict:
    with Server(variant, arguments) as server:
        load(server, 8, WARM_UP, 2, queries)
        one = load(server, 1, ONE, arguments.seconds, queries)
        eight = load(server, 8, EIGHT, arguments.seconds, queries)
        figures = {"p50": one["p50"], "p99": one["p99"], "requestsPerSecond": eight["requests"] / eight["seconds"]}
        figures |= {"p99OfEight": eight["p99"], "readySeconds": server.ready, "answerBytes": server.answer_bytes}
        return figures | memory(server.process.pid)


def index_stack(arguments: argparse.Namespace) -> dict:
    more = ["--limit", arguments.limit] if arguments.limit else []
    command = [sys.executable, HERE / "index.py", "--data", arguments.data, "--models", MODELS, "--model", arguments.model]
    done = run_json([*command, "--to", STACK, "--threads", 2, *more], 1)
    return {"engine": "python", "books": done["books"], "seconds": rounded(done["seconds"])}


def index_ours(arguments: argparse.Namespace) -> dict:
    shutil.rmtree(HOME, ignore_errors=True)
    given = os.environ | {"BOOKREC_MODELS": str(arguments.home / "models")}
    books = arguments.data / "catalogue/books.csv"
    start = time.perf_counter()
    for command in (["ingest", "books", str(books)], ["train"]):
        subprocess.run([arguments.bookrec, *command, "--home", str(HOME)], env=given, stdout=subprocess.DEVNULL, check=True)
    return {"engine": OURS, "books": len(catalogue(arguments.data)), "seconds": rounded(time.perf_counter() - start)}


def versions() -> dict:
    from importlib.metadata import version

    names = ("uvicorn", "httptools", "uvloop", "onnxruntime", "tokenizers", "numpy")
    wrk = subprocess.run(["wrk", "--version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
    programs = {"wrk": wrk.split()[1].removeprefix("debian/"), "python": sys.version.split()[0]}
    return {name: version(name) for name in names} | programs


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
    if not shutil.which("wrk"):
        sys.exit("error: wrk is not there. Run scripts/require-packages.sh bench.")
    if not (MODELS / arguments.model).exists():
        sys.exit(f"error: {MODELS / arguments.model} is not there. Run bench/embedding/export.py --to {MODELS}.")

    document = heading() | {"rounds": arguments.rounds, "seconds": arguments.seconds, "versions": versions()}
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

    WORK.mkdir(parents=True, exist_ok=True)
    measured = {}
    for number in range(1, arguments.rounds + 1):
        for variant in variants:
            print(f"round {number}: {variant}", file=sys.stderr)
            queries = WORK / f"{variant.partition('-')[0]}-queries.txt"
            if number == 1:
                write_queries(arguments.data, Server(variant, arguments).path, queries)
            measured.setdefault(variant, []).append(measure(variant, queries, arguments))
    document["rows"] = [
        {"engine": variant, "answerBytes": rounds[0]["answerBytes"]}
        | {"p99OfEight": rounded(statistics.median(one["p99OfEight"] for one in rounds))}
        | {figure: spread([one[figure] for one in rounds]) for figure in FIGURES}
        for variant, rounds in measured.items()
    ]
    document["ratios"] = [
        {"ours": OURS, "peer": peer, "figure": figure}
        | ratio([one[figure] for one in measured[OURS]], [one[figure] for one in measured[peer]], better)
        for peer in variants
        for figure, better in FIGURES.items()
        if peer != OURS and OURS in measured
    ]
    write(arguments.results, document)


if __name__ == "__main__":
    main()
