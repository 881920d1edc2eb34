"""The search of the Python project that this one succeeds, behind the leanest server: sentence-transformers and ChromaDB.

    STACK=var/bench/finding MODELS=var/models COLLECTION=split uvicorn --app-dir bench/finding chroma_app:app

The 250 books of the training split whose description is closest by cosine, ordered by cosine + 0.2 * rating / 5. The original
filters what is left after that; here nothing is filtered. What is shown of a book lies in memory.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bare_asgi import application
from chroma_store import client, encoder

CANDIDATES = 250
RATING_WEIGHT = 0.2
LIMIT = 10

stack = Path(os.environ["STACK"])
model = encoder(Path(os.environ["MODELS"]))
collection = client(stack / "chroma").get_collection(os.environ["COLLECTION"], embedding_function=None)
books = json.loads((stack / "books.json").read_text(encoding="utf-8"))


def search(query: str) -> list[dict]:
    vector = model.encode([query], show_progress_bar=False)
    closest = collection.query(query_embeddings=vector, n_results=CANDIDATES, include=["distances"])
    scored = [
        (1 - distance + RATING_WEIGHT * float(books[isbn13]["average_rating"] or 0) / 5, isbn13)
        for isbn13, distance in zip(closest["ids"][0], closest["distances"][0], strict=True)
    ]
    scored.sort(key=lambda one: -one[0])
    return [books[isbn13] | {"score": round(score, 4)} for score, isbn13 in scored[:LIMIT]]


app = application(search)
