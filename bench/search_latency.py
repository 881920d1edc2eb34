#!/usr/bin/env python3
"""Measures searches over HTTP with one client: p50, p90, p99 of the whole request, and the share of the service's own time.

Every query is sent once, so nothing can come from a cache. The server runs already, e.g. `make run`.

    python3 bench/search_latency.py --port 7860 --queries 1000
"""

import argparse
import http.client
import json
import random
import statistics
import time
import urllib.parse

FEELINGS = "hopeful funny dark tense cosy sad romantic strange quiet adventurous gripping gentle".split()
SUBJECTS = (
    "a detective in London|a family at war|a ship lost at sea|two sisters|a wizard school|a trip across Africa|"
    "the history of science|a murder in a village|robots that dream|growing up poor|a forbidden love|cooking with friends"
).split("|")
TIMES = "in winter|in the future|in ancient Rome|after the war|on a small island|in a big city|long ago|over one day".split("|")


def queries(count: int) -> list[str]:
    every = [f"{f} story about {s} {t}" for f in FEELINGS for s in SUBJECTS for t in TIMES]
    random.Random(7).shuffle(every)
    if count > len(every):
        raise SystemExit(f"at most {len(every)} different queries")
    return every[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=7860)
    parser.add_argument("--queries", type=int, default=1000)
    arguments = parser.parse_args()

    connection = http.client.HTTPConnection("127.0.0.1", arguments.port, timeout=30)
    whole, inside = [], []
    for number, query in enumerate(queries(arguments.queries)):
        path = "/api/v1/search?" + urllib.parse.urlencode({"q": query})
        start = time.perf_counter()
        connection.request("GET", path)
        body = connection.getresponse().read()
        elapsed = (time.perf_counter() - start) * 1000
        if number >= 20:  # the first ones warm caches up
            whole.append(elapsed)
            inside.append(json.loads(body)["processingTimeMs"])

    def quantile(values: list[float], share: float) -> float:
        return statistics.quantiles(values, n=1000)[round(share * 1000) - 1]

    for name, values in (("whole request", whole), ("in the service", inside)):
        figures = "  ".join(f"p{round(100 * share)} {quantile(values, share):.2f} ms" for share in (0.5, 0.9, 0.99))
        print(f"{name}: {figures}  ({len(values)} searches)")


if __name__ == "__main__":
    main()
