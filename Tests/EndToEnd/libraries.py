"""What a library holds, as Python's sqlite3 reads it."""

import sqlite3
from contextlib import closing
from pathlib import Path

#: Tables whose rows are the same whenever and however often the same files went in.
TABLES = (
    "works", "editions", "workKeys", "pins", "workAliases", "editionAliases", "people", "readers", "items", "ratings",
    "tags", "itemTags",
)  # fmt: skip


def rows(home: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(home / "library.sqlite")) as library:
        return library.execute(sql).fetchall()


def contents(home: Path) -> dict[str, list]:
    """Everything that was taken in; of the quarantine all but the run's number."""
    tables = {table: rows(home, f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES if table != "works"}
    tables["works"] = rows(home, "SELECT * FROM works ORDER BY 1")
    tables["quarantine"] = rows(home, "SELECT line, rule, field, value, remedy, row FROM quarantine ORDER BY line, rule")
    return tables


def meaning(home: Path) -> dict[str, list]:
    """The same without the numbers that rows have by the order in which they came."""
    facts = (
        "title, subtitle, authors, series, categories, year, pages, language, averageRating, ratingsCount, description, coverURL"
    )
    return {
        "editions": rows(
            home, f"SELECT source, key, workId, joinedBy, hidden, sourceID, isbn13, {facts} FROM editions ORDER BY 1, 2"
        ),
        "workKeys": rows(home, "SELECT key, workId FROM workKeys ORDER BY 1"),
        "pins": rows(home, "SELECT source, key, workId FROM pins ORDER BY 1, 2"),
        "ratings": rows(
            home,
            "SELECT r.source, r.name, r.simulated, i.key, i.isbn13, i.title, i.authors, i.workId, i.method, stars, shelf, day "
            "FROM ratings JOIN readers r ON r.id = readerId JOIN items i ON i.id = itemId ORDER BY 1, 2, 4",
        ),
        "tags": rows(
            home,
            "SELECT i.source, i.key, t.key, t.name, count FROM itemTags JOIN items i ON i.id = itemId "
            "JOIN tags t ON t.id = tagId ORDER BY 1, 2, 3",
        ),
    }
