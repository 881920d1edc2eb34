"""Ingestion that is killed: the library is as before or as after, and what was read is not lost."""

import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

from libraries import contents, rows
from program import Bookrec


def write_ratings(path, rows_):
    with path.open("w", encoding="utf-8") as file:
        file.write("user_id,isbn13,rating\n")
        for row in range(rows_):
            digits = f"978{300_000_000 + row * 7919 % 5000:09d}"
            check = -sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10
            file.write(f"{row // 40},{digits}{check},{1 + row % 6}\n")


def test_fifty_kills_change_nothing(program, tmp_path):
    """A sixth of the rows is refused, too: six stars of five."""
    books, ratings = tmp_path / "books.csv", tmp_path / "ratings.csv"
    with books.open("w", encoding="utf-8") as file:
        file.write("title,authors,published_year,description\n")
        for number in range(8_000):
            file.write(f'"Book {number // 2}",Author {number % 50},{1900 + number % 100},"{"words " * 20}{number}"\n')
    write_ratings(ratings, 48_000)

    whole = Bookrec(program, tmp_path / "whole")
    start = time.monotonic()
    for kind, file in (("books", books), ("ratings", ratings)):
        whole.run("ingest", kind, file)
    seconds = time.monotonic() - start

    killed = Bookrec(program, tmp_path / "killed")
    random_ = random.Random(4)
    kills = 0
    while kills < 50:
        for kind, file in (("books", books), ("ratings", ratings)):
            command = subprocess.Popen(
                killed.command("ingest", kind, file), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            try:
                command.wait(random_.uniform(0.02, seconds * 0.6))
            except subprocess.TimeoutExpired:
                command.send_signal(signal.SIGKILL)
                kills += 1
            command.wait()
        # Most kills are to meet work that is not done yet.
        if kills < 50 and random_.random() < 0.5:
            for file in killed.home.glob("library.sqlite*"):
                if file.is_file():
                    file.unlink()
    for kind, file in (("books", books), ("ratings", ratings)):
        killed.run("ingest", kind, file)
    assert contents(killed.home) == contents(whole.home)
    assert len(contents(whole.home)["quarantine"]) == 8_000
    # Nothing of the interrupted runs is left behind.
    assert [path.name for path in killed.home.iterdir() if "staging" in path.name] == []
    assert b"The library is whole" in killed.run("library", "check").stdout


def test_a_killed_run_goes_on_where_it_was(program, tmp_path):
    ratings = tmp_path / "ratings.csv"
    write_ratings(ratings, 800_000)
    bookrec = Bookrec(program, tmp_path / "home")
    command = subprocess.Popen(bookrec.command("ingest", "ratings", ratings), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    staging = bookrec.home / "library.sqlite-staging"
    while not staging.is_dir() or sum(file.stat().st_size for file in staging.iterdir()) < 4 << 20:
        assert command.poll() is None, command.stderr.read()
        time.sleep(0.01)
    command.kill()
    command.wait()
    assert rows(bookrec.home, "SELECT COUNT(*) FROM ratings") == [(0,)]
    (file,) = staging.glob("*.sqlite")
    with closing(sqlite3.connect(file)) as staged:
        (kept,) = staged.execute("SELECT json_extract(json, '$.records') FROM progress").fetchone()
        # What is kept is marked, so that the next run can be seen to build on it.
        staged.execute("UPDATE marks SET stars = 4.75 WHERE line = 2")
        staged.commit()
    assert 0 < kept < 800_000
    bookrec.run("ingest", "ratings", ratings)
    assert rows(bookrec.home, "SELECT COUNT(*) FROM ratings WHERE stars = 4.75") == [(1,)]
    assert rows(bookrec.home, "SELECT COUNT(*) FROM quarantine")[0][0] > 0
    assert rows(bookrec.home, "SELECT rows FROM runs") == [(800_000,)]

