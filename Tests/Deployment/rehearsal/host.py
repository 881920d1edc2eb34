"""The stand-in for the EC2 instance: namespaces with disks of their own, set up by the template's own user data."""

import contextlib
import os
import shlex
import subprocess
import time
from pathlib import Path

import yaml

from .engine import CommandFailed, run
from .ledger import CGROUPS, Ledger
from .network import HOST, RUNNER, Namespace
from .registry import NAME, Registry

MEMORY = 916 * 1024 * 1024  # what Linux finds on a t3.micro
CGROUP = "bookrec-rehearsal"

START_DOCKER = """#!/bin/bash
setsid dockerd --cgroup-parent "$(cat /run/containers-cgroup)" >>/var/log/dockerd.log 2>&1 </dev/null &
for _ in $(seq 150); do docker version >/dev/null 2>&1 && exit 0; sleep 0.1; done
exit 1
"""
START_HAPROXY = """#!/bin/bash
setsid haproxy -W -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid >>/var/log/haproxy.log 2>&1 </dev/null &
"""


class Host:
    """Boots on creation. Needs `apply_user_data` before it is of use."""

    def __init__(self, ledger: Ledger, folder: Path, namespace: Namespace, runner: Namespace, registry: Registry):
        self.ledger, self.folder, self.namespace, self.runner = ledger, folder, namespace, runner
        for name in ("root", "disk/upper", "disk/work", "disk/docker"):
            (folder / name).mkdir(parents=True)
        self._install("/etc/hosts", Path("/etc/hosts").read_text() + f"{RUNNER} {NAME}\n")
        self._install(f"/etc/docker/certs.d/{NAME}/ca.crt", registry.authority.read_text())
        self._install("/usr/local/sbin/start-docker", START_DOCKER, 0o755)
        self._install("/usr/local/sbin/start-haproxy", START_HAPROXY, 0o755)
        # What cloud-init says to systemd is only noted: there is none in here.
        self._install("/usr/local/sbin/systemctl", '#!/bin/sh\necho "$@" >>/var/log/systemctl.log\n', 0o755)
        self.key = folder / "deploy-key"
        run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "rehearsal", "-f", self.key])
        self._confine()
        self.boot()
        self.run("rm", "-f", "/usr/local/bin/docker", "/etc/haproxy/haproxy.cfg")
        public = self.read("/etc/ssh/ssh_host_ed25519_key.pub").split()
        (folder / "known_hosts").write_text(f"{HOST} {public[0]} {public[1]}\n")

    def _install(self, path: str, text: str, mode: int = 0o644) -> None:
        """Puts a file on the disk before the first boot."""
        file = self.folder / "disk/upper" / path[1:]
        for missing in reversed([parent for parent in file.parents if not parent.exists()]):
            missing.mkdir(mode=0o755)
        file.write_text(text)
        file.chmod(mode)

    # --- power ---------------------------------------------------------------------------------------------------

    def boot(self) -> None:
        log = self.folder / "boot.log"
        self.init = self.ledger.process(
            [*self.namespace.enter, "unshare", "--mount", "--pid", "--fork", "--kill-child=KILL", "--uts", "--ipc",
             "bash", Path(__file__).with_name("boot.sh"), self.folder, f"/{CGROUP}/containers"],
            log, preexec_fn=self._join,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while self._inner() is None or self.run("test", "-e", "/run/booted", check=False).returncode != 0:
            if self.init.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The host did not boot:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)

    def reboot(self) -> None:
        """A power cut: every process ends at once; what was on the disks is there again."""
        self.ledger.end(self.init, patience=0)
        self.boot()

    def restart_engine(self) -> None:
        self.run("sh", "-c", "kill $(cat /run/docker.pid); while kill -0 $(cat /run/docker.pid) 2>/dev/null; do sleep 0.1; done; "
                             "rm -f /run/docker.pid; /usr/local/sbin/start-docker")  # fmt: skip

    def restart_proxy(self) -> None:
        self.run("sh", "-c", "kill $(cat /run/haproxy.pid); while kill -0 $(cat /run/haproxy.pid) 2>/dev/null; do sleep 0.1; done; "
                             "/usr/local/sbin/start-haproxy; sleep 0.5")  # fmt: skip

    def _confine(self) -> None:
        """One memory limit around everything in here, containers included."""
        self.ledger.cgroup(CGROUP)
        self.memory_group = CGROUPS / "memory" / CGROUP if (CGROUPS / "memory").is_dir() else CGROUPS / CGROUP
        self.memory_group.mkdir(exist_ok=True)
        if (self.memory_group / "memory.limit_in_bytes").exists():
            (self.memory_group / "memory.limit_in_bytes").write_text(str(MEMORY))
            self.members = self.memory_group / "cgroup.procs"
        else:  # version 2: processes live in leaves only
            (self.memory_group / "memory.max").write_text(str(MEMORY))
            (self.memory_group / "cgroup.subtree_control").write_text("+memory +pids +cpu")
            (self.memory_group / "system").mkdir(exist_ok=True)
            self.members = self.memory_group / "system/cgroup.procs"

    def _join(self) -> None:
        self.members.write_text(str(os.getpid()))

    def memory(self) -> dict[str, int]:
        """Bytes at this moment: what processes hold and have mapped on the whole host, and the resident size of server and proxy."""
        stat = dict(line.split() for line in (self.memory_group / "memory.stat").read_text().splitlines())
        names = ("total_rss", "total_mapped_file") if "total_rss" in stat else ("anon", "file_mapped")
        served = 0
        for group in self.memory_group.rglob("cgroup.procs"):
            with contextlib.suppress(OSError):
                for pid in group.read_text().split():
                    with contextlib.suppress(OSError):
                        if Path(f"/proc/{pid}/comm").read_text().strip() in ("bookrec", "haproxy"):
                            served += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return {"host": sum(int(stat[name]) for name in names), "served": served}

    # --- commands ------------------------------------------------------------------------------------------------

    def _inner(self) -> int | None:
        children = Path(f"/proc/{self.init.pid}/task/{self.init.pid}/children").read_text().split()
        return int(children[0]) if children else None

    def run(self, *command: object, check: bool = True, timeout: float = 120, **options: object) -> subprocess.CompletedProcess:
        """As root in here."""
        enter = ["nsenter", f"--target={self._inner()}", "--mount", "--uts", "--ipc", "--net", "--pid", "--wdns=/"]
        clean = ["env", "-i", "PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"]
        return run([*enter, *clean, *command], check=check, timeout=timeout, **options)

    def read(self, path: str) -> str:
        return self.run("cat", path).stdout

    def write(self, path: str, text: str) -> None:
        self.run("sh", "-c", f"cat > {shlex.quote(path)}", input=text)

    def docker(self, *arguments: object, **options: object) -> subprocess.CompletedProcess:
        return self.run("docker", *arguments, **options)

    def ssh_command(self, command: str, *, source: str = RUNNER) -> list[str]:
        options = ["BatchMode=yes", "IdentitiesOnly=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=3",
                   f"UserKnownHostsFile={self.folder / 'known_hosts'}", f"BindAddress={source}"]  # fmt: skip
        return [*self.runner.enter, "ssh", "-F", "/dev/null", "-i", str(self.key), *(f"-o{option}" for option in options),
                f"deploy@{HOST}", command]  # fmt: skip

    def ssh(self, command: str, *, source: str = RUNNER, check: bool = True, **options: object) -> subprocess.CompletedProcess:
        """As the user that deploys, over the wire."""
        return run(self.ssh_command(command, source=source), check=check, **options)

    # --- cloud-init ----------------------------------------------------------------------------------------------

    def apply_user_data(self, text: str) -> None:
        """What cloud-init would do with it, as far as it makes files, users and runs commands. Packages are here already."""
        config = yaml.safe_load(text)
        files = config.get("write_files", [])
        for file in files:
            if not file.get("defer"):
                self._write_file(file)
        for user in config["users"]:
            if user != "default":
                self._add_user(user)
        for file in files:
            if file.get("defer"):
                self._write_file(file)
        for command in config.get("runcmd", []):
            result = self.run(*(["sh", "-c", command] if isinstance(command, str) else command), check=False)
            if result.returncode != 0:
                raise CommandFailed(result)

    def _write_file(self, file: dict) -> None:
        path = file["path"]
        self.run("mkdir", "--parents", os.path.dirname(path))
        self.write(path, file["content"])
        self.run("chmod", file.get("permissions", "0644"), path)
        self.run("chown", file.get("owner", "root:root"), path)

    def _add_user(self, user: dict) -> None:
        name = user["name"]
        groups = ",".join(user["groups"])
        self.run("useradd", "--create-home", "--shell", user["shell"], "--groups", groups, name)
        self.run("usermod", "--password", "*", name)  # without PAM a locked account cannot log in with a key either
        folder = f"/home/{name}/.ssh"
        self.run("install", "--directory", "--owner", name, "--mode", "0700", folder)
        self.write(f"{folder}/authorized_keys", "\n".join(user["ssh_authorized_keys"]) + "\n")
        self.run("chown", f"{name}:", f"{folder}/authorized_keys")
