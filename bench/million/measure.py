"""Asks a server over a made-up catalogue: how long each kind of request takes, and whether filters are exact.

One client, one request at a time, each sent once, the kinds by turns, so that a machine that drifts hits all of them alike.
"""

import http.client
import itertools
import json
import random
import statistics
import sys
import time
import urllib.parse
from collections.abc import Callable, Sequence
from pathlib import Path

from facts import Facts, row_of
from make_catalogue import CATEGORIES, Language, query

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from large_library import isbn13
from measuring import rounded

SEED = 4
SEARCH = "/api/v1/search?"
NARROW = {"category": "Fantasy", "language": "en", "minYear": 1990, "maxYear": 2019, "maxPages": 300, "minRating": 4.1}
# What is asked for together with words; the names are those of the table. Categories and authors vary from request to request.
FILTERS: dict[str, dict[str, object]] = {
    "category, a third of the books": {"category": CATEGORIES[0]},
    "category, one of the small ones": {"category": None},
    "language, 4 % of the books": {"language": "de"},
    "years of publication": {"minYear": 1990, "maxYear": 1999},
    "pages": {"maxPages": 200},
    "mean rating": {"minRating": 4.2},
    "author": {"author": None},
    "mood that is said of it": {"feels": "dark"},
    "genre": {"genre": "fantasy"},
    "content to avoid": {"avoid": "war"},
    "all of category, language, years, pages, rating": NARROW,
}
COUNTED = [
    {"category": CATEGORIES[0]},
    {"category": "Ghost stories"},
    {"language": "de"},
    {"language": "la"},
    {"minYear": 1990, "maxYear": 1999},
    {"maxYear": 1899},
    {"maxPages": 200},
    {"minPages": 300, "maxPages": 300},
    {"minRating": 4.2},
    {"minRating": 3.9, "maxRating": 3.9},
    {"language": "fr", "minYear": 2000},
    NARROW,
]


def misspelt(title: str, random_: random.Random) -> str:
    """One letter of its longest word is left out, or two change places."""
    words = title.split()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    word = words[longest]
    place = random_.randrange(1, len(word) - 1)
    words[longest] = word[:place] + (word[place + 1] + word[place] + word[place + 2 :] if random_.random() < 0.5 else word[place + 1 :])
    return " ".join(words)


class Requests:
    """Makes paths, none twice."""

    def __init__(self, facts: Facts) -> None:
        self.random = random.Random(SEED)
        self.language = Language()
        self.facts = facts
        self.asked: set[str] = set()

    def row(self) -> int:
        return self.random.randrange(len(self.facts))

    def words(self) -> str:
        while (text := query(self.random, self.language)) in self.asked:
            pass
        self.asked.add(text)
        return text

    def chosen(self, filters: dict[str, object]) -> dict[str, object]:
        """With a name for what stands open: a small category or an author that there are."""
        names = {"category": self.language.categories[self.random.randrange(200, 1_500)]}
        names["author"] = self.facts.authors[self.row()][0].split()[-1]
        return {name: names[name] if value is None else value for name, value in filters.items()}

    def isbn(self) -> str:
        return isbn13(self.row())

    def kinds(self) -> dict[str, Callable[[], str]]:
        def search(**parameters: object) -> str:
            return SEARCH + urllib.parse.urlencode({name: value for name, value in parameters.items() if value is not None})

        kinds = {
            "words": lambda: search(q=self.words()),
            "words, no facets": lambda: search(q=self.words(), facets="false"),
            "a title, misspelt": lambda: search(q=misspelt(self.facts.titles[self.row()], self.random)),
            "words and a mood": lambda: search(q=self.words(), mood="hopeful,-dark"),
        }
        for name, filters in FILTERS.items():
            kinds[f"words and {name}"] = lambda filters=filters: search(q=self.words(), **self.chosen(filters))
        kinds |= {
            "words, which must stand in it": lambda: search(q=self.words(), semanticRatio=0),
            "words, the newest first": lambda: search(q=self.words(), sort="newest"),
            "author and language, no words": lambda: search(language="en", **self.chosen({"author": None})),
            "like a book": lambda: search(like=self.isbn()),
            "an ISBN": lambda: search(q=self.isbn()),
            "books like a book": lambda: f"/api/v1/books/{self.isbn()}/similar",
            "suggestions": lambda: "/api/v1/suggest?" + urllib.parse.urlencode({"q": self.beginning()}),
        }
        return kinds

    def beginning(self) -> str:
        row = self.row()
        text = self.facts.titles[row] if self.random.random() < 0.5 else self.facts.authors[row][0]
        return text[: self.random.randint(3, max(3, len(text) - 1))]


def processor_time(process: int) -> float:
    """Milliseconds that the threads of a process have run."""
    files = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e6


class Client:
    def __init__(self, process: int, port: int) -> None:
        self.process = process
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str) -> tuple[float, dict]:
        """Milliseconds and the answer."""
        start = time.perf_counter()
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        body = response.read()
        elapsed = time.perf_counter() - start
        if response.status != 200:
            sys.exit(f"error: GET {path} gave {response.status}: {body[:500]!r}")
        return 1_000 * elapsed, json.loads(body)

    def search(self, parameters: dict[str, object]) -> dict:
        return self.get(SEARCH + urllib.parse.urlencode(parameters))[1]


def quantiles(values: Sequence[float]) -> dict:
    cuts = statistics.quantiles(values, n=100)
    return {"p50": rounded(cuts[49]), "p99": rounded(cuts[98])}


def ask(client: Client, path: str) -> tuple[float, float, float]:
    """Milliseconds of the whole request, in the service where it tells, and of the processor, which a busy machine changes
    less."""
    before = processor_time(client.process)
    elapsed, answer = client.get(path)
    return elapsed, answer.get("processingTimeMs", elapsed), processor_time(client.process) - before


def latencies(client: Client, requests: Requests, count: int) -> list[dict]:
    kinds = requests.kinds()
    for make in kinds.values():
        for _ in range(3):
            client.get(make())
    measured: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in kinds}
    for number in range(count):
        for kind, make in kinds.items():
            measured[kind].append(ask(client, make()))
        if number % 20 == 19:
            print(f"measured {number + 1} of {count} of each kind", file=sys.stderr)
    groups = {"words and a filter, all kinds": [f"words and {name}" for name in FILTERS]} | {kind: [kind] for kind in kinds}
    rows = []
    for name, members in groups.items():
        whole, inside, processor = zip(*(one for kind in members for one in measured[kind]), strict=True)
        row = {"kind": name, "requests": len(whole)} | quantiles(whole)
        rows.append(row | {"p50Inside": quantiles(inside)["p50"], "p50Processor": quantiles(processor)["p50"]})
    return rows


def check_counts(client: Client, requests: Requests, facts: Facts) -> list[dict]:
    """Counts with words, which find every book, against the file: of the whole answer and of three facets of it."""
    checks = []
    for asked in COUNTED:
        answer = client.search({"q": requests.words()} | asked)
        found = {facet["name"]: {value["value"]: value["count"] for value in facet["values"]} for facet in answer["facets"]}
        compared = wrong = 0
        for name, counts in facts.facets(asked).items():
            # Of categories the most frequent are shown.
            for value, count in found[name].items():
                compared += 1
                wrong += counts[value] != count
            wrong += name != "category" and len(counts) != len(found[name])
        check = {"filter": urllib.parse.urlencode(asked), "books": sum(1 for _ in facts.fitting(asked))}
        checks.append(check | {"estimatedTotalHits": answer["estimatedTotalHits"], "facetCounts": compared, "wrongFacetCounts": wrong})
    return checks


def check_rankings(client: Client, requests: Requests, facts: Facts, count: int) -> dict:
    """A filter must leave out what does not fit and change nothing else: of the hundred best of all books, those that fit
    stand in the same order when the same words are asked with the filter. Others may come between them: a filtered search
    looks closely at books that were too far down in the whole catalogue to be looked at so."""
    filters = [filters for filters in FILTERS.values() if not {"feels", "genre", "avoid"} & set(filters)]
    figures = dict.fromkeys(("compared", "misplaced", "between", "misfits"), 0)
    for number in range(count):
        asked = requests.chosen(filters[number % len(filters)])
        words = {"q": requests.words(), "limit": 100, "facets": "false"}
        every, fitting = (
            [row_of(hit["book"]["isbn13s"][0]) for hit in client.search(words | filters)["hits"]] for filters in ({}, asked)
        )
        expected = [row for row in every if facts.fits(row, asked)]
        places = [fitting.index(row) for row in expected if row in fitting]
        figures["compared"] += len(places)
        # What is missing from a full page has been pushed off it; from another it must not be missing.
        figures["misplaced"] += sum(b < a for a, b in itertools.pairwise(places))
        figures["misplaced"] += len(expected) - len(places) if len(fitting) < 100 else 0
        figures["between"] += places[-1] + 1 - len(places) if places else 0
        figures["misfits"] += sum(not facts.fits(row, asked) for row in fitting)
    return {"searches": count} | figures


def measure(process: int, port: int, books: Path, count: int) -> dict:
    facts = Facts(books)
    requests, client = Requests(facts), Client(process, port)
    counts = check_counts(client, requests, facts)
    rankings = check_rankings(client, requests, facts, 40)
    return {"rows": latencies(client, requests, count), "counts": counts, "rankings": rankings}
