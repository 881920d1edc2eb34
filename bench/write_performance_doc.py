#!/usr/bin/env python3
"""Writes the tables of docs/performance.md from bench/results/*.json, so that no figure there is typed by hand.

    python3 bench/write_performance_doc.py            # rewrites what is between <!-- table: NAME --> and <!-- end -->
    python3 bench/write_performance_doc.py --check    # exit code 1 when the document and the results differ

Prose outside the markers stays as it is. A table whose results are not there says so. Needs nothing but Python.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARKED = re.compile(r"(<!-- table: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
NOT_MEASURED = "Not measured yet.\n"
# From this load average on, before it begins, a measurement is marked: what went on before it does not explain so much.
BUSY = 3

WORKLOADS = {
    "query": "one query, ms",
    "queries-1": "queries/s",
    "queries-2": "queries/s, 2 threads",
    "descriptions-1": "descriptions/s",
    "descriptions-2": "descriptions/s, 2 threads",
}
SCANS = {"one": "queries/s, one a call", "batch-1": "queries/s, in batches", "batch-2": "in batches, 2 threads"}
SERVING = {
    "p50": "p50, ms",
    "p99": "p99, ms",
    "requestsPerSecond": "requests/s",
    "pssMiB": "PSS, MiB",
    "rssMiB": "RSS, MiB",
    "readySeconds": "start to ready, s",
}
FINDING = {
    "p50": "p50, ms",
    "p99": "p99, ms",
    "requestsPerSecond": "requests/s",
    "p50OfEight": "p50 of 8, ms",
    "p99OfEight": "p99 of 8, ms",
    "pssMiB": "PSS, MiB",
    "rssMiB": "RSS, MiB",
    "readySeconds": "start to ready, s",
}
FOUND = ("hit@1", "hit@10", "MRR@10")


def figure(value: float | None) -> str:
    """Three digits that count."""
    if value is None:
        return "–"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"


def times(ratio: dict | None) -> str:
    return "–" if ratio is None else f"**{ratio['median']:.2f}** ({ratio['min']:.2f}–{ratio['max']:.2f})"


def table(titles: list[str], rows: list[list[str]], names: int = 1) -> str:
    """The first `names` columns are words, to the left; the others are figures, to the right."""
    ruler = ["---"] * names + ["---:"] * (len(titles) - names)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (titles, ruler, *rows))


def origin(results: dict) -> str:
    """Where, with what and when: the line above each table."""
    machine = results.get("machine", "an unknown machine")
    if isinstance(machine, dict):
        flags = ", ".join(machine["flags"]) or "no AVX2"
        machine = f"{machine['cpu']}, {machine['cores']} cores, {flags}, {machine['memoryGiB']} GiB"
    parts = [machine]
    if "level" in results:
        parts.append(f"kernels {results['level']}")
    if "versions" in results:
        own = results["versions"].get("bookrec", "").removeprefix("bookrec ").split(" (")[0]
        others = [f"{name} {version}" for name, version in results["versions"].items() if name != "bookrec"]
        parts.append(", ".join(([f"bookrec {own}"] if own else []) + others))
    if "rounds" in results:
        parts.append(f"{results['rounds']} rounds")
    if "date" in results:
        parts.append(results["date"])
    if results.get("load", 0) > BUSY:
        parts.append(f"**on a busy machine**, load average {results['load']} at the start")
    return "; ".join(parts) + ".\n\n"


def unique(rows: list[dict], key: str) -> list:
    return list(dict.fromkeys(row[key] for row in rows))


def ratio_table(results: dict, groups: list[str], column: str, titles: dict[str, str]) -> str:
    """Our ratios, a row for each combination of `groups`, a column for each value of `column`."""
    ratios = results.get("ratios", [])
    if not ratios:
        return NOT_MEASURED
    cells = {(*(str(row[group]) for group in groups), row[column]): row for row in ratios}
    rows = [
        [*(f"{int(value):,}" if group == "count" else value for group, value in zip(groups, key, strict=True))]
        + [times(cells.get((*key, name))) for name in titles]
        for key in dict.fromkeys(tuple(str(row[group]) for group in groups) for row in ratios)
        if any((*key, name) in cells for name in titles)
    ]
    named = {"count": "vectors"}
    heads = [*(named.get(group, group) for group in groups), *titles.values()]
    return table(heads, rows, len(groups)) if rows else NOT_MEASURED


def embedding(results: dict) -> str:
    rows = results["rows"]
    cells = {(row["engine"], row["workload"]): row["median"] for row in rows}
    processes = {row["engine"]: row for row in results["processes"]}
    lines = [
        [engine, *(figure(cells.get((engine, workload))) for workload in WORKLOADS)]
        + [figure(processes[engine]["loadMilliseconds"]), figure(processes[engine]["residentMiB"])]
        for engine in unique(rows, "engine")
    ]
    return table(["engine", *WORKLOADS.values(), "load, ms", "resident, MiB"], lines)


def fidelity(results: dict) -> str:
    if "fidelity" not in results:
        return NOT_MEASURED
    lines = [
        [engine, f"{row['meanCosine']:.5f}", f"{row['lowestCosine']:.5f}", f"{100 * row['top10Overlap']:.1f} %"]
        for engine, row in results["fidelity"]["engines"].items()
    ]
    titles = ["engine", f"mean cosine of {results['fidelity']['texts']:,}", "lowest cosine", "the same among the nearest ten"]
    return table(titles, lines)


def search_exact(results: dict) -> str:
    lines = [
        [f"{row['count']:,}", row["engine"], f"{row['recall']:.4f}", *(figure(row[scan]["median"]) for scan in SCANS)]
        + [figure(row["grownMiB"])]
        for row in results["rows"]
        if "curve" not in row
    ]
    return table(["vectors", "engine", "recall@10", *SCANS.values(), "memory, MiB"], lines, 2)


def search_approximate(results: dict) -> str:
    lines = []
    for row in results["rows"]:
        if "curve" in row:
            best = row.get("best")
            reached = ["below 0.98", "–", "–"]
            if best:
                reached = [f"{best['recall']:.4f}", figure(best["median"]), str(best["effort"])]
            built = [figure(row.get("buildSeconds")), figure(row.get("indexMiB")), figure(row["grownMiB"])]
            lines.append([f"{row['count']:,}", row["engine"], *reached, *built])
    titles = ["vectors", "engine", "recall@10", "queries/s", "effort", "build, s", "index, MiB", "memory, MiB"]
    return table(titles, lines, 2)


def search_curves(results: dict) -> str:
    """The curves at the largest size that has them."""
    curves = [row for row in results["rows"] if "curve" in row]
    if not curves:
        return NOT_MEASURED
    largest = max(row["count"] for row in curves)
    lines = []
    for row in curves:
        if row["count"] == largest:
            points = [f"{point['recall']:.3f}: {figure(point['queriesPerSecond'])}" for point in row["curve"]]
            lines.append([row["engine"], "; ".join(points)])
    return table(["engine", f"recall@10: queries/s, {largest:,} vectors"], lines, 2)


def serving(results: dict) -> str:
    lines = [
        [row["engine"], *(figure(row[name]["median"]) for name in SERVING), figure(row["p99OfEight"]), f"{row['answerBytes']:,}"]
        for row in results["rows"]
    ]
    return table(["server", *SERVING.values(), "p99 of 8 clients, ms", "bytes an answer"], lines)


def indexing(results: dict) -> str:
    rows = results.get("indexing", [])
    lines = [[row["engine"], f"{row['books']:,}", figure(row["seconds"]), figure(row["booksPerSecond"])] for row in rows]
    return table(["engine", "books", "seconds", "books/s"], lines) if lines else NOT_MEASURED


def finding(results: dict) -> str:
    """Speed, memory and quality together: who answers fast and finds nothing is no better."""
    quality = results["quality"].get("all", {})
    lines = []
    for row in results["rows"]:
        found = quality.get(row["engine"].partition("-")[0])
        lines.append([row["engine"], *(figure(row[name]["median"]) for name in FINDING)])
        lines[-1] += [f"{found[name]['value']:.3f}" if found else "–" for name in FOUND]
    return table(["server", *FINDING.values(), *FOUND], lines)


def finding_quality(results: dict) -> str:
    names = {"all": "all", "judged": "half that nothing was fitted on"}
    lines = [
        [names.get(group, group), f"{row['queries']}", engine]
        + [f"{row[name]['value']:.3f} ({row[name]['low']:.3f}–{row[name]['high']:.3f})" for name in FOUND]
        for group, engines in results["quality"].items()
        for engine, row in engines.items()
    ]
    return table(["queries", "how many", "server", *FOUND], lines, 3) if lines else NOT_MEASURED


def large(results: dict) -> str:
    lines = [
        [row["kind"], f"{row['requests']:,}", *(figure(row[name]) for name in ("p50", "p99", "p50Inside", "p50Processor"))]
        for row in results["rows"]
    ]
    titles = ["what is asked for", "requests", "p50, ms", "p99, ms", "p50 in the service, ms", "p50 of processor time, ms"]
    return table(titles, lines)


def large_steps(results: dict) -> str:
    lines = [
        [row["step"], *(figure(row.get(name)) for name in ("seconds", "cpuSeconds", "peakMiB", "sizeMiB"))]
        for row in results["steps"]
        if "peakMiB" in row
    ]
    server = results["server"]
    lines.append(["start to ready", figure(server["readySeconds"]), "–", figure(server["started"]["rssMiB"]), "–"])
    lines.append(["serving, after these requests", "–", "–", figure(server["measured"]["rssMiB"]), "–"])
    return table(["step", "seconds", "processor seconds", "resident memory, MiB", "on the disk, MiB"], lines)


def large_counts(results: dict) -> str:
    lines = [
        [f"`{row['filter']}`", f"{row['books']:,}", f"{row['estimatedTotalHits']:,}"]
        + [f"{row['facetCounts'] - row['wrongFacetCounts']:,} of {row['facetCounts']:,}"]
        for row in results["counts"]
    ]
    return table(["filter", "books in the file that fit", "hits counted", "facet counts as in the file"], lines)


def micro(results: dict) -> str:
    lines = [[row["name"], f"{figure(row['median'])} {row['unit']}"] for row in results["rows"]]
    return table(["what", "median"], lines)


# A table's name in the document, the results that it is made of, and how.
TABLES: dict[str, tuple[str, Callable[[dict], str]]] = {
    "embedding": ("embedding", embedding),
    "embedding-ratios": ("embedding", lambda results: ratio_table(results, ["ours", "peer"], "workload", WORKLOADS)),
    "embedding-fidelity": ("embedding", fidelity),
    "search-exact": ("search", search_exact),
    "search-approximate": ("search", search_approximate),
    "search-curves": ("search", search_curves),
    "search-exact-ratios": ("search", lambda results: ratio_table(results, ["count", "peer"], "workload", SCANS)),
    "search-approximate-ratios": (
        "search",
        lambda results: ratio_table(
            results,
            ["count", "peer"],
            "workload",
            {"recall": "our graph, both with recall 0.98", "exact against approximate": "our exact scan"},
        ),
    ),
    "serving": ("serving", serving),
    "serving-ratios": ("serving", lambda results: ratio_table(results, ["peer"], "figure", SERVING)),
    "indexing": ("serving", indexing),
    "finding": ("finding", finding),
    "finding-ratios": ("finding", lambda results: ratio_table(results, ["peer"], "figure", FINDING)),
    "finding-quality": ("finding", finding_quality),
    "large": ("large", large),
    "large-steps": ("large", large_steps),
    "large-counts": ("large", large_counts),
    "micro": ("micro", micro),
}


def rewritten(document: str, results: Path) -> str:
    def write(match: re.Match) -> str:
        name = match["name"]
        if name not in TABLES:
            sys.exit(f"error: docs/performance.md asks for a table “{name}”; there are {', '.join(TABLES)}")
        source, make = TABLES[name]
        file = results / f"{source}.json"
        if not file.exists():
            return match[1] + NOT_MEASURED + match[3]
        measured = json.loads(file.read_text(encoding="utf-8"))
        made = make(measured)
        return match[1] + (made if made == NOT_MEASURED else origin(measured) + made) + match[3]

    return MARKED.sub(write, document)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--results", type=Path, default=ROOT / "bench/results")
    parser.add_argument("--document", type=Path, default=ROOT / "docs/performance.md")
    arguments = parser.parse_args()
    before = arguments.document.read_text(encoding="utf-8")
    after = rewritten(before, arguments.results)
    if arguments.check and before != after:
        sys.exit(f"error: the tables of {arguments.document.name} are not those of the results. Run {Path(__file__).name}.")
    if not arguments.check:
        arguments.document.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
