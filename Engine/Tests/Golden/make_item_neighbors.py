#!/usr/bin/env python3
"""Makes item_neighbors.json: neighbors of invented items by dense matrices, for the tests of CollaborativeFiltering.

    pip install numpy==2.4.6
    python make_item_neighbors.py
"""

import json
from pathlib import Path

import numpy as np

random = np.random.default_rng(20261130)


def case(users: int, items: int, shrinkage: float, limit: int, most_items: int) -> dict:
    # Few items that many have, many that few have, and items that nobody has.
    has = random.random((users, items)) < 0.6 / (1 + np.arange(items) / 4)
    has[:, -2:] = False
    has[0] = True
    has[0, -1] = False
    taken = has[has.sum(axis=1) <= most_items].astype(float)
    both = taken.T @ taken
    norms = np.linalg.norm(taken, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        similarity = (both / np.outer(norms, norms) * both / (both + shrinkage)).astype(np.float32)
    neighbors = []
    for item in range(items):
        others = [other for other in range(items) if other != item and both[item, other] > 0]
        others.sort(key=lambda other: (-similarity[item, other], other))
        neighbors.append([[other, int(both[item, other]), float(similarity[item, other])] for other in others[:limit]])
    pairs = np.argwhere(has)
    random.shuffle(pairs)
    return {
        "users": users,
        "items": items,
        "shrinkage": shrinkage,
        "limit": limit,
        "mostItems": most_items,
        "pairs": pairs.tolist(),
        "neighbors": neighbors,
        "counts": taken.sum(axis=0).astype(int).tolist(),
    }


if __name__ == "__main__":
    cases = [case(40, 12, 0, 100, 100), case(60, 30, 5, 6, 100), case(60, 30, 20, 10, 12)]
    Path(__file__).with_name("item_neighbors.json").write_text(json.dumps(cases) + "\n", encoding="utf-8")
