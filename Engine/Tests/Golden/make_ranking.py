#!/usr/bin/env python3
"""Makes, or checks, ranking.json: what others say of invented recommendations, for the tests of Evaluation.

Ranking metrics come from trec_eval (through `ir_measures`), and are compared
with those of `ranx` when the file is made; two programs that share no code.
p-values and intervals come from SciPy. Figures of many lists come from their
definitions, over all pairs, in NumPy.

    pip install -r requirements-ranking.txt
    python make_ranking.py            # write the files
    python make_ranking.py --check    # compare them with the manifest
"""

import argparse
import json
import math
import pathlib
import sys
import warnings
from importlib.metadata import version

import ir_measures
import numpy as np
import ranx
from ir_measures import AP, RR, P, R, Success, nDCG
from scipy import stats

from make_golden import sha256

SEED = 20261130
HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = ["make_ranking.py", "make_golden.py"]
FILES = ["ranking.json"]
LIBRARIES = ["numpy", "scipy", "ir-measures", "pytrec-eval-terrier", "ranx"]
METRICS = {
    "recall": (R, "recall"),
    "precision": (P, "precision"),
    "nDCG": (nDCG, "ndcg"),
    "averagePrecision": (AP, "map"),
    "reciprocalRank": (RR, "mrr"),
    "hitRate": (Success, "hit_rate"),
}


def fail_unless(condition, complaint):
    if not condition:
        sys.exit(complaint)


def figures(ranked, gains, k, metrics):
    """By trec_eval, where items in `gains` are relevant, compared with ranx."""
    # A judgement of 0 keeps a query without relevant items in the evaluation. Scores fall, so none are equal.
    judgements = [ir_measures.Qrel("q", str(item), gain) for item, gain in gains.items()]
    judgements.append(ir_measures.Qrel("q", "none", 0))
    run = [ir_measures.ScoredDoc("q", str(item), float(-place)) for place, item in enumerate(ranked)]
    measures = {name: METRICS[name][0] @ k for name in metrics}
    found = {str(one.measure): one.value for one in ir_measures.iter_calc(measures.values(), judgements, run)}
    # It leaves out a query without a list.
    values = {name: found.get(str(measure), 0.0) for name, measure in measures.items()}
    if gains and ranked:
        others = ranx.evaluate(
            ranx.Qrels({"q": {str(item): gain for item, gain in gains.items()}}),
            ranx.Run({"q": {str(item): float(-place) for place, item in enumerate(ranked)}}),
            [f"{METRICS[name][1]}@{k}" for name in metrics],
        )
        others = others if isinstance(others, dict) else {f"{METRICS[metrics[0]][1]}@{k}": others}
        for name in metrics:
            other = others[f"{METRICS[name][1]}@{k}"]
            fail_unless(math.isclose(values[name], other, abs_tol=1e-12), f"{name}: {values[name]} and {other}")
    return values


def runs(random):
    for number in range(40):
        length = [0, 1, 3, 10, 30][number % 5]
        relevant = [0, 1, 2, 7, 25, 4, 12, 1][number % 8]
        k = [1, 3, 5, 10, 20][(number // 5) % 5]
        ranked = random.choice(40, length, replace=False).tolist()
        items = sorted(random.choice(40, relevant, replace=False).tolist())
        yield {"ranked": ranked, "relevant": items, "k": k} | figures(ranked, dict.fromkeys(items, 1), k, list(METRICS))


def graded_runs(random):
    for number in range(10):
        items = random.choice(30, [1, 4, 15][number % 3], replace=False).tolist()
        gains = {item: int(random.integers(1, 5)) for item in items}
        ranked = random.choice(30, [3, 12, 25][number % 3], replace=False).tolist()
        k = [3, 10][number % 2]
        pairs = [{"item": item, "gain": gain} for item, gain in gains.items()]
        yield {"ranked": ranked, "gains": pairs, "k": k} | figures(ranked, gains, k, ["nDCG"])


def lists(random, readers, items, longest):
    """Figures of many lists from all pairs of lists and of items."""
    weights = 1 / (1 + np.arange(items))
    popularity = np.floor(readers * weights).astype(int)
    drawn = [
        random.choice(items, random.integers(0, longest + 1), replace=False, p=weights / weights.sum()).tolist()
        for _ in range(readers)
    ]
    filled = [one for one in drawn if one]
    sets = [set(one) for one in filled]
    cosines = [
        len(a & b) / math.sqrt(len(a) * len(b)) for place, a in enumerate(sets) for b in sets[:place]
    ]
    exposure = np.array([sum(item in one for one in sets) for item in range(items)])
    information = -np.log2(np.maximum(popularity, 1) / readers)
    return {
        "lists": drawn,
        "popularity": popularity.tolist(),
        "readers": readers,
        "coverage": float((exposure > 0).mean()),
        "gini": float(np.abs(exposure[:, None] - exposure[None]).mean() / (2 * exposure.mean())),
        "novelty": float(np.mean([information[one].mean() for one in filled])),
        "personalisation": float(1 - np.mean(cosines)),
    }


def comparison(random, count, effect):
    """Two systems: SciPy's intervals from very many draws, and its p-value, exact for few examples."""
    base = random.beta(1, 4, count).round(3)
    values = np.clip(base + random.normal(effect, 0.1, count), 0, 1).round(3)

    def difference(a, b, axis=-1):
        return a.mean(axis=axis) - b.mean(axis=axis)

    def ratio(a, b, axis=-1):
        return a.mean(axis=axis) / b.mean(axis=axis) - 1

    def interval(statistic):
        found = stats.bootstrap(
            (values, base), statistic, paired=True, method="percentile", n_resamples=100_000, batch=1000, rng=random
        ).confidence_interval
        return [float(found.low), float(found.high)]

    test = stats.permutation_test(
        (values, base), difference, permutation_type="samples", n_resamples=100_000, batch=1000, rng=random
    )
    return {
        "values": values.tolist(),
        "baseline": base.tolist(),
        "difference": interval(difference),
        "relativeDifference": interval(ratio),
        "randomisationP": float(test.pvalue),
        "tTestP": float(stats.ttest_rel(values, base).pvalue),
    }


def document():
    random = np.random.default_rng(SEED)
    return {
        "runs": list(runs(random)),
        "gradedRuns": list(graded_runs(random)),
        "lists": [lists(random, 12, 10, 4), lists(random, 40, 60, 10)],
        "comparisons": [comparison(random, 9, 0.05), comparison(random, 12, -0.02), comparison(random, 150, 0.02)],
    }


def manifest():
    return {
        "scripts": {name: sha256(HERE / name) for name in SCRIPTS},
        "seed": SEED,
        "libraries": {name: version(name) for name in LIBRARIES},
        "files": {name: {"bytes": (HERE / name).stat().st_size, "sha256": sha256(HERE / name)} for name in FILES},
    }


def make():
    # ranx casts the hashes it makes of items; nothing is lost that matters.
    warnings.simplefilter("ignore")
    (HERE / "ranking.json").write_text(json.dumps(document()) + "\n")
    (HERE / "ranking_manifest.json").write_text(json.dumps(manifest(), indent=2) + "\n")


def check():
    known = json.loads((HERE / "ranking_manifest.json").read_text())
    found = manifest()
    # Other versions may make the same files; only the files must not differ.
    faults = [part for part in ["scripts", "seed", "files"] if known[part] != found[part]]
    fail_unless(
        not faults, f"The manifest does not fit in: {', '.join(faults)}. Run make_ranking.py again, and look at the changes."
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the files with the manifest")
    (check if parser.parse_args().check else make)()


if __name__ == "__main__":
    main()
