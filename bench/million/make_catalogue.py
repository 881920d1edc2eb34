#!/usr/bin/env python3
"""Writes a books.csv of made-up books that an index finds as hard as real ones: a million of them, or as many as asked for.

    python3 bench/million/make_catalogue.py --books 1000000 --to FILE

Every word but the commonest English ones and the names of some categories is made from syllables, so no line is anybody's
text. What makes a search slow or fast is kept as real catalogues have it, roughly:

* words of titles and descriptions follow Zipf's law over tens of thousands of words, with "the" and "of" among them;
* a category has words of its own, so books of one category are more alike than others;
* authors, series, categories, languages and numbers of ratings are skewed: a few have much, most have little;
* something is missing of every twentieth book or so, and one in twelve has no description.

No two books have the same title and author, so that each row is a work of its own. The same seed writes the same file.
"""

import argparse
import csv
import itertools
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from large_library import isbn13

SEED = 20_261_130
COLUMNS = (
    "isbn13 title subtitle authors series categories description published_year average_rating num_pages ratings_count language"
).split()
# The first ranks of every English text; most say nothing of a book, and search knows that.
COMMON = (
    "the of and a to in is that with for his her as on it from by an at who this are be but not they their when has one all "
    "into have was she he about more will can what which or its than so two up out if our we you them only how where after"
).split()
CATEGORIES = (
    "Fiction|Juvenile Fiction|Biography|History|Literary Criticism|Fantasy|Detective and mystery stories|Philosophy|Religion|"
    "Science fiction|Love stories|Poetry|Comics|Science|Business|Young Adult Fiction|Cooking|Drama|Thrillers|Psychology|"
    "Horror tales|Art|Travel|Political Science|Self-Help|Music|Social Science|Nature|Health|Historical fiction|Humor|Family|"
    "Computers|Performing Arts|Sports|Education|Mathematics|Crafts|Gardening|Short stories|Adventure stories|Spy stories|"
    "Law|Economics|Animals|Medicine|Ghost stories|Epic poetry|Architecture|Design"
).split("|")
LANGUAGES = {"en": 78, "es": 5, "fr": 4, "de": 4, "it": 2, "pt": 2, "ja": 1.5, "nl": 1, "pl": 1, "sv": 0.8, "fi": 0.4, "la": 0.3}
ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sh sk sl sp st t th tr v w y z".split()
VOWELS = "a a a e e e i i o o u ai ea ee ie oa ou".split()
CODAS = ["", "", "", *"l m n r s t nd nt rd rn st th ck ld mp".split()]
WORDS, SURNAMES, GIVEN_NAMES = 45_000, 30_000, 400
OWN_WORDS = 150


def made_up_words(count: int, random_: random.Random, taken: set[str]) -> list[str]:
    """Different words that can be spoken, short ones first, as the frequent words of a language are short."""
    words: list[str] = []
    while len(words) < count:
        syllables = random_.choice((1, 2, 2) if len(words) < 2_000 else (2, 2, 3) if len(words) < 15_000 else (2, 3, 3, 4))
        parts = [random_.choice(ONSETS) + random_.choice(VOWELS) for _ in range(syllables)]
        word = "".join(parts) + random_.choice(CODAS)
        if len(word) > 3 and word not in taken:
            taken.add(word)
            words.append(word)
    return words


def zipf(count: int, exponent: float = 1.0, shift: float = 2.7) -> list[float]:
    """Cumulative weights 1 / (rank + shift)^exponent: Mandelbrot's form of the law, without its steep first ranks."""
    return list(itertools.accumulate((rank + shift) ** -exponent for rank in range(1, count + 1)))


class Language:
    """The words of the catalogue. Queries are made of the same ones."""

    def __init__(self) -> None:
        random_ = random.Random(SEED)
        taken = set(COMMON)
        self.words = made_up_words(WORDS, random_, taken)
        self.surnames = [word.title() for word in made_up_words(SURNAMES, random_, taken)]
        self.given_names = [word.title() for word in made_up_words(GIVEN_NAMES, random_, taken)]
        tail = [f"{word.title()} studies" for word in made_up_words(2_000, random_, taken)]
        self.categories = [*CATEGORIES, *tail]
        self.own_words = [random_.sample(self.words[100:], OWN_WORDS) for _ in self.categories]
        self.word_weights = zipf(len(self.words))
        # Titles avoid the very commonest words more than texts do.
        self.title_weights = zipf(len(self.words), 0.85)
        self.common_weights = zipf(len(COMMON), 0.9, 0.5)
        self.own_weights = zipf(OWN_WORDS, 0.9)
        self.category_weights = zipf(len(self.categories), 1.3, 0.5)

    def author(self, number: int) -> str:
        """The name of an author, the same whenever asked."""
        given = self.given_names[number * 7_919 % len(self.given_names)]
        # Every surname is somebody's before the first one comes again, with another first name.
        return f"{given} {self.surnames[number % len(self.surnames)]}"

    def series(self, author: int) -> str:
        first = self.words[100 + author * 104_729 % (len(self.words) - 100)]
        return f"The {first.title()} {('Saga', 'Cycle', 'Chronicles', 'Mysteries')[author % 4]}"

    def text(self, random_: random.Random, words: int, category: int) -> list[str]:
        """Words as of a description: common ones, words of the whole language, and of the category."""
        common, own = round(words * 0.4), round(words * 0.2)
        text = random_.choices(COMMON, cum_weights=self.common_weights, k=common)
        text += random_.choices(self.own_words[category], cum_weights=self.own_weights, k=own)
        text += random_.choices(self.words, cum_weights=self.word_weights, k=words - common - own)
        random_.shuffle(text)
        return text

    def description(self, random_: random.Random, category: int) -> str:
        sentences = random_.choices((1, 2, 3), weights=(25, 40, 35))[0]
        lengths = [round(random_.triangular(6, 28, 14)) for _ in range(sentences)]
        text, made = self.text(random_, sum(lengths), category), []
        for end, length in zip(itertools.accumulate(lengths), lengths, strict=True):
            made.append(" ".join(text[end - length : end]).capitalize() + ".")
        return " ".join(made)


class Titles:
    """Titles, none of which the same author has twice."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.taken: set[int] = set()

    def title(self, random_: random.Random, author: int) -> str:
        count = random_.choices((1, 2, 3, 4), weights=(10, 45, 30, 15))[0]
        while True:
            words = random_.choices(self.language.words, cum_weights=self.language.title_weights, k=count)
            # By surname, as joining editions goes by it; without the small words, which do not tell works apart.
            key = hash((*words, author % SURNAMES))
            if key not in self.taken:
                self.taken.add(key)
                return self.phrase(random_, [word.title() for word in words])
            count = min(count + 1, 5)

    @staticmethod
    def phrase(random_: random.Random, words: list[str]) -> str:
        first, rest = words[0], words[1:]
        if not rest:
            return f"The {first}" if random_.random() < 0.5 else first
        shape = random_.random()
        if shape < 0.35:
            return f"The {first} of {' '.join(rest)}"
        if shape < 0.5:
            return f"{first} and the {' '.join(rest)}"
        return ("The " if shape < 0.7 else "") + " ".join(words)


def books(count: int, language: Language) -> Iterator[list[object]]:
    random_ = random.Random(SEED + 1)
    titles = Titles(language)
    authors = range(max(10, count // 4))
    author_weights = zipf(len(authors), 0.7)
    languages, language_weights = list(LANGUAGES), list(itertools.accumulate(LANGUAGES.values()))
    numbers = range(len(language.categories))
    chance = random_.random
    for number in range(count):
        author = random_.choices(authors, cum_weights=author_weights)[0]
        names = [language.author(author)]
        if chance() < 0.1:
            names.append(language.author(random_.choice(authors)))
        many = random_.choices((1, 2, 3), weights=(60, 30, 10))[0]
        categories = list(dict.fromkeys(random_.choices(numbers, cum_weights=language.category_weights, k=many)))
        rated = min(5_000_000, int(random_.lognormvariate(3.5, 2.2)))
        shape = chance()
        subtitle = "A Novel" if shape < 0.15 else " ".join(language.text(random_, 5, categories[0])) if shape < 0.25 else ""
        yield [
            isbn13(number),
            titles.title(random_, author),
            subtitle,
            ";".join(dict.fromkeys(names)),
            language.series(author) if chance() < 0.15 else "",
            ";".join(language.categories[category] for category in categories),
            language.description(random_, categories[0]) if chance() < 0.92 else "",
            max(1800, 2026 - int(random_.expovariate(1 / 18))) if chance() < 0.96 else "",
            f"{min(5, max(1, random_.gauss(3.9, 0.35))):.2f}" if rated else "",
            min(1_500, max(8, int(random_.lognormvariate(5.6, 0.5)))) if chance() < 0.92 else "",
            rated,
            random_.choices(languages, cum_weights=language_weights)[0] if chance() < 0.97 else "",
        ]


def query(random_: random.Random, language: Language, words: Sequence[int] = (3, 4, 5, 6, 8, 10)) -> str:
    """Words of one category among others, as a reader would write who knows what to read."""
    category = random_.choices(range(len(language.categories)), cum_weights=language.category_weights)[0]
    return " ".join(language.text(random_, random_.choice(words), category))


def write(path: Path, count: int) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(books(count, Language()))
    part.rename(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=int, default=1_000_000)
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.to.parent.mkdir(parents=True, exist_ok=True)
    write(arguments.to, arguments.books)
    print(f"{arguments.books:,} books, {arguments.to.stat().st_size >> 20} MiB")


if __name__ == "__main__":
    main()
