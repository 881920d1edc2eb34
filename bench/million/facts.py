"""What a made-up catalogue says of its books, read from its file: by this, and not by the program, it is judged what fits."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FIRST_ISBN = 300_000_000


def row_of(isbn13: str) -> int:
    """`isbn13` of bench/large_library.py, turned round."""
    return int(isbn13[3:12]) - FIRST_ISBN


class Facts:
    """Each book's values by the names of the parameters that ask for them; None for what is not known."""

    def __init__(self, path: Path) -> None:
        self.titles: list[str] = []
        self.authors: list[tuple[str, ...]] = []
        self.categories: list[tuple[str, ...]] = []
        self.languages: list[str] = []
        self.years: list[int | None] = []
        self.pages: list[int | None] = []
        # In hundredths, so that no bound is missed by rounding.
        self.ratings: list[int | None] = []
        known: dict = {}

        def kept(value: object) -> object:
            """One object for equal values: a million rows have few different ones."""
            return known.setdefault(value, value)

        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self.titles.append(row["title"])
                self.authors.append(kept(tuple(row["authors"].split(";"))))
                self.categories.append(kept(tuple(row["categories"].split(";"))))
                self.languages.append(kept(row["language"]))
                self.years.append(kept(int(row["published_year"])) if row["published_year"] else None)
                self.pages.append(kept(int(row["num_pages"])) if row["num_pages"] else None)
                self.ratings.append(kept(round(100 * float(row["average_rating"]))) if row["average_rating"] else None)

    def __len__(self) -> int:
        return len(self.titles)

    def fits(self, row: int, asked: dict[str, object]) -> bool:
        return all(self._fits(row, name, value) for name, value in asked.items())

    def _fits(self, row: int, name: str, value: object) -> bool:
        match name:
            case "category":
                return value in self.categories[row]
            case "language":
                return self.languages[row] == value
            case "author":
                return any(value in author.split() for author in self.authors[row])
        known = {"Year": self.years, "Pages": self.pages, "Rating": self.ratings}[name[3:]][row]
        if known is None:
            return False
        bound = round(100 * value) if name.endswith("Rating") else value
        return known >= bound if name.startswith("min") else known <= bound

    def fitting(self, asked: dict[str, object]) -> Iterator[int]:
        return (row for row in range(len(self)) if self.fits(row, asked))

    def facets(self, asked: dict[str, object]) -> dict[str, Counter]:
        """The counts that an answer must show: each without what is asked for of it itself."""
        own = {"language": {"language"}, "category": {"category"}, "decade": {"minYear", "maxYear"}}
        counts = {name: Counter() for name in own}
        for name, parameters in own.items():
            for row in self.fitting({key: value for key, value in asked.items() if key not in parameters}):
                if name == "category":
                    counts[name].update(self.categories[row])
                elif name == "language" and self.languages[row]:
                    counts[name][self.languages[row]] += 1
                elif name == "decade" and self.years[row] is not None:
                    counts[name][str(self.years[row] // 10 * 10)] += 1
        return counts
