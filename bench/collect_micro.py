#!/usr/bin/env python3
"""Makes bench/results/micro.json of what the package in Benchmarks/ measured, for write_performance_doc.py.

    swift package --package-path Benchmarks --allow-writing-to-package-directory benchmark --target EngineBenchmarks \\
        --format jmh --path stdout | python3 bench/collect_micro.py
"""

import json
import sys

from measuring import heading, write


def main() -> None:
    text = sys.stdin.read()
    start = text.find("[{")
    if start < 0:
        sys.exit("error: no results in JMH form on stdin. Run the benchmarks with --format jmh --path stdout.")
    elements, _ = json.JSONDecoder().raw_decode(text[start:])
    rows = []
    for element in elements:
        name = element["benchmark"].split(".", 3)[-1].replace("_", " ")
        microseconds = element["secondaryMetrics"]["Time (wall clock)"]["scorePercentiles"]["50.0"]
        unit, value = ("ms", microseconds / 1_000) if microseconds >= 1_000 else ("µs", microseconds)
        rows.append({"name": name, "median": value, "unit": unit})
    write("micro", heading() | {"rows": sorted(rows, key=lambda row: row["name"])})


if __name__ == "__main__":
    main()
