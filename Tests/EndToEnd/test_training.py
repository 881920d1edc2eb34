"""Training: what is skipped, what is refused, and what a kill at any moment leaves behind."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from conftest import STARTER
from program import Bookrec, Server

ADDED = "title,authors,description\nThe Added Book,N. Ew,A mapmaker draws a country that does not exist until people move in.\n"


def add_a_book(bookrec: Bookrec) -> None:
    source = bookrec.home / "added.csv"
    source.write_text(ADDED)
    bookrec.run("ingest", "books", source)


def test_a_second_training_has_nothing_to_do(trained):
    before = trained.current
    assert b"nothing has changed" in trained.run("train").stdout
    assert trained.current == before


def test_a_changed_library_embeds_only_what_changed(trained):
    add_a_book(trained)
    done = trained.run("train").stdout.decode()
    assert "2 texts embedded" in done, done
    answer = trained.json("search", "a country that exists only on a map", "-n", 1)
    assert answer["hits"][0]["book"]["title"] == "The Added Book"


def test_force_gives_the_same_bundle(trained):
    before = trained.current
    trained.run("train", "--force")
    assert trained.current == before


def test_progress_is_plain_lines_without_a_terminal(trained):
    log = trained.run("train", "--force").stderr
    assert b"texts (100 %" in log and b"/s)" in log
    assert b"\r" not in log and b"\x1b" not in log


def test_a_kill_at_any_moment_leaves_the_old_bundle_serving(trained):
    old = trained.current
    add_a_book(trained)
    reference = Bookrec(trained.program, trained.home.parent / "reference")
    shutil.copytree(trained.home, reference.home, symlinks=True)
    start = time.monotonic()
    reference.run("train", "--force")
    whole = time.monotonic() - start

    moments = random.Random(11)
    for number in range(12):
        process = subprocess.Popen(trained.command("train", "--force"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Half of the kills near the end, where files are written and renamed.
        time.sleep(whole * (moments.random() if number % 2 else 0.85 + 0.15 * moments.random()))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert trained.current in (old, reference.current)
        trained.run("bundle", "verify")
        assert trained.json("search", "Dune", "-n", 1)["hits"][0]["book"]["title"] == "Dune"

    trained.run("train")
    assert trained.current == reference.current
    trained.run("train", "--force")
    assert not [path.name for path in trained.bundles.iterdir() if path.name.startswith((".draft", ".current"))]


def test_two_trainings_at_once(trained):
    add_a_book(trained)
    first = subprocess.Popen(trained.command("train", "--force"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not any(path.name.startswith(".draft") for path in trained.bundles.iterdir()):
        assert first.poll() is None
        time.sleep(0.01)
    assert "Another process is training" in trained.message("train", "--force", fails=75)
    assert first.wait(120) == 0


@pytest.fixture
def two_bundles(trained):
    """The ids of the bundle before and of the current one."""
    old = trained.current
    add_a_book(trained)
    trained.run("train")
    return old, trained.current


def truncate(bundle):
    file = bundle / "works.sqlite"
    file.write_bytes(file.read_bytes()[:-100])


def alter(bundle):
    file = bundle / "names.vectors"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 64
    file.write_bytes(data)


def remove(bundle):
    (bundle / "ratings.f32").unlink()


def lie(bundle):
    manifest = json.loads((bundle / "manifest.json").read_text())
    manifest["works"] += 1
    (bundle / "manifest.json").write_text(json.dumps(manifest))


def from_the_future(bundle):
    manifest = json.loads((bundle / "manifest.json").read_text())
    (bundle / "manifest.json").write_text(json.dumps(manifest | {"format": 99, "shape": "unheard of"}))


def no_json(bundle):
    (bundle / "manifest.json").write_text("{")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (truncate, "works.sqlite has"),
        (alter, "names.vectors was altered"),
        (remove, "ratings.f32 cannot be read"),
        (lie, "manifest.json was altered"),
        (from_the_future, "format 99"),
        (no_json, "manifest.json cannot be read"),
    ],
)
def test_a_bad_bundle_is_refused_and_the_one_before_serves(trained, two_bundles, damage, says):
    old, new = two_bundles
    damage(trained.bundles / new)
    message = trained.message("bundle", "verify", fails=65)
    assert says in message and new in message
    found = trained.run("search", "Dune", "-n", 1)
    assert says in found.stderr.decode() and f"Serving bundle {old} instead" in found.stderr.decode()
    with Server(trained) as server:
        assert server.json("/version")["bundle"] == old
        assert server.get("/health/ready")[0] == 200
    trained.run("train")
    trained.run("bundle", "verify")
    assert trained.current == new


def test_a_promoted_bundle_reaches_readers_without_a_restart(trained):
    with Server(trained) as server:
        old = server.json("/version")["bundle"]
        add_a_book(trained)
        trained.run("train")
        deadline = time.monotonic() + 20
        while server.json("/version")["bundle"] == old:
            assert time.monotonic() < deadline, "the new bundle was not taken"
            time.sleep(0.1)
        hits = server.json("/api/v1/search?q=the+added+book&limit=1")["hits"]
        assert hits[0]["book"]["title"] == "The Added Book"


@pytest.mark.parametrize("name", ["model.int8.safetensors", "vocab.txt", "config.json"])
def test_a_damaged_model_is_refused(trained, model, name):
    copy = trained.home / "models/all-MiniLM-L6-v2"
    copy.unlink()
    shutil.copytree(model, copy)
    with (copy / name).open("r+b") as file:
        file.seek(-10, 2)
        file.write(b"\0\0\0")
    for command in (["model", "verify"], ["search", "x"], ["train", "--force"], ["serve", "--port", "0"]):
        message = trained.message(*command, fails=65)
        assert name in message and "bookrec model fetch" in message


def test_a_folder_that_is_no_model_is_refused(bookrec, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "1_Pooling/config.json" in bookrec.message("model", "fetch", "--from", tmp_path / "empty", fails=66)


def test_everything_from_nothing_with_the_fetched_model(program, tmp_path):
    """`model fetch` downloads, checks and installs; a second one finds it there."""
    bookrec = Bookrec(program, tmp_path / "home")
    bookrec.run("model", "fetch")
    assert b"there and sound" in bookrec.run("model", "fetch").stderr
    bookrec.run("model", "verify")
    assert {path.name for path in (bookrec.home / "models").iterdir()} == {"all-MiniLM-L6-v2", ".lock"}
    bookrec.run("ingest", "books", STARTER)
    bookrec.run("train")
    assert bookrec.json("search", "Moby-Dick", "-n", 1)["hits"][0]["book"]["authors"] == ["Herman Melville"]


@pytest.mark.skipif(os.geteuid() != 0, reason="a small file system can only be made by root")
def test_a_full_disk_is_told_and_the_old_bundle_serves(trained, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    # Room for the home and for the book that is added; the rest is filled below.
    size = sum(path.stat().st_size for path in trained.home.rglob("*") if path.is_file() and not path.is_symlink())
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size // 1024 + 6_000}k", "tmpfs", small], check=True)
    try:
        shutil.copytree(trained.home, small / "home", symlinks=True)
        bookrec = Bookrec(trained.program, small / "home")
        old = bookrec.current
        add_a_book(bookrec)
        with (small / "filler").open("wb") as filler:
            with contextlib.suppress(OSError):
                while True:
                    filler.write(bytes(4096))
                    filler.flush()
            # Room enough to open the library, not for the first vectors.
            os.truncate(small / "filler", os.path.getsize(small / "filler") - 200_000)
        message = bookrec.message("train", "--force", fails=74)
        assert "No space left on device" in message and "free space" in message
        assert bookrec.current == old
        bookrec.run("bundle", "verify")
    finally:
        subprocess.run(["umount", small], check=True)
