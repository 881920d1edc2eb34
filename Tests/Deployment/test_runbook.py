"""The runbook agrees with the workflow, the deploy script and the template that it tells of."""

import re
import subprocess
from pathlib import Path

import pytest
import runbook

ROOT = Path(__file__).resolve().parents[2]
# Messages in the table of failures that are GitHub's, Amazon's or ssh's own.
MESSAGES_OF_OTHERS = {
    "unable to authenticate",
    "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    "Provider ... already exists",
    "No default VPC for this user",
    "not supported in your requested Availability Zone",
    "denied by stack policy",
    "cloud-init status",
    "error",
    "503 Service Unavailable",
    "Connection timed out",
}


def test_runbook_names_the_settings_that_the_workflow_reads():
    workflow = (ROOT / ".github/workflows/main.yaml").read_text()
    read = {
        *((name, "secret") for name in re.findall(r"\bsecrets\.(\w+)", workflow)),
        *((name, "variable") for name in re.findall(r"\bvars\.(\w+)", workflow)),
    }
    assert {(row[0].strip("`"), row[1]) for row in runbook.tables("Secrets and variables")} == read


@pytest.mark.parametrize("block", runbook.code_blocks())
def test_runbook_blocks_are_shell(block: str):
    result = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True)
    assert result.returncode == 0 and not result.stderr, result.stderr


def test_every_failure_is_worded_as_it_is_seen():
    sources = [".github/workflows/main.yaml", "scripts/deploy.sh", "deploy/cloudformation.yaml"]
    text = "\n".join((ROOT / source).read_text() for source in sources)
    table = runbook.RUNBOOK.read_text().split("\n## What failures look like\n")[1].split("\n## ")[0]
    quoted = {quote for row in table.splitlines() if row.startswith("|") for quote in re.findall("`([^`]+)`", row.split("|")[1])}
    assert MESSAGES_OF_OTHERS <= quoted
    parts = [part.strip() for quote in quoted - MESSAGES_OF_OTHERS for part in quote.split("...")]
    assert [part for part in parts if part not in text] == []


def test_every_exit_code_of_the_deploy_script_is_told():
    usage = re.search(r"^exit codes: (.*?)^settings:", (ROOT / "scripts/deploy.sh").read_text(), re.MULTILINE | re.DOTALL)[1]
    codes = {int(code) for code in re.findall(r"(?:^|  )\s*(\d+) [a-z]", usage)} - {0}
    assert codes == {int(code) for code in re.findall(r"^\| exit code (\d+)", runbook.RUNBOOK.read_text(), re.MULTILINE)}
