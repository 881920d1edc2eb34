"""The starter shelf: facts in order, descriptions our own."""

import csv
import re

import pytest
from conftest import STARTER


@pytest.fixture(scope="module")
def shelf() -> list[dict]:
    with STARTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "'").replace("'", ""))


def test_facts_are_complete_and_plausible(shelf):
    assert len(shelf) >= 1_200
    for row in shelf:
        digits = [int(digit) for digit in row["isbn13"]]
        # No ISBN is better than one that nobody has looked up.
        if digits:
            assert len(digits) == 13 and sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0, row["isbn13"]
        assert row["title"] and row["authors"] and row["categories"] and row["original_language"]
        assert -3_000 <= int(row["published_year"]) <= 2_026
        assert not row["num_pages"] or 10 <= int(row["num_pages"]) <= 2_500
        assert bool(row["average_rating"]) == bool(row["ratings_count"])
        if row["average_rating"]:
            assert 2.5 <= float(row["average_rating"]) <= 5 and int(row["ratings_count"]) > 0
        # Pages are those of the edition with this ISBN.
        assert row["isbn13"] or not row["num_pages"]
        assert not row["series"] or re.fullmatch(r".+ #\d+", row["series"])
    for column in ("isbn13", "description"):
        values = [row[column] for row in shelf if row[column]]
        assert len(set(values)) == len(values)
    assert sum(bool(row["isbn13"]) for row in shelf) >= 900
    assert len({(row["title"].casefold(), row["authors"]) for row in shelf}) == len(shelf)


def test_many_genres_and_centuries(shelf):
    genres = [genre for row in shelf for genre in row["categories"].split(";")]
    assert sum(genres.count(genre) >= 5 for genre in set(genres)) >= 25
    assert len(shelf) <= 3 * sum(row["original_language"] != "English" for row in shelf)
    centuries = {int(row["published_year"]) // 100 for row in shelf}
    assert len(centuries) >= 10


def test_descriptions_have_forty_to_eighty_words(shelf):
    assert [row["title"] for row in shelf if not 40 <= len(row["description"].split()) <= 80] == []


def test_descriptions_share_no_sentence_with_the_catalogue(shelf, catalogue):
    def runs(text: str) -> set[tuple[str, ...]]:
        all_words = words(text)
        return {tuple(all_words[i : i + 8]) for i in range(len(all_words) - 7)}

    with catalogue.open(encoding="utf-8", newline="") as file:
        published = set().union(*(runs(row["description"]) for row in csv.DictReader(file)))
    assert [row["title"] for row in shelf if runs(row["description"]) & published] == []


def test_the_known_facts_agree_with_the_catalogue(shelf, catalogue):
    """Pages of the edition with this ISBN, where the catalogue has it."""
    with catalogue.open(encoding="utf-8", newline="") as file:
        known = {row["isbn13"]: row for row in csv.DictReader(file)}
    both = [(row, known[row["isbn13"]]) for row in shelf if row["isbn13"] in known]
    assert len(both) >= 300
    assert [row["title"] for row, other in both if row["num_pages"] and row["num_pages"] != other["num_pages"]] == []
