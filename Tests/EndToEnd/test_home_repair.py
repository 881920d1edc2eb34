"""What a home is after a kill while it was prepared, and with several servers that prepare it at once."""

import random
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from program import Bookrec, Server
from test_home_preparation import WORKS, served, works
from test_training import add_a_book


@pytest.mark.parametrize("has_library", [False, True], ids=["copying", "training"])
def test_a_kill_at_any_moment_is_repaired_by_the_next_start(bookrec, starter, starters_bundle, has_library):
    def begin() -> None:
        for path in (bookrec.bundles, bookrec.home / "library.sqlite", *bookrec.home.glob("library.sqlite-*")):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if has_library:
            shutil.copy(starter / "library.sqlite", bookrec.home)

    begin()
    start = time.monotonic()
    served(bookrec, starter)
    whole = time.monotonic() - start
    moments = random.Random(7)
    for _ in range(8 if has_library else 16):
        begin()
        process = subprocess.Popen(
            bookrec.command("serve", "--port", 0, "--starter", starter), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * moments.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (bookrec.home / "library.sqlite").exists():
            assert works(bookrec.home) == WORKS
        assert served(bookrec, starter)[0] == starters_bundle
        assert works(bookrec.home) == WORKS
        bookrec.run("bundle", "verify")


def copied_half_a_bundle(bookrec: Bookrec, starter: Path) -> None:
    shutil.copytree(starter / "bundles/current", bookrec.bundles / ".draft-x")
    (bookrec.bundles / ".draft-x/manifest.json").unlink()
    (bookrec.bundles / ".draft-x/names.vectors").write_bytes(b"\0" * 100)


def copied_half_a_library(bookrec: Bookrec, starter: Path) -> None:
    (bookrec.bundles / ".draft-x/library").mkdir(parents=True)
    library = (starter / "library.sqlite").read_bytes()
    (bookrec.bundles / ".draft-x/library/library.sqlite").write_bytes(library[: len(library) // 2])


def named_the_library(bookrec: Bookrec, starter: Path) -> None:
    copied_half_a_bundle(bookrec, starter)
    shutil.copy(starter / "library.sqlite", bookrec.home)


def named_the_bundle(bookrec: Bookrec, starter: Path) -> None:
    shutil.copy(starter / "library.sqlite", bookrec.home)
    shutil.copytree(starter / "bundles", bookrec.bundles, symlinks=True)
    (bookrec.bundles / "current").unlink()


@pytest.mark.parametrize("leave", [copied_half_a_bundle, copied_half_a_library, named_the_library, named_the_bundle])
def test_what_a_kill_left_is_repaired(bookrec, starter, starters_bundle, leave):
    leave(bookrec, starter)
    assert served(bookrec, starter)[0] == starters_bundle == bookrec.current
    assert works(bookrec.home) == WORKS


@pytest.mark.parametrize("own", [False, True], ids=["starter", "own catalogue"])
def test_servers_started_at_the_same_moment_all_serve(bookrec, starter, own):
    if own:
        add_a_book(bookrec)
    with ThreadPoolExecutor() as pool:
        servers = list(pool.map(lambda _: Server(bookrec, "--starter", starter), range(4)))
    try:
        assert {server.json("/version")["bundle"] for server in servers} == {bookrec.current}
        logs = ["".join(server.log) for server in servers]
        assert sum("took over" in log for log in logs) == (0 if own else 1)
        assert sum("Training a bundle" in log for log in logs) == (1 if own else 0)
    finally:
        codes = [server.stop() for server in servers]
    assert codes == [0] * 4
    assert works(bookrec.home) == (1 if own else WORKS)
