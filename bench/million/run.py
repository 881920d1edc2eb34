#!/usr/bin/env python3
"""Measures search over HTTP on a made-up catalogue of a million books, from the file of books to the answers.

    python3 bench/million/run.py --books 1000000 --folder DIR --bookrec PATH
    python3 bench/million/run.py --folder DIR --again train     # with a new binary: trains and measures again

Writes the catalogue (make_catalogue.py) and a made-up text model (make_model.py, which says what differs from the real one),
takes the books in, trains, serves, and asks (measure.py). Seconds and peak memory of each step are kept in DIR, and what is
done is not done again. The counts of filters are compared with the file, and so are facets and orders: it ends with 1 where
one is wrong. A million books take about 10 GB of disk, as much memory while training, and an hour.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import make_catalogue
import make_model
from measure import measure

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from load import bookrec_server, memory
from measuring import ROOT, WORK, heading, rounded, run_json, version_of, write

STEPS = ("catalogue", "model", "ingest", "train", "measure")


class Steps:
    """What is done already, and what it took."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "steps.json"
        self.done: dict[str, dict] = json.loads(self.file.read_text()) if self.file.exists() else {}

    def forget(self, step: str) -> None:
        """This one and all after it."""
        for later in STEPS[STEPS.index(step) :]:
            self.done.pop(later, None)

    def keep(self, step: str, figures: dict) -> None:
        self.done[step] = figures
        self.file.write_text(json.dumps(self.done, indent=1) + "\n")
        print(f"{step}: {json.dumps(figures)}", file=sys.stderr)


def program(bookrec: str, home: Path, *arguments: object, told: dict[str, str] | None = None) -> dict:
    """Seconds, processor seconds, which a busy machine changes less, and peak memory; and when lines that begin as `told`
    says came, in seconds from the start."""
    start = time.monotonic()
    command = [bookrec, *map(str, arguments), "--home", str(home)]
    figures: dict = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        last = ""
        for line in process.stderr:
            last = line
            for beginning, name in (told or {}).items():
                if line.startswith(beginning):
                    figures.setdefault(name, rounded(time.monotonic() - start))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        sys.exit(f"error: {' '.join(command)} failed: {last}")
    figures |= {"seconds": rounded(time.monotonic() - start), "cpuSeconds": rounded(usage.ru_utime + usage.ru_stime)}
    return figures | {"peakMiB": usage.ru_maxrss >> 10}


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) >> 20


def perform(step: str, arguments: argparse.Namespace) -> dict:
    books, home = arguments.folder / "books.csv", arguments.folder / "home"
    start = time.monotonic()
    match step:
        case "catalogue":
            make_catalogue.write(books, arguments.books)
            return {"seconds": rounded(time.monotonic() - start), "sizeMiB": books.stat().st_size >> 20}
        case "model":
            make_model.make(arguments.like, home / "models" / arguments.like.name)
            return {"seconds": rounded(time.monotonic() - start)}
        case "ingest":
            for file in home.glob("library.sqlite*"):
                shutil.rmtree(file) if file.is_dir() else file.unlink()
            figures = program(arguments.bookrec, home, "ingest", "books", books)
            return figures | {"sizeMiB": (home / "library.sqlite").stat().st_size >> 20}
        case _:
            # Another format of bundles could not take vectors over, and a first training is what is to be measured.
            shutil.rmtree(home / "bundles", ignore_errors=True)
            told = {"Embedding": "readUntil", "Labelling": "embeddedUntil", "Writing": "labelledUntil"}
            figures = program(arguments.bookrec, home, "train", told=told)
            return figures | {"sizeMiB": size(home / "bundles")}


def encoding(bookrec: str, home: Path, like: Path) -> dict:
    """Milliseconds for a short query alone, with the real model and with the made-up one."""
    given = [bookrec, "bench", "embed", "--json", "--seconds", 2, "--home", home, "--models"]
    made_up, real = run_json([*given, home / "models"], 1), run_json([*given, like.parent], 1)
    return {"real": query_milliseconds(real), "madeUp": query_milliseconds(made_up)}


def query_milliseconds(report: dict) -> float:
    return rounded(report["queryMilliseconds"]["p50"])


def served(arguments: argparse.Namespace) -> dict:
    home = arguments.folder / "home"
    with bookrec_server(arguments.bookrec, home, home / "models", "/api/v1/search?q=") as server:
        before = memory(server.process.pid)
        figures = measure(server.process.pid, server.port, arguments.folder / "books.csv", arguments.requests)
        after = memory(server.process.pid)
    started = {name: rounded(value) for name, value in before.items()}
    measured = {name: rounded(value) for name, value in after.items()}
    return {"server": {"readySeconds": rounded(server.ready), "started": started, "measured": measured}} | figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=WORK / "million", help="where all of it is kept")
    parser.add_argument("--bookrec", default=str(ROOT / ".build/release/bookrec"))
    parser.add_argument("--like", type=Path, default=ROOT / "var/models/all-MiniLM-L6-v2", help="the real text model")
    parser.add_argument("--again", choices=STEPS, help="does this step and those after it, though they are done")
    parser.add_argument("--until", choices=STEPS, default=STEPS[-1], help="the last step")
    parser.add_argument("--requests", type=int, default=150, help="of each kind")
    parser.add_argument("--results", default="large", help="the name of the file in bench/results")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)

    steps = Steps(arguments.folder)
    if arguments.again:
        steps.forget(arguments.again)
    for step in STEPS[: min(STEPS.index(arguments.until) + 1, len(STEPS) - 1)]:
        if step not in steps.done:
            steps.keep(step, perform(step, arguments))
    if arguments.until != STEPS[-1]:
        return

    document = heading() | {"books": arguments.books, "versions": {"bookrec": version_of(arguments.bookrec)}}
    document["encodingMs"] = encoding(arguments.bookrec, arguments.folder / "home", arguments.like)
    document["steps"] = [{"step": step} | figures for step, figures in steps.done.items()]
    document |= served(arguments)
    write(arguments.results, document)
    rankings = document["rankings"]
    wrong = [check for check in document["counts"] if check["books"] != check["estimatedTotalHits"] or check["wrongFacetCounts"]]
    if wrong or rankings["misplaced"] or rankings["misfits"]:
        sys.exit(f"error: filters are not exact: {json.dumps(wrong)}, {json.dumps(rankings)}")


if __name__ == "__main__":
    main()
