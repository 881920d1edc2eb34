"""The engine that builds and pushes images, as GitHub's runner would: its own dockerd, with storage that outlives a rehearsal."""

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from .ledger import Ledger

# Debian's and Ubuntu's package docker.io; a newer client elsewhere in PATH may lack BuildKit for this engine.
DOCKER = "/usr/bin/docker"


class CommandFailed(Exception):
    """A command that had to succeed did not. Carries `result`, a CompletedProcess with text."""

    def __init__(self, result: subprocess.CompletedProcess):
        self.result = result
        command = " ".join(map(str, result.args)) if isinstance(result.args, list) else result.args
        super().__init__(f"exit code {result.returncode} of: {command}\n{result.stdout[-4000:]}\n{result.stderr[-4000:]}")


def run(command: list, *, check: bool = True, timeout: float = 120, **options: object) -> subprocess.CompletedProcess:
    """Runs to the end, with output as text. Raises CommandFailed unless `check` is off."""
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=timeout, **options)
    if check and result.returncode != 0:
        raise CommandFailed(result)
    return result


class Builder:
    """A dockerd without bridge or iptables in the machine's own network; builds use `--network host`.

    Hosts and the authority of a registry are seen by this engine alone. Its layers and compiler caches stay in `folder`.
    """

    def __init__(self, ledger: Ledger, folder: Path, *, hosts: Mapping[str, str] = {}, certificates: Path | None = None):
        self.folder = folder
        # Short: the path of a socket has 107 characters at most, wherever the project lies.
        sockets = ledger.scratch(Path("/run/bookrec-rehearsal"))
        self.socket = sockets / "docker.sock"
        folder.mkdir(parents=True, exist_ok=True)
        etc = ledger.scratch(folder / "etc-docker")  # also keeps this machine's own daemon.json out
        (etc / "certs.d").mkdir()
        if certificates:
            for name in hosts:
                (etc / "certs.d" / name).mkdir()
                (etc / "certs.d" / name / "ca.crt").write_bytes(certificates.read_bytes())
        names = "".join(f"{address} {name}\n" for name, address in hosts.items())
        (folder / "hosts").write_text(Path("/etc/hosts").read_text() + names)
        (folder / "docker.pid").unlink(missing_ok=True)
        start = """
            set -e
            mkdir -p /etc/docker
            mount --bind "$0/etc-docker" /etc/docker
            mount --bind "$0/hosts" /etc/hosts
            exec dockerd --data-root "$0/data" --exec-root "$1/exec" --pidfile "$0/docker.pid" --host "unix://$1/docker.sock" \
                --bridge=none --iptables=false
        """
        # In a process namespace of its own, so that nothing of a build outlives the engine.
        self.process = ledger.process(
            ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child=TERM", "bash", "-c", start, folder, sockets],
            folder / "dockerd.log",  # our end kills `unshare`, whose end is a TERM to the engine
        )  # fmt: skip
        await_engine(self, self.process, folder / "dockerd.log")

    @property
    def environment(self) -> dict[str, str]:
        """For a client in another process, for example a step of the workflow."""
        return {
            **os.environ, "DOCKER_HOST": f"unix://{self.socket}", "DOCKER_CONFIG": str(self.folder / "client"),
            "DOCKER_BUILDKIT": "1", "BUILDKIT_PROGRESS": "plain",
        }  # fmt: skip

    def docker(self, *arguments: object, check: bool = True, timeout: float = 3600, **options: object):
        """The client against this engine: `docker("build", ...).stdout`."""
        return run([DOCKER, *arguments], check=check, timeout=timeout, env=self.environment, **options)

    def has(self, image: str) -> bool:
        return self.docker("image", "inspect", image, check=False).returncode == 0


def await_engine(engine: "Builder", process: subprocess.Popen, log: Path, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while engine.docker("version", check=False).returncode != 0:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The engine did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.1)
