"""Backups, restoring, checking, exports and erasing, while others are at it."""

import csv
import json
import os
import sqlite3
import subprocess
import time

import pytest
from conftest import STARTER
from libraries import contents, meaning, rows
from program import Bookrec, Server

FORMULA = '=HYPERLINK("http://example.org","click")'


@pytest.fixture
def filled(program, tmp_path) -> Bookrec:
    """A library with books, readers, a correction and a formula in it."""
    bookrec = Bookrec(program, tmp_path / "home")
    bookrec.run("ingest", "books", STARTER)
    odd = tmp_path / "odd.csv"
    odd.write_text(
        "isbn13,title,authors,categories,description\n"
        f'9780306406157,"{FORMULA.replace(chr(34), chr(34) * 2)}",@Ann; -Bo,"+1; a;b","line\nline, ""quoted"" \'=x"\n'
        "9780804429573,'=already quoted,=Cy,,\n"
    )
    bookrec.run("ingest", "books", odd, "--source", "odd")
    bookrec.run("simulate", "readers", "--readers", 30, "--seed", 3)
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("user_id,isbn13,rating,date\n7,9780441013593,4,2020-02-03\n=8,9780306406157,2.5,\n7,9780804429573,1,\n")
    bookrec.run("ingest", "ratings", ratings)
    ids = [line.split()[0] for line in bookrec.run("library", "find", "dune").stdout.decode().splitlines() if line[0] != " "]
    others = [line for line in bookrec.run("library", "find", "kim").stdout.decode().splitlines() if line[0] != " "]
    bookrec.run("works", "join", ids[0], others[0])
    return bookrec


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_taken_in_again_is_the_same_library(program, filled, tmp_path, form):
    folder = tmp_path / "export"
    filled.run("library", "export", folder, "--format", form)
    again = Bookrec(program, tmp_path / "again")
    again.run("ingest", "books", folder / f"books.{form}")
    again.run("ingest", "ratings", folder / f"ratings.{form}")
    assert meaning(again.home) == meaning(filled.home)
    # And a second export is the first.
    again.run("library", "export", tmp_path / "second", "--format", form)
    assert (tmp_path / f"second/books.{form}").read_bytes() == (folder / f"books.{form}").read_bytes()


def test_no_formula_comes_out_live(filled, tmp_path):
    filled.run("library", "export", tmp_path / "export")
    for name in ("books", "ratings"):
        with (tmp_path / f"export/{name}.csv").open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell[:1] in "=+@\t\r" and cell[:1] and not cell.lstrip("+").isdigit()] == []
        assert [cell for cell in cells if cell[:1] == "-" and not cell.lstrip("-").replace(".", "").isdigit()] == []
    assert any("HYPERLINK" in cell for cell in (tmp_path / "export/books.csv").read_text().split(","))


def test_an_export_replaces_nothing(filled, tmp_path):
    (tmp_path / "export").mkdir()
    assert "exists already" in filled.message("library", "export", tmp_path / "export", fails=74)
    assert list((tmp_path / "export").iterdir()) == []


def test_a_backup_while_serving_and_ingesting(trained, tmp_path):
    big = tmp_path / "big.csv"
    with big.open("w", encoding="utf-8") as file:
        file.write("title,authors\n")
        for number in range(60_000):
            file.write(f"Number {number},Author {number % 90}\n")
    before = contents(trained.home)
    with Server(trained) as server:
        ingestion = subprocess.Popen(trained.command("ingest", "books", big), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        backups = []
        while ingestion.poll() is None or not backups:
            backup = tmp_path / f"backup-{len(backups)}.sqlite"
            trained.run("library", "backup", backup)
            backups.append(backup)
            assert server.get("/health/ready")[0] == 200
            time.sleep(0.05)
        assert ingestion.returncode == 0, ingestion.stderr.read()
    after = contents(trained.home)
    states = []
    for backup in backups:
        home = backup.with_suffix("")
        home.mkdir()
        backup.rename(home / "library.sqlite")
        states.append(contents(home))
    assert all(state in (before, after) for state in states)
    trained.run("library", "restore", tmp_path / "backup-0/library.sqlite")
    assert contents(trained.home) == states[0]


def test_a_damaged_library_is_told_and_mended(filled, tmp_path):
    filled.run("library", "backup", tmp_path / "backup.sqlite")
    before = contents(filled.home)
    library = filled.home / "library.sqlite"
    data = bytearray(library.read_bytes())
    data[100 : len(data) // 2] = os.urandom(len(data) // 2 - 100)
    library.write_bytes(data)
    message = filled.message("library", "check", fails=65)
    assert "library restore" in message
    filled.run("library", "restore", tmp_path / "backup.sqlite")
    assert contents(filled.home) == before
    assert any("damaged" in file.name for file in filled.home.iterdir())


def test_check_sees_what_is_wrong(filled):
    assert b"The library is whole" in filled.run("library", "check").stdout
    with sqlite3.connect(filled.home / "library.sqlite") as library:
        library.execute("PRAGMA foreign_keys = OFF")
        library.execute("INSERT INTO ratings VALUES (999, 999, 3, 0, NULL)")
    assert "ratings of no reader" in filled.run("library", "check", fails=65).stderr.decode()


def test_erase_reader(filled):
    assert "no reader" in filled.message("library", "erase", "reader", "nobody", "--source", "ratings", fails=66)
    filled.run("library", "erase", "reader", "7", "--source", "ratings")
    assert rows(filled.home, "SELECT name FROM readers WHERE source = 'ratings'") == [("=8",)]
    assert b"The library is whole" in filled.run("library", "check").stdout


def test_a_full_disk_loses_nothing(program, tmp_path):
    """A disk of 6 MB that becomes full in the middle."""
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small], check=True)
    try:
        bookrec = Bookrec(program, small / "home")
        bookrec.run("ingest", "books", STARTER)
        before = contents(bookrec.home)
        big = tmp_path / "big.csv"
        with big.open("w", encoding="utf-8") as file:
            file.write("title,authors,description\n")
            for number in range(20_000):
                file.write(f'Number {number},Author {number % 90},"{"word " * 60}{number}"\n')
        message = bookrec.message("ingest", "books", big, fails=74)
        assert "disk" in message
        assert contents(bookrec.home) == before
        assert "disk" in bookrec.message("library", "backup", small / "backup.sqlite", fails=74) or (small / "backup.sqlite").exists()
        assert b"The library is whole" in bookrec.run("library", "check").stdout
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_folder_that_cannot_be_written(program, filled, tmp_path):
    subprocess.run(["mount", "--bind", filled.home, filled.home], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", filled.home], check=True)
    try:
        assert "cannot be used" in filled.message("ingest", "books", STARTER, fails=74)
    finally:
        subprocess.run(["umount", filled.home], check=True)


def test_a_library_that_is_being_written_is_waited_for_and_told(filled):
    with sqlite3.connect(filled.home / "library.sqlite", isolation_level=None) as library:
        library.execute("BEGIN IMMEDIATE")
        message = filled.message("works", "join", "a", "b", fails=75)
        library.execute("ROLLBACK")
    assert "being written by another process" in message


def test_history_tells_where_everything_came_from(filled):
    runs = json.loads(filled.run("library", "history", "--json").stdout)
    assert [run["kind"] for run in runs] == ["books", "books", "simulated", "ratings"]
    assert runs[0]["file"] == "books.csv" and len(runs[0]["sha256"]) == 64
    assert runs[0]["bytes"] == STARTER.stat().st_size
    assert json.loads(runs[0]["report"])["rows"] == runs[0]["rows"]
