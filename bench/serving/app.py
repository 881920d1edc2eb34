"""The leanest Python stack that we would build: a bare ASGI application, ONNX Runtime, NumPy. No framework, no cache.

    STACK=var/bench/stack MODELS=var/bench/models uvicorn --app-dir bench/serving app:app --http httptools --loop uvloop

`GET /search?q=...` answers the ten best books as JSON. The work is done on the event loop: it is all computing, one request at
a time is the fastest that a process can do, and `--workers` adds processes.
"""

import json
import os
import sys
from pathlib import Path
from urllib.parse import parse_qs

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from onnx_encoder import Encoder

LIMIT = 10

stack = Path(os.environ["STACK"])
encoder = Encoder(Path(os.environ["MODELS"]), os.environ.get("MODEL", "int8.onnx"), threads=1)
vectors = np.load(stack / "vectors.npy")  # [books, 384]
books = json.loads((stack / "books.json").read_text(encoding="utf-8"))


def search(query: str) -> bytes:
    scores = vectors @ encoder.one(query)
    best = np.argpartition(scores, -LIMIT)[-LIMIT:]
    best = best[np.argsort(-scores[best])]
    hits = [books[row] | {"score": round(float(scores[row]), 4)} for row in best]
    return json.dumps({"query": query, "hits": hits}, ensure_ascii=False).encode()


async def app(scope: dict, receive, send) -> None:
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    query = parse_qs(scope["query_string"].decode()).get("q", [""])[0].strip()
    known = scope["path"] == "/search"
    status, body = (200, search(query)) if known and query else (400 if known else 404, b'{"error":"GET /search?q=WORDS"}')
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
