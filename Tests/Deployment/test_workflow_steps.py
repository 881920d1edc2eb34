"""The workflow's steps that reach the server, run for real, with stand-ins for what is far away."""

import base64
import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

from example_run import COMMIT, DIGEST, ROOT, SECRETS, TOKEN, WORKFLOW, contexts, deploy
from workflow import run_step, ssh_script


@pytest.fixture
def shims(tmp_path):
    """Puts a program into PATH that records its arguments and then does what BODY says."""
    folder = tmp_path / "shims"
    folder.mkdir()

    class Shims:
        env = {"PATH": f"{folder}:{os.environ['PATH']}"}

        def add(self, name: str, body: str = ""):
            file = folder / name
            file.write_text(f'#!/usr/bin/env bash\nprintf "%s\\n" "$*" >>"{folder}/{name}.calls"\n{body}\n')
            file.chmod(0o755)

        def calls(self, name: str) -> list[str]:
            file = folder / f"{name}.calls"
            return file.read_text().splitlines() if file.exists() else []

    found = Shims()
    found.add("sleep")
    return found


# --- port 22 ------------------------------------------------------------------------------------------------------------

GROUP = {"AWS_REGION": "eu-central-1", "EC2_SECURITY_GROUP_ID": "sg-1"}
REVOKE = "ec2 revoke-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 198.51.100.9/32"


def with_role(**steps) -> dict:
    configured = {"outputs": {"configured": "true", "opens_port": "true"}, "outcome": "success"}
    known = {"check": configured, "runner": {"outputs": {"address": "198.51.100.9"}, "outcome": "success"}}
    return contexts(secrets=SECRETS | {"AWS_ROLE_ARN": "arn:aws:iam::1:role/x"}, variables=GROUP, steps=known | steps)


def test_the_port_is_opened_for_the_runners_address_only(tmp_path, shims):
    checked = run_step(deploy("check"), with_role(), {}, tmp_path)
    assert checked.outputs == {"configured": "true", "opens_port": "true"}
    shims.add("curl", "echo 198.51.100.9")
    found = run_step(deploy("runner"), with_role(), shims.env, tmp_path)
    assert (found.code, found.outputs) == (0, {"address": "198.51.100.9"})
    shims.add("aws")
    opened = run_step(deploy("open"), with_role(runner=found.as_context()), shims.env, tmp_path)
    assert opened.code == 0
    (call,) = shims.calls("aws")
    assert call == (
        "ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,"
        "IpRanges=[{CidrIp=198.51.100.9/32,Description=bookrec-deploy-run-42}]"
    )


@pytest.mark.parametrize("answer", ["", "0.0.0.0/0", "<html>sorry</html>", "2001:db8::1", "198.51.100.9 0.0.0.0"])
def test_an_answer_that_is_no_address_opens_nothing(tmp_path, shims, answer):
    shims.add("curl", f"echo '{answer}'")
    done = run_step(deploy("runner"), with_role(), shims.env, tmp_path)
    assert (done.code, done.outputs) == (1, {}) and "::error::" in done.log


def test_a_rule_that_an_earlier_run_left_is_no_failure_but_a_refusal_is(tmp_path, shims):
    shims.add("aws", 'echo "An error occurred (InvalidPermission.Duplicate) when ..." >&2; exit 254')
    assert run_step(deploy("open"), with_role(), shims.env, tmp_path).code == 0
    shims.add("aws", 'echo "An error occurred (UnauthorizedOperation) when ..." >&2; exit 254')
    refused = run_step(deploy("open"), with_role(), shims.env, tmp_path)
    assert refused.code == 1 and "UnauthorizedOperation" in refused.log and "::error::" in refused.log


@pytest.mark.parametrize("status", ["success", "failure", "cancelled"])
@pytest.mark.parametrize("opening", ["success", "failure", "cancelled"])
def test_the_port_is_closed_however_the_rest_went(tmp_path, shims, status, opening):
    close = deploy("Close port 22 for the runner")
    after = with_role(open={"outputs": {}, "outcome": opening}) | {"job": {"status": status}}
    assert close.is_due(after)
    shims.add("aws")
    assert run_step(close, after, shims.env, tmp_path).code == 0
    assert shims.calls("aws") == [REVOKE]


@pytest.mark.parametrize("steps", [{"runner": {"outputs": {}}}, {"open": {"outputs": {}, "outcome": "skipped"}}])
def test_what_was_never_opened_is_not_closed(steps):
    assert not deploy("Close port 22 for the runner").is_due(with_role(**steps) | {"job": {"status": "failure"}})


def test_closing_is_repeated_and_failing_to_is_told(tmp_path, shims):
    close, after = deploy("Close port 22 for the runner"), with_role(open={"outcome": "success"})
    shims.add("aws", f'[[ $(wc -l <"{tmp_path}/shims/aws.calls") -ge 3 ]] || {{ echo timeout >&2; exit 255; }}')
    assert run_step(close, after, shims.env, tmp_path).code == 0
    assert shims.calls("aws") == [REVOKE] * 3
    shims.add("aws", 'echo "(InvalidPermission.NotFound)" >&2; exit 254')
    assert run_step(close, after, shims.env, tmp_path).code == 0
    shims.add("aws", "exit 255")
    failed = run_step(close, after, shims.env, tmp_path)
    assert failed.code == 1 and f"Close it by hand: aws {REVOKE}" in failed.log


def test_only_the_steps_for_port_22_have_the_aws_credentials():
    taken = deploy("aws").inputs(with_role())
    assert (taken["output-env-credentials"], taken["output-credentials"]) == ("false", "true")
    holders = [step.name for step in WORKFLOW.job("deploy").steps if "AWS_SECRET_ACCESS_KEY" in step.text.get("env", {})]
    assert holders == ["Open port 22 for the runner", "Close port 22 for the runner"]


# --- the host key -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def host_keys(tmp_path_factory) -> dict[str, tuple[str, str]]:
    """Kind to the line that ssh-keyscan prints and the fingerprint."""
    folder, keys = tmp_path_factory.mktemp("keys"), {}
    for kind in ("ed25519", "ecdsa", "rsa"):
        file = folder / kind
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", file], check=True)
        shown = subprocess.run(["ssh-keygen", "-lf", file], check=True, stdout=subprocess.PIPE, text=True).stdout
        keys[kind] = (f"203.0.113.7 {file.with_suffix('.pub').read_text().strip()}", shown.split()[1])
    return keys


def find_host_key(tmp_path, shims, host_keys, offered, pin=None):
    lines = "\n".join(host_keys[kind][0] for kind in offered)
    shims.add("ssh-keyscan", f"cat <<'KEYS'\n{lines}\nKEYS")
    known = contexts(secrets=SECRETS, variables={"EC2_FINGERPRINT": pin} if pin else {})
    done = run_step(deploy("hostkey"), known, shims.env, tmp_path)
    after = contexts(secrets=SECRETS, steps={"hostkey": done.as_context()})
    return done, deploy("deploy").inputs(after)["fingerprint"]


@pytest.mark.parametrize(
    ("offered", "compared"),
    [(["ed25519"], "ed25519"), (["ed25519", "rsa", "ecdsa"], "ecdsa"), (["ed25519", "rsa"], "rsa")],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_an_unpinned_key_is_taken_on_trust_with_a_warning(tmp_path, shims, host_keys, offered, compared):
    done, used = find_host_key(tmp_path, shims, host_keys, offered)
    assert done.code == 0 and used == host_keys[compared][1]
    assert done.log.startswith("::warning title=Host key taken on trust::") and "EC2_FINGERPRINT" in done.log and used in done.log


def test_a_pinned_key_is_used_without_a_word(tmp_path, shims, host_keys):
    pin = host_keys["ed25519"][1]
    for spelling in (pin, f"256 {pin} root@ip-10-0-0-1 (ED25519)\n"):
        done, used = find_host_key(tmp_path, shims, host_keys, ["ed25519"], spelling)
        assert (done.code, done.log, used) == (0, "", pin)


def test_a_key_that_does_not_fit_stops_the_deployment_and_says_why(tmp_path, shims, host_keys):
    done, used = find_host_key(tmp_path, shims, host_keys, ["ed25519", "ecdsa"], host_keys["ed25519"][1])
    assert (done.code, used) == (1, "") and "another of this server's host keys" in done.log and host_keys["ecdsa"][1] in done.log
    done, used = find_host_key(tmp_path, shims, host_keys, ["ed25519"], host_keys["rsa"][1])
    assert (done.code, used) == (1, "") and "not the pinned one" in done.log
    done, used = find_host_key(tmp_path, shims, host_keys, ["ed25519"], "MD5:00:11")
    assert (done.code, used) == (1, "") and "has no fingerprint" in done.log


def test_a_silent_server_is_asked_again_and_then_named(tmp_path, shims, host_keys):
    done, used = find_host_key(tmp_path, shims, host_keys, [])
    assert (done.code, used, len(shims.calls("ssh-keyscan"))) == (1, "", 6) and "No SSH server answers" in done.log


# --- the step that deploys ----------------------------------------------------------------------------------------------


def run_on_server(tmp_path, deploy_script: bytes, packed: str | None = None) -> subprocess.CompletedProcess:
    """What sshd does with ssh-action's command: gives it to the user's shell."""
    packed = packed if packed is not None else base64.b64encode(gzip.compress(deploy_script)).decode()
    known = contexts(secrets=SECRETS, steps={"pack": {"outputs": {"script": packed}}})
    return subprocess.run(
        ["bash", "-c", ssh_script(deploy("deploy"), known)],
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


RECORDER = b"""#!/usr/bin/env python3
import json, os, pathlib, sys
home = pathlib.Path(os.environ["HOME"])
seen = {"arguments": sys.argv[1:], "stdin": sys.stdin.read(), "environment": dict(os.environ)}
seen["parents_command"] = pathlib.Path(f"/proc/{os.getppid()}/cmdline").read_text()
seen["files"] = {str(f): f.read_text() for f in home.iterdir() if f.is_file()}
(home / "seen.json").write_text(json.dumps(seen))
print("loudly"); sys.exit(int(os.environ.get("FAIL", "0")))
"""


def test_the_server_runs_this_commits_script_with_the_digest_and_the_token_on_stdin(tmp_path):
    done = run_on_server(tmp_path, RECORDER)
    assert (done.returncode, done.stdout) == (0, "loudly\n")
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["arguments"] == [
        *("deploy", f"ghcr.io/some-owner/book-rec@{DIGEST}", "--login", "maria", "--by", "o'neil"),
        *("--run", "https://github.com/Some-Owner/Book-Rec/actions/runs/42"),
    ]
    assert seen["stdin"] == TOKEN + "\n"
    # The shell whose command line held the token is gone: its place was taken, so the parent is whoever started it.
    assert seen["parents_command"] == Path("/proc/self/cmdline").read_text()
    assert TOKEN not in [*seen["arguments"], *seen["environment"].values()]
    assert list(seen["files"]) == [str(tmp_path / "deploy.sh")] and TOKEN not in seen["files"][str(tmp_path / "deploy.sh")]
    assert (tmp_path / "deploy.sh").read_bytes() == RECORDER and (tmp_path / "deploy.sh").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("code", [1, 3, 75])
def test_a_deployment_that_fails_fails_the_step_with_its_code(tmp_path, code):
    done = run_on_server(tmp_path, RECORDER.replace(b'os.environ.get("FAIL", "0")', str(code).encode()))
    assert (done.returncode, done.stdout) == (code, "loudly\n")


def test_a_script_that_arrives_broken_does_not_replace_the_one_that_is_there(tmp_path):
    (tmp_path / "deploy.sh").write_text("the one before")
    broken = base64.b64encode(gzip.compress(RECORDER)[:-9]).decode()
    done = run_on_server(tmp_path, b"", broken)
    assert done.returncode == 1 and "could not be written" in done.stdout
    assert [(f.name, f.read_text()) for f in tmp_path.iterdir()] == [("deploy.sh", "the one before")]


def test_the_packed_script_is_the_one_of_the_repository(tmp_path):
    done = run_step(deploy("pack"), contexts(secrets=SECRETS), {}, ROOT)
    assert gzip.decompress(base64.b64decode(done.outputs["script"])) == (ROOT / "scripts/deploy.sh").read_bytes()
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/deploy.sh").write_bytes(os.urandom(90_000))
    too_large = run_step(deploy("pack"), contexts(secrets=SECRETS), {}, tmp_path)
    assert too_large.code == 1 and "too large" in too_large.log and not too_large.outputs


# --- afterwards ---------------------------------------------------------------------------------------------------------


def look(tmp_path, shims, commit, variables=None):
    shims.add("curl", f"""echo '{{"version":"0.1.0","commit":"{commit}"}}'""")
    return run_step(deploy("outside"), contexts(secrets=SECRETS, variables=variables), shims.env, tmp_path)


def test_the_deployment_is_seen_from_outside(tmp_path, shims):
    done = look(tmp_path, shims, COMMIT)
    assert (done.code, done.outputs) == (0, {"url": "http://203.0.113.7:7860/"})
    assert shims.calls("curl")[0].endswith(" http://203.0.113.7:7860/version")
    done = look(tmp_path, shims, COMMIT, {"PUBLIC_URL": "https://books.example.org"})
    assert done.outputs == {"url": "https://books.example.org"}
    assert shims.calls("curl")[-1].endswith(" https://books.example.org/version")
    done = look(tmp_path, shims, "another")
    assert done.code == 1 and "::error::Deployed, but" in done.log


@pytest.mark.parametrize(
    ("deployed", "seen", "title"),
    [
        ("success", "success", "Deployed"),
        ("success", "failure", "Deployed, but not seen"),
        ("failure", "skipped", "Not deployed"),
    ],
)
def test_the_summary_tells_what_became_of_it(tmp_path, deployed, seen, title):
    steps = {
        "check": {"outputs": {"configured": "true"}},
        "deploy": {"outcome": deployed},
        "outside": {"outcome": seen, "outputs": {"url": "https://books.example.org/"} if seen != "skipped" else {}},
    }
    after = contexts(secrets=SECRETS, steps=steps, status="success" if seen == "success" else "failure")
    step = deploy("Say what happened")
    assert step.is_due(after)
    summary = run_step(step, after, {}, tmp_path).summary
    assert summary.startswith(f"### {title}") and f"| `{COMMIT}` | `ghcr.io/some-owner/book-rec@{DIGEST}` |" in summary
    assert ("https://books.example.org/" in summary) == (seen != "skipped")
