#!/usr/bin/env python3
"""Writes a made-up text model that `bookrec` takes for its own, with one layer in place of six: vectors of a million books
in minutes instead of hours.

    python3 bench/million/make_model.py --like var/models/all-MiniLM-L6-v2 --to HOME/models/all-MiniLM-L6-v2

Vocabulary, tokenizer and the width of a vector are the real model's, read from its folder; the weights are random, with a
fixed seed, and packed as bytes right away. What differs for a measurement of searches:

* A query is encoded faster. `run.py` measures by how much with both models, and the results say it: add it to a time.
* Vectors know nothing of meaning. Texts are alike that share pieces of words, so vectors are spread more evenly than real
  ones. An exact scan takes the same time over any vectors; a graph would not.
* The labels are those that ship, read from vectors they were not fitted to: moods and genres are said of some books and not
  of others, and mean nothing.

Everything else is the real pipeline. Needs nothing but Python.
"""

import argparse
import array
import hashlib
import json
import random
import shutil
import sys
from pathlib import Path

from make_catalogue import COMMON

SEED = 20_261_130
LAYERS, INTERMEDIATE = 1, 16
COPIED = ("1_Pooling/config.json", "modules.json", "sentence_bert_config.json", "tokenizer_config.json", "vocab.txt")
WEIGHTS = "model.int8.safetensors"
# As Engine/Sources/Kernels/PackedLinear.swift has them.
BLOCK_ROWS, BLOCK_DEPTH, LANE_LIMIT = 16, 8, 128
# The widest byte of a weight: four of them meet in a lane.
WIDEST = LANE_LIMIT // 4 - 1


class Tensors:
    """A safetensors file in the making."""

    def __init__(self) -> None:
        self.header: dict[str, dict] = {}
        self.data = bytearray()

    def add(self, name: str, kind: str, shape: list[int], elements: bytes) -> None:
        self.header[name] = {"dtype": kind, "shape": shape, "data_offsets": [len(self.data), len(self.data) + len(elements)]}
        self.data += elements

    def add_numbers(self, name: str, kind: str, elements: list) -> None:
        self.add(name, kind, [len(elements)], packed(elements, "i" if kind == "I32" else "f"))

    def encoded(self) -> bytes:
        header = {"__metadata__": {"layout": "bookrec packed encoder 1"}} | self.header
        text = json.dumps(header, sort_keys=True).encode()
        text += b" " * (-(len(text) + 8) % 64)
        return len(text).to_bytes(8, "little") + text + bytes(self.data)


def packed(elements: list, code: str) -> bytes:
    numbers = array.array(code, elements)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def add_linear(tensors: Tensors, random_: random.Random, prefix: str, rows: int, columns: int, gain: float) -> None:
    """Outputs have `gain` times the deviation of the inputs. Sizes are whole blocks: padding needs no thought."""
    assert rows % BLOCK_ROWS == 0 and columns % BLOCK_DEPTH == 0
    table = bytes((byte % (2 * WIDEST + 1) - WIDEST) % 256 for byte in range(256))
    weights = random_.randbytes(rows * columns).translate(table)
    shape = [rows // BLOCK_ROWS, columns // 4, BLOCK_ROWS, 4]
    tensors.add(f"{prefix}.weights", "I8", shape, weights)
    deviation = (2 * WIDEST + 1) / 12**0.5
    tensors.add_numbers(f"{prefix}.scales", "F32", [gain / (deviation * columns**0.5)] * rows)
    signed = array.array("b", weights)
    sums = []
    for row in range(rows):
        start = row // BLOCK_ROWS * BLOCK_ROWS * columns + row % BLOCK_ROWS * 4
        block = range(start, start + BLOCK_ROWS * columns - 4 * (row % BLOCK_ROWS), BLOCK_ROWS * 4)
        sums.append(sum(sum(signed[place : place + 4]) for place in block))
    tensors.add_numbers(f"{prefix}.sums", "I32", sums)
    tensors.add_numbers(f"{prefix}.bias", "F32", [0.0] * rows)
    tensors.add_numbers(f"{prefix}.factors", "F32", [1.0] * columns)


def add_norm(tensors: Tensors, prefix: str, width: int) -> None:
    tensors.add_numbers(f"{prefix}.gain", "F32", [1.0] * width)
    tensors.add_numbers(f"{prefix}.bias", "F32", [0.0] * width)


def weights(configuration: dict, silent: list[int]) -> bytes:
    random_ = random.Random(SEED)
    width, words = configuration["hidden_size"], configuration["vocab_size"]
    positions = configuration["max_position_embeddings"]
    tensors = Tensors()
    rows = bytearray(random_.randbytes(words * width))
    for row in silent:
        rows[row * width : (row + 1) * width] = bytes(width)
    tensors.add("words", "I8", [words, width], bytes(rows))
    tensors.add_numbers("words.scales", "F32", [1 / 74] * words)
    # The order of words does not matter.
    tensors.add("positions", "F32", [positions, width], bytes(4 * positions * width))
    add_norm(tensors, "embeddingNorm", width)
    for number in range(LAYERS):
        prefix = f"layers.{number}"
        add_linear(tensors, random_, f"{prefix}.attention", 3 * width, width, 0.7)
        add_linear(tensors, random_, f"{prefix}.attentionOutput", width, width, 0.5)
        add_norm(tensors, f"{prefix}.attentionNorm", width)
        add_linear(tensors, random_, f"{prefix}.intermediate", INTERMEDIATE, width, 1)
        add_linear(tensors, random_, f"{prefix}.output", width, INTERMEDIATE, 0.5)
        add_norm(tensors, f"{prefix}.outputNorm", width)
    return tensors.encoded()


def make(like: Path, to: Path) -> None:
    if not (like / "vocab.txt").exists():
        sys.exit(f"error: no text model at {like}. Fetch it with `make model`, or name its folder with --like DIR.")
    for name in COPIED:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(like / name, to / name)
    configuration = json.loads((like / "config.json").read_text(encoding="utf-8"))
    configuration |= {"num_hidden_layers": LAYERS, "intermediate_size": INTERMEDIATE, "_name_or_path": "made up"}
    (to / "config.json").write_text(json.dumps(configuration, indent=2) + "\n", encoding="utf-8")
    vocabulary = (like / "vocab.txt").read_text(encoding="utf-8").split("\n")
    # What is in every text says nothing of it: as zeros it does not make all texts alike.
    silent = [vocabulary.index(token) for token in ("[CLS]", "[SEP]", ".", *COMMON)]
    (to / WEIGHTS).write_bytes(weights(configuration, silent))
    files = {}
    for name in (*COPIED, "config.json", WEIGHTS):
        content = (to / name).read_bytes()
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    # Under the real one's name the labels that ship are read from its vectors; the origin tells the truth.
    manifest = {"files": files, "name": "all-MiniLM-L6-v2", "origin": "made up by bench/million/make_model.py"}
    (to / "model.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--like", type=Path, required=True, help="the folder of the real model")
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    make(arguments.like, arguments.to)


if __name__ == "__main__":
    main()
