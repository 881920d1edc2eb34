"""The real catalogue of 6,810 rows, from file to answers. Left out where the file is not there."""

import csv
import json
import re
from urllib.parse import quote

import pytest
from program import Server


@pytest.fixture(scope="module")
def rows(catalogue) -> list[dict]:
    with catalogue.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def big_server(big):
    with Server(big) as server:
        yield server


def test_every_row_is_accounted_for(big, catalogue, tmp_path, rows):
    report = tmp_path / "report.json"
    big.run("ingest", "books", catalogue, "--report", report)
    figures = json.loads(report.read_text())
    assert figures["rows"] == len(rows) == 6_810
    assert figures["rows"] == sum(figures[key] for key in ("accepted", "merged", "updated", "unchanged", "quarantined"))
    # It was ingested before: nothing changes.
    assert figures["unchanged"] == 6_810


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - {"the", "a", "of", "and", "in", "to"}


def test_every_isbn_leads_to_a_book_with_its_title(big_server, rows):
    """A work goes by the title of its best-known edition, so editions of another wording share some words with it."""
    others = 0
    for row in rows[::37]:
        book = big_server.json(f"/api/v1/books/{row['isbn13']}")
        assert row["isbn13"] in book["isbn13s"]
        others += book["title"].casefold() != row["title"].casefold()
        assert words(book["title"]) & words(row["title"]) or book["title"].casefold() == row["title"].casefold()
    assert others <= 5


def test_books_without_a_description_are_found_by_title(big_server, rows):
    """By title and author among the first ten: titles alone are not unique."""
    without = [row for row in rows if not row["description"] and row["authors"]]
    assert len(without) > 200
    missed = []
    for row in without[::3]:
        if big_server.json(f"/api/v1/books/{row['isbn13']}")["title"].casefold() != row["title"].casefold():
            continue
        hits = big_server.json(
            "/api/v1/search?" + "&".join(("limit=10", "q=" + quote(f"{row['title']} {row['authors'].split(';')[0]}")))
        )["hits"]
        if row["isbn13"] not in [isbn for hit in hits for isbn in hit["book"]["isbn13s"]]:
            missed.append(row["title"])
    assert not missed


def test_no_work_comes_twice(big_server):
    total = big_server.json("/version")["works"]
    seen = []
    for offset in range(0, total, 100):
        hits = big_server.json(f"/api/v1/search?q=war+and+peace&limit=100&offset={offset}")["hits"]
        seen += [hit["book"]["id"] for hit in hits]
    assert len(seen) == len(set(seen)) == total


def test_a_training_reuses_all_vectors(big):
    source = big.home / "one.csv"
    source.write_text("title,authors,description\nOne More,A. Nother,A single added book about beekeeping on the moon.\n")
    big.run("ingest", "books", source)
    assert "2 texts embedded" in big.run("train").stdout.decode()
