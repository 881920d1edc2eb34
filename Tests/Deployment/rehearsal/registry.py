"""A registry under the name ghcr.io, with TLS from an authority of its own and with a login."""

import json
import secrets
import time
from pathlib import Path

from .engine import run
from .ledger import Ledger

NAME = "ghcr.io"
# The builder is in this machine's own network, where an address of 127/8 is in nobody's way.
FOR_THE_BUILDER = "127.7.8.60"


class Registry:
    """One storage, served at as many addresses as needed. Nothing can be pulled or pushed without login."""

    def __init__(self, ledger: Ledger, folder: Path):
        self.ledger = ledger
        self.folder = ledger.scratch(folder)
        self.storage = folder / "storage"
        self.user = "rehearser"
        self.password = secrets.token_hex(16)
        self.authority = folder / "ca.crt"
        self._make_certificate()
        stored = run(["htpasswd", "-niB", self.user], input=self.password).stdout
        (folder / "htpasswd").write_text(stored)

    def serve(self, address: str, inside: list[str] | None = None) -> None:
        """Serves on port 443 of an address. `inside` goes before the command: how to get to where that address is."""
        settings = {
            "version": "0.1",
            "log": {"level": "error", "accesslog": {"disabled": True}},
            "storage": {"filesystem": {"rootdirectory": str(self.storage)}, "delete": {"enabled": True}},
            "http": {
                "addr": f"{address}:443",
                "tls": {"certificate": str(self.folder / "server.crt"), "key": str(self.folder / "server.key")},
            },
            "auth": {"htpasswd": {"realm": NAME, "path": str(self.folder / "htpasswd")}},
        }
        file = self.folder / f"{address}.yml"
        file.write_text(json.dumps(settings))  # JSON is YAML
        log = self.folder / f"{address}.log"
        process = self.ledger.process([*(inside or []), "docker-registry", "serve", file], log)
        probe = [*(inside or []), "bash", "-c", f"exec 3<>/dev/tcp/{address}/443"]
        deadline = time.monotonic() + 15
        while run(probe, check=False).returncode != 0:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The registry does not serve at {address}:443:\n{log.read_text()[-2000:]}")
            time.sleep(0.05)

    def blob(self, digest: str) -> bytes:
        algorithm, value = digest.split(":")
        return (self.storage / "docker/registry/v2/blobs" / algorithm / value[:2] / value / "data").read_bytes()

    def layers(self, digest: str) -> dict[str, int]:
        """The layers of a pushed image, by digest, with their compressed sizes in bytes."""
        return {layer["digest"]: layer["size"] for layer in json.loads(self.blob(digest))["layers"]}

    def _make_certificate(self) -> None:
        new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        files = {name: self.folder / name for name in ("ca.key", "server.key", "server.csr", "server.crt", "names")}
        run(["openssl", "req", "-x509", *new_key, "-days", "2", "-subj", "/CN=rehearsal", "-keyout", files["ca.key"],
             "-out", self.authority, "-addext", "basicConstraints=critical,CA:TRUE"])  # fmt: skip
        run(["openssl", "req", *new_key, "-subj", f"/CN={NAME}", "-keyout", files["server.key"], "-out", files["server.csr"]])
        files["names"].write_text(f"subjectAltName=DNS:{NAME}\n")
        run(["openssl", "x509", "-req", "-in", files["server.csr"], "-CA", self.authority, "-CAkey", files["ca.key"],
             "-CAcreateserial", "-days", "2", "-extfile", files["names"], "-out", files["server.crt"]])  # fmt: skip
