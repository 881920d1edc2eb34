"""Search over the starter shelf on a real server: words, names, examples, filters and counts, all against one another."""

import http.client
import json
import math
from urllib.parse import quote, urlencode

import jsonschema
import pytest
from program import Server

QUERIES = [
    "a quiet novel about growing old", "detective in Victorian London", "what the stars are made of", "revenge at sea",
    "funny stories about families", "war", "love", "the history of science", "Dune", "Pride and Prejudice", "tolkien",
    "jane austen", "1984", "dragons", "a lonely child finds a friend", "murder on a train", "cooking for beginners",
    "philosophy of happiness", "space travel", "magic school", "cats", "dystopia", "a long journey home", "ghosts",
    "poems about nature", "how to think clearly", "the French Revolution", "artificial intelligence", "island",
    "a marriage falls apart", "slavery", "football", "mathematics", "gardens", "the end of the world", "robots", "music",
    "a coming of age story in the south", "short stories", "vampires", "economics", "Sherlock Holmes", "whale", "spies",
    "a dog's life", "friendship between women", "the meaning of life", "pirates", "time travel", "paris in the twenties",
]  # fmt: skip


def ask(server, **question) -> dict:
    return server.json("/api/v1/search?" + urlencode(question, doseq=True))


def post(server, question: object) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("POST", "/api/v1/search", json.dumps(question), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def books(answer: dict) -> list[dict]:
    return [hit["book"] for hit in answer["hits"]]


def ids(answer: dict) -> list[str]:
    return [book["id"] for book in books(answer)]


def everything(server, **question) -> list[dict]:
    """All hits, page by page, and whether every page is what it must be."""
    limit = question.pop("limit", 100)
    found: list[dict] = []
    while True:
        answer = ask(server, **question, limit=limit, offset=len(found), facets="false")
        total = answer["estimatedTotalHits"]
        assert len(answer["hits"]) == min(limit, total - len(found)), "a page is full as long as books fit"
        found += answer["hits"]
        if len(found) == total:
            break
    assert len({hit["book"]["id"] for hit in found}) == total, "no book comes twice"
    return found


def facet(answer: dict, name: str) -> list[dict]:
    return next(facet["values"] for facet in answer["facets"] if facet["name"] == name)


def choosing(name: str, value: str) -> dict:
    """What asks for a value of a facet."""
    if name == "decade":
        return {"minYear": value, "maxYear": int(value) + 9}
    return {"feels" if name == "mood" else name: value}


@pytest.fixture(scope="module")
def shelf(server) -> dict[str, dict]:
    """Every book by its id, as a list shows it."""
    return {hit["book"]["id"]: hit["book"] for hit in everything(server, sort="popularity")}


@pytest.mark.parametrize("name", ["fiction", "genre", "mood", "pace", "length", "decade", "category"])
@pytest.mark.parametrize(
    "question",
    [
        {"sort": "rating"},
        {"q": "a family at war"},
        {"q": "war", "semanticRatio": 0, "fiction": "yes", "minPages": 150},
        {"like": ["9780141439518"], "genre": "romance,classics", "minYear": 1900, "maxYear": 1999, "length": "long,medium"},
    ],
    ids=["everything", "words", "spelling and filters", "examples and filters"],
)
def test_a_count_is_what_one_gets_by_choosing_the_value(server, name, question):
    values = facet(ask(server, **question, limit=1), name)
    assert values
    for value in values[:40]:
        asked = {**question, **choosing(name, value["value"])}
        assert ask(server, **asked, limit=1, facets="false")["estimatedTotalHits"] == value["count"], value
    assert all(value["count"] > 0 and value["name"] for value in values)


def test_counts_are_those_of_the_books(server, shelf):
    answer = ask(server, q="the sea", limit=1)
    assert answer["estimatedTotalHits"] == len(shelf)
    dated = [book for book in shelf.values() if book["year"] is not None]
    assert sum(value["count"] for value in facet(answer, "decade")) == len(dated)
    # The starter shelf does not say in which language a book is read.
    assert facet(answer, "language") == []
    counts = {value["value"]: value["count"] for value in facet(answer, "length")}
    for length, count in counts.items():
        assert count == sum(book["impression"]["length"] == length for book in shelf.values())


@pytest.mark.parametrize("query", QUERIES)
def test_contributions_add_up_to_the_score(server, query):
    answer = ask(server, q=query, explain="true", limit=20, facets="false")
    assert answer["hits"]
    for hit in answer["hits"]:
        assert 0 <= hit["score"] <= 1 + 1e-9
        for parts in (hit["reasons"], hit["explanation"]):
            assert math.isclose(sum(part["contribution"] for part in parts), hit["score"], abs_tol=1e-9), hit["book"]["title"]
        for leg in hit["explanation"]:
            assert math.isclose(leg["value"] * leg["weight"], leg["contribution"], abs_tol=1e-9), leg
            assert 1 <= leg["rank"] <= answer["estimatedTotalHits"]
        assert math.isclose(sum(leg["weight"] for leg in hit["explanation"]), 1, abs_tol=1e-9)
        strengths = [reason["contribution"] for reason in hit["reasons"]]
        assert strengths == sorted(strengths, reverse=True)
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "question",
    [
        {"q": "a sad book about love", "mood": "sad,-funny", "strength": 0.8},
        {"like": ["9780141439518"], "unlike": ["9780340839935"], "mood": "dark"},
        {"q": "war", "like": ["9780141439518"], "semanticRatio": 0.9, "genre": "classics"},
        {"mood": "hopeful"},
        {"q": "war and peace", "semanticRatio": 0},
        {"q": "war and peace", "semanticRatio": 1},
    ],
    ids=str,
)
def test_every_mixture_is_explained(server, question):
    hits = ask(server, **question, explain="true", limit=30)["hits"]
    assert hits
    for hit in hits:
        for parts in (hit["reasons"], hit["explanation"]):
            assert math.isclose(sum(part["contribution"] for part in parts), hit["score"], abs_tol=1e-9)


def test_the_first_in_rank_is_first_by_that_leg_alone(server):
    """A rank counts all books that fit, not those of the page."""
    answer = ask(server, q="revenge at sea", semanticRatio=1, explain="true", limit=100)
    ranks = [leg["rank"] for hit in answer["hits"] for leg in hit["explanation"] if leg["leg"] == "meaning"]
    assert min(ranks) == 1
    assert len(set(ranks)) > 50


@pytest.mark.parametrize(
    "spelling",
    [
        "9780340839935", "978-0-340-83993-5", "0340839937", "0-340-83993-7", "ISBN 9780340839935", "isbn-13: 978 0340839935",
        "ISBN-10: 0-340-83993-7", " 978\u20110\u2011340\u201183993\u20115. ",
    ],
)  # fmt: skip
def test_an_isbn_comes_first_and_alone(server, spelling):
    answer = ask(server, q=spelling)
    assert [book["title"] for book in books(answer)] == ["Dune"]
    assert answer["estimatedTotalHits"] == 1
    assert answer["understood"]["isbn"] == "9780340839935"
    assert [reason["kind"] for reason in answer["hits"][0]["reasons"]] == ["isbn"]
    assert answer["hits"][0]["score"] == 1
    assert ask(server, q=spelling, offset=1)["hits"] == []


def test_an_isbn_that_is_not_here_is_said(server):
    answer = ask(server, q="9783161484100")
    assert answer["hits"] == [] and answer["estimatedTotalHits"] == 0
    assert answer["understood"]["isbn"] == "9783161484100"
    assert answer["noResult"]["text"]
    # It is here, but a filter hides it.
    hidden = ask(server, q="9780340839935", maxYear=1800)
    assert hidden["hits"] == []
    assert [obstacle["parameter"] for obstacle in hidden["noResult"]["obstacles"]] == ["maxYear"]
    assert [hit["book"]["title"] for hit in hidden["noResult"]["nearest"]] == ["Dune"]


@pytest.mark.parametrize(
    ("misspelt", "title"),
    [
        ("pride and predjudice", "Pride and Prejudice"),
        ("wuthering hieghts", "Wuthering Heights"),
        ("frankenstien", "Frankenstein"),
        ("moby dikc", "Moby"),
        ("don quixotte", "Don Quixote"),
    ],
)
def test_a_misspelt_title_is_found(server, misspelt, title):
    answer = ask(server, q=misspelt, limit=3)
    assert books(answer)[0]["title"].startswith(title)
    corrected = " ".join(correction["to"] for correction in answer["understood"]["corrections"])
    assert corrected and all(word in title.lower() or word == "dick" for word in corrected.split())


QUESTIONS = [
    {"q": "revenge at sea", "limit": 7, "offset": 3},
    {"q": "naïve café 東京 \"quoted\" \\ & + %", "explain": True},
    {"like": ["9780141439518", "9780340839935"], "unlike": ["9780679733782"], "facets": False},
    {"mood": ["sad", "-funny:0.5"], "strength": 0.6, "fiction": "yes", "genre": ["classics", "romance"]},
    {"q": "war", "semanticRatio": 0.25, "sort": "oldest", "minYear": 1800, "maxYear": 1999, "minRating": 3.5},
    {"author": ["Jane Austen", "tolkien"], "notBy": ["dickens"], "minPages": 100, "maxPages": 900},
    {"q": "love", "minYear": 2999},
    {"q": "love", "language": ["en", "French"]},
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_a_body_asks_the_same_as_an_address(server, question):
    status, body = post(server, question)
    assert status == 200, body
    comma = {"mood", "genre", "language"}
    fields = {
        name: ",".join(value) if name in comma else str(value).lower() if isinstance(value, bool) else value
        for name, value in question.items()
    }
    by_address = ask(server, **fields)
    by_body = json.loads(body)
    for answer in (by_address, by_body):
        del answer["processingTimeMs"], answer["requestId"]
    assert by_body == by_address


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"not json", 400, "invalidBody"),
        (b"[]", 400, "invalidBody"),
        (b"", 400, "invalidBody"),
        (b'{"q": "\xff"}', 400, "invalidBody"),
        (b'{"q": {"text": "x"}}', 400, "invalidBody"),
        (b'{"q": "x", "colour": "red"}', 400, "invalidBody"),
        (b'{"q": "x", "limit": 0}', 400, "limitOutOfRange"),
        (b'{"q": "x", "semanticRatio": 2}', 400, "valueOutOfRange"),
        (b'{"like": ["nosuchbook"]}', 404, "unknownBook"),
        (b'{"q": "x"}' + b" " * 70_000, 413, "bodyTooLarge"),
    ],
    ids=lambda value: value[:40].decode(errors="replace") if isinstance(value, bytes) else None,
)
def test_a_bad_body_is_told_as_a_problem(server, body, status, code):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", "/api/v1/search", body)
    response = connection.getresponse()
    problem = json.loads(response.read())
    connection.close()
    assert (response.status, problem["code"], problem["status"]) == (status, code, status)


def known(value, fits) -> bool:
    return value is not None and fits(value)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ({"minYear": 1950}, lambda book: known(book["year"], lambda year: year >= 1950)),
        ({"minYear": 1800, "maxYear": 1899}, lambda book: known(book["year"], lambda year: 1800 <= year <= 1899)),
        ({"minPages": 300, "maxPages": 400}, lambda book: known(book["pages"], lambda pages: 300 <= pages <= 400)),
        ({"author": "austen"}, lambda book: any("Austen" in author for author in book["authors"])),
        ({"notBy": "charles dickens"}, lambda book: "Charles Dickens" not in book["authors"]),
        ({"fiction": "no"}, lambda book: book["impression"]["isFiction"] is False),
        ({"length": "short,long"}, lambda book: book["impression"]["length"] in ("short", "long")),
        ({"pace": "fast"}, lambda book: book["impression"]["pace"] == "fast"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else None,
)
def test_a_filter_shows_all_that_fit_and_nothing_else(server, shelf, question, fits):
    expected = {id for id, book in shelf.items() if fits(book)}
    assert 0 < len(expected) < len(shelf)
    for words in ({}, {"q": "love and death"}, {"sort": "newest"}):
        assert {hit["book"]["id"] for hit in everything(server, **question, **words, limit=37)} == expected


def test_the_mean_of_readers_filters(server, shelf):
    bound = 4.1
    expected = {id for id, book in shelf.items() if known(book["averageRating"], lambda mean: mean >= bound)}
    assert any(book["averageRating"] == bound for book in shelf.values()), "the bound itself is not tried"
    assert {hit["book"]["id"] for hit in everything(server, minRating=bound)} == expected
    below = {id for id, book in shelf.items() if known(book["averageRating"], lambda mean: mean <= bound)}
    assert {hit["book"]["id"] for hit in everything(server, maxRating=bound)} == below


def test_a_page_continues_the_one_before(server):
    for question in ({"q": "a journey"}, {"sort": "popularity"}, {"like": "9780141439518"}, {"q": "war", "semanticRatio": 0}):
        whole = [hit["book"]["id"] for hit in everything(server, **question)]
        assert [hit["book"]["id"] for hit in everything(server, **question, limit=13)] == whole
        for offset in (0, 1, 9, len(whole) - 1, len(whole), len(whole) + 1, 2**62):
            assert ids(ask(server, **question, limit=5, offset=offset, facets="false")) == whole[offset : offset + 5]


@pytest.mark.parametrize(
    ("sort", "key"),
    [("newest", lambda book: -book["year"]), ("oldest", lambda book: book["year"]), ("popularity", lambda book: -book["ratingsCount"])],
)
def test_hits_are_sorted(server, sort, key):
    dated = [book for book in books(ask(server, q="love", sort=sort, limit=100)) if book["year"] is not None]
    assert [key(book) for book in dated] == sorted(key(book) for book in dated)


def test_examples_are_not_among_the_hits(server):
    like, unlike = ["9780141439518", "9780340839935"], ["9780679733782"]
    named = [server.json(f"/api/v1/books/{isbn}")["id"] for isbn in like + unlike]
    hits = everything(server, like=",".join(like), unlike=unlike)
    assert {hit["book"]["id"] for hit in hits}.isdisjoint(named)
    assert len(hits) == server.json("/version")["works"] - 3
    assert any(reason["kind"] == "examples" for reason in hits[0]["reasons"])


def test_where_nothing_fits_the_way_out_is_named(server):
    answer = ask(server, q="love", minYear=2999, fiction="yes")
    assert answer["hits"] == [] and answer["estimatedTotalHits"] == 0
    nothing = answer["noResult"]
    assert set(nothing) == {"text", "obstacles", "nearest"}
    assert [obstacle["parameter"] for obstacle in nothing["obstacles"]] == ["minYear"]
    assert nothing["obstacles"][0]["countWithout"] == ask(server, q="love", fiction="yes")["estimatedTotalHits"]
    assert 1 <= len(nothing["nearest"]) <= 5
    assert [hit["book"]["id"] for hit in nothing["nearest"]] == ids(ask(server, q="love", fiction="yes", limit=len(nothing["nearest"])))


def test_what_hides_most_comes_first(server):
    # Each hides all that the other shows.
    answer = ask(server, author="jane austen", minYear=1990)
    obstacles = answer["noResult"]["obstacles"]
    counts = [obstacle["countWithout"] for obstacle in obstacles]
    assert [obstacle["parameter"] for obstacle in obstacles] == ["author", "minYear"]
    assert counts == [ask(server, minYear=1990)["estimatedTotalHits"], ask(server, author="jane austen")["estimatedTotalHits"]]
    assert counts == sorted(counts, reverse=True)
    assert ask(server, q="love")["noResult"] is None


def test_a_filter_by_itself_that_nothing_fits_is_named(server):
    nothing = ask(server, author="nobody of this name")["noResult"]
    assert [obstacle["parameter"] for obstacle in nothing["obstacles"]] == ["author"]
    assert nothing["obstacles"][0]["countWithout"] == server.json("/version")["works"]
    assert [hit["book"]["id"] for hit in nothing["nearest"]] == ids(ask(server, sort="popularity", limit=5))


def test_examples_that_are_all_there_is_leave_nothing(server):
    """They are left out, and so is all that has the word: this once asked itself again until the stack was full."""
    for hidden in ("like", "unlike", "exclude"):
        answer = ask(server, q="kafka", semanticRatio=0, limit=100)
        assert 0 < answer["estimatedTotalHits"] < 100
        answer = ask(server, q="kafka", semanticRatio=0, **{hidden: ",".join(ids(answer))})
        assert answer["hits"] == []
        named = [obstacle["parameter"] for obstacle in answer["noResult"]["obstacles"]]
        assert named == (["exclude"] if hidden == "exclude" else [])
        assert answer["noResult"]["nearest"]


@pytest.mark.parametrize(
    "query",
    [
        "戦争と平和", "Война и мир", "حب", "αγάπη", "यात्रा", "the of and a", "the", "to be or not to be", "🐋", "🐉🔥📚", "?!…",
        "\u0301\u0301", "\u200b", "x" * 2000, "a " * 999, "é" * 1000, "<script>alert(1)</script>", "'; DROP TABLE works; --", "NULL",
        "0", "-1", "*", '"', "\\", "%", "a\u0000b",
    ],
    ids=lambda query: ascii(query)[:30],
)  # fmt: skip
@pytest.mark.parametrize("ratio", [0, 0.5, 1])
def test_whatever_is_typed_is_answered(server, query, ratio):
    status, _, body = server.get(f"/api/v1/search?semanticRatio={ratio}&explain=true&limit=3&q={quote(query)}")
    assert status == 200, body
    answer = json.loads(body)
    assert answer["query"] == query
    assert len(answer["hits"]) == min(3, answer["estimatedTotalHits"])
    assert (answer["noResult"] is None) == bool(answer["hits"])
    for hit in answer["hits"]:
        assert math.isfinite(hit["score"]) and hit["reasons"]
        assert hit["score"] >= 0
    if ratio > 0:
        assert answer["estimatedTotalHits"] == server.json("/version")["works"]


def test_a_passage_is_of_the_description(server, shelf):
    for query in QUERIES[:12]:
        for hit in ask(server, q=query)["hits"]:
            if hit["passage"] is not None:
                text = "".join(piece["text"] for piece in hit["passage"]["pieces"])
                assert text and text in shelf[hit["book"]["id"]]["description"]
    for hit in ask(server, mood="sad")["hits"]:
        assert hit["passage"] is None


def test_spelling_alone_finds_only_what_has_the_words(server):
    answer = ask(server, q="whale", semanticRatio=0, limit=100)
    assert 0 < answer["estimatedTotalHits"] < server.json("/version")["works"]
    nothing = ask(server, q="qqqqxyzzy", semanticRatio=0)
    assert nothing["hits"] == [] and nothing["noResult"]["nearest"]


def test_suggestions(server):
    for typed in ("pride and", "Pride And Prej", "pride and predj"):
        suggestions = server.json(f"/api/v1/suggest?q={quote(typed)}")["suggestions"]
        assert "Pride and Prejudice" in [suggestion["text"] for suggestion in suggestions], typed
    authors = server.json("/api/v1/suggest?q=jane%20aus&limit=3")["suggestions"]
    assert {"kind": "author", "text": "Jane Austen"}.items() <= authors[0].items()
    assert len(server.json("/api/v1/suggest?q=t&limit=4")["suggestions"]) == 4
    for nothing in ("", "%20", "qqqqxyzzy", "%F0%9F%90%8B", "x" * 2_000, "a+" * 900):
        assert server.json(f"/api/v1/suggest?q={nothing}")["suggestions"] == [], nothing
    for suggestion in server.json("/api/v1/suggest?q=the")["suggestions"]:
        assert set(suggestion) == {"kind", "text", "authors", "book", "readers"}
        assert (suggestion["book"] is None) == (suggestion["kind"] != "title")


def test_similar_books_can_be_filtered(server):
    path = "/api/v1/books/9780141439518/similar?limit=100"
    others = server.json(path + "&otherAuthors=true")
    assert len(others["hits"]) == 100
    assert not any("Jane Austen" in book["authors"] for book in books(others))
    assert any("Jane Austen" in book["authors"] for book in books(server.json(path)))
    late = books(server.json(path + "&minYear=1950&fiction=yes"))
    assert late and all(book["year"] >= 1950 and book["impression"]["isFiction"] for book in late)


def test_what_the_same_readers_like_is_similar(trained, tmp_path):
    pride, moby = "9780141439518", "9780142000083"
    likes = [f"{reader},{book},5" for reader in range(4) for book in (pride, moby)] + [f"9,{pride},4", f"10,{moby},2"]
    file = tmp_path / "likes.csv"
    file.write_text("\n".join(["user_id,isbn13,rating", *likes]) + "\n", encoding="utf-8")
    trained.run("ingest", "ratings", file)
    trained.run("train")
    with Server(trained) as server:
        path = f"/api/v1/books/{pride}/similar?limit=1&alpha="
        first = server.json(path + "1")["hits"][0]
        assert first["book"]["title"].startswith("Moby")
        reason = next(reason for reason in first["reasons"] if reason["kind"] == "readers")
        assert reason["text"] == "Of 5 readers who like “Pride and Prejudice”, 4 like this one too."
        assert not any(reason["kind"] == "readers" for reason in server.json(path + "0")["hits"][0]["reasons"])
        page = server.get(f"/books/{pride}")[2].decode()
        assert "Shared readers" in page and "4 like this one too." in page
    # The same likes again change nothing.
    trained.run("ingest", "ratings", file)
    assert b"nothing has changed" in trained.run("train").stdout


def test_answers_are_as_described(server):
    description = server.json("/openapi.json")
    schemas = {"components": description["components"]}

    def check(answer: object, name: str) -> None:
        jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{name}", **schemas}).validate(answer)

    for question in [*QUESTIONS, {"q": "9780340839935"}, {"q": "frankenstien", "explain": True}]:
        status, body = post(server, question)
        assert status == 200
        check(json.loads(body), "SearchAnswer")
        check(question, "SearchQuestion")
    check(server.json("/api/v1/suggest?q=the"), "SuggestAnswer")
    check(server.json("/api/v1/books/9780141439518"), "Book")
    check(server.json("/api/v1/books/9780141439518/similar"), "SimilarAnswer")
    check(server.problem("/api/v1/search?q=a&limit=0", 400), "Problem")
    with pytest.raises(jsonschema.ValidationError):
        check({"q": "a", "colour": "red"}, "SearchQuestion")
    # The examples in it as well.
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            for content in [*operation["responses"].get("200", {}).get("content", {}).values(), *operation.get("requestBody", {}).get("content", {}).values()]:
                if "example" in content:
                    jsonschema.Draft202012Validator({**content["schema"], **schemas}).validate(content["example"])
