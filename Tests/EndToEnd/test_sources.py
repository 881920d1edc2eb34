"""Every kind of source, recognised by itself, with every row of the real data accounted for."""

import csv
import gzip
import json
import zipfile

import pytest
from libraries import rows

BUCKETS = ("accepted", "merged", "updated", "unchanged", "quarantined", "unmatched", "ignored")


def take(bookrec, tmp_path, kind, *arguments):
    """Takes a file in and gives its report, whose sum is checked."""
    report = tmp_path / "report.json"
    bookrec.run("ingest", kind, *arguments, "--report", report)
    figures = json.loads(report.read_text())
    assert figures["rows"] == sum(figures[bucket] for bucket in BUCKETS)
    return figures


@pytest.fixture(scope="module")
def goodbooks(program, shared, tmp_path_factory):
    """The catalogue and all files of goodbooks, in a library that the tests of this file only read."""
    from program import Bookrec

    folder = tmp_path_factory.mktemp("goodbooks")
    bookrec = Bookrec(program, folder / "home")
    reports = {
        name: take(bookrec, folder, kind, shared / name)
        for kind, name in (
            ("books", "catalogue/books.csv"),
            ("ratings", "goodbooks/ratings.csv"),
            ("books", "goodbooks/books.csv"),
            ("books", "goodbooks/tags.csv"),
            ("books", "goodbooks/book_tags.csv"),
            ("ratings", "goodbooks/ratings_on_catalogue.csv"),
        )
    }
    reports["goodbooks/ratings.csv, again"] = take(bookrec, folder, "ratings", shared / "goodbooks/ratings.csv")
    return bookrec, reports


def test_every_row_of_the_real_data_is_accounted_for(goodbooks, shared):
    _, reports = goodbooks
    for name, report in reports.items():
        with (shared / name.split(",")[0]).open(encoding="utf-8", newline="") as file:
            assert report["rows"] == sum(1 for _ in csv.reader(file)) - 1, name
    # Ratings came before their books, and joined them when these came.
    assert reports["goodbooks/ratings.csv"]["unmatched"] == 298_176
    again = reports["goodbooks/ratings.csv, again"]
    assert (again["unchanged"], again["unmatched"]) == (298_001, 175)
    assert reports["goodbooks/ratings_on_catalogue.csv"]["unmatched"] == 0
    # Six books of goodbooks have an ISBN that no leading zero makes right; the 175 ratings are theirs.
    refused = {name: report["byRule"] for name, report in reports.items() if report["quarantined"]}
    assert refused == {"goodbooks/books.csv": {"invalidISBN": 6}}


def test_what_went_in_is_what_the_files_say(goodbooks, shared):
    bookrec, _ = goodbooks
    with (shared / "goodbooks/ratings.csv").open(encoding="utf-8", newline="") as file:
        expected = sorted((row["user_id"], f"id:{row['book_id']}", float(row["rating"])) for row in csv.DictReader(file))
    found = rows(
        bookrec.home,
        "SELECT r.name, i.key, stars FROM ratings JOIN readers r ON r.id = readerId JOIN items i ON i.id = itemId "
        "WHERE r.source = 'goodbooks-10k'",
    )
    assert sorted(found) == expected


def test_the_library_is_whole(goodbooks):
    bookrec, _ = goodbooks
    assert b"The library is whole" in bookrec.run("library", "check").stdout


def test_joins_are_those_of_the_crosswalk(goodbooks, shared):
    """Recall of the library's own joins between goodbooks and the catalogue, ISBNs included."""
    bookrec, _ = goodbooks
    works = dict(rows(bookrec.home, "SELECT key, workId FROM editions WHERE source = 'goodbooks-10k'"))
    of_isbn = dict(rows(bookrec.home, "SELECT isbn13, workId FROM editions WHERE source = 'catalogue' AND isbn13 IS NOT NULL"))
    with (shared / "crosswalk.csv").open(encoding="utf-8", newline="") as file:
        pairs = [row for row in csv.DictReader(file) if row["source"] == "goodbooks10k"]
    joined = sum(works.get(f"id:{pair['source_item_id']}") == of_isbn[pair["isbn13"]] for pair in pairs)
    assert joined / len(pairs) >= 0.95


GOODREADS = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,"
    "Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,"
    "Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies\n"
    '5107,Dune,Frank Herbert,"Herbert, Frank",,"=""0441013597""","=""9780441013593""",5,4.25,Ace,Paperback,604,2005,1965,'
    '2021/03/04,2021/01/02,,,read,"My SECRET thoughts",,,1,0\n'
    '1,The Hobbit,J.R.R. Tolkien,"Tolkien, J.R.R.",,"=""""","=""""",0,4.28,,,,,1937,,2021/01/05,to-read,to-read (#1),to-read,,,,0,0\n'
    '2,Broken ISBN,Ann Author,"Author, Ann",,"=""0441013590""","=""""",3,,,,,,,,2021/01/05,,,read,"SECRET too",,,1,0\n'
)
STORYGRAPH = (
    "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,Pace,"
    "Character- or Plot-Driven?,Strong Character Development?,Loveable Characters?,Diverse Characters?,Flawed Characters?,"
    "Star Rating,Review,Content Warnings,Content Warning Description,Tags,Owned?\n"
    "Dune,Frank Herbert,,9780441013593,paperback,read,2021/01/02,2021/03/04,2021/02/01-2021/03/04,1,adventurous,slow,,,,,,4.25,"
    '"<div>SECRET</div>",,,,No\n'
    "Left Early,Ann Author,,,digital,did-not-finish,2021/01/02,,,0,,,,,,,,,,,,,No\n"
)


def test_a_readers_own_shelves(bookrec, tmp_path):
    from conftest import STARTER

    bookrec.run("ingest", "books", STARTER)
    for name, text in (("goodreads_library_export.csv", GOODREADS), ("storygraph.csv", STORYGRAPH)):
        (tmp_path / name).write_text(text)
    mild = contract(tmp_path, 0.5)
    figures = take(
        bookrec, tmp_path, "shelf", tmp_path / "goodreads_library_export.csv", "--reader", "me", "--contract", mild
    )
    assert figures["reading"]["format"] == "goodreads-export"
    assert figures["personalColumns"] == ["My Review", "Spoiler", "Private Notes"]
    assert (figures["rows"], figures["accepted"], figures["quarantined"]) == (3, 2, 1)
    figures = take(bookrec, tmp_path, "shelf", tmp_path / "storygraph.csv", "--reader", "me")
    assert figures["reading"]["format"] == "storygraph-export"
    marks = rows(
        bookrec.home,
        "SELECT r.source, i.title, stars, shelf, day, i.method FROM ratings JOIN readers r ON r.id = readerId "
        "JOIN items i ON i.id = itemId ORDER BY 1, 2",
    )
    assert ("goodreads", "Dune", 5.0, 0, 18_690, "titleAuthor") in marks
    assert any(mark[:4] == ("goodreads", "The Hobbit", None, 2) and mark[5] == "titleAuthor" for mark in marks)
    assert any(mark[:4] == ("storygraph", "Dune", 4.25, 0) for mark in marks)
    assert any(mark[:4] == ("storygraph", "Left Early", None, 3) for mark in marks)
    # A review is nobody's business: it is nowhere in the folder, refused rows among it.
    for file in bookrec.home.glob("library.sqlite*"):
        if file.is_file():
            assert b"SECRET" not in file.read_bytes()
    assert b"--reader" in bookrec.run("ingest", "shelf", tmp_path / "storygraph.csv", fails=64).stderr


def test_book_crossing_in_a_zip(bookrec, tmp_path):
    books = (
        '"ISBN";"Book-Title";"Book-Author";"Year-Of-Publication";"Publisher";"Image-URL-S";"Image-URL-M";"Image-URL-L"\n'
        '"0441013597";"Dune";"Frank Herbert";"2005";"Ace";"a";"b";"c"\n'
        '"3442243939";"Die Stra\xdfe; \\"der\\" W\xf6lfe &amp; B\xe4ren";"J\xf6rg M\xfcller";"0";"X";"a";"b";"c"\n'
    )
    ratings = '"User-ID";"ISBN";"Book-Rating"\n"1";"0441013597";"0"\n"2";"0441013597";"10"\n"2";"034545104X";"5"\n'
    archive = tmp_path / "BX.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("BX-Books.csv", books.encode("latin-1"))
    with gzip.open(tmp_path / "BX-Book-Ratings.csv.gz", "wb") as file:
        file.write(ratings.encode("latin-1"))
    figures = take(bookrec, tmp_path, "books", archive)
    assert (figures["file"], figures["reading"]["format"]) == ("BX.zip/BX-Books.csv", "book-crossing-books")
    figures = take(bookrec, tmp_path, "ratings", tmp_path / "BX-Book-Ratings.csv.gz")
    assert (figures["accepted"], figures["unmatched"]) == (2, 1)
    assert rows(bookrec.home, "SELECT stars, shelf FROM ratings ORDER BY stars") == [(None, 0), (2.5, 0), (5.0, 0)]
    titles = [title for (title,) in rows(bookrec.home, "SELECT title FROM editions ORDER BY title")]
    assert titles == ['Die Straße; "der" Wölfe & Bären', "Dune"]


def test_json_lines_and_an_open_library_dump(bookrec, tmp_path):
    lines = tmp_path / "books.jsonl"
    lines.write_text(
        '{"title": "Dune", "authors": ["Frank Herbert"], "isbn13": "9780441013593", "year": 1965, "shelfmark": "X1"}\n'
        '{"title": "Kim", "authors": ["Rudyard Kipling"], "year": "1901", "categories": ["Adventure", "Classics"]}\n'
        "{broken\n"
    )
    figures = take(bookrec, tmp_path, "books", lines, "--contract", contract(tmp_path, 0.5))
    assert (figures["accepted"], figures["byRule"]) == (2, {"notJSON": 1})
    assert figures["unmappedColumns"] == ["shelfmark"]

    dump = tmp_path / "ol_dump.txt.gz"
    with gzip.open(dump, "wt", encoding="utf-8") as file:
        for kind, key, value in (
            ("author", "/authors/OL1A", {"name": "Iris Väle"}),
            ("edition", "/books/OL1M", {"title": "Tides", "authors": [{"key": "/authors/OL1A"}], "isbn_10": ["0306406152"],
             "publish_date": "May 2003", "number_of_pages": 90, "works": [{"key": "/works/OL1W"}]}),
            ("work", "/works/OL1W", {"title": "Tides", "authors": [{"author": {"key": "/authors/OL1A"}}]}),
            ("redirect", "/books/OL2M", {"location": "/books/OL1M"}),
        ):  # fmt: skip
            file.write(f"/type/{kind}\t{key}\t1\t2010-01-01T00:00:00\t{json.dumps(value)}\n")
    figures = take(bookrec, tmp_path, "books", dump)
    assert figures["reading"]["format"] == "open-library"
    assert (figures["rows"], figures["accepted"], figures["merged"], figures["ignored"]) == (4, 2, 1, 1)
    assert rows(
        bookrec.home, "SELECT authors, isbn13, year, pages FROM editions WHERE source = 'open-library' AND isbn13 IS NOT NULL"
    ) == [('["Iris Väle"]', "9780306406157", 2003, 90)]


def contract(tmp_path, share):
    from conftest import ROOT

    text = (ROOT / "config/contract.yaml").read_text().replace("quarantinedShare: 0.20", f"quarantinedShare: {share}")
    path = tmp_path / "contract.yaml"
    path.write_text(text)
    return path


def test_a_mapping_file_says_what_columns_mean(bookrec, tmp_path):
    shop = tmp_path / "shop.csv"
    shop.write_bytes("Artikel;Bezeichnung;Urheber;Lager\n9780441013593;Dune;Frank Herbert;B7\n".encode("latin-1"))
    assert "no columns of books" in bookrec.message("ingest", "books", shop, fails=65)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("source: myshop\ncolumns: {isbn13: Artikel, title: Bezeichnung, authors: Urheber}\nignore: [Lager]\n")
    assert take(bookrec, tmp_path, "books", shop, "--mapping", mapping)["accepted"] == 1
    assert rows(bookrec.home, "SELECT source, isbn13, title, authors FROM editions") == [
        ("myshop", "9780441013593", "Dune", '["Frank Herbert"]')
    ]
    mapping.write_text("columnz: {}\n")
    assert "columnz" in bookrec.message("ingest", "books", shop, "--mapping", mapping, fails=65)


def test_the_wrong_command_is_told(bookrec, tmp_path):
    ratings = tmp_path / "r.csv"
    ratings.write_text("user_id,book_id,rating\n1,2,3\n")
    assert "ingest ratings" in bookrec.message("ingest", "books", ratings, fails=65)


def test_too_many_refused_rows_leave_the_library_as_it_was(bookrec, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("title,authors\n" + "Good,Ann Author\n" * 1 + "".join(f"Book {i},A\n" for i in range(6)) + ",Nobody\n" * 2)
    report = tmp_path / "report.json"
    message = bookrec.run("ingest", "books", bad, "--report", report, fails=65).stderr.decode()
    assert "2 of its 9 rows were refused" in message and "20 %" in message
    assert json.loads(report.read_text())["quarantined"] == 2
    assert rows(bookrec.home, "SELECT COUNT(*) FROM editions") == [(0,)]


def test_quarantine_list_export_correct_and_replay(bookrec, tmp_path):
    shop = tmp_path / "shop.csv"
    good = "".join(f"Book {i},Author {i},\n" for i in range(10))
    shop.write_text("title,authors,isbn13\n" + good + ",Ann Author,\nWrong,Bo Baker,9780441013594\n")
    bookrec.run("ingest", "books", shop)
    listed = bookrec.run("quarantine", "list").stdout.decode()
    assert "line 12, title: missingTitle" in listed and "line 13, isbn13: invalidISBN" in listed
    bookrec.run("quarantine", "export", tmp_path / "out")
    rows_ = (tmp_path / "out/shop.csv").read_text()
    assert rows_ == "title,authors,isbn13\n,Ann Author,\nWrong,Bo Baker,9780441013594\n"
    assert "check digit" in (tmp_path / "out/shop.csv.reasons.csv").read_text()
    # By a milder contract one of them is good.
    mild = contract(tmp_path, 0.2)
    mild.write_text(mild.read_text().replace("isbn13: {type: isbn, onViolation: quarantine}", "isbn13: {type: isbn, onViolation: unknown}"))
    assert b"2 rows read again, 1 good now, 1 still refused" in bookrec.run("quarantine", "replay", "--contract", mild).stdout
    # And the corrected file clears the rest.
    shop.write_text("title,authors,isbn13\n" + good + "Found,Ann Author,\nWrong,Bo Baker,\n")
    bookrec.run("ingest", "books", shop)
    assert bookrec.run("quarantine", "list").stdout == b""
