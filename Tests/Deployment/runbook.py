"""Reads docs/runbooks/cloud-deployment.md, and runs its ten commands with Amazon on this machine and no GitHub."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from local_amazon import LocalAmazon

ROOT = Path(__file__).resolve().parents[2]
RUNBOOK = ROOT / "docs/runbooks/cloud-deployment.md"
ADMIN_ADDRESS = "203.0.113.7"
REPOSITORY = "A-Reader/bookrec"
FINGERPRINT = "SHA256:" + "abcdefgh/+" * 4 + "xyz"

# What the ten commands call besides aws and ssh-keygen, which are real. What was set is kept in $STANDINS/said.
STANDINS = {
    "curl": f"echo {ADMIN_ADDRESS}",
    "ssh": 'echo "ssh $*" >>"$STANDINS/said"',
    "git": 'echo "git $*" >>"$STANDINS/said"',
    "gh": f"""
case "$1 $2" in
"repo view") echo {REPOSITORY} ;;
"secret set" | "variable set")
    [[ "$*" == *"--env production"* ]] || {{ echo "gh: not for the environment production: $*" >&2; exit 1; }}
    if [[ "$*" == *--env-file* ]]; then cat >>"$STANDINS/$1s"
    else cat >"$STANDINS/secret-${{@: -1}}"; fi ;;
api*) echo "gh $*" >>"$STANDINS/said" ;;
*) echo "gh: unexpected: $*" >&2; exit 1 ;;
esac""",
    # moto's console is that of an older machine.
    "aws": f"""
if [[ "$1 $2" == "ec2 get-console-output" ]]; then
    echo 'ec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----'
    echo 'ec2: 256 SHA256:{"R" * 43} root@ip-10-0-0-1 (ECDSA)'
    echo 'ec2: 256 {FINGERPRINT} root@ip-10-0-0-1 (ED25519)'
    echo 'ec2: -----END SSH HOST KEY FINGERPRINTS-----'
else exec "$REAL_AWS" "$@"; fi""",
}


def code_blocks(heading: str | None = None) -> list[str]:
    text = RUNBOOK.read_text()
    if heading:
        text = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^```bash\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def ten_commands() -> list[str]:
    return re.split(r"^# \d+\. .*\n", code_blocks("Ten commands")[0], flags=re.MULTILINE)[1:]


def tables(heading: str) -> list[list[str]]:
    section = RUNBOOK.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| `")]


def assignments(file: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


@dataclass
class GoneLive:
    secrets: dict[str, str]
    variables: dict[str, str]
    said: list[str]
    public_key: str
    private_key: str


def go_live(amazon: LocalAmazon, folder: Path) -> GoneLive:
    standins, home = folder / "standins", folder / "home"
    standins.mkdir()
    (home / ".ssh").mkdir(parents=True)
    for name, script in STANDINS.items():
        (standins / name).write_text(f"#!/usr/bin/env bash\nset -euo pipefail\n{script}\n")
        (standins / name).chmod(0o755)
    tools = Path(sys.executable).parent
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")} | amazon.environment
    environment |= {"HOME": str(home), "STANDINS": str(standins), "REAL_AWS": str(tools / "aws")}
    environment["PATH"] = f"{standins}:{tools}:{environment['PATH']}"
    script = "set -euo pipefail\n" + "\n".join(ten_commands())
    result = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180
    )
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}\n{amazon.log.read_text()[-4000:]}"
    named = {file.name.removeprefix("secret-"): file.read_text() for file in standins.glob("secret-*")}
    return GoneLive(
        secrets=assignments(standins / "secrets") | named,
        variables=assignments(standins / "variables"),
        said=(standins / "said").read_text().splitlines(),
        public_key=(home / ".ssh/bookrec-deploy.pub").read_text().strip(),
        private_key=(home / ".ssh/bookrec-deploy").read_text(),
    )
