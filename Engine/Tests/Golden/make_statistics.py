#!/usr/bin/env python3
"""Makes statistics.json: what scikit-learn and SciPy say of invented examples, for the tests of Evaluation and Classification.

    pip install numpy==2.4.6 scikit-learn==1.9.1 scipy==1.17.1
    python make_statistics.py

Scores are rounded so that equal ones occur. The best weights of a logistic regression come from SciPy's general minimiser
in double precision, with the gradient of the objective written out here.
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import spearmanr
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

random = np.random.default_rng(20261130)


def ranking(count: int, digits: int) -> dict:
    labels = random.random(count) < 0.3
    labels[:2] = (True, False)
    scores = (random.normal(size=count) + labels).round(digits)
    other = (scores + random.normal(size=count)).round(digits)
    return {
        "scores": scores.tolist(),
        "labels": labels.tolist(),
        "other": other.tolist(),
        "areaUnderROC": roc_auc_score(labels, scores),
        "averagePrecision": average_precision_score(labels, scores),
        "spearman": spearmanr(scores, other).statistic,
    }


def labelling(examples: int, labels: int) -> dict:
    there = random.random((examples, labels)) < 0.3
    given = there ^ (random.random((examples, labels)) < 0.2)
    return {
        "there": [np.flatnonzero(row).tolist() for row in there],
        "given": [np.flatnonzero(row).tolist() for row in given],
        "labels": labels,
        "microF1": f1_score(there, given, average="micro"),
        "macroF1": f1_score(there, given, average="macro"),
    }


def regression(examples: int, dimension: int, labels: int, regularization: float, with_prior: bool) -> dict:
    features = random.normal(size=(examples, dimension)) + 0.5
    truth = random.normal(size=(labels, dimension))
    targets = expit(features @ truth.T - 0.5 + random.normal(size=(examples, labels))).round(3)
    weights = random.choice([0, 0.5, 1, 3], size=(examples, labels))
    prior = random.normal(size=(labels, dimension)) if with_prior else np.zeros((labels, dimension))
    found = []
    for label in range(labels):
        share = weights[:, label] / weights[:, label].sum()

        def objective(point: np.ndarray, label: int = label, share: np.ndarray = share) -> tuple[float, np.ndarray]:
            logits = features @ point[:-1] + point[-1]
            held = point[:-1] - prior[label]
            loss = share @ (np.logaddexp(0, logits) - targets[:, label] * logits) + regularization / 2 * held @ held
            force = share * (expit(logits) - targets[:, label])
            return loss, np.append(features.T @ force + regularization * held, force.sum())

        best = minimize(objective, np.zeros(dimension + 1), jac=True, method="BFGS", options={"gtol": 1e-9})
        found.append(best.x)
    return {
        "features": features.round(6).ravel().tolist(),
        "dimension": dimension,
        "labels": labels,
        "targets": targets.ravel().tolist(),
        "weights": weights.ravel().tolist(),
        "prior": prior.ravel().tolist(),
        "regularization": regularization,
        "expectedWeights": np.array(found)[:, :-1].ravel().tolist(),
        "expectedBiases": np.array(found)[:, -1].tolist(),
    }


document = {
    "rankings": [ranking(7, 1), ranking(200, 1), ranking(200, 6)],
    "labellings": [labelling(50, 4)],
    "regressions": [regression(80, 5, 3, 0.01, False), regression(40, 6, 2, 0.1, True)],
}
Path(__file__).with_name("statistics.json").write_text(json.dumps(document) + "\n")
