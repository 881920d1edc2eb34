"""Reads the workflow, for the lint, the tests and the rehearsal, so that they run its own text and no copy of it.

    python3 Tests/Deployment/workflow.py extract .github/workflows/main.yaml OUTDIR

writes each shell block of the workflow to a file of its own, for shellcheck.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from expressions import condition_holds, fill_in

STEP_KEYS = {"name", "id", "if", "uses", "with", "env", "run"}


class WorkflowError(Exception):
    pass


@dataclass
class Step:
    job: "Job"
    number: int
    text: dict

    @property
    def id(self) -> str | None:
        return self.text.get("id")

    @property
    def name(self) -> str:
        return self.text.get("name") or self.uses or f"step {self.number}"

    @property
    def uses(self) -> str | None:
        return self.text.get("uses")

    @property
    def script(self) -> str | None:
        """Its shell: of a `run:` step, or what an ssh-action step runs on the server."""
        if "run" in self.text:
            return self.text["run"]
        return self.text.get("with", {}).get("script") if is_action(self, "appleboy/ssh-action") else None

    def is_due(self, contexts: dict) -> bool:
        return condition_holds(self.text.get("if"), contexts)

    def environment(self, contexts: dict) -> dict[str, str]:
        """The variables that workflow, job and step set for it, the nearest last."""
        found = {}
        for level in (self.job.workflow.text, self.job.text, self.text):
            found |= {name: fill_in(value, contexts | {"env": found}) for name, value in level.get("env", {}).items()}
        return found

    def inputs(self, contexts: dict) -> dict[str, str]:
        contexts = contexts | {"env": self.environment(contexts)}
        return {name: fill_in(value, contexts) for name, value in self.text.get("with", {}).items()}


@dataclass
class Job:
    workflow: "Workflow"
    id: str
    text: dict

    @property
    def steps(self) -> list[Step]:
        return [Step(self, number, text) for number, text in enumerate(self.text["steps"], start=1)]

    def step(self, id: str) -> Step:
        """The step with this id or name."""
        for step in self.steps:
            if id in (step.id, step.text.get("name")):
                return step
        raise WorkflowError(f"job {self.id!r} has no step {id!r}, only: {', '.join(s.id or s.name for s in self.steps)}")

    def is_due(self, contexts: dict) -> bool:
        return condition_holds(self.text.get("if"), contexts)


class Workflow:
    def __init__(self, path: str | Path):
        self.path = Path(path)
        self.text = yaml.safe_load(self.path.read_text())
        # YAML 1.1 reads the key `on` as true.
        self.triggers = self.text.get("on", self.text.get(True))

    @property
    def jobs(self) -> list[Job]:
        return [Job(self, id, text) for id, text in self.text["jobs"].items()]

    def job(self, id: str) -> Job:
        for job in self.jobs:
            if job.id == id:
                return job
        raise WorkflowError(f"{self.path} has no job {id!r}, only: {', '.join(j.id for j in self.jobs)}")


def is_action(step: Step, repository: str) -> bool:
    return bool(step.uses) and step.uses.partition("@")[0] == repository


# --- running a step as the runner does ----------------------------------------------------------------------------------


@dataclass
class StepResult:
    code: int
    log: str
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    masks: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        return "success" if self.code == 0 else "failure"

    def as_context(self) -> dict:
        """What contexts["steps"][id] is afterwards."""
        return {"outputs": self.outputs, "outcome": self.outcome, "conclusion": self.outcome}


def run_step(
    step: Step, contexts: dict, env: dict[str, str], cwd: Path, prefix: list[str] | None = None, timeout: float | None = None
) -> StepResult:
    """Executes a `run:` step. `env` is the machine's environment; nothing else of this process's is passed on but PATH and
    HOME. `prefix` comes before bash, for example to enter a namespace. The log holds stdout and stderr, as on GitHub."""
    if "run" not in step.text or not set(step.text) <= STEP_KEYS:
        raise WorkflowError(f"step {step.name!r} is no plain run step: it has {', '.join(step.text)}")
    if step.job.workflow.text["defaults"] != {"run": {"shell": "bash"}}:
        raise WorkflowError("the workflow's defaults are not those that are imitated here: shell bash")
    own = step.environment(contexts)
    script = fill_in(step.text["run"], contexts | {"env": own})
    with tempfile.TemporaryDirectory(prefix="runner-") as folder:
        file = Path(folder, "script.sh")
        file.write_text(script)
        channels = {name: Path(folder, name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")}
        for channel in channels.values():
            channel.touch()
        runner = {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(cwd), "RUNNER_TEMP": folder}
        machine = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(
            [*(prefix or []), "bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
            env=machine | env | runner | {name: str(path) for name, path in channels.items()} | own,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
        )
        return StepResult(
            code=done.returncode,
            log=done.stdout,
            outputs=assignments(channels["GITHUB_OUTPUT"].read_text()),
            summary=channels["GITHUB_STEP_SUMMARY"].read_text(),
            environment=assignments(channels["GITHUB_ENV"].read_text()),
            path=channels["GITHUB_PATH"].read_text().splitlines(),
            masks=re.findall(r"^::add-mask::(.*)$", done.stdout, flags=re.MULTILINE),
        )


def assignments(text: str) -> dict[str, str]:
    """The lines of an output file: NAME=VALUE, or NAME<<MARK with the value's lines up to MARK."""
    found, lines = {}, iter(text.splitlines())
    for line in lines:
        name, sign, value = re.fullmatch(r"([^=<]*)(=|<<)?(.*)", line).groups()
        if not sign:
            raise WorkflowError(f"the runner would refuse this line of an output: {line!r}")
        if sign == "<<":
            value, mark = [], value
            while (line := next(lines, None)) != mark:
                if line is None:
                    raise WorkflowError(f"the output {name!r} has no line {mark!r} at its end")
                value.append(line)
            value = "\n".join(value)
        found[name] = value
    return found


# --- what actions make of their inputs ----------------------------------------------------------------------------------


def ssh_script(step: Step, contexts: dict) -> str:
    """The one command that ssh-action's client sends to the server for a step: the user's login shell gets it after `-c`.

    Known from the sources of ssh-action 1.2.5 and of its client, drone-ssh 1.8.2, and seen with that client against OpenSSH:
    of the comma-separated names in `envs`, in that order, each that is set in the environment makes a line
    `export NAME='value'`, where a single quote in the value becomes '\\''; then comes the script without white space at its
    two ends; lines are joined with a line feed. There is no terminal, no standard input, and no `set -e` but the script's own.
    """
    if not is_action(step, "appleboy/ssh-action"):
        raise WorkflowError(f"step {step.name!r} is no step of ssh-action")
    inputs, environment = step.inputs(contexts), step.environment(contexts)
    strange = set(inputs) & {"envs_format", "allenvs", "script_path", "request_pty", "proxy_host", "debug"}
    if strange:
        raise WorkflowError(f"step {step.name!r} uses what is not imitated here: {', '.join(sorted(strange))}")
    exports = [
        "export {}='{}'".format(name, environment[name].replace("'", "'\\''"))
        for name in (listed.upper() for listed in inputs.get("envs", "").split(","))
        if name in environment
    ]
    return "\n".join([*exports, inputs["script"].strip()])


def build_arguments(step: Step, contexts: dict) -> list[str]:
    """A build-push-action step's inputs as arguments for plain `docker build`, the context last. What needs a registry or
    BuildKit's own exporters (push, cache, attestations) is left out."""
    if not is_action(step, "docker/build-push-action"):
        raise WorkflowError(f"step {step.name!r} is no step of build-push-action")
    inputs = step.inputs(contexts)
    arguments = []
    for option in ("file", "target"):
        if inputs.get(option):
            arguments += [f"--{option}", inputs[option]]
    for option, several in (("build-arg", "build-args"), ("label", "labels"), ("tag", "tags")):
        for value in inputs.get(several, "").splitlines():
            if value.strip():
                arguments += [f"--{option}", value.strip()]
    return [*arguments, inputs.get("context", ".")]


def extract(workflow: Workflow, folder: Path) -> list[Path]:
    """Writes every shell block to FOLDER/JOB-NN-STEP.sh. An expression in one would be a way in for strangers' text."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for job in workflow.jobs:
        for step in job.steps:
            if step.script is None:
                continue
            if "${{" in step.script:
                raise WorkflowError(
                    f"job {job.id}, step {step.name!r}: pass values through env, not with ${{{{ }}}} in the script"
                )
            slug = re.sub(r"[^a-z0-9]+", "-", (step.id or step.name).lower()).strip("-")
            file = folder / f"{job.id}-{step.number:02}-{slug}.sh"
            # The runner's own options; ssh-action passes none.
            options = "set -eo pipefail\n" if "run" in step.text else ""
            file.write_text(f"#!/usr/bin/env bash\n# {workflow.path}, job {job.id}, step: {step.name}\n{options}{step.script}")
            written.append(file)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] != "extract":
        sys.exit("usage: workflow.py extract WORKFLOW OUTDIR")
    try:
        for path in extract(Workflow(sys.argv[2]), Path(sys.argv[3])):
            print(path)
    except (WorkflowError, OSError, yaml.YAMLError) as error:
        sys.exit(f"error: {error}")
