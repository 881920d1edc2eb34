import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rehearsal.ledger import AnotherRehearsal, Ledger  # noqa: E402
from rehearsal.releases import ROOT  # noqa: E402
from rehearsal.stage import Stage  # noqa: E402

BEGAN = time.monotonic()
figures: dict[str, str] = {}


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    # So that `kill` ends a rehearsal in order, as Ctrl-C does; also in the background, where a shell has Ctrl-C ignored.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    try:
        ledger = Ledger(ROOT / ".build/rehearsal")
    except AnotherRehearsal as error:
        pytest.exit(str(error), returncode=75)
    with ledger:
        stage = Stage(ledger, ledger.folder)
        yield stage
        figures.update(stage.figures)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed, failed = (len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "failed"))
    errors = len(terminalreporter.stats.get("error", []))
    for name, value in figures.items():
        terminalreporter.write_line(f"{name}: {value}")
    terminalreporter.write_line(f"duration: {time.monotonic() - BEGAN:.0f} s")
    terminalreporter.write_line(f"{passed} passed, {failed + errors} failed")
