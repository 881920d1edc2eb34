"""A library of a million books and twenty million ratings: made up, taken in, and looked up.

    python3 bench/large_library.py [--books N] [--ratings N] [--folder DIR] [--order reader|random]

Prints rows a second, the largest resident memory and the size on the disk. Titles, names and ratings are made from
numbers with a fixed seed; nothing is downloaded.
"""

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = (
    "amber ash autumn bell birch bridge candle cedar chapel cliff cloud coast copper crow dawn dune echo ember fen "
    "field flint fog forest garden glass harbour hawk heath hill hollow ice iron island ivory lake lantern leaf "
    "marsh meadow mirror moon moss night oak orchard owl paper pearl pine plain rain raven reed river road rose "
    "salt sand sea shadow silver sky snow song spring star stone storm summer tide tower valley violet wave well "
    "west willow wind winter wolf wood wren yarrow".split()
)


def isbn13(number: int) -> str:
    digits = f"978{300_000_000 + number}"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{digits}{check}"


def write_books(path: Path, count: int) -> None:
    random_ = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("isbn13,title,authors,categories,published_year,num_pages,average_rating,ratings_count,description\n")
        for number in range(count):
            a, b, c, d = random_.choices(WORDS, k=4)
            author = f"{random_.choice(WORDS).title()} {random_.choice(WORDS).title()}son"
            description = " ".join(random_.choices(WORDS, k=40)).capitalize()
            file.write(
                f'{isbn13(number)},"The {a.title()} {b.title()} of {c.title()}, {number // 3}",{author},{d.title()};Fiction,'
                f"{1900 + number % 125},{100 + number % 700},{3 + number % 200 / 100},{number % 9973},{description}.\n"
            )


def write_ratings(path: Path, count: int, books: int, order: str) -> None:
    """Some 100 ratings a reader, books by popularity (the square of a uniform number)."""
    random_ = random.Random(2)
    readers = max(1, count // 100)
    uniform, below = random_.random, random_.randrange
    with path.open("w", encoding="utf-8") as file:
        file.write("user_id,isbn13,rating\n")
        isbns = [isbn13(number) for number in range(books)]
        for row in range(count):
            reader = row // 100 if order == "reader" else below(readers)
            file.write(f"{reader},{isbns[int(books * uniform() ** 2)]},{1 + int(5 * uniform())}\n")


def run(program: str, home: Path, *arguments: object) -> tuple[float, int, str]:
    """Seconds, largest resident memory in MiB, and what was printed."""
    start = time.monotonic()
    done = subprocess.Popen([program, *map(str, arguments), "--home", str(home)], stdout=subprocess.PIPE, text=True)
    output = done.stdout.read()
    _, status, usage = os.wait4(done.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, arguments))} failed")
    return time.monotonic() - start, usage.ru_maxrss // 1024, output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=int, default=1_000_000)
    parser.add_argument("--ratings", type=int, default=20_000_000)
    parser.add_argument("--folder", type=Path, default=ROOT / "var/large")
    parser.add_argument("--order", choices=["reader", "random"], default="reader")
    parser.add_argument("--program", default=str(ROOT / ".build/release/bookrec"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    home = options.folder / "home"
    if home.exists():
        sys.exit(f"{home} exists: remove it first")
    books, ratings = options.folder / "books.csv", options.folder / "ratings.csv"
    write_books(books, options.books)
    write_ratings(ratings, options.ratings, options.books, options.order)
    print(f"books {books.stat().st_size >> 20} MiB, ratings {ratings.stat().st_size >> 20} MiB, by {options.order}")

    for kind, file, rows in (("books", books, options.books), ("ratings", ratings, options.ratings)):
        for time_ in ("first", "again"):
            seconds, memory, output = run(options.program, home, "ingest", kind, file)
            print(f"{kind}, {time_}: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, {memory} MiB resident; {output.strip()}")
    size = sum(file.stat().st_size for file in home.iterdir())
    print(f"library: {size >> 20} MiB on the disk")
    some = options.books // 2
    title = next(line for number, line in enumerate(books.open(encoding="utf-8")) if number == some + 1).split('"')[1]
    for text in (isbn13(some), title):
        seconds, memory, output = run(options.program, home, "library", "find", text)
        found = len(re.findall(r"^\S", output, re.MULTILINE))
        print(f"find “{text}”: {seconds * 1000:.0f} ms with the program's start, {found} works, {memory} MiB resident")
    print(f"this script: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB")


if __name__ == "__main__":
    main()
