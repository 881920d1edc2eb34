"""Queries as people type them, no two alike, for loads: descriptions, titles, misspelt titles, authors and a topic.

A load sends tens of thousands of queries and each only once, so the judged queries are a seed here: descriptions are theirs
with words left out and exchanged, the others are made of the catalogue's names. Every stretch of the list has the same mix.
ISBNs are left out: we look one up where a peer searches, which would say nothing of searching.
"""

import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from search_latency import FEELINGS, SUBJECTS, TIMES

# In how many of a hundred queries a kind is; `described` are the kinds describe, memory and mood of the judged queries.
MIX = {"described": 35, "template": 10, "title": 18, "typo": 20, "author": 17}
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    letter: "".join(row[max(0, place - 1) : place] + row[place + 1 : place + 2])
    for row in KEYBOARD
    for place, letter in enumerate(row)
}


def judged_queries(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def varied(query: str, others: list[str], random_: random.Random) -> str:
    """Somebody else's words for the same: some left out, one or two taken from other queries."""
    words = query.split()
    for _ in range(random_.randint(1, 2)):
        words[random_.randrange(len(words))] = random_.choice(random_.choice(others).split())
    return " ".join(word for word in words if random_.random() > 0.1)


def misspelt(text: str, random_: random.Random) -> str:
    """One to three slips of the fingers: a letter left out, doubled, exchanged with the next, or its neighbour's key."""
    letters = list(text.lower())
    for _ in range(random_.choice((1, 2, 2, 3))):
        places = [place for place, letter in enumerate(letters) if letter in NEIGHBOURS]
        if len(places) < 2:
            break
        place = random_.choice(places)
        slip = random_.randrange(4)
        if slip == 0:
            del letters[place]
        elif slip == 1:
            letters.insert(place, letters[place])
        elif slip == 2 and place + 1 < len(letters):
            letters[place : place + 2] = reversed(letters[place : place + 2])
        else:
            letters[place] = random_.choice(NEIGHBOURS[letters[place]])
    return "".join(letters)


def makers(rows: list[dict], judged: list[dict], random_: random.Random) -> dict[str, Callable[[], str]]:
    described = [one["query"] for one in judged if one["kind"] in ("describe", "memory", "mood")]
    titled = [row for row in rows if re.search("[A-Za-z]{3}", row["title"])]
    authored = [row for row in titled if row["authors"]]

    def author(row: dict) -> str:
        """In full, or the last name."""
        name = row["authors"].split(";")[0]
        return name if random_.random() < 0.6 else name.split()[-1]

    def template() -> str:
        feelings = " and ".join(random_.sample(FEELINGS, 2))
        return f"{feelings} story about {random_.choice(SUBJECTS)} {random_.choice(TIMES)}"

    def title() -> str:
        row = random_.choice(authored)
        name = row["title"] + (f" {row['subtitle']}" if row.get("subtitle") and random_.random() < 0.2 else "")
        return random_.choice((name, name, f"{name} {author(row)}", f"{name} by {author(row)}"))

    def author_and_topic() -> str:
        row = random_.choice(authored)
        topics = re.findall(r"\b[a-z]{5,}\b", row["description"]) or row["categories"].lower().split() or ["novel"]
        return f"{author(row)} {' '.join(random_.sample(topics, min(len(topics), random_.randint(1, 3))))}"

    return {
        "described": lambda: varied(random_.choice(described), described, random_),
        "template": template,
        "title": title,
        "typo": lambda: misspelt(random_.choice(titled)["title"], random_),
        "author": author_and_topic,
    }


def endless(rows: list[dict], judged: list[dict]) -> Iterator[str]:
    """New queries for as long as there are any; none that is judged, so that both may be asked of one server."""
    random_ = random.Random(29)
    make = makers(rows, judged, random_)
    seen = {one["query"].casefold() for one in judged}
    while True:
        kind = random_.choices(list(MIX), list(MIX.values()))[0]
        query = next((one for one in (make[kind]().strip() for _ in range(50)) if one.casefold() not in seen), "")
        if query:
            seen.add(query.casefold())
            yield query
