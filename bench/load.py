"""What the comparisons of servers share: a server that starts, is put under load by `wrk`, has its memory read, and ends.

Needs nothing but Python and `wrk`. Load goes over loopback and on the same cores as the server, for all alike.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from measuring import THREADS, WORK, environment, ratio, rounded, spread

OURS = "bookrec"
# Not a pipe: nobody would read it, and a server that cannot write its log waits for ever.
LOG = WORK / "server.log"
SECONDS_TO_START = 120


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def family(process: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    return [process, *(one for file in children for child in file.read_text().split() for one in family(int(child)))]


def memory(process: int) -> dict:
    """Of the whole family: PSS shares a page among those who map it, RSS counts it for each."""
    total = {"Pss": 0, "Rss": 0}
    for member in family(process):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in total:
                total[name] += int(value.split()[0])
    return {"pssMiB": total["Pss"] / 1024, "rssMiB": total["Rss"] / 1024}


class Server:
    """A server that runs inside a `with`, and has answered when that begins."""

    def __init__(self, command: list, port: int, path: str, given: dict[str, str]) -> None:
        """`path` is that of a search; the words of the query follow it."""
        self.command = [str(word) for word in command]
        self.port = port
        self.path = path
        self.environment = given

    def __enter__(self) -> "Server":
        LOG.parent.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        with LOG.open("wb") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL, stderr=log)
        try:
            while (answer := self.ask("a ship lost at sea")) is None:
                if self.process.poll() is not None or time.perf_counter() - start > SECONDS_TO_START:
                    sys.exit(f"error: {' '.join(self.command)} does not serve:\n{LOG.read_text()[-2000:]}")
                time.sleep(0.005)
        except BaseException:
            self.__exit__()
            raise
        self.ready = time.perf_counter() - start
        self.answer_bytes = len(answer)
        return self

    def ask(self, query: str) -> bytes | None:
        return self.get(self.path + urllib.parse.quote_plus(query))

    def get(self, path: str) -> bytes | None:
        """The body, or None when there is no answer or not a good one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
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


def bookrec_server(bookrec: str, home: Path, models: Path, path: str) -> Server:
    port = free_port()
    # It has the threads that it wants, as it would in use.
    given = {name: value for name, value in environment(1).items() if name not in THREADS}
    command = [bookrec, "serve", "--home", home, "--models", models, "--host", "127.0.0.1", "--port", port]
    return Server(command, port, path, given)


def uvicorn_server(folder: Path, app: str, workers: int, threads: int, given: dict[str, object]) -> Server:
    """A bare ASGI application, `threads` for the computing of each worker; it answers `/search?q=`."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--app-dir", folder, f"{app}:app", "--port", port, "--workers", workers]
    command += ["--http", "httptools", "--loop", "uvloop", "--log-level", "warning", "--no-access-log"]
    return Server(command, port, "/search?q=", environment(threads) | {name: str(value) for name, value in given.items()})


def train_home(bookrec: str, books: Path, home: Path, models: Path) -> float:
    """The seconds from a file of books to a home that can be served, from nothing."""
    shutil.rmtree(home, ignore_errors=True)
    given = os.environ | {"BOOKREC_MODELS": str(models)}
    start = time.perf_counter()
    for command in (["ingest", "books", books], ["train"]):
        words = [str(word) for word in (bookrec, *command, "--home", home)]
        subprocess.run(words, env=given, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def load(server: Server, clients: int, seconds: float, file: Path, part: range) -> dict:
    """What `wrk` saw while so many clients sent the queries of one part of the file, each once."""
    command = ["wrk", "--threads", "1", "--connections", str(clients), "--duration", f"{max(1, round(seconds))}s"]
    command += ["--timeout", "10s", "--script", str(Path(__file__).with_suffix(".lua")), f"http://127.0.0.1:{server.port}"]
    given = os.environ | {"QUERIES": str(file), "FROM": str(part.start)}
    done = subprocess.run(command, env=given, stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    if figures["failed"]:
        sys.exit(f"error: {figures['failed']} requests of {' '.join(server.command)} failed")
    if not figures["requests"]:
        sys.exit(f"error: {' '.join(server.command)} answered nothing in {seconds} s:\n{LOG.read_text()[-2000:]}")
    # When the time is up, each client has one more under way.
    if figures["requests"] + clients > len(part):
        sys.exit("error: so fast that queries came twice: give fewer --seconds")
    return figures


def measure(server: Server, queries: Iterable[str], seconds: float) -> dict:
    """One round: warmed up with a quarter of the queries, asked by one client from the next, by eight from the last half."""
    lines = [f"{server.path}{urllib.parse.quote_plus(query)}\n" for query in queries]
    file, quarter = WORK / "queries.txt", len(lines) // 4
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines))
    with server:
        load(server, 8, 2, file, range(quarter))
        one = load(server, 1, seconds, file, range(quarter, 2 * quarter))
        eight = load(server, 8, seconds, file, range(2 * quarter, len(lines)))
        figures = {"p50": one["p50"], "p99": one["p99"], "requestsPerSecond": eight["requests"] / eight["seconds"]}
        figures |= {"p50OfEight": eight["p50"], "p99OfEight": eight["p99"]}
        figures |= {"readySeconds": server.ready, "answerBytes": server.answer_bytes}
        return figures | memory(server.process.pid)


def summary(measured: dict[str, list[dict]], figures: dict[str, str]) -> tuple[list[dict], list[dict]]:
    """A row for each engine, and our ratios to each peer; `figures` tells of each whether more or less is better."""
    rows = [
        {"engine": engine, "answerBytes": rounds[0]["answerBytes"]}
        | {figure: spread([one[figure] for one in rounds]) for figure in figures}
        for engine, rounds in measured.items()
    ]
    ratios = [
        {"ours": OURS, "peer": peer, "figure": figure}
        | ratio([one[figure] for one in measured[OURS]], [one[figure] for one in rounds], better)
        for peer, rounds in measured.items()
        for figure, better in figures.items()
        if peer != OURS and OURS in measured
    ]
    return rows, ratios


def median(rounds: list[dict], figure: str) -> float:
    return rounded(statistics.median(one[figure] for one in rounds))


def versions(packages: Iterable[str]) -> dict:
    wrk = subprocess.run(["wrk", "--version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
    programs = {"wrk": wrk.split()[1].removeprefix("debian/"), "python": sys.version.split()[0]}
    return {name: version(name) for name in packages} | programs


def require_wrk() -> None:
    if not shutil.which("wrk"):
        sys.exit("error: wrk is not there. Run scripts/require-packages.sh bench.")
