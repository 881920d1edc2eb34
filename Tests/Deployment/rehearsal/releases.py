"""Releases to deploy: two good ones, built by the workflow's own steps, and bad ones made on top of a good one."""

import json
from pathlib import Path

from workflow import Workflow, build_arguments, run_step

from . import standins
from .engine import Builder
from .registry import NAME, Registry

ROOT = Path(__file__).resolve().parents[3]
WORKFLOW = ROOT / ".github/workflows/main.yaml"
REPOSITORY = "Acme/Books"  # with capitals, as owners like them

# What goes wrong after the switch, in Perl since that is in every Debian and Ubuntu: says it is ready, answers 500 to readers.
ERRORS = r"""
use IO::Socket::INET; $SIG{CHLD} = "IGNORE"; $SIG{TERM} = sub { exit 0 };
my $door = IO::Socket::INET->new(LocalAddr => "0.0.0.0", LocalPort => 7860, Listen => 512, ReuseAddr => 1) or die;
while (1) {
    my $guest = $door->accept or next;
    if (fork) { close $guest; next }
    my $head = ""; while (<$guest>) { last if /^\r?$/; $head .= $_ }
    my ($path) = $head =~ m{^\S+ (\S+)};
    my ($status, $body) = $path eq "/health/ready" ? ("200 OK", "{}")
        : $path eq "/version" ? ("200 OK", "{\"commit\":\"$ENV{BOOKREC_COMMIT}\"}") : ("500 Internal Server Error", "{}");
    print $guest "HTTP/1.1 $status\r\nContent-Length: " . length($body) . "\r\nConnection: close\r\n\r\n$body"; exit;
}
"""
SERVE = "bookrec serve --host 0.0.0.0"
BAD = {
    "never-ready": ["sleep", "infinity"],
    "ends-at-once": ["sh", "-c", "echo the cellar is flooded >&2; exit 7"],
    "too-big-to-start": ["perl", "-e", 'my $a = ""; $a .= "x" x 1000000 while 1'],
    "answers-500": ["perl", "-e", ERRORS],
    "fills-its-memory": ["sh", "-c", SERVE + ' & sleep 6; exec perl -e \'my $a = ""; $a .= "x" x 1000000 for 1..370; sleep 600\''],
    "eats-memory": ["sh", "-c", SERVE + ' & sleep 7; perl -e \'my $a = ""; $a .= "x" x 1000000 while 1\''],
    "dies-later": ["sh", "-c", SERVE + " & sleep 7; kill -9 $!; exit 1"],
}


class Releases:
    """`image["v1"]` is what is deployed: name@digest."""

    def __init__(self, builder: Builder, registry: Registry):
        self.builder, self.registry = builder, registry
        self.commit: dict[str, str] = {}
        self.image: dict[str, str] = {}
        builder.docker("login", "--username", registry.user, "--password-stdin", NAME, input=registry.password)

    def github(self, commit: str) -> dict:
        return {
            "sha": commit, "ref": "refs/heads/main", "event_name": "push", "repository": REPOSITORY, "actor": self.registry.user,
            "triggering_actor": "ada", "token": self.registry.password, "server_url": "https://github.com", "run_id": "42",
        }  # fmt: skip

    def build(self, version: str, commit: str) -> None:
        """The job Image, on this machine's builder."""
        job = Workflow(WORKFLOW).job("image")
        contexts = {"github": self.github(commit), "job": {"status": "success"}, "steps": {}}
        contexts["steps"]["image"] = run_step(job.step("image"), contexts, {}, ROOT).as_context()
        options = build_arguments(job.step("build"), contexts)
        self.builder.docker("build", "--network", "host", *standins.proxies(), *options, cwd=ROOT, timeout=3000)
        self._push(version, commit, [value for option, value in zip(options, options[1:]) if option == "--tag"])

    def spoil(self, version: str, base: str) -> None:
        """A release that is the good one `base` but for what it starts."""
        name = self.image[base].split("@")[0]
        commit = version.encode().hex().ljust(40, "0")
        dockerfile = (
            f"FROM {name}:sha-{self.commit[base]}\nENV BOOKREC_COMMIT={commit}\nLABEL org.opencontainers.image.revision={commit}\n"
            f"ENTRYPOINT {json.dumps(BAD[version])}\nCMD []\n"
        )
        tag = f"{name}:{version}"
        self.builder.docker("build", "--network", "none", "--tag", tag, "-", input=dockerfile)
        self._push(version, commit, [tag])

    def _push(self, version: str, commit: str, tags: list[str]) -> None:
        for tag in tags:
            self.builder.docker("push", "--quiet", tag)
        name = tags[0].rpartition(":")[0]
        digests = json.loads(self.builder.docker("image", "inspect", "--format", "{{json .RepoDigests}}", tags[0]).stdout)
        self.image[version] = next(digest for digest in digests if digest.startswith(name + "@"))
        self.commit[version] = commit

    def own_bytes(self, version: str) -> int:
        """Compressed bytes of the layers that the Dockerfile adds to its base image."""
        base = len(json.loads(self.builder.docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", "ubuntu:24.04").stdout))
        return sum(list(self._layers(version).values())[base:])

    def new_bytes(self, version: str, after: str) -> int:
        """Bytes that a host with another release has to pull."""
        known = self._layers(after)
        return sum(size for digest, size in self._layers(version).items() if digest not in known)

    def _layers(self, version: str) -> dict[str, int]:
        return self.registry.layers(self.image[version].split("@")[1])
