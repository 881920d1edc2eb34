"""The deployment, rehearsed. Each scenario begins by making sure of what it begins with; they run from top to bottom."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from rehearsal.network import HOST, STRANGER
from rehearsal.stage import Stage

MIB = 1024 * 1024
# The compressed size of the real ubuntu:24.04, as its registry tells. The stand-in is Debian's and larger.
UBUNTU = 29.7e6
BOOK = "A Rehearsal in the Lighthouse"


def nobody_failed(report: dict) -> None:
    assert report["total"] > 200
    assert report["failed"] == 0, report["failures"]


def test_first_deployment_by_the_workflow_serves(stage: Stage):
    began = time.monotonic()
    summary = stage.deploy_by_workflow("v1")
    assert stage.live() == "v1"
    assert "Deployed" in summary and "1" * 40 in summary
    spent = stage.audit()[-1]["milliseconds"]
    stage.figures["cold pull to ready"] = f"{(spent['pull'] + spent['start'] + spent['ready']) / 1000:.1f} s (of them pull {spent['pull'] / 1000:.1f} s)"
    stage.figures["first deployment, all steps of the job"] = f"{time.monotonic() - began:.1f} s"
    entry = stage.audit()[-1]
    assert (entry["result"], entry["by"], entry["commit"]) == ("live", "ada", "1" * 40)
    assert entry["run"] == "https://github.com/Acme/Books/actions/runs/42"


def test_image_is_small(stage: Stage):
    own = stage.releases.own_bytes("v1")
    stage.figures["image, compressed"] = f"{own / 1e6:.1f} MB and the base image (that of Ubuntu 24.04 has {UBUNTU / 1e6:.1f} MB)"
    assert own + UBUNTU <= 150e6


def test_image_answers_with_nothing_mounted(stage: Stage):
    stage.ensure("v1")
    begun = stage.host.docker("run", "--detach", "--read-only", "--cap-drop", "ALL", "--publish", "127.0.0.1:7999:7860", stage.releases.image["v1"])
    began = time.monotonic()
    try:
        ask = "until curl --silent --fail --output /dev/null 'http://127.0.0.1:7999/api/v1/search?q=robots'; do sleep 0.05; done"
        stage.host.run("timeout", "20", "sh", "-c", ask)
        stage.figures["started with nothing mounted, to the first answer"] = f"{time.monotonic() - began:.2f} s"
    finally:
        stage.host.docker("rm", "--force", "--volumes", begun.stdout.strip())


def test_nothing_of_the_token_is_left(stage: Stage):
    stage.ensure("v1")
    found = stage.host.run("grep", "-rlF", stage.registry.password, "/home/deploy", "/var/lib/bookrec", "/etc/bookrec", "/dev/shm",
                           "/tmp", "/run", check=False)  # fmt: skip
    assert found.stdout == ""
    refused = stage.host.ssh(f"docker pull {stage.releases.image['v2']}", check=False)
    assert refused.returncode != 0 and "no basic auth credentials" in refused.stderr


def test_own_catalogue_is_taken_in(stage: Stage):
    """The marker for the whole rehearsal: written before deployments, looked for at its end."""
    stage.ensure("v1")
    stage.host.write("/home/deploy/books.csv", f"title,authors,description\n{BOOK},Ida Muster,A keeper and her goats put on a play.\n")
    image = stage.releases.image["v1"]
    own = "docker run --rm --memory 384m --mount type=volume,src=bookrec-data,dst=/data"
    stage.host.ssh(f"{own} --mount type=bind,src=$PWD/books.csv,dst=/books.csv,readonly {image} ingest books /books.csv")
    stage.host.ssh(f"{own} {image} train")
    until = time.monotonic() + 20
    while BOOK not in stage.get("/api/v1/search?q=goats+in+a+play"):
        assert time.monotonic() < until, "the live server did not take the new bundle over"
        time.sleep(0.5)


def test_next_release_costs_no_request(stage: Stage):
    stage.ensure("v1")
    stage.figures["new bytes of a release that changes no code"] = f"{stage.releases.new_bytes('v2', after='v1') / 1e6:.1f} MB"
    with stage.memory_peak() as peak, stage.readers() as report, stage.small_buffers():
        time.sleep(3)
        slow = stage.slow_reader()
        stage.deploy_by_workflow("v2")
        got = int(slow.communicate(timeout=60)[0].split()[1])
    assert stage.live() == "v2"
    nobody_failed(report)
    assert set(report["versions"]) == {"1" * 40, "2" * 40}
    assert slow.length > 50_000 and got == slow.length, "the answer under way was cut"
    spent = stage.audit()[-1]["milliseconds"]
    stage.figures["v1 to v2 under load"] = f"{report['failed']} of {report['total']} requests failed; p50 {report['p50'] * 1e3:.1f} ms, p99 {report['p99'] * 1e3:.1f} ms, longest {report['max'] * 1e3:.0f} ms"
    stage.figures["switch"] = f"{spent['switch']} ms; drain {spent['drain'] / 1000:.1f} s with an answer of {slow.length} bytes under way"
    stage.figures["peak memory, blue and green and proxy under load"] = f"their processes {peak['served'] / MIB:.0f} MiB (what they share counted twice), whole host with engine {peak['host'] / MIB:.0f} MiB of 916"
    assert peak["host"] < 916 * MIB and 50 * MIB < peak["served"] < 916 * MIB


@pytest.mark.parametrize(("version", "reason"), [
    ("never-ready", "was not ready within 4 s"),
    ("ends-at-once", "the cellar is flooded"),
    ("too-big-to-start", "killed for memory: true"),
])
def test_release_that_does_not_get_ready_is_refused(stage: Stage, version: str, reason: str):
    stage.ensure("v2")
    stage.set(WATCH_SECONDS=2, READY_SECONDS=4)
    with stage.readers() as report:
        result = stage.deploy(version, check=False)
    stage.set(WATCH_SECONDS=5)
    assert result.returncode == 1
    assert reason in result.stdout + result.stderr
    nobody_failed(report)
    assert stage.live() == "v2" and len(stage.colours()) == 1
    assert stage.audit()[-1]["result"] == "refused"


@pytest.mark.parametrize(("version", "reason", "allowed"), [
    ("answers-500", "with an error", 0.5),
    ("fills-its-memory", "of its 384 MB of memory", 0.0),
    ("eats-memory", "memory", 0.01),
    ("dies-later", "after the switch", 0.01),
])
def test_release_that_goes_bad_after_the_switch_is_rolled_back(stage: Stage, version: str, reason: str, allowed: float):
    """Errors that a release answers reach readers until they are seen; its death, at most those that it had in hand."""
    stage.ensure("v2")
    stage.set(WATCH_SECONDS=15)
    with stage.readers() as report:
        result = stage.deploy(version, check=False)
    stage.set(WATCH_SECONDS=5)
    assert result.returncode == 3, result.stdout + result.stderr
    assert reason in result.stderr
    assert stage.live() == "v2" and len(stage.colours()) == 1
    assert stage.audit()[-1]["result"] == "rolled back"
    stage.figures[f"failed requests when a release {version.replace('-', ' ')}"] = f"{report['failed']} of {report['total']}"
    assert report["failed"] <= allowed * report["total"], report["failures"]


def test_library_of_a_newer_release_is_refused(stage: Stage):
    stage.ensure("v2")
    library = "/var/lib/docker/volumes/bookrec-data/_data/library.sqlite"
    change = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()"
    stage.host.run("python3", "-c", change, library, "INSERT INTO grdb_migrations VALUES ('99'); PRAGMA user_version = 99")
    result = stage.deploy("v1", check=False)
    stage.host.run("python3", "-c", change, library, "DELETE FROM grdb_migrations WHERE identifier = '99'; PRAGMA user_version = 1")
    assert result.returncode == 1 and "newer version of bookrec" in result.stdout + result.stderr
    assert stage.live() == "v2"


def test_rollback_returns_to_the_digest_before(stage: Stage):
    stage.ensure("v1")
    stage.deploy("v2")
    before = stage.host.ssh("./deploy.sh rollback --dry-run").stdout
    assert stage.releases.image["v1"] in before and stage.live() == "v2"
    with stage.readers() as report:
        stage.host.ssh("./deploy.sh rollback --by ida")
    nobody_failed(report)
    assert stage.live() == "v1"
    entry = stage.audit()[-1]
    assert (entry["action"], entry["result"], entry["digest"]) == ("rollback", "live", stage.releases.image["v1"].split("@")[1])


def test_two_deployments_at_once_do_not_meet(stage: Stage):
    stage.ensure("v1")
    stage.set(WATCH_SECONDS=6, LOCK_SECONDS=1)
    first = subprocess.Popen(stage.host.ssh_command(stage.deploy_command("v2")), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    first.stdin.write(stage.registry.password)
    first.stdin.close()
    while "step=" not in stage.host.run("cat", "/var/lib/bookrec/underway", check=False).stdout:
        time.sleep(0.1)
    second = stage.deploy("v1", check=False)
    assert second.returncode == 75 and "another deployment is under way" in second.stderr
    assert first.wait(timeout=60) == 0
    stage.set(WATCH_SECONDS=5)
    assert stage.live() == "v2"
    unchanged = stage.deploy("v2")
    assert "unchanged" in unchanged.stdout


# In the order in which deploy.sh comes to them; each is killed before the command runs.
KILLS = [
    "step pull", "step start", "answer=$(docker run", "step ready", "docker container update", "step switch", "position=switched",
    'write_file "$state/live.map"', "step drain", "step watch", "step keep", "write_releases", "position=closed",
    'stop_and_remove "$live"', "prune_images", "record live", 'rm --force "$state/underway"',
]  # fmt: skip


def test_killed_at_any_step_the_host_serves_and_the_next_run_repairs(stage: Stage):
    stage.ensure("v1")
    stage.set(WATCH_SECONDS=2)
    stage.host.write("/home/deploy/kill_at.sh", Path(__file__).with_name("kill_at.sh").read_text())
    with stage.readers() as report:
        for command in KILLS:
            killed = stage.deploy("v2", environment=f"BASH_ENV=~/kill_at.sh KILL_AT='{command}'", check=False)
            assert killed.returncode in (137, 255), f"{command}: {killed.stdout}{killed.stderr}"
            assert stage.live() in ("v1", "v2"), command
            repaired = stage.deploy("v1")
            assert stage.live() == "v1" and len(stage.colours()) == 1, f"{command}: {repaired.stdout}"
            assert stage.host.run("test", "-e", "/var/lib/bookrec/underway", check=False).returncode == 1, command
            assert stage.host.read("/var/lib/bookrec/live.map").split()[1] == "app-" + stage.colours()[0].removeprefix("bookrec-")
    stage.set(WATCH_SECONDS=5)
    nobody_failed(report)
    stage.figures[f"deployment killed at {len(KILLS)} places"] = f"{report['failed']} of {report['total']} requests failed"


def test_signal_puts_things_back(stage: Stage):
    stage.ensure("v1")
    stage.set(WATCH_SECONDS=20)
    deployment = subprocess.Popen(stage.host.ssh_command(stage.deploy_command("v2")), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deployment.stdin.write(stage.registry.password)
    deployment.stdin.close()
    while "step=watch" not in stage.host.run("cat", "/var/lib/bookrec/underway", check=False).stdout:
        time.sleep(0.1)
    stage.host.run("sh", "-c", "kill -TERM $(sed -n s/^pid=//p /var/lib/bookrec/underway)")
    assert deployment.wait(timeout=60) == 3
    stage.set(WATCH_SECONDS=5)
    assert stage.live() == "v1" and len(stage.colours()) == 1
    assert "signal" in stage.audit()[-1]["reason"]


def test_restart_of_engine_and_proxy_and_a_power_cut_bring_the_right_colour_back(stage: Stage):
    for version in ("v2", "v1"):  # once each colour
        stage.ensure(version)
        with stage.readers() as report:
            stage.host.restart_engine()
        nobody_failed(report)
        stage.host.restart_proxy()
        assert stage.live() == version
        stage.host.reboot()
        until = time.monotonic() + 30
        while stage.live() != version:
            assert time.monotonic() < until, f"{version} did not come back"
            time.sleep(0.2)
        stage.deploy(version)  # and deploying goes on as before


def test_only_what_must_be_open_is(stage: Stage):
    stage.ensure("v1")
    assert stage.host.ssh("true", source=STRANGER, check=False).returncode == 255
    assert stage.runner.run("curl", "--silent", "--fail", "--interface", STRANGER, f"http://{HOST}:7860/health/ready").returncode == 0
    for port in (7859, 7861, 7862, 2375):
        closed = stage.runner.run("curl", "--silent", "--max-time", "2", f"http://{HOST}:{port}/", check=False)
        assert closed.returncode in (7, 28), port
    # The runtime API switches and tells, and can do nothing else.
    answer = stage.host.run("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7859; echo 'disable server app-blue/blue' >&3; cat <&3").stdout
    assert "Permission denied" in answer


def test_containers_are_confined(stage: Stage):
    stage.ensure("v1")
    told = json.loads(stage.host.docker("container", "inspect", stage.colours()[0]).stdout)[0]
    limits = told["HostConfig"]
    assert limits["ReadonlyRootfs"] and limits["CapDrop"] == ["ALL"] and "no-new-privileges" in limits["SecurityOpt"]
    assert limits["Memory"] == limits["MemorySwap"] == 384 * MIB and limits["PidsLimit"] == 256
    assert limits["RestartPolicy"]["Name"] == "unless-stopped"
    assert {rule["HostIp"] for rules in limits["PortBindings"].values() for rule in rules} == {"127.0.0.1"}
    assert told["Config"]["User"] == "10001:10001"


def test_secrets_of_the_app_come_from_its_file_alone(stage: Stage):
    stage.ensure("v1")
    stage.host.write("/etc/bookrec/app.env", "BOOKREC_REHEARSAL_SECRET=only-in-the-file\n")
    stage.deploy("v1")  # the same image with another environment is another container
    environment = stage.host.docker("exec", stage.colours()[0], "env").stdout
    assert "BOOKREC_REHEARSAL_SECRET=only-in-the-file" in environment
    stage.host.run("chmod", "644", "/etc/bookrec/app.env")
    open_to_all = stage.deploy("v2", check=False)
    assert open_to_all.returncode == 69 and "app.env" in open_to_all.stderr
    stage.host.run("chmod", "600", "/etc/bookrec/app.env")
    assert "only-in-the-file" not in stage.host.read("/var/lib/bookrec/audit.jsonl")


def test_wrong_settings_and_arguments_are_named(stage: Stage):
    stage.host.write("/etc/bookrec/deploy.conf", "WATCH_SECONDS=5\nWATCH_SECOND=5\n")
    wrong = stage.host.ssh("./deploy.sh status", check=False)
    assert wrong.returncode == 69 and "deploy.conf:2" in wrong.stderr
    stage.set(WATCH_SECONDS=5)
    for arguments in ("", "deploy", "deploy ghcr.io/acme/books:latest", "rollback 0", "rollback 99", "deploy --by", "undeploy"):
        assert stage.host.ssh(f"./deploy.sh {arguments}", check=False).returncode == 64, arguments


def test_one_may_look(stage: Stage):
    stage.ensure("v1")
    before = (stage.host.run("find", "/var/lib/bookrec", "-newermt", "now").stdout, stage.audit())
    status = stage.host.ssh("./deploy.sh status").stdout
    assert "ready" in status and "1" * 40 in status
    assert "rolled back" in stage.host.ssh("./deploy.sh history").stdout
    assert "Serving" in "".join(stage.host.ssh("./deploy.sh logs").__dict__[stream] for stream in ("stdout", "stderr"))
    plan = stage.deploy("v2", options="--dry-run").stdout
    assert "docker run" in plan and "set map" in plan
    assert stage.audit() == before[1] and stage.live() == "v1" and len(stage.colours()) == 1


def test_only_own_images_are_pruned(stage: Stage):
    stage.ensure("v1")
    stage.host.run("sh", "-c", "tar -cf - -C / etc/hostname | docker import - somebody/elses:1")
    stage.set(WATCH_SECONDS=2, KEEP_RELEASES=1)
    stage.deploy("v2")
    stage.set(WATCH_SECONDS=5)
    images = stage.host.docker("image", "ls", "--digests", "--format", "{{.Repository}}@{{.Digest}}").stdout.split()
    assert stage.releases.image["v2"] in images
    assert [image for image in images if image.startswith("ghcr.io/")] == [stage.releases.image["v2"]]
    assert any(image.startswith("somebody/elses") for image in images)
    gone = stage.host.ssh("./deploy.sh rollback", check=False)
    assert gone.returncode == 64 and stage.live() == "v2"


def test_own_catalogue_outlived_it_all(stage: Stage):
    stage.ensure("v1")
    assert BOOK in stage.get("/api/v1/search?q=goats+in+a+play")


def test_plain_stop_and_run_would_have_been_seen(stage: Stage):
    """The negative control: the same looks at the usual way of deploying, which must turn red."""
    stage.ensure("v1")
    stage.host.run("sh", "-c", "kill $(cat /run/haproxy.pid)")
    stage.host.docker("rm", "--force", *stage.colours())
    start = ["run", "--detach", "--name", "plain", "--publish", "7860:7860", "--mount", "type=volume,src=bookrec-data,dst=/data"]
    try:
        stage.host.docker(*start, stage.releases.image["v1"])
        until = time.monotonic() + 20
        while stage.live() != "v1":
            assert time.monotonic() < until
            time.sleep(0.1)
        stage.host.ssh(f"docker login --username {stage.registry.user} --password-stdin ghcr.io", input=stage.registry.password)
        stage.host.ssh(f"docker pull {stage.releases.image['v2']}")
        with stage.readers() as report, stage.small_buffers():
            slow = stage.slow_reader()
            stage.host.docker("stop", "plain")
            stage.host.docker("rm", "plain")
            stage.host.docker(*start, stage.releases.image["v2"])
            got = int(slow.communicate(timeout=60)[0].split()[1])
            time.sleep(2)
        stage.figures["plain stop and run, for comparison"] = f"{report['failed']} of {report['total']} requests failed; the answer under way: {got} of {slow.length} bytes"
        with pytest.raises(AssertionError):
            nobody_failed(report)
    finally:
        stage.host.docker("rm", "--force", "plain")
        stage.host.run("/usr/local/sbin/start-haproxy")
