"""How often a server finds the book that was meant, asked over HTTP, as `bookrec evaluate search` judges it.

What counts are works: an answer with any edition of a work answers a query for it, and two editions of one work among the
answers count once. Which editions are one work is asked of `bookrec serve`. Ranks beyond ten count as not found.
"""

import hashlib
import json
import random
import statistics

from load import Server

SAMPLES = 1_000


class Works:
    """From ISBNs to works, as a running `bookrec serve` knows them."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.known: dict[str, str | None] = {}

    def of(self, isbn13: str) -> str | None:
        if isbn13 not in self.known:
            found = self.server.get(f"/api/v1/books/{isbn13}")
            self.known[isbn13] = json.loads(found)["id"] if found else None
        return self.known[isbn13]


def answers(server: Server, query: str, works: Works) -> list[str]:
    """The ids of the works, best first. An edition that we have refused to take in stands for itself."""
    found = server.ask(query)
    if found is None:
        raise SystemExit(f"error: {' '.join(server.command)} does not answer “{query}”")
    hits = json.loads(found)["hits"]
    ids = [hit["book"]["id"] if "book" in hit else works.of(hit["isbn13"]) or hit["isbn13"] for hit in hits]
    return list(dict.fromkeys(ids))


def reciprocal_ranks(server: Server, judged: list[dict], works: Works) -> list[float]:
    """1 for the first place, 0.1 for the tenth, 0 for none of these."""
    values = []
    for one in judged:
        meant = {works.of(isbn13) for isbn13 in one["isbn13s"]}
        places = (place for place, work in enumerate(answers(server, one["query"], works)[:10], 1) if work in meant)
        values.append(1 / next(places, float("inf")))
    return values


def is_for_judging(query: str) -> bool:
    """Not of the half that our weights are fitted on: see data/queries/README.md."""
    return hashlib.sha256(query.encode()).digest()[0] >> 4 & 1 == 1


FIGURES = {
    "hit@1": lambda values: statistics.mean(value == 1 for value in values),
    "hit@10": lambda values: statistics.mean(value > 0 for value in values),
    "MRR@10": statistics.mean,
}


def figures(values: list[float]) -> dict:
    """Each with a 95 % interval by bootstrap."""
    random_ = random.Random(41)
    samples = [random_.choices(values, k=len(values)) for _ in range(SAMPLES)]
    result = {"queries": len(values)}
    for name, figure in FIGURES.items():
        drawn = sorted(figure(sample) for sample in samples)
        low, high = drawn[round(0.025 * SAMPLES)], drawn[round(0.975 * SAMPLES) - 1]
        result[name] = {"value": round(figure(values), 3), "low": round(low, 3), "high": round(high, 3)}
    return result


def tables(values: dict[str, list[float]], judged: list[dict]) -> dict[str, dict]:
    """Figures of each engine for all queries, for the half that nothing was fitted on, and for each kind."""
    groups = {"all": range(len(judged)), "judged": [place for place, one in enumerate(judged) if is_for_judging(one["query"])]}
    for kind in dict.fromkeys(one["kind"] for one in judged):
        groups[kind] = [place for place, one in enumerate(judged) if one["kind"] == kind]
    return {
        group: {engine: figures([ranks[place] for place in places]) for engine, ranks in values.items()}
        for group, places in groups.items()
    }
