"""Runs the program under test."""

import http.client
import json
import os
import re
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Bookrec:
    """The command line program with a home folder."""

    program: Path
    home: Path
    #: What runs the program: nothing, or a command that gives it another user.
    runner: tuple[str, ...] = ()

    @classmethod
    def with_model(cls, program: Path, home: Path, model: Path) -> "Bookrec":
        (home / "models").mkdir(parents=True)
        (home / "models" / "all-MiniLM-L6-v2").symlink_to(model)
        return cls(program, home)

    def command(self, *arguments: object) -> list[str]:
        return [*self.runner, str(self.program), *map(str, arguments), "--home", str(self.home)]

    def run(self, *arguments: object, fails: int = 0, timeout: float = 300, stdin: bytes = b"") -> subprocess.CompletedProcess:
        """Runs to the end and checks the exit code."""
        done = subprocess.run(self.command(*arguments), input=stdin, capture_output=True, timeout=timeout)
        assert done.returncode == fails, (
            f"exit code {done.returncode}, expected {fails}\n{done.stdout[-2000:].decode()}\n{done.stderr[-2000:].decode()}"
        )
        return done

    def json(self, *arguments: object) -> dict:
        """What a command prints with --json: one document and nothing else."""
        return json.loads(self.run(*arguments, "--json").stdout)

    def message(self, *arguments: object, fails: int, stdin: bytes = b"") -> str:
        """The one message of a command that must fail."""
        done = self.run(*arguments, fails=fails, stdin=stdin)
        assert done.stdout == b"", "a failing command prints nothing on stdout"
        text = done.stderr.decode()
        assert "Fatal error" not in text and "Stack dump" not in text
        errors = [line for line in text.splitlines() if line.startswith("error: ")]
        assert len(errors) == 1, text
        return errors[0]

    @property
    def bundles(self) -> Path:
        return self.home / "bundles"

    @property
    def current(self) -> str:
        return os.readlink(self.bundles / "current")


class Server:
    """A server of the program on a free port, ended by SIGTERM."""

    def __init__(self, bookrec: Bookrec, *arguments: object):
        self.process = subprocess.Popen(
            bookrec.command("serve", "--port", 0, *arguments), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        self.log: list[str] = []
        self.port = 0
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"on http://[^:]+:(\d+)/", line):
                self.port = int(found[1])
                break
        assert self.port, f"the server did not start: {''.join(self.log)}"
        # Read on, or the server would block on a full pipe.
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def stop(self) -> int:
        """Ends the server as a supervisor does, and returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path)
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read()
        finally:
            connection.close()

    def json(self, path: str) -> dict:
        status, headers, body = self.get(path)
        assert status == 200, body
        assert headers["content-type"].startswith("application/json")
        return json.loads(body)

    def problem(self, path: str, status: int) -> dict:
        answered, headers, body = self.get(path)
        assert answered == status, (answered, body[:500])
        assert headers["content-type"].startswith("application/problem+json")
        problem = json.loads(body)
        assert problem["status"] == status
        return problem
