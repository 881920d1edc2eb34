#!/usr/bin/env python3
"""Makes, or checks, the golden files of the text encoder's tests.

Token ids come from the Hugging Face `tokenizers` library, vectors from a
forward pass in NumPy, in double precision, that shares nothing with the Swift
code. The texts are composed by golden_texts.py from a seed.

    pip install -r requirements.txt
    python make_golden.py --model DIR            # write the files
    python make_golden.py --model DIR --check    # compare them with the manifest
"""

import argparse
import hashlib
import json
import math
import pathlib
import struct
import sys

import numpy as np
import tokenizers

import golden_texts

SEED = 20240229
MAXIMUM_TOKENS = 256
HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = ["make_golden.py", "golden_texts.py"]
FILES = ["tokens.jsonl", "vector_texts.jsonl", "vectors.f32"]
SIZE_LIMIT = 1_500_000


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_tokenizer(model):
    tokenizer = tokenizers.Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAXIMUM_TOKENS)
    return tokenizer


def load_tensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        flat = np.frombuffer(data[start:end], dtype="<f4")
        tensors[name] = flat.reshape(entry["shape"]).astype(np.float64)
    return tensors


class Encoder:
    """BERT with mean pooling, for one text at a time: no padding, no mask."""

    def __init__(self, model):
        self.config = json.loads((model / "config.json").read_text())
        self.weights = load_tensors(model / "model.safetensors")
        self.erf = np.vectorize(math.erf, otypes=[np.float64])

    def linear(self, name, x):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, name, x):
        mean = x.mean(axis=-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
        scaled = (x - mean) / np.sqrt(variance + self.config["layer_norm_eps"])
        return scaled * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attention(self, prefix, x):
        heads = self.config["num_attention_heads"]
        count, width = x.shape

        def split(name):
            return self.linear(prefix + name, x).reshape(count, heads, width // heads).transpose(1, 0, 2)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(width // heads)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares = scores / scores.sum(axis=-1, keepdims=True)
        return (shares @ value).transpose(1, 0, 2).reshape(count, width)

    def embed(self, ids):
        embeddings = "embeddings."
        x = self.weights[embeddings + "word_embeddings.weight"][ids]
        x = x + self.weights[embeddings + "position_embeddings.weight"][: len(ids)]
        x = x + self.weights[embeddings + "token_type_embeddings.weight"][0]
        x = self.norm(embeddings + "LayerNorm", x)
        for layer in range(self.config["num_hidden_layers"]):
            prefix = f"encoder.layer.{layer}."
            attended = self.linear(prefix + "attention.output.dense", self.attention(prefix + "attention.self.", x))
            x = self.norm(prefix + "attention.output.LayerNorm", attended + x)
            wide = self.linear(prefix + "intermediate.dense", x)
            wide = 0.5 * wide * (1 + self.erf(wide / math.sqrt(2)))
            x = self.norm(prefix + "output.LayerNorm", self.linear(prefix + "output.dense", wide) + x)
        pooled = x.mean(axis=0)
        return pooled / max(np.linalg.norm(pooled), 1e-12)


def write_lines(path, values):
    with path.open("w", encoding="ascii", newline="\n") as file:
        for value in values:
            file.write(json.dumps(value, separators=(",", ":")) + "\n")


def manifest(model, counts):
    return {
        "scripts": {name: sha256(HERE / name) for name in SCRIPTS},
        "seed": SEED,
        "maximum_tokens": MAXIMUM_TOKENS,
        "libraries": {"numpy": np.__version__, "tokenizers": tokenizers.__version__},
        "model": {name: sha256(model / name) for name in ["model.safetensors", "tokenizer.json", "vocab.txt"]},
        "files": {
            name: {"count": counts[name], "bytes": (HERE / name).stat().st_size, "sha256": sha256(HERE / name)}
            for name in FILES
        },
    }


def make(model):
    tokenizer = load_tokenizer(model)
    encoder = Encoder(model)
    texts = golden_texts.token_texts(SEED)
    write_lines(HERE / "tokens.jsonl", ({"text": text, "ids": tokenizer.encode(text).ids} for text in texts))
    vector_texts = golden_texts.vector_texts(SEED)
    write_lines(HERE / "vector_texts.jsonl", vector_texts)
    vectors = np.stack([encoder.embed(tokenizer.encode(text).ids) for text in vector_texts])
    (HERE / "vectors.f32").write_bytes(vectors.astype("<f4").tobytes())
    counts = {"tokens.jsonl": len(texts), "vector_texts.jsonl": len(vector_texts), "vectors.f32": vectors.size}
    result = manifest(model, counts)
    total = sum(file["bytes"] for file in result["files"].values())
    if total > SIZE_LIMIT:
        sys.exit(f"The golden files have {total} bytes; {SIZE_LIMIT} are allowed. Compose fewer or shorter texts.")
    (HERE / "manifest.json").write_text(json.dumps(result, indent=2) + "\n")


def check(model):
    known = json.loads((HERE / "manifest.json").read_text())
    found = manifest(model, {name: known["files"][name]["count"] for name in FILES})
    # Other versions may make the same files; only the files must not differ.
    faults = [part for part in ["scripts", "seed", "maximum_tokens", "model", "files"] if known[part] != found[part]]
    if faults:
        sys.exit(f"The manifest does not fit in: {', '.join(faults)}. Run make_golden.py again, and look at the changes.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=pathlib.Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--check", action="store_true", help="only compare the files with the manifest")
    arguments = parser.parse_args()
    (check if arguments.check else make)(arguments.model)


if __name__ == "__main__":
    main()
