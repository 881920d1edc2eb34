#!/usr/bin/env python3
"""One peer in one process: measures it, or writes its vectors. `compare.py` starts it; by hand for a look:

    bench/embedding/.venv/bin/python bench/embedding/peer.py onnxruntime-int8 --threads 2 --seconds 1 \\
        --models var/bench/models --queries var/bench/queries.jsonl --descriptions var/bench/descriptions.jsonl

Every peer does its own tokenisation, and it counts. Texts are sorted by length and cut into batches; the batches are taken
in a random order, so that a measurement that ends early has not met the short texts only. With several threads the peers
that allow it are tried both ways: that many threads inside one batch, and that many batches side by side.
"""

import argparse
import itertools
import json
import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from export import model_folder
from measuring import resident_mib
from onnx_encoder import Encoder

BATCHES = (1, 8, 32)
LONGEST = 256


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Tokens:
    """PyPI `tokenizers`, without padding: who needs padding does it itself."""

    def __init__(self, models: Path) -> None:
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(models / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def __call__(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]


class CTranslate2:
    def __init__(self, models: Path, inside: int, beside: int) -> None:
        import ctranslate2

        self.encoder = ctranslate2.Encoder(
            str(models / "ctranslate2"), device="cpu", compute_type="int8", intra_threads=inside, inter_threads=beside
        )
        self.tokens = Tokens(models)

    def __call__(self, texts: list[str]) -> np.ndarray:
        rows = self.tokens(texts)
        hidden = np.asarray(self.encoder.forward_batch(rows).last_hidden_state)  # [texts, tokens, 384]
        return unit(np.stack([hidden[place, : len(row)].mean(axis=0) for place, row in enumerate(rows)]))


class SentenceTransformers:
    def __init__(self, models: Path, inside: int, beside: int) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(inside)
        self.model = SentenceTransformer(str(model_folder()), device="cpu")

    def __call__(self, texts: list[str]) -> np.ndarray:
        return self.model.encode(texts, batch_size=len(texts), show_progress_bar=False, normalize_embeddings=True)


ENGINES = {
    "onnxruntime-f32": lambda models, inside, beside: Encoder(models, "f32.onnx", inside),
    "onnxruntime-int8": lambda models, inside, beside: Encoder(models, "int8.onnx", inside),
    "onnxruntime-int8-reduced": lambda models, inside, beside: Encoder(models, "int8-reduced.onnx", inside),
    "ctranslate2-int8": CTranslate2,
    "sentence-transformers-f32": SentenceTransformers,
}


def lines(path: Path) -> list[str]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def batches(texts: list[str], size: int) -> list[list[str]]:
    ordered = sorted(texts, key=len)
    cut = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    random.Random(5).shuffle(cut)
    return cut


def one_at_a_time(encode, texts: list[str], seconds: float) -> float:
    """Median milliseconds of one text alone."""
    for text in texts[:10]:
        encode([text])
    times, end = [], time.perf_counter() + seconds
    for text in itertools.cycle(texts):
        start = time.perf_counter()
        encode([text])
        stop = time.perf_counter()
        times.append((stop - start) * 1000)
        if stop > end:
            return statistics.median(times)


def texts_per_second(encode, texts: list[str], size: int, beside: int, seconds: float) -> float:
    """Each of `beside` threads takes the next batch until the time is over; a batch counts for the time that it took."""
    cut = batches(texts, size)
    encode(cut[0])
    start = time.perf_counter()
    following = itertools.cycle(cut)

    def work() -> tuple[int, float]:
        done = 0
        while (now := time.perf_counter()) < start + seconds:
            batch = next(following)
            encode(batch)
            done += len(batch)
        return done, now - start

    if beside == 1:
        done, elapsed = work()
        return done / elapsed
    with ThreadPoolExecutor(beside) as pool:
        parts = [future.result() for future in [pool.submit(work) for _ in range(beside)]]
    return sum(done / elapsed for done, elapsed in parts)


def measure(engine: str, arguments: argparse.Namespace) -> dict:
    queries, descriptions = lines(arguments.queries), lines(arguments.descriptions)
    threads = arguments.threads
    start = time.perf_counter()
    encode = ENGINES[engine](arguments.models, threads, 1)
    encode(queries[:1])
    result = {"loadMilliseconds": (time.perf_counter() - start) * 1000}
    if threads == 1:
        result["queryMilliseconds"] = one_at_a_time(encode, queries, arguments.seconds)
    ways = [(threads, 1)]
    if threads > 1 and engine != "sentence-transformers-f32":
        ways.append((1, threads))
    for inside, beside in ways:
        if (inside, beside) != ways[0]:
            encode = ENGINES[engine](arguments.models, inside, beside)
        for size in BATCHES:
            way = f"batches of {size}"
            if threads > 1:
                way += f", {beside} side by side" if beside > 1 else f", {inside} threads in each"
            for name, texts in (("queries", queries), ("descriptions", descriptions)):
                figure = texts_per_second(encode, texts, size, beside, arguments.seconds)
                result.setdefault(f"{name}PerSecond", {})[way] = figure
    return result | {"residentMiB": resident_mib()}


def versions() -> dict:
    from importlib.metadata import version

    names = ("onnxruntime", "ctranslate2", "sentence-transformers", "torch", "transformers", "tokenizers", "numpy")
    return {name: version(name) for name in names} | {"python": sys.version.split()[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=[*ENGINES, "versions"])
    parser.add_argument("--models", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--descriptions", type=Path)
    parser.add_argument("--texts", type=Path, help="write the vectors of these texts instead of measuring")
    parser.add_argument("--to", type=Path)
    arguments = parser.parse_args()
    if arguments.engine == "versions":
        result = versions()
    elif arguments.texts:
        encode = ENGINES[arguments.engine](arguments.models, arguments.threads, 1)
        texts = lines(arguments.texts)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), 16):
            rows = order[start : start + 16]
            vectors[rows] = encode([texts[row] for row in rows])
        np.save(arguments.to, vectors)
        result = {"texts": len(texts)}
    else:
        result = measure(arguments.engine, arguments)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
