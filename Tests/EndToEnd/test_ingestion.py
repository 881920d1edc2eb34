"""Files that go in, and files that must not."""

import json
import sqlite3

import pytest
from conftest import STARTER
from program import Bookrec

HEADER = "isbn13,title,subtitle,authors,categories,description,published_year,average_rating,num_pages,ratings_count\n"
GOOD = '9780441013593,Dune,,Frank Herbert,Science Fiction,"Sand, spice and prophecy.",1965,4.25,604,1000\n'


def contents(bookrec) -> list:
    """Everything in the library but the log of runs."""
    with sqlite3.connect(bookrec.home / "library.sqlite") as library:
        return [
            library.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("works", "editions", "quarantine")
        ]


def test_the_report_accounts_for_every_row(bookrec, tmp_path):
    source = tmp_path / "shop.csv"
    source.write_text(
        HEADER
        + GOOD
        + "9780450054655,Dune,,Frank Herbert,,Another edition.,1976,4.1,,10\n"
        + "9780441013594,Wrong Check Digit,,A. Author,,,,,,\n"
        + "9780261102354,,,No Title,,,,,,\n"
        + "too,few,fields\n"
    )
    report = tmp_path / "report.json"
    done = bookrec.run("ingest", "books", source, "--report", report)
    figures = json.loads(report.read_text())
    assert set(figures) == {
        "source", "sha256", "rows", "accepted", "merged", "updated", "unchanged", "quarantined", "byRule",
    }  # fmt: skip
    assert figures["byRule"] == {"invalidISBN": 1, "missingTitle": 1, "fieldCount": 1}
    assert (figures["rows"], figures["accepted"], figures["merged"], figures["quarantined"]) == (5, 1, 1, 3)
    for message in ("line 4, isbn13: invalidISBN (“9780441013594”)", "line 5, title: missingTitle", "line 6: fieldCount"):
        assert message in done.stderr.decode()

    before = contents(bookrec)
    bookrec.run("ingest", "books", source, "--report", report)
    figures = json.loads(report.read_text())
    assert (figures["unchanged"], figures["quarantined"], figures["accepted"]) == (2, 3, 0)
    assert [[row[1:] for row in rows] for rows in contents(bookrec)] == [[row[1:] for row in rows] for rows in before]


def test_a_dry_run_reports_and_keeps_nothing(bookrec, tmp_path):
    report = tmp_path / "report.json"
    bookrec.run("ingest", "books", STARTER, "--dry-run", "--report", report)
    assert json.loads(report.read_text())["accepted"] >= 200
    assert contents(bookrec) == [[], [], []]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks(bookrec, tmp_path, newline, mark):
    source = tmp_path / "books.csv"
    text = "title,authors,description\n" + '"He said ""no"", twice",Ann Author,"two\nlines, one field"\n'
    source.write_bytes((mark + text.replace("\n", newline)).encode())
    bookrec.run("ingest", "books", source)
    title, description = contents(bookrec)[1][0][4], contents(bookrec)[1][0][12]
    assert title == 'He said "no", twice'
    assert description == f"two{newline}lines, one field"


def test_a_row_of_a_gigabyte_is_set_aside(bookrec, tmp_path):
    """One line of 1 GB between two good rows: the good ones go in, with flat memory."""
    source = tmp_path / "huge.csv"
    with source.open("wb") as file:
        file.write((HEADER + GOOD).encode())
        file.write(b"x" * 10)
        file.seek(1 << 30, 1)  # a hole: zeros that take no disk
        file.write(b"\n9780547928227,The Hobbit,,J. R. R. Tolkien,Fantasy,A burglar goes east.,1937,4.27,310,5\n")
    done = bookrec.run("ingest", "books", source)
    assert b"3 rows = 2 accepted" in done.stdout
    assert b"line 3: recordTooLong" in done.stderr


def test_a_header_of_a_gigabyte_is_refused(bookrec, tmp_path):
    source = tmp_path / "huge.csv"
    with source.open("wb") as file:
        file.seek(1 << 30)
        file.write(b"x")
    assert "line 1: the header cannot be read" in bookrec.message("ingest", "books", source, fails=65)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "has a header and no rows"),
        (b"isbn,author\n1,2\n", "no `title` column, only `isbn`, `author`"),
        (b"title;author\nDune;Herbert\n", "no `title` column"),
        (b"title,book_title\nDune,Dune\n", "both name the title"),
        ("title,author\nDune,Herbert\n".encode("utf-16"), "save the file"),
        (b"title,author\n\xff\xfe,x\n\xff,y\n", "none of its 2 rows can be used"),
        (b'title,author\n"Dune,Herbert\n', "never closed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_cannot_be_used_change_nothing(bookrec, tmp_path, content, says):
    bookrec.run("ingest", "books", STARTER)
    before = contents(bookrec)
    source = tmp_path / "bad.csv"
    source.write_bytes(content)
    message = bookrec.message("ingest", "books", source, fails=65)
    assert says.lower() in message.lower() and "bad.csv" in message
    assert contents(bookrec) == before


def test_a_pipe_is_a_file_too(bookrec):
    done = bookrec.run("ingest", "books", "/dev/stdin", stdin=STARTER.read_bytes())
    assert b"rows = " in done.stdout


def test_files_that_are_not_there(bookrec, tmp_path):
    assert "no-such.csv" in bookrec.message("ingest", "books", tmp_path / "no-such.csv", fails=66)
    assert "folder" in bookrec.message("ingest", "books", tmp_path, fails=66)
    assert "device" in bookrec.message("ingest", "books", "/dev/zero", fails=66)


def test_a_home_that_cannot_be_one(program, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    assert "library" in Bookrec(program, in_the_way).message("ingest", "books", STARTER, fails=74)
    (tmp_path / "home").mkdir()
    (tmp_path / "home/library.sqlite").write_bytes(b"not a database, but long enough to be looked at" * 100)
    assert "not a database" in Bookrec(program, tmp_path / "home").message("ingest", "books", STARTER, fails=74)
