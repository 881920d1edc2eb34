#!/usr/bin/env python3
"""Makes text_index.json: what others say of invented words and documents, for the tests of TextIndex.

    pip install rapidfuzz==3.14.6
    python make_text_index.py

Edit distances are rapidfuzz's. The weights of BM25F are the published formula, written out here in plain Python, before they
are rounded to a byte.
"""

import json
import math
import random
from collections import Counter
from pathlib import Path

from rapidfuzz.distance import OSA

rng = random.Random(20260214)

ALPHABETS = ["abc", "abcdefghijklmnopqrstuvwxyz", "aeßéøłд語𝔊🙂e\u0301"]


def word(alphabet: str, longest: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(0, longest)))


def misspelt(text: str, alphabet: str, edits: int) -> str:
    letters = list(text)
    for _ in range(edits):
        place = rng.randint(0, len(letters))
        kind = rng.randrange(4)
        if kind == 0:
            letters.insert(place, rng.choice(alphabet))
        elif kind == 1:
            del letters[place : place + 1]
        elif kind == 2:
            letters[place : place + 1] = [rng.choice(alphabet)]
        else:
            letters[place : place + 2] = reversed(letters[place : place + 2])
    return "".join(letters)


def distances() -> list:
    pairs = [("", ""), ("", "a"), ("ca", "abc"), ("teh", "the"), ("abcdef", "badcfe"), ("ab" * 40, "ba" * 40)]
    for _ in range(3000):
        alphabet = rng.choice(ALPHABETS)
        first = word(alphabet, rng.choice([3, 8, 20, 64, 130]))
        other = misspelt(first, alphabet, rng.randint(0, 6)) if rng.random() < 0.8 else word(alphabet, len(first) + 3)
        pairs.append((first, other))
    return [[first, second, OSA.distance(first, second)] for first, second in pairs]


def corpus(documents: int, vocabulary: list[str], fields: list[tuple[float, float, int]], saturation: float) -> dict:
    """`fields` are weight, length normalisation and the most words; every number is one that a 32-bit float holds."""
    chances = [1 / (rank + 1) for rank in range(len(vocabulary))]
    texts = [
        [rng.choices(vocabulary, chances, k=rng.randint(0, longest)) for _, _, longest in fields]
        for _ in range(documents)
    ]
    averages = []
    for field in range(len(fields)):
        lengths = [len(text[field]) for text in texts if text[field]]
        averages.append(sum(lengths) / len(lengths) if lengths else 0)
    postings = {}
    for number, text in enumerate(texts):
        counts = [Counter(field) for field in text]
        for term in set().union(*text):
            frequency = 0.0
            for (weight, b, _), count, words, average in zip(fields, counts, text, averages, strict=True):
                if term in count:
                    frequency += weight * count[term] / (1 - b + b * len(words) / average)
            postings.setdefault(term, []).append([number, frequency / (saturation + frequency)])
    ordered = sorted(postings, key=lambda term: term.encode())
    return {
        "fields": [[weight, b] for weight, b, _ in fields],
        "saturation": saturation,
        "documents": texts,
        "terms": [
            {
                "word": term,
                "idf": math.log(1 + (documents - len(postings[term]) + 0.5) / (len(postings[term]) + 0.5)),
                "postings": postings[term],
            }
            for term in ordered
        ],
    }


vocabulary = sorted({word(rng.choice(ALPHABETS), 6) for _ in range(120)} - {""})
document = {
    "distances": distances(),
    "corpora": [
        corpus(1, vocabulary, [(1.0, 0.75, 5)], 1.25),
        corpus(300, vocabulary, [(3.5, 0.375, 4), (2.0, 0.0, 1), (0.75, 1.0, 20)], 1.25),
        corpus(150, vocabulary[:12], [(0.0078125, 0.75, 9), (1.0, 0.5, 0)], 6.5),
        corpus(40, vocabulary, [(1.0, 0.5, 6)], 0.0),
    ],
}
path = Path(__file__).with_name("text_index.json")
path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
