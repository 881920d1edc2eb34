"""What `serve --starter` does before it serves: with nothing there, after a release, a rollback or a kill."""

import http.client
import os
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from conftest import FEW
from program import Bookrec, Server
from test_training import add_a_book, from_the_future, truncate

WORKS = FEW


def state(folder: Path) -> dict[str, object]:
    """Every file below with what it holds and when it was written; of a library, what it holds."""
    found: dict[str, object] = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.name == "library.sqlite":
            with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as library:
                found[name] = (library.execute("PRAGMA user_version").fetchone(), *library.iterdump())
        elif path.is_file() and path.name != ".lock":
            found[name] = (path.read_bytes(), path.stat().st_mtime_ns)
    return found


def works(home: Path) -> int:
    with closing(sqlite3.connect(home / "library.sqlite")) as library:
        assert library.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return library.execute("SELECT count(*) FROM works").fetchone()[0]


def served(bookrec: Bookrec, starter: Path) -> tuple[str, str]:
    """The bundle that a start with this starter serves, and what was said before."""
    with Server(bookrec, "--starter", starter) as server:
        assert server.get("/health/ready")[0] == 200
        bundle = server.json("/version")["bundle"]
        said = "".join(server.log)
        assert server.stop() == 0
    assert not [path.name for path in bookrec.bundles.iterdir() if path.name.startswith(".draft")]
    return bundle, said


def test_an_empty_home_begins_with_the_starter(bookrec, starter, starters_bundle):
    before = state(starter)
    bundle, said = served(bookrec, starter)
    assert bundle == starters_bundle == bookrec.current
    assert f"took over the one of {starter}" in said and "Embedding" not in said
    assert works(bookrec.home) == WORKS
    assert {path.name for path in bookrec.home.iterdir()} == {"library.sqlite", "bundles", "models", "cookie-secret"}
    assert state(starter) == before
    # It is a home like any other.
    add_a_book(bookrec)
    assert "2 texts embedded" in bookrec.run("train").stdout.decode()


def test_a_second_start_leaves_everything_as_it_is(bookrec, starter):
    served(bookrec, starter)
    before = state(bookrec.home)
    _, said = served(bookrec, starter)
    assert state(bookrec.home) == before
    assert "took over" not in said and "Training" not in said


def test_readers_own_catalogue_survives(bookrec, starter, starters_bundle):
    add_a_book(bookrec)
    # Ingested and never trained: their book, not the starter's.
    own, said = served(bookrec, starter)
    assert own != starters_bundle
    assert "Training a bundle before serving" in said and "There is no trained bundle" in said
    before = state(bookrec.home)
    assert served(bookrec, starter)[0] == own
    assert state(bookrec.home) == before
    assert bookrec.json("search", "Dune", "-n", 1)["hits"][0]["book"]["title"] == "The Added Book"


def test_a_starter_from_the_environment(bookrec, starter, starters_bundle, model, monkeypatch):
    shutil.rmtree(bookrec.home)
    monkeypatch.setenv("BOOKREC_STARTER", "")
    monkeypatch.setenv("BOOKREC_MODELS", "")
    assert "model fetch" in bookrec.message("serve", "--port", 0, fails=66)
    monkeypatch.setenv("BOOKREC_MODELS", str(model.parent))
    assert "bookrec train" in bookrec.message("serve", "--port", 0, fails=66)
    monkeypatch.setenv("BOOKREC_STARTER", str(starter))
    with Server(bookrec) as server:
        assert server.json("/version")["bundle"] == starters_bundle
    # The option goes before the environment, before the command as behind it.
    assert str(bookrec.home) in bookrec.message("search", "x", "--models", bookrec.home, fails=66)
    assert str(bookrec.home) in bookrec.message("--models", bookrec.home, "search", "x", fails=66)
    assert "no-starter" in Bookrec(bookrec.program, bookrec.home / "other").message(
        "serve", "--port", 0, "--starter", "no-starter", fails=66
    )


def test_no_starter_no_change(bookrec):
    for library in (False, True):
        if library:
            add_a_book(bookrec)
        assert "There is no trained bundle" in bookrec.message("serve", "--port", 0, fails=66)
        assert not bookrec.bundles.exists()


@pytest.mark.parametrize("damage", [truncate, from_the_future, shutil.rmtree])
def test_bundles_that_cannot_be_served_are_trained_anew(trained, starter, damage):
    add_a_book(trained)
    trained.run("train")
    own = trained.current
    for bundle in trained.bundles.glob("[0-9a-f]" * 16):
        damage(bundle)
    trained.message("serve", "--port", 0, fails=66 if damage is shutil.rmtree else 65)
    bundle, said = served(trained, starter)
    assert bundle == own
    assert "Training a bundle before serving" in said
    trained.run("bundle", "verify")
    assert works(trained.home) == WORKS + 1


def test_an_older_bundle_goes_before_a_training(trained, starter, starters_bundle):
    add_a_book(trained)
    trained.run("train")
    truncate(trained.bundles / trained.current)
    bundle, said = served(trained, starter)
    assert bundle == starters_bundle and "Training" not in said


def alter_library(home: Path, sql: str) -> None:
    with closing(sqlite3.connect(home / "library.sqlite", isolation_level=None)) as library:
        library.executescript(sql)


def test_a_library_of_a_newer_release_is_refused(trained, starter):
    alter_library(trained.home, "INSERT INTO grdb_migrations VALUES ('99'); PRAGMA user_version = 99")
    before = state(trained.home)
    for command in (["serve", "--port", 0], ["serve", "--port", 0, "--starter", starter], ["train"], ["ingest", "books", "x"]):
        message = trained.message(*command, fails=65)
        assert "schema 99" in message and f"schema {trained.json('version')['librarySchema']}." in message
        assert "Use the newer version" in message
    assert state(trained.home) == before


def test_a_rollback_over_an_additive_change_serves_and_writes(trained, starter, starters_bundle):
    alter_library(
        trained.home, "INSERT INTO grdb_migrations VALUES ('99'); ALTER TABLE editions ADD COLUMN later TEXT; PRAGMA user_version = 1"
    )
    assert served(trained, starter)[0] == starters_bundle
    add_a_book(trained)
    trained.run("train")
    assert served(trained, starter)[0] == trained.current != starters_bundle


def test_a_library_that_is_none_does_not_keep_readers_out(trained, starter, starters_bundle):
    (trained.home / "library.sqlite").write_bytes(b"no library" * 1000)
    bundle, said = served(trained, starter)
    assert bundle == starters_bundle
    assert "error: The library at" in said and "serving without it" in said
    shutil.rmtree(trained.bundles)
    assert "library.sqlite is damaged" in trained.message("serve", "--port", 0, "--starter", starter, fails=65)


@pytest.fixture
def as_another_user(program, model, starter, tmp_path_factory):
    """The program under a user of its own with an empty home, a read-only starter and a read-only model, as in a container."""
    folder = tmp_path_factory.mktemp("user")
    user = 10_001 if os.geteuid() == 0 else os.geteuid()
    # pytest's folders are closed to others.
    for parent in (folder, folder.parent, folder.parent.parent):
        if os.geteuid() == 0:
            parent.chmod(0o755)
    runner = ("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups") if os.geteuid() == 0 else ()
    if subprocess.run([*runner, "test", "-x", program, "-a", "-r", model / "model.json"], check=False).returncode:
        pytest.skip("the program and the model are closed to other users")
    shutil.copytree(starter / "bundles", folder / "starter/bundles", symlinks=True)
    shutil.copy(starter / "library.sqlite", folder / "starter")
    bookrec = Bookrec.with_model(program, folder / "home", model)
    bookrec.runner = runner
    own(folder / "home", user)
    seal(folder / "starter")
    yield bookrec, folder / "starter", user
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)


def own(folder: Path, user: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user if os.geteuid() == 0 else -1, follow_symlinks=False)


def seal(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)


def test_a_read_only_starter_and_a_user_of_its_own(as_another_user, starters_bundle):
    bookrec, starter, _ = as_another_user
    before = state(starter)
    assert served(bookrec, starter)[0] == starters_bundle
    assert state(starter) == before
    # What was copied is not read-only: it can be trained and removed.
    source = bookrec.home / "added.csv"
    source.write_text("title,authors\nOne More,A. Nother\n")
    bookrec.run("ingest", "books", source)
    bookrec.run("train")
    assert served(bookrec, starter)[0] == bookrec.current != starters_bundle


@pytest.mark.parametrize("has_library", [True, False])
def test_a_read_only_home_serves_and_nothing_is_written(as_another_user, has_library, starters_bundle):
    bookrec, starter, user = as_another_user
    served(bookrec, starter)
    if not has_library:
        (bookrec.home / "library.sqlite").unlink()
    own(bookrec.home, user)
    seal(bookrec.home)
    before = state(bookrec.home)
    for arguments in ([], ["--starter", starter]):
        with Server(bookrec, *arguments) as server:
            assert server.json("/version")["bundle"] == starters_bundle
            assert server.json("/api/v1/search?q=Dune&limit=1")["hits"][0]["book"]["title"] == "Dune"
            assert ("serving without it" in "".join(server.log)) == has_library
            assert server.stop() == 0
    assert state(bookrec.home) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a namespace of processes")
def test_the_first_process_of_a_container_ends_when_it_is_told_to(bookrec, starter):
    """Without a handler the kernel keeps signals from it: in the middle of a training as much as while it serves."""
    bookrec.runner = ("unshare", "--pid", "--fork", "--kill-child")

    def child(process: subprocess.Popen) -> int:
        return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])

    shutil.copy(starter / "library.sqlite", bookrec.home)
    command = bookrec.command("serve", "--port", 0, "--starter", starter)
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            assert b"Training" in process.stderr.readline()
            os.kill(child(process), signal.SIGTERM)
            assert process.wait(5) == 128 + signal.SIGTERM
        finally:
            process.kill()
    server = Server(bookrec, "--starter", starter, "--host", "0.0.0.0")
    connections = [http.client.HTTPConnection("127.0.0.1", server.port) for _ in range(5)]
    # Kept open and idle.
    for connection in connections:
        connection.request("GET", "/health/ready")
        assert connection.getresponse().read()
    os.kill(child(server.process), signal.SIGTERM)
    try:
        assert server.process.wait(5) == 0
    finally:
        server.process.kill()
    assert all(connection.sock.recv(1) == b"" for connection in connections)
