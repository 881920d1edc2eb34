"""The command line: what it prints, where, and with which exit code."""

import json
import math
import os
import subprocess

from conftest import ROOT, STARTER
from program import Bookrec


def test_first_steps_in_order_say_what_is_missing(program, model, tmp_path):
    bookrec = Bookrec(program, tmp_path / "home")
    assert "ingest books" in bookrec.message("train", fails=66)
    assert "model fetch" in bookrec.message("search", "anything", fails=66)
    bookrec.run("ingest", "books", STARTER)
    assert "model fetch" in bookrec.message("train", fails=66)
    bookrec.run("model", "fetch", "--from", model)
    bookrec.run("model", "verify")
    assert "bookrec train" in bookrec.message("search", "anything", fails=66)
    bookrec.run("train")
    answer = bookrec.json("search", "a captain obsessed with a white whale", "-n", 1)
    assert answer["hits"][0]["book"]["title"].startswith("Moby")


def test_search_prints_one_document(trained):
    answer = trained.json("search", "Dune", "-n", 3)
    assert set(answer) == {"query", "hits", "estimatedTotalHits", "understood", "processingTimeMs"}
    assert len(answer["hits"]) == 3
    top = answer["hits"][0]
    assert top["book"]["title"] == "Dune"
    for hit in answer["hits"]:
        assert math.isclose(hit["score"], sum(reason["contribution"] for reason in hit["reasons"]), abs_tol=1e-9)
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_similar_takes_an_id_or_an_isbn(trained):
    book = trained.json("search", "Dune", "-n", 1)["hits"][0]["book"]
    by_id = trained.json("similar", book["id"], "-n", 5)
    by_isbn = trained.json("similar", book["isbn13s"][0], "-n", 5)
    assert by_id == by_isbn
    assert by_id["book"]["id"] == book["id"]
    assert book["id"] not in [hit["book"]["id"] for hit in by_id["hits"]]


def test_embed_gives_unit_vectors_line_by_line(trained):
    texts = ["A quiet book about the sea.", "", "naïve café 東京 🙂", 'with "quotes"\tand tabs']
    plain = trained.run("embed", stdin="\n".join(texts).encode() + b"\n").stdout.decode().splitlines()
    assert len(plain) == len(texts)
    for line in plain:
        vector = json.loads(line)
        assert len(vector) == 384
        assert math.isclose(sum(x * x for x in vector), 1, abs_tol=1e-5)
    coded = trained.run("embed", "--json-lines", stdin="".join(json.dumps(t) + "\n" for t in texts).encode())
    assert coded.stdout.decode().splitlines() == plain


def test_embed_answers_while_the_other_side_waits(trained):
    with subprocess.Popen(trained.command("embed"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for text in (b"first\n", b"second\n"):
            process.stdin.write(text)
            process.stdin.flush()
            assert len(json.loads(process.stdout.readline())) == 384
        process.stdin.close()
        assert process.wait(30) == 0


def test_embed_refuses_what_it_cannot_read(trained):
    done = trained.run("embed", stdin=b"\xff\xfe\n", fails=65)
    assert b"stdin, line 1: not valid UTF-8" in done.stderr
    done = trained.run("embed", "--json-lines", stdin=b'"fine"\nnot json\n', fails=65)
    assert b"stdin, line 2: not a JSON string" in done.stderr


def test_bundle_commands(trained):
    assert trained.current in trained.run("bundle", "list").stdout.decode()
    manifest = json.loads(trained.run("bundle", "show").stdout)
    assert manifest["id"] == trained.current
    assert "sound" in trained.run("bundle", "verify").stdout.decode()
    assert "nosuchbundle" in trained.message("bundle", "verify", "nosuchbundle", fails=66)


def labels_file(trained, label):
    path = trained.home / "labels.csv"
    path.write_text(f"isbn13,label,value\n9780141439518,{label},1\n")
    return path


def test_moods_and_filters(trained):
    sad = trained.json("search", "", "--mood", "sad,-funny", "--fiction", "yes")
    assert all(hit["book"]["impression"]["isFiction"] for hit in sad["hits"])
    assert all(any(reason["kind"] == "mood" for reason in hit["reasons"]) for hit in sad["hits"])
    everything = trained.json("search", "war")["estimatedTotalHits"]
    assert 0 < trained.json("search", "war", "--avoid", "war")["estimatedTotalHits"] < everything
    assert b"mood.hopeful" in trained.run("labels", "list").stdout


def test_examples_filters_and_counts(whole_shelf):
    pride, dune = "9780141439518", "9780340839935"
    named = [whole_shelf.json("search", isbn)["hits"][0]["book"]["id"] for isbn in (pride, dune)]
    answer = whole_shelf.json(
        "search", "--like", pride, "--unlike", dune, "--min-year", "1900", "--max-year", "1999", "--sort", "newest",
        "--explain", "--facets", "-n", "100",
    )  # fmt: skip
    years = [hit["book"]["year"] for hit in answer["hits"]]
    assert years == sorted(years, reverse=True) and 1900 <= years[-1] <= years[0] <= 1999
    assert not {hit["book"]["id"] for hit in answer["hits"]} & set(named)
    for hit in answer["hits"]:
        assert math.isclose(hit["score"], sum(leg["contribution"] for leg in hit["explanation"]), abs_tol=1e-9)
    decades = next(facet["values"] for facet in answer["facets"] if facet["name"] == "decade")
    chosen = [value["count"] for value in decades if 1900 <= int(value["value"]) <= 1999]
    assert sum(chosen) == answer["estimatedTotalHits"]
    words = whole_shelf.run("search", "love", "--min-year", "2999").stdout.decode()
    assert "without what you ask about the year" in words


def test_what_the_command_finds_is_what_the_server_finds(server, whole_shelf):
    for query, options, parameters in (
        ("revenge at sea", [], ""),
        ("frankenstien", ["--semantic-ratio", "0.2"], "&semanticRatio=0.2"),
        ("war", ["--fiction", "no", "--not-by", "sun tzu", "--max-pages", "400"], "&fiction=no&notBy=sun%20tzu&maxPages=400"),
    ):
        printed = whole_shelf.json("search", query, *options)
        served = server.json(f"/api/v1/search?q={query.replace(' ', '+')}{parameters}")
        assert printed["estimatedTotalHits"] == served["estimatedTotalHits"]
        for own, other in zip(printed["hits"], served["hits"], strict=True):
            assert own["book"]["id"] == other["book"]["id"]
            assert own["score"] == other["score"] and own["reasons"] == other["reasons"]


def test_requests_that_cannot_be_answered(trained):
    assert "empty" in trained.message("search", "   ", fails=64)
    assert "empty" in trained.message("search", fails=64)
    assert "hopeful, funny" in trained.message("search", "x", "--mood", "bored", fails=64)
    assert "labels.csv, line 2, label" in trained.message("labels", "import", labels_file(trained, "mood.bored"), fails=65)
    assert "relevance, rating" in trained.message("search", "x", "--sort", "nonsense", fails=64)
    assert "0 to 1" in trained.message("search", "x", "--semantic-ratio", "2", fails=64)
    assert "whole number" in trained.message("search", "x", "--min-year", "abc", fails=64)
    assert "klingonish" in trained.message("search", "x", "--language", "klingonish", fails=64)
    assert "nosuchbook" in trained.message("search", "--like", "nosuchbook", fails=66)
    assert "at most 2000" in trained.message("search", "x" * 100_000, fails=64)
    assert "1 to 100" in trained.message("search", "x", "-n", 0, fails=64)
    assert "1 to 100" in trained.message("similar", "9780441013593", "-n", 101, fails=64)
    assert "nosuchbook" in trained.message("similar", "nosuchbook", fails=66)


def test_usage_errors_exit_with_64(trained):
    for arguments in (["nonsense"], ["search", "x", "-n", "many"], ["serve", "--port", "70000"]):
        done = trained.run(*arguments, fails=64)
        assert done.stdout == b""
        assert b"Usage: " in done.stderr


def test_version_and_help(trained):
    version = subprocess.run([trained.program, "version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("bookrec 0.")
    assert set(trained.json("version")) == {"version", "commit", "librarySchema"}
    help_text = subprocess.run([trained.program, "--help"], capture_output=True, text=True, check=True).stdout
    for command in ("model", "ingest", "train", "search", "similar", "embed", "bench", "bundle", "serve", "healthcheck", "version"):
        assert f"\n  {command}" in help_text
    documented = (ROOT / "docs/command-line.md").read_text()
    for code in ("64", "65", "66", "69", "74", "75"):
        assert f"| {code} |" in documented
    serving = subprocess.run([trained.program, "help", "serve"], capture_output=True, text=True, check=True).stdout
    for name in ("--home", "--models", "--starter", "BOOKREC_HOME", "BOOKREC_MODELS", "BOOKREC_STARTER", "--precision", "BOOKREC_PRECISION"):
        assert name in serving and f"`{name}" in documented


def test_home_from_the_environment(trained):
    environment = os.environ | {"BOOKREC_HOME": str(trained.home)}
    done = subprocess.run([trained.program, "bundle", "verify"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and trained.current in done.stdout


def test_a_kernel_level_that_is_none_is_told(trained):
    environment = os.environ | {"BOOKREC_KERNELS": "nonsense"}
    done = subprocess.run(trained.command("search", "Dune", "--json"), env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and json.loads(done.stdout)
    assert "BOOKREC_KERNELS" in done.stderr
