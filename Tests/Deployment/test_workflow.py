"""The workflow: what it may do and when, its image, and what it does without secrets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from example_run import COMMIT, KEY, ROOT, SECRETS, WORKFLOW, contexts, deploy
from expressions import ExpressionError, evaluate, fill_in, tokens
from workflow import build_arguments, run_step


# --- what it may do, and when -------------------------------------------------------------------------------------------


def test_each_job_has_only_the_permissions_it_needs():
    assert WORKFLOW.text["permissions"] == {}
    assert {job.id: job.text["permissions"] for job in WORKFLOW.jobs} == {
        "test": {"contents": "read"},
        "image": {"contents": "read", "packages": "write"},
        "deploy": {"contents": "read", "packages": "read", "id-token": "write"},
    }


def test_every_action_is_pinned_by_commit_with_its_version_beside():
    uses = re.findall(r"^\s*(?:- )?uses: *(.+)$", WORKFLOW.path.read_text(), flags=re.MULTILINE)
    assert len(uses) == sum(bool(step.uses) for job in WORKFLOW.jobs for step in job.steps) > 6
    for use in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use), use


def test_no_checkout_leaves_a_token_behind_and_every_job_ends():
    for job in WORKFLOW.jobs:
        assert job.text["timeout-minutes"] <= 60
        for step in job.steps:
            if step.uses and step.uses.startswith("actions/checkout@"):
                assert step.text["with"]["persist-credentials"] is False


def test_what_is_in_shell_comes_through_the_environment_and_passes_shellcheck(tmp_path):
    command = [sys.executable, Path(__file__).with_name("workflow.py"), "extract", WORKFLOW.path, tmp_path]
    written = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    assert len(written) == sum(step.script is not None for job in WORKFLOW.jobs for step in job.steps) > 10
    assert any(Path(file).name == "deploy-08-deploy.sh" for file in written)
    subprocess.run(["shellcheck", *written], check=True)


def test_it_runs_for_pushes_to_main_and_for_pull_requests():
    assert WORKFLOW.triggers == {"push": {"branches": ["main"]}, "pull_request": None}


@pytest.mark.parametrize(
    ("event", "ref", "due"),
    [
        ("push", "refs/heads/main", True),
        ("push", "refs/heads/other", False),
        ("pull_request", "refs/pull/7/merge", False),
        ("pull_request", "refs/heads/main", False),
    ],
)
def test_only_a_push_to_main_is_deployed_and_only_after_its_image(event, ref, due):
    job = WORKFLOW.job("deploy")
    assert job.is_due(contexts(event=event, ref=ref)) is due
    assert not job.is_due(contexts(event=event, ref=ref, status="failure"))
    assert job.text["needs"] == "image" and WORKFLOW.job("image").text["needs"] == "test"
    assert job.text["environment"]["name"] == "production"


def test_deployments_wait_for_each_other_and_are_not_cancelled():
    assert WORKFLOW.job("deploy").text["concurrency"] == {"group": "production", "cancel-in-progress": False}
    whole = WORKFLOW.text["concurrency"]
    assert fill_in(whole["group"], contexts()) == "main-refs/heads/main"  # not "production", or it would wait for itself
    assert fill_in(whole["cancel-in-progress"], contexts()) == "false"
    assert fill_in(whole["cancel-in-progress"], contexts(event="pull_request")) == "true"


def test_all_expressions_are_of_the_kind_that_is_understood_here():
    found = re.findall(r"\$\{\{(.*?)\}\}", WORKFLOW.path.read_text())
    assert len(found) > 40
    for text in found:
        tokens(text)


# --- the image ----------------------------------------------------------------------------------------------------------


def test_the_image_is_named_in_lower_case_and_built_from_the_commit(tmp_path):
    job = WORKFLOW.job("image")
    named = run_step(job.step("image"), contexts(), {}, tmp_path)
    assert (named.code, named.outputs) == (0, {"name": "ghcr.io/some-owner/book-rec"})

    built = contexts(steps={"image": named.as_context()})
    arguments = build_arguments(job.step("build"), built)
    options = {(arguments[at], arguments[at + 1]) for at in range(0, len(arguments) - 1, 2)}
    assert arguments[-1] == "."
    assert options == {
        ("--file", "Dockerfile"),
        ("--build-arg", f"COMMIT={COMMIT}"),
        ("--tag", "ghcr.io/some-owner/book-rec:latest"),
        ("--tag", f"ghcr.io/some-owner/book-rec:sha-{COMMIT}"),
        ("--label", "org.opencontainers.image.source=https://github.com/Some-Owner/Book-Rec"),
        ("--label", f"org.opencontainers.image.revision={COMMIT}"),
        ("--label", f"org.opencontainers.image.version=sha-{COMMIT}"),
    }
    inputs = job.step("build").inputs(built)
    assert (inputs["sbom"], inputs["provenance"]) == ("true", "mode=max")


@pytest.mark.parametrize(("event", "pushes"), [("push", True), ("pull_request", False)])
def test_a_pull_request_builds_without_login_and_push(event, pushes):
    job = WORKFLOW.job("image")
    assert job.step("build").is_due(contexts(event=event))
    assert job.step("Log in to the registry").is_due(contexts(event=event)) is pushes
    assert job.step("build").inputs(contexts(event=event))["push"] == str(pushes).lower()


def test_the_tests_run_with_the_toolchain_that_the_image_is_built_with():
    install = WORKFLOW.job("test").step("Install Swift")
    builder = re.search(r"^FROM swift:(\S+)-noble AS", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert install.text["env"]["SWIFT_VERSION"] == builder[1]
    assert [step.script for step in WORKFLOW.job("test").steps if step.script][1:] == ["make lint", "make test"]


# --- with and without secrets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "missing",
    [["EC2_HOST", "EC2_USERNAME", "EC2_SSH_KEY"], ["EC2_SSH_KEY"], ["EC2_HOST", "EC2_USERNAME"]],
    ids=lambda missing: "-".join(missing),
)
def test_without_the_secrets_it_says_what_to_add_and_does_nothing_else(tmp_path, missing):
    secrets = {name: value for name, value in SECRETS.items() if name not in missing}
    done = run_step(deploy("check"), contexts(secrets=secrets), {}, tmp_path)
    assert (done.code, done.outputs) == (0, {"configured": "false"})
    notice = re.search(r"^::notice title=Nothing was deployed::.* under (.*): (.*)$", done.log, flags=re.MULTILINE)
    assert (notice[1], notice[2].split(", ")) == ("Settings > Environments > production > Environment secrets", missing)
    assert re.findall(r"^- `(.*)`$", done.summary, flags=re.MULTILINE) == missing
    assert "Nothing was deployed" in done.summary and KEY.splitlines()[1] not in done.log + done.summary

    afterwards = contexts(secrets=secrets, steps={"check": done.as_context()})
    assert [step.name for step in WORKFLOW.job("deploy").steps if step.is_due(afterwards)] == ["Check the secrets"]


def test_the_three_secrets_alone_suffice(tmp_path):
    done = run_step(deploy("check"), contexts(secrets=SECRETS), {}, tmp_path)
    assert (done.code, done.outputs, done.log, done.summary) == (0, {"configured": "true"}, "", "")
    afterwards = contexts(secrets=SECRETS, steps={"check": done.as_context()})
    due = [step.id for step in WORKFLOW.job("deploy").steps if step.is_due(afterwards) and step.id]
    assert due == ["check", "hostkey", "pack", "deploy", "outside"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"EC2_HOST": "deploy@203.0.113.7"}, "EC2_HOST"),
        ({"EC2_HOST": "203.0.113.7\n"}, "EC2_HOST"),
        ({"EC2_SSH_KEY": "ssh-ed25519 AAAA"}, "EC2_SSH_KEY"),
        ({"AWS_ROLE_ARN": "arn:aws:iam::1:role/x"}, "EC2_SECURITY_GROUP_ID"),
    ],
)
def test_a_secret_that_cannot_be_right_is_an_error(tmp_path, wrong, named):
    done = run_step(deploy("check"), contexts(secrets=SECRETS | wrong), {}, tmp_path)
    assert done.code == 1 and "configured" not in done.outputs
    assert re.fullmatch(rf"::error::.*{named}.*\n", done.log) and "203.0.113.7" not in done.log


# --- the imitation of GitHub's expressions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("github.event_name == 'PUSH' && !cancelled()", True),
        ("vars.NONE || 'it''s'", "it's"),
        ("secrets.NONE == ''", True),
        ("steps.none.outputs.x != 'skipped' && 2 == '2'", True),
        ("(false || null) == 0", True),
        ("failure()", False),
    ],
)
def test_expressions_mean_what_they_mean_on_github(text, value):
    assert evaluate(text, contexts()) == value


@pytest.mark.parametrize("text", ["contains('a', 'b')", "secret.X", "github.shaa", "a b", "1 +", "'open", "vars.", "success("])
def test_expressions_that_are_not_understood_are_errors(text):
    with pytest.raises(ExpressionError):
        evaluate(text, contexts())
