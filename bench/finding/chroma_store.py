"""The vectors of the catalogue in ChromaDB, as its index is made and as it is served: nothing is fetched, nothing is told."""

import os
from pathlib import Path

# Read when the libraries are imported.
os.environ |= {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
import chromadb
from chromadb.config import Settings
from sentence_transformers import SentenceTransformer

# The original can return only what fell in its training split; the other collection tells what that costs it.
COLLECTIONS = ("split", "every-book")
COSINE = {"hnsw": {"space": "cosine"}}


def client(folder: Path) -> chromadb.ClientAPI:
    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


def encoder(models: Path) -> SentenceTransformer:
    """The folder that `bookrec model fetch` fills has the layout that this reads: Transformer, mean Pooling, Normalize."""
    return SentenceTransformer(str(models / "all-MiniLM-L6-v2"), device="cpu", local_files_only=True)


def is_in_split(isbn13: str) -> bool:
    """Seven of ten books, by FNV-1a (Fowler, Noll and Vo) of the ISBN: the same on every machine."""
    hashed = 0xCBF29CE484222325
    for byte in isbn13.encode():
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return hashed % 10 < 7
