#!/usr/bin/env python3
"""Writes what label models are fitted to and judged by as `isbn13,label,value` files, which `bookrec label-model` reads.

From our own readings (data/labels) and, where they are there, from the emotion files of the real data:
`training.csv` (persons), `judge.csv`, `emotions.csv` (the most marked emotion of a description as a classifier of seven saw
it) and `auxiliary.csv` (ranks of 28 feelings, which emotions are learned from as well).

    python3 bench/labels/make_label_files.py --data ../shared/data --output var/labels
"""

import argparse
import csv
import pathlib

MOODS = (
    "hopeful funny sad dark tense scary romantic cosy adventurous reflective mysterious inspiring informative".split()
)
PACES = ["slow", "medium", "fast"]
NOTES = (
    "violence war abuse sexual-violence self-harm child-death animal-death sexual-content drugs racism illness".split()
)
EMOTIONS = "anger disgust fear joy sadness surprise neutral".split()
HERE = pathlib.Path(__file__).resolve().parents[2]


def rows(path: pathlib.Path) -> list[dict]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def readings(path: pathlib.Path, genres: list[str]) -> list[tuple]:
    """Our own labels; genres only where the file has them."""
    labels = []
    for row in rows(path):
        isbn = row["isbn13"]
        labels += [(isbn, f"mood.{mood}", int(row[mood]) / 2) for mood in MOODS]
        if row["pace"] in PACES:
            labels += [(isbn, f"pace.{pace}", int(row["pace"] == pace)) for pace in PACES]
        notes = row["contentNotes"].split(";")
        labels += [(isbn, f"note.{note}", int(note in notes)) for note in NOTES]
        if row["fiction"] in ("yes", "no"):
            labels.append((isbn, "fiction", int(row["fiction"] == "yes")))
        if row.get("genres"):
            named = row["genres"].split(";")
            labels += [(isbn, f"genre.{genre}", int(genre in named)) for genre in genres]
    return labels


def emotions(folder: pathlib.Path) -> list[tuple]:
    return [
        (row["isbn13"], f"emotion.{emotion}", int(row["dominant_emotion"] == emotion))
        for row in rows(folder / "dominant_emotion.csv")
        for emotion in EMOTIONS
    ]


def auxiliary(folder: pathlib.Path) -> list[tuple]:
    """Ranks instead of scores: a classifier that finds praise everywhere then says no more than one that finds it rarely."""
    table = rows(folder / "goemotions.csv")
    labels = []
    for feeling in [name for name in table[0] if name != "isbn13"]:
        order = sorted(range(len(table)), key=lambda place: float(table[place][feeling]))
        labels += [
            (table[place]["isbn13"], f"aux.{feeling}", round((rank + 0.5) / len(table), 4))
            for rank, place in enumerate(order)
        ]
    return labels


def write(path: pathlib.Path, labels: list[tuple]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("isbn13,label,value\n")
        file.writelines(f"{isbn},{label},{value:g}\n" for isbn, label, value in labels)
    print(f"{path}: {len(labels)} labels")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    genres = sorted({code for row in rows(HERE / "data/labels/training.csv") for code in row["genres"].split(";")} - {""})
    write(arguments.output / "training.csv", readings(HERE / "data/labels/training.csv", genres))
    write(arguments.output / "judge.csv", readings(HERE / "data/labels/judge.csv", genres))
    write(arguments.output / "emotions.csv", emotions(arguments.data / "moods"))
    write(arguments.output / "auxiliary.csv", auxiliary(arguments.data / "moods"))


if __name__ == "__main__":
    main()
