"""Two namespaces and a wire: a runner (with a stranger's address beside its own) and a host behind its security group."""

import subprocess
import time
from pathlib import Path

from .engine import run
from .ledger import Ledger

RUNNER = "192.0.2.1"
STRANGER = "192.0.2.9"
HOST = "192.0.2.2"


class Namespace:
    """A network namespace that exists as long as the process that holds it."""

    def __init__(self, ledger: Ledger, log: Path):
        self.holder = ledger.process(["unshare", "--net", "sleep", "infinity"], log)
        ours = Path("/proc/self/ns/net").readlink()
        while Path(f"/proc/{self.holder.pid}/ns/net").readlink() == ours:
            time.sleep(0.01)
        self.run("ip", "link", "set", "lo", "up")

    @property
    def enter(self) -> list[str]:
        """Put before a command to run it in here."""
        return ["nsenter", f"--target={self.holder.pid}", "--net"]

    def run(self, *command: object, **options: object) -> subprocess.CompletedProcess:
        return run([*self.enter, *command], **options)


def connect(runner: Namespace, host: Namespace) -> None:
    run(["ip", "link", "add", "wire0", "netns", runner.holder.pid, "type", "veth",
         "peer", "name", "wire0", "netns", host.holder.pid])  # fmt: skip
    for namespace, addresses in ((runner, (RUNNER, STRANGER)), (host, (HOST,))):
        for address in addresses:
            namespace.run("ip", "address", "add", f"{address}/24", "dev", "wire0")
        namespace.run("ip", "link", "set", "wire0", "up")


def apply_security_group(host: Namespace, rules: list[dict]) -> None:
    """What AWS would do before packets reach the host. Rules as the template has them; those of IPv6 are passed over."""
    rule = ["iptables", "--append", "INPUT"]
    host.run(*rule, "--in-interface", "lo", "--jump", "ACCEPT")
    host.run(*rule, "--in-interface", "docker0", "--jump", "ACCEPT")
    host.run(*rule, "--match", "conntrack", "--ctstate", "ESTABLISHED,RELATED", "--jump", "ACCEPT")
    for opened in rules:
        if "CidrIp" in opened:
            host.run(*rule, "--protocol", opened["IpProtocol"], "--source", opened["CidrIp"],
                     "--dport", f"{opened['FromPort']}:{opened['ToPort']}", "--jump", "ACCEPT")  # fmt: skip
    host.run("iptables", "--policy", "INPUT", "DROP")
