"""The leanest Python stack that we would build: a bare ASGI application, ONNX Runtime, NumPy. No framework, no cache.

    STACK=var/bench/stack MODELS=var/bench/models uvicorn --app-dir bench/serving app:app --http httptools --loop uvloop

`GET /search?q=...` answers the ten best books as JSON.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from bare_asgi import application
from onnx_encoder import Encoder

LIMIT = 10

stack = Path(os.environ["STACK"])
encoder = Encoder(Path(os.environ["MODELS"]), os.environ.get("MODEL", "int8.onnx"), threads=1)
vectors = np.load(stack / "vectors.npy")  # [books, 384]
books = json.loads((stack / "books.json").read_text(encoding="utf-8"))


def search(query: str) -> list[dict]:
    scores = vectors @ encoder.one(query)
    best = np.argpartition(scores, -LIMIT)[-LIMIT:]
    best = best[np.argsort(-scores[best])]
    return [books[row] | {"score": round(float(scores[row]), 4)} for row in best]


app = application(search)
