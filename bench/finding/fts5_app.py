"""The search that SQLite brings along, behind the leanest server: FTS5 and its BM25, nothing else.

    STACK=var/bench/finding uvicorn --app-dir bench/finding fts5_app:app

Books that have any of the words, stemmed, best first: who describes a book uses words that it does not have, and asked for
all of them FTS5 would find nothing. Words that say nothing are not asked for: FTS5 is several times as fast without them, and
finds as well. The weights of the columns are those that our keyword leg gives the same fields.
"""

import os
import re
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bare_asgi import application

SEARCH = (
    "SELECT isbn13, title, authors, published_year, average_rating, -rank AS score FROM books "
    "WHERE books MATCH ? AND rank MATCH 'bm25(0, 2.5, 1.5, 1.5, 1, 1, 0, 0)' ORDER BY rank LIMIT 10"
)
SAYING_NOTHING = frozenset(
    # Articles, pronouns, prepositions, conjunctions, auxiliary verbs.
    "a an the i me my we us our you your he him his she her hers it its they them their this that these those who whom whose "
    "which what where when why how about after at before by for from in into of off on onto out over to under up with without "
    "and as but if nor not or so than then am are be been being is was were do does did has have had can could may might must "
    "shall should will would some any there s t".split()
)

# Several processes read one file that nobody writes.
connection = sqlite3.connect(f"file:{Path(os.environ['STACK']).resolve() / 'fts5.sqlite'}?immutable=1", uri=True)
connection.row_factory = sqlite3.Row
# The whole file: 6,810 books are 8 MB.
connection.execute("PRAGMA mmap_size = 1073741824")


def search(query: str) -> list[dict]:
    words = dict.fromkeys(re.findall(r"\w+", query.lower()))
    if not words:
        return []
    words = [word for word in words if word not in SAYING_NOTHING] or words
    rows = connection.execute(SEARCH, (" OR ".join(f'"{word}"' for word in words),))
    return [dict(row) | {"score": round(row["score"], 4)} for row in rows]


app = application(search)
