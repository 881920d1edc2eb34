"""The whole scene of a rehearsal, set up once: builder, registry, runner, host with its user data, releases."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cloud_formation
from workflow import Workflow, is_action, run_step, ssh_script

from . import standins
from .engine import Builder, run
from .host import Host
from .ledger import Ledger
from .network import HOST, RUNNER, Namespace, apply_security_group, connect
from .registry import FOR_THE_BUILDER, NAME, Registry
from .releases import BAD, ROOT, WORKFLOW, Releases

HERE = Path(__file__).parent
# Ends with the rehearsal, however that ends.
MORTAL = ["setpriv", "--pdeathsig", "KILL", "--"]
LONG_ANSWER = "/api/v1/search?q=a+long+story&limit=100"


class Stage:
    def __init__(self, ledger: Ledger, folder: Path):
        self.figures: dict[str, str] = {}
        began = time.monotonic()
        self.folder = ledger.scratch(folder / "scratch")
        self.runner = Namespace(ledger, self.folder / "runner.log")
        wire = Namespace(ledger, self.folder / "host.log")
        connect(self.runner, wire)
        self.registry = Registry(ledger, self.folder / "registry")
        self.registry.serve(FOR_THE_BUILDER)
        self.registry.serve(RUNNER, self.runner.enter)
        self.builder = Builder(ledger, folder / "builder", hosts={NAME: FOR_THE_BUILDER}, certificates=self.registry.authority)
        standins.ensure(self.builder, ROOT / "Dockerfile", self.folder)
        self.figures["base images, registry, engine"] = f"{time.monotonic() - began:.0f} s"

        template = cloud_formation.load()
        group = template["Resources"]["SecurityGroup"]["Properties"]["SecurityGroupIngress"]
        own = {"Ref": "SshCidr"}
        apply_security_group(wire, [{**rule, "CidrIp": f"{RUNNER}/32"} if rule.get("CidrIp") == own else rule for rule in group])
        self.host = Host(ledger, self.folder / "host", wire, self.runner, self.registry)
        public = self.host.key.with_suffix(".pub").read_text().strip()
        self.host.apply_user_data(cloud_formation.user_data(template, {"PublicKey": public, "SshCidr": f"{RUNNER}/32"}))
        self.host.restart_engine()  # their settings are there now
        self.host.restart_proxy()
        self.set(WATCH_SECONDS=5)

        began = time.monotonic()
        self.releases = Releases(self.builder, self.registry)
        self.releases.build("v1", "1" * 40)
        self.figures["image from the Dockerfile"] = f"{time.monotonic() - began:.0f} s"
        self.releases.build("v2", "2" * 40)
        for version in BAD:
            self.releases.spoil(version, "v2")

    # --- deploying -----------------------------------------------------------------------------------------------

    def set(self, **settings: int) -> None:
        self.host.write("/etc/bookrec/deploy.conf", "".join(f"{key}={value}\n" for key, value in settings.items()))

    def deploy(self, version: str, *, options: str = "", environment: str = "", check: bool = True) -> subprocess.CompletedProcess:
        """As an admin does by hand."""
        return self.host.ssh(self.deploy_command(version, options, environment), input=self.registry.password, check=check)

    def deploy_command(self, version: str, options: str = "", environment: str = "") -> str:
        image = self.releases.image[version]
        return f"{environment} ./deploy.sh deploy {image} --login {self.registry.user} --by rehearsal {options}"

    def deploy_by_workflow(self, version: str) -> str:
        """The job Deploy, with its own steps; what actions do is done in their place. Returns the job's summary."""
        name, _, digest = self.releases.image[version].partition("@")
        contexts = {
            "github": self.releases.github(self.releases.commit[version]), "job": {"status": "success"}, "vars": {}, "steps": {},
            "secrets": {"EC2_HOST": HOST, "EC2_USERNAME": "deploy", "EC2_SSH_KEY": self.host.key.read_text()},
            "needs": {"image": {"outputs": {"name": name, "digest": digest}, "result": "success"}},
        }  # fmt: skip
        job = Workflow(WORKFLOW).job("deploy")
        assert job.is_due(contexts)
        summary = ""
        for step in job.steps:
            if not step.is_due(contexts):
                continue
            if is_action(step, "appleboy/ssh-action"):
                offered = self.runner.run("ssh-keyscan", "-t", "ed25519", HOST).stdout
                assert step.inputs(contexts)["fingerprint"] == run(["ssh-keygen", "-l", "-f", "-"], input=offered).stdout.split()[1]
                result = self.host.ssh(ssh_script(step, contexts), check=False)
                assert result.returncode == 0, result.stdout + result.stderr
                contexts["steps"][step.id] = {"outputs": {}, "outcome": "success"}
            elif step.script:
                result = run_step(step, contexts, {}, ROOT, prefix=self.runner.enter, timeout=300)
                assert result.code == 0, result.log
                summary += result.summary
                if step.id:
                    contexts["steps"][step.id] = result.as_context()
        return summary

    def ensure(self, version: str) -> None:
        """Where a scenario begins: this release is live and nothing else runs."""
        if self.live() != version or len(self.colours()) != 1:
            self.deploy(version)
        assert self.live() == version

    # --- looking -------------------------------------------------------------------------------------------------

    def get(self, path: str) -> str:
        return self.runner.run("curl", "--silent", "--fail", "--max-time", "10", f"http://{HOST}:7860{path}").stdout

    def live(self) -> str | None:
        """The version that readers get."""
        with contextlib.suppress(Exception):
            commit = json.loads(self.get("/version"))["commit"]
            return next((version for version, known in self.releases.commit.items() if known == commit), commit)
        return None

    def colours(self) -> list[str]:
        return self.host.docker("ps", "--all", "--filter", "name=bookrec-", "--format", "{{.Names}}").stdout.split()

    def audit(self) -> list[dict]:
        return [json.loads(line) for line in self.host.read("/var/lib/bookrec/audit.jsonl").splitlines()]

    @contextlib.contextmanager
    def readers(self) -> Iterator[dict]:
        """Readers come and go meanwhile; afterwards the yielded report is filled."""
        report: dict = {}
        file = self.folder / "readers.json"
        file.unlink(missing_ok=True)
        process = subprocess.Popen([*MORTAL, *self.runner.enter, sys.executable, HERE / "readers.py", HOST, "7860", file])
        try:
            time.sleep(1)
            yield report
            time.sleep(1)
        finally:
            os.kill(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
            report.update(json.loads(file.read_text()))

    def slow_reader(self) -> subprocess.Popen:
        """Has begun to read a long answer when this returns; needs some seconds for the rest."""
        process = subprocess.Popen(
            [*MORTAL, *self.runner.enter, sys.executable, HERE / "slow_reader.py", HOST, "7860", LONG_ANSWER, "12000"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        process.length = int(process.stdout.readline().split()[1])
        return process

    @contextlib.contextmanager
    def small_buffers(self) -> Iterator[None]:
        """So that a slow reader's answer waits in the server and not in the kernels on the way."""
        names = ("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")
        before = {name: self.host.run("sysctl", "-n", name).stdout.strip() for name in names}
        for name in names:
            self.host.run("sysctl", "-q", "-w", f"{name}=4096 8192 16384")
        try:
            yield
        finally:
            for name, value in before.items():
                self.host.run("sysctl", "-q", "-w", f"{name}={value}")

    @contextlib.contextmanager
    def memory_peak(self) -> Iterator[dict[str, int]]:
        peak = {"host": 0, "served": 0}
        done = threading.Event()

        def look() -> None:
            while not done.wait(0.1):
                for name, value in self.host.memory().items():
                    peak[name] = max(peak[name], value)

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield peak
        finally:
            done.set()
            thread.join()
