"""A run of the workflow to try its steps with: a push to main, by people and secrets that are made up."""

from pathlib import Path

from workflow import Step, Workflow

ROOT = Path(__file__).parents[2]
WORKFLOW = Workflow(ROOT / ".github/workflows/main.yaml")
COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "sha256:" + "ab" * 32
KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n"
SECRETS = {"EC2_HOST": "203.0.113.7", "EC2_USERNAME": "deploy", "EC2_SSH_KEY": KEY}
TOKEN = 'ghs_it\'s a "token" $HOME `id`'


def contexts(event="push", ref="refs/heads/main", secrets=None, variables=None, status="success", steps=None) -> dict:
    return {
        "github": {
            "event_name": event,
            "ref": ref,
            "sha": COMMIT,
            "repository": "Some-Owner/Book-Rec",
            "server_url": "https://github.com",
            "run_id": "42",
            "actor": "maria",
            "triggering_actor": "o'neil",
            "token": TOKEN,
        },
        "secrets": secrets or {},
        "vars": variables or {},
        "steps": steps or {},
        "needs": {"image": {"outputs": {"name": "ghcr.io/some-owner/book-rec", "digest": DIGEST}}},
        "job": {"status": status},
    }


def deploy(id: str) -> Step:
    return WORKFLOW.job("deploy").step(id)
