#!/usr/bin/env python3
"""Makes collaborative.json: what recommenders learn from invented signals, by dense matrices in double precision, for the tests of
CollaborativeFiltering.

    pip install numpy==2.4.6
    python make_collaborative.py
"""

import json
import math
from pathlib import Path

import numpy as np

USERS, ITEMS = 40, 24
random = np.random.default_rng(20261130)


def signals(values: bool) -> np.ndarray:
    has = random.random((USERS, ITEMS)) < 0.7 / (1 + np.arange(ITEMS) / 6)
    has[0], has[:, -1] = False, False
    strengths = random.choice([-1.0, 0.5, 1.0, 2.0], (USERS, ITEMS)) if values else 1.0
    return has * strengths


def rounded(matrix: np.ndarray) -> list:
    return [[float(f"{value:.9g}") for value in row] for row in matrix]


def ease(x: np.ndarray, regularization: float, dropout: float) -> np.ndarray:
    gram = x.T @ x
    diagonal = np.diag(gram)
    inverse = np.linalg.inv(gram + np.diag(regularization + dropout / (1 - dropout) * diagonal))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights  # [source, target]


def cosine(x: np.ndarray, shrinkage: float, share: float) -> np.ndarray:
    squares = (x * x).sum(axis=0)
    both = (x != 0).astype(float).T @ (x != 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        result = np.nan_to_num((x.T @ x) / np.outer(squares ** (1 - share), squares**share)) * np.nan_to_num(both / (both + shrinkage))
    np.fill_diagonal(result, 0)
    return np.maximum(result, 0)


def bm25(x: np.ndarray, k1: float, b: float) -> np.ndarray:
    has = x != 0
    idf = np.log(ITEMS) - np.log1p(has.sum(axis=1))
    lengths = 1 - b + b * has.sum(axis=0) / (has.sum() / ITEMS)
    weighted = x * (k1 + 1) / (k1 * lengths[None, :] + np.abs(x)) * idf[:, None]
    result = weighted.T @ weighted
    np.fill_diagonal(result, 0)
    return np.maximum(result, 0)


def short_history(x: np.ndarray, liked: np.ndarray, length: float, regularization: float) -> tuple[np.ndarray, np.ndarray]:
    """One regression for each item, without that item among what it rests on."""
    chances = np.minimum(1, length / np.maximum(1, (x != 0).sum(axis=1)))
    gram = (x * chances[:, None] ** 2).T @ x
    np.fill_diagonal(gram, (chances[:, None] * x * x).sum(axis=0) + regularization)
    sums = (chances[:, None] * x).sum(axis=0)
    left = np.block([[gram, sums[:, None]], [sums[None, :], np.array([[float(len(x))]])]])
    right = np.vstack([(x * chances[:, None]).T @ liked, liked.sum(axis=0)])
    weights, base = np.zeros((ITEMS, ITEMS)), np.zeros(ITEMS)
    for item in range(ITEMS):
        others = np.array([other for other in range(ITEMS + 1) if other != item])
        solution = np.linalg.solve(left[np.ix_(others, others)], right[others, item])
        weights[others[:-1], item], base[item] = solution[:-1], solution[-1]
    return weights, base


class SplitMix64:
    def __init__(self, seed: int):
        self.state = seed

    def uniform(self) -> float:
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        z ^= z >> 31
        return ((z >> 11) + 1) / (1 << 53)

    def normals(self, count: int, deviation: float) -> np.ndarray:
        drawn = []
        for _ in range(count):
            radius = math.sqrt(-2 * math.log(self.uniform()))
            drawn.append(deviation * radius * math.cos(2 * math.pi * self.uniform()))
        return np.array(drawn)


def ials(x: np.ndarray, rank: int, iterations: int, strength: float, exponent: float, unobserved: float, seed: int) -> dict:
    numbers = SplitMix64(seed)
    items = numbers.normals(ITEMS * rank, 0.1 / math.sqrt(rank)).reshape(ITEMS, rank)
    users = numbers.normals(USERS * rank, 0.1 / math.sqrt(rank)).reshape(USERS, rank)

    def solve(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
        solved = np.zeros((len(rows), rank))
        for row, values in enumerate(rows):
            (had,) = np.nonzero(values)
            if len(had):
                weights, targets = np.abs(values[had]), (values[had] > 0).astype(float)
                left = unobserved * others.T @ others + others[had].T @ (weights[:, None] * others[had])
                left += strength * (len(had) + unobserved * len(others)) ** exponent * np.eye(rank)
                solved[row] = np.linalg.solve(left, others[had].T @ (weights * targets))
        return solved

    for _ in range(iterations):
        users = solve(x, items)
        items = solve(x.T, users)
    return {"users": rounded(users), "items": rounded(items), "foldedIn": rounded(solve(x, items))}


if __name__ == "__main__":
    cases = []
    for values in (False, True):
        x = signals(values)
        short, base = short_history(x, (x > 0.7).astype(float), 2.0, 3.0)
        cases.append(
            {
                "itemCount": ITEMS,
                "histories": [[[int(i), float(row[i])] for i in np.nonzero(row)[0]] for row in x],
                "ease": [
                    {"regularization": r, "dropout": d, "weights": rounded(ease(x, r, d))} for r, d in ((5.0, 0.0), (2.0, 0.4))
                ],
                "cosine": [
                    {"shrinkage": s, "share": a, "weights": rounded(cosine(x, s, a))} for s, a in ((0.0, 0.5), (5.0, 0.5), (0.0, 0.3))
                ],
                "shortHistory": {"length": 2.0, "regularization": 3.0, "weights": rounded(short), "base": rounded(base[None])[0]},
                "bm25": {"k1": 100.0, "b": 0.8, "weights": rounded(bm25(x, 100.0, 0.8))},
                "ials": {
                    "rank": 4, "iterations": 3, "strength": 0.1, "exponent": 0.7, "unobserved": 0.2, "seed": 7,
                    **ials(x, 4, 3, 0.1, 0.7, 0.2, 7),
                },
            }
        )  # fmt: skip
    Path(__file__).with_name("collaborative.json").write_text(json.dumps(cases) + "\n", encoding="utf-8")
