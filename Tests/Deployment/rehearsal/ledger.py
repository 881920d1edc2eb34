"""What a rehearsal has made on this machine, written down at once, and cleared even after a rehearsal that was killed."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")


class AnotherRehearsal(Exception):
    """Somebody else rehearses on this machine at this moment."""


class Ledger:
    """Owns a folder, usually `.build/rehearsal`. One ledger at a time: the lock is held as long as the process lives.

    Processes must be started from the main thread: the kernel ends them when the *thread* that started them ends.
    """

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "ledger.json"
        self.entries: list[dict] = []
        self.children: dict[int, subprocess.Popen] = {}
        # Of the machine and not of the folder: addresses and control groups are there once.
        self.lock = Path("/run/lock/bookrec-rehearsal").open("a+")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.seek(0)
            raise AnotherRehearsal(
                f"Another rehearsal (process {self.lock.read().strip()}) is running here; wait for its end."
            ) from None
        self.lock.truncate(0)
        self.lock.write(str(os.getpid()))
        self.lock.flush()
        if self.path.exists():
            self.entries = json.loads(self.path.read_text())
            self.release()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def process(self, command: list, log: Path, *, dies_by: str = "KILL", **options: object) -> subprocess.Popen:
        """Starts a long-running process that gets the signal `dies_by` when this process ends, however it ends."""
        with log.open("ab") as output:
            child = subprocess.Popen(
                ["setpriv", "--pdeathsig", dies_by, "--", *map(str, command)],
                stdin=options.pop("stdin", subprocess.DEVNULL), stdout=output, stderr=output,
                start_new_session=True,  # a Ctrl-C in the terminal is for us, who then end things in order
                **options,
            )  # fmt: skip
        self.children[child.pid] = child
        self._write({"kind": "process", "pid": child.pid, "started": started(child.pid), "what": str(command[0])})
        return child

    def cgroup(self, name: str) -> None:
        """A control group of this name, in every hierarchy, is removed at the end."""
        self._write({"kind": "cgroup", "name": name})

    def scratch(self, path: Path) -> Path:
        """An empty folder that is removed at the end."""
        self._write({"kind": "folder", "path": str(path)})
        remove_folder(path)
        path.mkdir(parents=True)
        return path

    def end(self, child: subprocess.Popen, patience: float = 20) -> None:
        """Ends one process before the rest."""
        self._release_process({"pid": child.pid, "started": started(child.pid)}, patience)
        self.entries = [entry for entry in self.entries if entry.get("pid") != child.pid]
        self._save()

    def release(self) -> None:
        """Clears everything, the latest first."""
        while self.entries:
            entry = self.entries[-1]
            match entry["kind"]:
                case "process":
                    self._release_process(entry)
                case "cgroup":
                    remove_cgroup(entry["name"])
                case "folder":
                    remove_folder(Path(entry["path"]))
            self.entries.pop()
            self._save()

    def close(self) -> None:
        self.release()
        self.lock.close()

    def _write(self, entry: dict) -> None:
        self.entries.append(entry)
        self._save()

    def _save(self) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.entries, indent=1))
        new.replace(self.path)

    def _release_process(self, entry: dict, patience: float = 20) -> None:
        """Ends the process if it is still the one that was written down; first what it waits for, as `unshare --fork` does."""
        pid = entry["pid"]
        for signum, limit in ((signal.SIGTERM, patience), (signal.SIGKILL, 10)):
            deadline = time.monotonic() + limit
            while entry["started"] is not None and started(pid) == entry["started"]:
                if signum:
                    for target in [*children(pid), pid]:
                        signal_process(target, signum)
                    signum = 0
                if time.monotonic() > deadline:
                    break
                time.sleep(0.02)
                if child := self.children.get(pid):
                    child.poll()


def started(pid: int) -> int | None:
    """When the process started, in clock ticks since boot: with the id it names one process for ever. None when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def signal_process(pid: int, signum: int) -> None:
    try:
        os.kill(pid, signum)
    except ProcessLookupError:
        pass


def remove_cgroup(name: str) -> None:
    """Removes the control group in all hierarchies, with the groups of containers below it."""
    deadline = time.monotonic() + 10
    for top in [CGROUPS / name, *CGROUPS.glob(f"*/{name}")]:
        for folder, _, _ in os.walk(top, topdown=False):
            while True:
                try:
                    os.rmdir(folder)
                except FileNotFoundError:
                    pass
                except OSError:  # busy until its last process is gone
                    if time.monotonic() < deadline:
                        time.sleep(0.05)
                        continue
                    raise
                break


def remove_folder(path: Path) -> None:
    """Removes a folder, never through a mount."""
    below = f"{path}/"
    mounted = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    if inside := [mount for mount in mounted if mount == str(path) or mount.startswith(below)]:
        raise RuntimeError(f"{path} is not removed: {inside} is mounted in it.")
    if path.exists():
        shutil.rmtree(path)
