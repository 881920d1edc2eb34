"""The real program, the real model, real sockets and a real browser. Nothing here imports the project's code."""

import csv
import os
import shutil
from pathlib import Path

import pytest
from program import Bookrec, Server

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "data/starter/books.csv"
#: How many of its books a home has that is trained again and again, in a quarter of the time.
FEW = 300


def pytest_report_header() -> str:
    shared = shared_data()
    return f"real data: {shared}" if shared else "left out: tests on the real catalogue and ratings (they are not here)"


def shared_data() -> Path | None:
    folder = Path(os.environ.get("BOOKREC_SHARED_DATA", ROOT.parent / "shared/data"))
    return folder if folder.is_dir() else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if shared_data() is None:
        left_out = [item for item in items if {"catalogue", "shared"} & set(getattr(item, "fixturenames", ()))]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def program() -> Path:
    binary = Path(os.environ.get("BOOKREC_BINARY", ROOT / ".build/release/bookrec"))
    assert binary.is_file(), f"{binary} is missing: run `make build`"
    return binary


@pytest.fixture(scope="session")
def model() -> Path:
    folder = Path(os.environ.get("BOOKREC_TEST_MODEL", ROOT / "var/models/all-MiniLM-L6-v2"))
    assert (folder / "model.json").is_file(), f"{folder} has no text model: run `make model`"
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data; tests that ask for it are left out where it is not."""
    folder = shared_data()
    assert folder is not None
    return folder


@pytest.fixture(scope="session")
def catalogue(shared: Path) -> Path:
    """The real catalogue of 6,810 rows."""
    return shared / "catalogue/books.csv"


@pytest.fixture
def bookrec(program: Path, model: Path, tmp_path: Path) -> Bookrec:
    """The program with an empty home that has the text model."""
    return Bookrec.with_model(program, tmp_path / "home", model)


@pytest.fixture(scope="session")
def few_trained(program: Path, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of some books of the starter shelf; nobody may write to it."""
    folder = tmp_path_factory.mktemp("few")
    with STARTER.open(encoding="utf-8", newline="") as file:
        head, *books = csv.reader(file)
    known = [book for book in books if book[1] in ("Dune", "Pride and Prejudice", "Moby-Dick")]
    others = [book for book in books if book not in known]
    chosen = known + others[:: len(others) // FEW]
    with (folder / "books.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *chosen[:FEW]])
    bookrec = Bookrec.with_model(program, folder / "home", model)
    bookrec.run("ingest", "books", folder / "books.csv")
    bookrec.run("train")
    return bookrec.home


@pytest.fixture
def trained(program: Path, few_trained: Path, tmp_path: Path) -> Bookrec:
    """The program with a home of its own, trained on a few books."""
    shutil.copytree(few_trained, tmp_path / "home", symlinks=True)
    return Bookrec(program, tmp_path / "home")


@pytest.fixture(scope="session")
def whole_shelf(program: Path, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Bookrec:
    """The program trained on the whole starter shelf; nobody may write to its home."""
    bookrec = Bookrec.with_model(program, tmp_path_factory.mktemp("shelf") / "home", model)
    bookrec.run("ingest", "books", STARTER)
    bookrec.run("train")
    return bookrec


@pytest.fixture(scope="session")
def server(whole_shelf: Bookrec):
    """A server over the whole starter shelf, shared by tests that only read."""
    with Server(whole_shelf) as server:
        yield server


@pytest.fixture(scope="session")
def big(program: Path, model: Path, catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> Bookrec:
    """The program trained on the real catalogue."""
    bookrec = Bookrec.with_model(program, tmp_path_factory.mktemp("big") / "home", model)
    bookrec.run("ingest", "books", catalogue)
    bookrec.run("train", timeout=900)
    return bookrec


@pytest.fixture(scope="session")
def starter(few_trained: Path) -> Path:
    """The home that others begin with; nobody may write to it."""
    return few_trained


@pytest.fixture(scope="session")
def starters_bundle(starter: Path) -> str:
    return os.readlink(starter / "bundles/current")
