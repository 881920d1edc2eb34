"""Files that go in, and files that must not."""

import json

import pytest
from conftest import STARTER
from libraries import contents as library_contents
from libraries import rows
from program import Bookrec

HEADER = "isbn13,title,subtitle,authors,categories,description,published_year,average_rating,num_pages,ratings_count\n"
GOOD = '9780441013593,Dune,,Frank Herbert,Science Fiction,"Sand, spice and prophecy.",1965,4.25,604,1000\n'


def contents(bookrec) -> dict:
    """Everything in the library but the log of runs."""
    return library_contents(bookrec.home)


def test_the_report_accounts_for_every_row(bookrec, tmp_path):
    source = tmp_path / "shop.csv"
    source.write_text(
        HEADER
        + GOOD
        + "9780450054655,Dune,,Frank Herbert,,Another edition.,1976,4.1,,10\n"
        + "9780441013594,Wrong Check Digit,,A. Author,,,,,,\n"
        + "9780261102354,,,No Title,,,,,,\n"
        + "too,few,fields\n"
        + "".join(f",Filler {number},,An Author,,,,,,\n" for number in range(10))
    )
    report = tmp_path / "report.json"
    done = bookrec.run("ingest", "books", source, "--report", report)
    figures = json.loads(report.read_text())
    assert figures["byRule"] == {"invalidISBN": 1, "missingTitle": 1, "fieldCount": 1}
    buckets = ("accepted", "merged", "updated", "unchanged", "quarantined", "unmatched", "ignored")
    assert figures["rows"] == 15 == sum(figures[bucket] for bucket in buckets)
    assert (figures["accepted"], figures["merged"], figures["quarantined"]) == (11, 1, 3)
    assert (figures["file"], figures["kind"], figures["source"]) == ("shop.csv", "books", "catalogue")
    assert figures["bytes"] == source.stat().st_size
    # What was done to values, and what was refused, row by row.
    details = {row["line"]: row for row in figures["details"]}
    assert details[4]["quarantined"]["remedy"].startswith("Its length or check digit is wrong")
    assert details[5]["quarantined"]["row"] == "9780261102354,,,No Title,,,,,,"
    for message in ("line 4, isbn13: invalidISBN (“9780441013594”)", "line 5, title: missingTitle", "line 6: fieldCount"):
        assert message in done.stderr.decode()

    before = contents(bookrec)
    bookrec.run("ingest", "books", source, "--report", report)
    figures = json.loads(report.read_text())
    assert (figures["unchanged"], figures["quarantined"], figures["accepted"]) == (12, 3, 0)
    assert contents(bookrec) == before


def test_a_dry_run_reports_and_keeps_nothing(bookrec, tmp_path):
    report = tmp_path / "report.json"
    bookrec.run("ingest", "books", STARTER, "--dry-run", "--report", report)
    assert json.loads(report.read_text())["accepted"] >= 1_200
    assert not any(contents(bookrec).values())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks(bookrec, tmp_path, newline, mark):
    source = tmp_path / "books.csv"
    text = "title,authors,description\n" + '"He said ""no"", twice",Ann Author,"two\nlines, one field"\n'
    source.write_bytes((mark + text.replace("\n", newline)).encode())
    bookrec.run("ingest", "books", source)
    assert rows(bookrec.home, "SELECT title, description FROM editions") == [('He said "no", twice', "two\nlines, one field")]


def test_a_row_of_a_gigabyte_is_set_aside(bookrec, tmp_path):
    """One line of 1 GB between two good rows: the good ones go in, with flat memory."""
    source = tmp_path / "huge.csv"
    with source.open("wb") as file:
        file.write((HEADER + GOOD).encode())
        file.write(b"x" * 10)
        file.seek(1 << 30, 1)  # a hole: zeros that take no disk
        file.write(b"\n9780547928227,The Hobbit,,J. R. R. Tolkien,Fantasy,A burglar goes east.,1937,4.27,310,5\n")
        file.write(b"".join(b",Filler %d,,An Author,,,,,,\n" % number for number in range(8)))
    done = bookrec.run("ingest", "books", source)
    assert b"11 rows = 10 accepted" in done.stdout
    assert b"line 3: recordTooLong" in done.stderr


def test_a_header_of_a_gigabyte_is_refused(bookrec, tmp_path):
    source = tmp_path / "huge.csv"
    with source.open("wb") as file:
        file.seek(1 << 30)
        file.write(b"x")
    assert "huge.csv is binary data" in bookrec.message("ingest", "books", source, fails=65)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "has a header and no rows"),
        (b"isbn,author\n1,2\n", "only `isbn`, `author`"),
        (b"titel-nr#author\nDune#Herbert\n", "check that the delimiter is right"),
        (b"title,book_title\nDune,Dune\n", "both name the title"),
        ("title,author\nDune,Herbert\n".encode("utf-16-le"), "binary data"),
        (b"title,author\n,x\n,y\n", "none of its 2 rows can be used"),
        (b"title,author\nDune,Herbert\n,x\n", "1 of its 2 rows were refused"),
        (b"a," * 20_000 + b"title\nx\n", "more than 10000 columns"),
        (b"PK\x03\x04 but no zip", "cannot be unpacked"),
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_recognised(bookrec, tmp_path, encoding, delimiter):
    source = tmp_path / "shop.csv"
    text = "isbn13,title,author\n9780441013593,Dune,Frank Herbert\n,Gefühl und Größe,Jörg Müller\n"
    source.write_bytes(text.replace(",", delimiter).encode(encoding))
    bookrec.run("ingest", "books", source)
    assert rows(bookrec.home, "SELECT title, authors FROM editions ORDER BY id") == [
        ("Dune", '["Frank Herbert"]'),
        ("Gefühl und Größe", '["Jörg Müller"]'),
    ]


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
    assert "not a database" in Bookrec(program, tmp_path / "home").message("ingest", "books", STARTER, fails=65)
