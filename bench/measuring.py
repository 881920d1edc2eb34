"""What the comparisons with other libraries share: the machine's description, processes in rounds, memory, ratios.

Needs nothing but Python. A comparison runs every engine as a process of its own, one after another, round after round, so
that a machine that drifts hits all of them alike; a ratio is taken inside a round and never across rounds.
"""

import csv
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench/results"
WORK = ROOT / "var/bench"
DATA = ROOT / "../shared/data"

# Settings for one BLAS kernel or another slow NumPy down where they do not fit; peers get what they choose themselves.
UNWANTED = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


def machine() -> dict:
    """The processor by its own name, what it can do, and how much of it there is."""
    fields = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    flags = set(fields.get("flags", "").split())
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    # Cloud hosts shorten the model's name: family and model tell the generation.
    generation = f"family {fields.get('cpu family', '?')} model {fields.get('model', '?')}"
    return {
        "cpu": f"{fields.get('model name', platform.machine())} ({generation})",
        "cores": os.cpu_count(),
        "flags": [flag for flag in ("avx2", "avx512f", "avx512_vnni", "avx_vnni") if flag in flags],
        "memoryGiB": round(int(memory.split()[1]) / 2**20),
        "kernel": platform.release().split("-")[0],
    }


def heading() -> dict:
    """What every results file begins with. The load is that before the measurement: much of it, and figures say little."""
    load = round(os.getloadavg()[0], 2)
    if load > 0.5:
        print(f"warning: the machine is busy with something else (load average {load})", file=sys.stderr)
    return {"date": datetime.date.today().isoformat(), "machine": machine(), "load": load}


def environment(threads: int) -> dict:
    """The environment of a measured process: its number of threads, and no setting that slows NumPy."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    given = {"TOKENIZERS_PARALLELISM": str(threads > 1).lower(), "HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    return kept | dict.fromkeys(THREADS, str(threads)) | given


def run_json(command: list, threads: int) -> dict:
    """Runs a process that prints one JSON document, as the last line or alone; what it says on stderr shows on failure."""
    words = [str(word) for word in command]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(threads), check=False)
    if done.returncode:
        sys.exit(f"error: {' '.join(words)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        return json.loads(done.stdout.splitlines()[-1])


def rounded(value: float, digits: int = 4) -> float:
    """To so many significant digits: results are committed, and noise is not worth the bytes."""
    return float(f"{value:.{digits}g}")


def spread(values: list[float]) -> dict:
    return {name: rounded(figure(values)) for name, figure in (("median", statistics.median), ("min", min), ("max", max))}


def ratio(ours: list[float], peer: list[float], better: str) -> dict:
    """How many times better than the peer we are, round by round; `better` is "more" or "less"."""
    pairs = zip(ours, peer, strict=True)
    return spread([mine / other if better == "more" else other / mine for mine, other in pairs])


def resident_mib() -> float:
    """What this process holds in memory now."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def catalogue(data: Path) -> list[dict]:
    path = data / "catalogue/books.csv"
    if not path.exists():
        sys.exit(f"error: {path} is not there. Give the folder of the data with --data DIR.")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def version_of(bookrec: str) -> str:
    done = subprocess.run([bookrec, "version"], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


def write(name: str, document: dict) -> None:
    """bench/results/NAME.json, one short line a value list so that a diff can be read."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.json").write_text(compact(document) + "\n")
    print(f"wrote bench/results/{name}.json", file=sys.stderr)


def compact(value: object, indent: str = "") -> str:
    """JSON with a line for each member, except that what fits on one of 160 columns stays on it."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(flat) + len(indent) <= 160:
        return flat
    deeper = indent + " "
    if isinstance(value, dict):
        members = [f"{deeper}{json.dumps(key)}: {compact(member, deeper)}" for key, member in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + compact(member, deeper) for member in value) + f"\n{indent}]"
