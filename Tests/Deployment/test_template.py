"""The runbook's ten commands make a server on this machine's Amazon; then its rules, disk, role and user data are read back."""

import base64
import getpass
import json
import re
import subprocess
from pathlib import Path

import boto3
import cloud_formation
import pytest
import runbook
import yaml
from local_amazon import IMAGE, REGION, LocalAmazon

ROOT = Path(__file__).resolve().parents[2]
LIMIT_OF_USER_DATA = 16 * 1024
OIDC = "token.actions.githubusercontent.com"


@pytest.fixture(scope="module")
def amazon(tmp_path_factory: pytest.TempPathFactory):
    with LocalAmazon(tmp_path_factory.mktemp("amazon") / "log") as amazon:
        yield amazon


@pytest.fixture(scope="module")
def live(amazon: LocalAmazon, tmp_path_factory: pytest.TempPathFactory) -> runbook.GoneLive:
    return runbook.go_live(amazon, tmp_path_factory.mktemp("live"))


@pytest.fixture(scope="module")
def client(amazon: LocalAmazon, live: runbook.GoneLive):
    """Asks Amazon after the ten commands: client("ec2").describe_...()"""

    def client(service: str):
        return boto3.client(
            service, region_name=REGION, endpoint_url=amazon.url, aws_access_key_id="local", aws_secret_access_key="local"
        )

    return client


@pytest.fixture(scope="module")
def outputs(client) -> dict[str, str]:
    stack = client("cloudformation").describe_stacks(StackName="bookrec")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


@pytest.fixture(scope="module")
def instance(client, outputs: dict[str, str]) -> dict:
    return client("ec2").describe_instances(InstanceIds=[outputs["InstanceId"]])["Reservations"][0]["Instances"][0]


@pytest.fixture(scope="module")
def template(client) -> dict:
    """As Amazon has it. For what moto takes and then forgets: metadata options, groups of an instance, IPv6 rules."""
    return cloud_formation.parse(client("cloudformation").get_template(StackName="bookrec")["TemplateBody"])


@pytest.fixture(scope="module")
def user_data(client, outputs: dict[str, str]) -> str:
    answer = client("ec2").describe_instance_attribute(InstanceId=outputs["InstanceId"], Attribute="userData")
    return base64.b64decode(answer["UserData"]["Value"]).decode()


@pytest.fixture(scope="module")
def config(user_data: str) -> dict:
    return yaml.safe_load(user_data)


def test_ten_commands_set_every_secret_and_variable(live: runbook.GoneLive, outputs: dict[str, str]):
    assert len(runbook.ten_commands()) == 10
    assert live.secrets == {
        "EC2_HOST": outputs["Address"],
        "EC2_USERNAME": "deploy",
        "EC2_SSH_KEY": live.private_key,
        "AWS_ROLE_ARN": outputs["RoleArn"],
    }
    assert live.variables == {
        "EC2_FINGERPRINT": runbook.FINGERPRINT,
        "AWS_REGION": REGION,
        "EC2_SECURITY_GROUP_ID": outputs["SecurityGroupId"],
    }
    assert f"deploy@{outputs['Address']} cloud-init status --wait" in live.said[0]
    assert "repos/{owner}/{repo}/environments/production" in live.said[1]
    assert live.said[2:] == ["git push origin main"]


def test_only_ssh_from_the_admin_and_the_page_from_anywhere_come_in(client, outputs: dict[str, str], template: dict):
    group = client("ec2").describe_security_groups(GroupIds=[outputs["SecurityGroupId"]])["SecurityGroups"][0]
    rules = {
        (rule["IpProtocol"], rule["FromPort"], rule["ToPort"], source["CidrIp"])
        for rule in group["IpPermissions"]
        for source in rule["IpRanges"]
    }
    assert rules == {("tcp", 22, 22, f"{runbook.ADMIN_ADDRESS}/32"), ("tcp", 7860, 7860, "0.0.0.0/0")}
    assert not any(rule["UserIdGroupPairs"] or rule["PrefixListIds"] for rule in group["IpPermissions"])

    written = template["Resources"]["SecurityGroup"]["Properties"]["SecurityGroupIngress"]
    over_ipv6 = [(rule["FromPort"], rule["ToPort"], rule["CidrIpv6"]) for rule in written if "CidrIpv6" in rule]
    assert over_ipv6 == [(7860, 7860, "::/0")]
    assert len(written) == 3
    assert template["Resources"]["Server"]["Properties"]["SecurityGroupIds"] == [{"Fn::GetAtt": ["SecurityGroup", "GroupId"]}]
    makes_rules = {"AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"}
    assert [name for name, one in template["Resources"].items() if one["Type"] in makes_rules] == ["SecurityGroup"]


def test_server_is_small_encrypted_and_keeps_its_address(client, outputs: dict[str, str], instance: dict):
    assert (instance["InstanceType"], instance["ImageId"]) == ("t3.micro", IMAGE)
    assert {"Key": "project", "Value": "bookrec"} in instance["Tags"]
    volumes = client("ec2").describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [outputs["InstanceId"]]}])
    assert [(volume["VolumeType"], volume["Size"], volume["Encrypted"]) for volume in volumes["Volumes"]] == [("gp3", 12, True)]
    addresses = client("ec2").describe_addresses(PublicIps=[outputs["Address"]])["Addresses"]
    assert [address["InstanceId"] for address in addresses] == [outputs["InstanceId"]]


def test_metadata_service_asks_for_a_token_and_ends_at_the_host(template: dict):
    options = template["Resources"]["Server"]["Properties"]["MetadataOptions"]
    assert (options["HttpTokens"], options["HttpPutResponseHopLimit"]) == ("required", 1)
    assert template["Parameters"]["CpuCredits"]["Default"] == "standard"


def test_image_is_named_by_canonical(template: dict):
    image = template["Parameters"]["UbuntuImage"]
    assert image["Type"] == "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>"
    assert image["Default"].startswith("/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/")


def test_user_data_is_what_every_reader_of_the_template_sees(user_data: str, live: runbook.GoneLive):
    assert user_data.startswith("#cloud-config\n")
    assert len(user_data.encode()) < LIMIT_OF_USER_DATA
    assert user_data == cloud_formation.user_data(cloud_formation.load(), {"PublicKey": live.public_key})
    assert not re.search(r"\$\{", user_data)


def test_deploy_user_has_the_key_and_no_password(config: dict, live: runbook.GoneLive):
    deploy = next(user for user in config["users"] if user != "default")
    assert (deploy["name"], deploy["groups"], deploy["lock_passwd"]) == ("deploy", ["docker"], True)
    assert deploy["ssh_authorized_keys"] == [f"restrict,pty {live.public_key}"]
    assert "sudo" not in deploy
    sshd = cloud_formation.written_file(config, "/etc/ssh/sshd_config.d/10-bookrec.conf").splitlines()
    assert {"PermitRootLogin no", "PasswordAuthentication no", "HostKey /etc/ssh/ssh_host_ed25519_key"} <= set(sshd)


def test_engine_outlives_restarts_and_bounds_its_logs(config: dict):
    settings = json.loads(cloud_formation.written_file(config, "/etc/docker/daemon.json"))
    assert settings["live-restore"] is True
    assert (settings["log-driver"], settings["log-opts"]) == ("local", {"max-size": "10m", "max-file": "3"})
    assert {"docker.io", "haproxy", "unattended-upgrades"} <= set(config["packages"])
    assert config["swap"]["size"] == 2**30


def test_haproxy_takes_its_configuration(config: dict, tmp_path: Path):
    text = cloud_formation.written_file(config, "/etc/haproxy/haproxy.cfg")
    assert "/var/lib/bookrec/live.map" in text
    (tmp_path / "live.map").write_text("live app-blue\n")
    file = tmp_path / "haproxy.cfg"
    file.write_text(text.replace("/var/lib/bookrec", str(tmp_path)))
    result = subprocess.run(["haproxy", "-c", "-f", file], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_first_boot_commands_may_run_again_and_keep_what_was_written_since(config: dict, tmp_path: Path):
    (tmp_path / "systemctl").write_text('#!/bin/sh\necho "$@" >>"$(dirname "$0")/systemctl.log"\n')
    (tmp_path / "systemctl").chmod(0o755)
    user = getpass.getuser()
    state, app = tmp_path / "var/lib/bookrec", tmp_path / "etc/bookrec/app.env"

    def boot() -> None:
        for command in config["runcmd"]:
            command = re.sub("/(var|etc)/", rf"{tmp_path}/\1/", command.replace("deploy", user))
            environment = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
            subprocess.run(["sh", "-euc", command], env=environment, check=True, stdin=subprocess.DEVNULL)

    boot()
    assert (state / "live.map").read_text() == "live app-blue\n"
    assert (app.read_text(), oct(app.stat().st_mode)[-3:], oct(app.parent.stat().st_mode)[-3:]) == ("", "600", "750")
    (state / "live.map").write_text("live app-green\n")
    app.write_text("A=1\n")
    boot()
    assert (state / "live.map").read_text() == "live app-green\n"
    assert app.read_text() == "A=1\n"
    assert "restart systemd-journald haproxy" in (tmp_path / "systemctl.log").read_text()


def test_workflow_may_open_and_close_this_group_and_nothing_else(client, outputs: dict[str, str]):
    iam = client("iam")
    role = next(role for role in iam.list_roles()["Roles"] if role["Arn"] == outputs["RoleArn"])
    trust = role["AssumeRolePolicyDocument"]["Statement"]
    provider = iam.list_open_id_connect_providers()["OpenIDConnectProviderList"][0]["Arn"]
    assert trust == [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": provider},
            "Condition": {
                "StringEquals": {
                    f"{OIDC}:aud": "sts.amazonaws.com",
                    f"{OIDC}:sub": f"repo:{runbook.REPOSITORY}:environment:production",
                }
            },
        }
    ]
    names = iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
    policies = [iam.get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"] for name in names]
    policies = [yaml.safe_load(policy) if isinstance(policy, str) else policy for policy in policies]  # moto gives its text
    account = role["Arn"].split(":")[4]
    assert [policy["Statement"] for policy in policies] == [
        [
            {
                "Effect": "Allow",
                "Action": ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
                "Resource": f"arn:aws:ec2:{REGION}:{account}:security-group/{outputs['SecurityGroupId']}",
            }
        ]
    ]
    assert not iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"]


def make_stack(client, name: str, **parameters: str) -> dict[str, str]:
    parameters = {"SshCidr": "198.51.100.0/24", "PublicKey": cloud_formation.EXAMPLE_KEY} | parameters
    client("cloudformation").create_stack(
        StackName=name,
        TemplateBody=cloud_formation.TEMPLATE.read_text(),
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    resources = client("cloudformation").describe_stack_resources(StackName=name)["StackResources"]
    return {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in resources if "LogicalResourceId" in one}


def test_without_a_repository_there_is_no_role(client):
    assert make_stack(client, "by-hand").keys() == {"SecurityGroup", "Server", "Address"}


def test_account_with_a_provider_keeps_it(client):
    iam = client("iam")
    provider = iam.list_open_id_connect_providers()["OpenIDConnectProviderList"][0]["Arn"]
    made = make_stack(client, "second", GitHubRepository="a/b", GitHubOidcProviderArn=provider)
    assert made.keys() == {"SecurityGroup", "Server", "Address", "GitHubRole"}
    trust = iam.get_role(RoleName=made["GitHubRole"])["Role"]["AssumeRolePolicyDocument"]["Statement"][0]
    assert trust["Principal"] == {"Federated": provider}
    assert trust["Condition"]["StringEquals"][f"{OIDC}:sub"] == "repo:a/b:environment:production"


def test_pinned_image_wins_over_the_newest(client):
    made = make_stack(client, "pinned", PinnedImageId="ami-00000000000000001")
    instances = client("ec2").describe_instances(InstanceIds=[made["Server"]])["Reservations"][0]["Instances"]
    assert instances[0]["ImageId"] == "ami-00000000000000001"


@pytest.mark.parametrize(
    ("parameter", "value", "allowed"),
    [
        ("SshCidr", "203.0.113.7/32", True),
        ("SshCidr", "10.0.0.0/8", True),
        ("SshCidr", "0.0.0.0/0", False),
        ("SshCidr", "128.0.0.0/1", False),
        ("SshCidr", "203.0.113.7", False),
        ("SshCidr", "256.0.113.7/32", False),
        ("SshCidr", "203.0.113.7/33", False),
        ("SshCidr", "::/0", False),
        ("PublicKey", cloud_formation.EXAMPLE_KEY, True),
        ("PublicKey", f"ssh-rsa {'A' * 372}", True),
        ("PublicKey", f'ssh-ed25519 {"A" * 68} me"\n  - "x', False),
        ("PublicKey", "-----BEGIN OPENSSH", False),
        ("GitHubRepository", "A-Reader/book.rec_1", True),
        ("GitHubRepository", "", True),
        ("GitHubRepository", "a/*", False),
        ("GitHubRepository", "https://github.com/a/b", False),
        ("GitHubOidcProviderArn", f"arn:aws:iam::123456789012:oidc-provider/{OIDC}", True),
        ("GitHubOidcProviderArn", "arn:aws:iam::123456789012:oidc-provider/example.org", False),
        ("PinnedImageId", "ami-0123456789abcdef0", True),
        ("PinnedImageId", "ubuntu", False),
    ],
)
def test_parameters_are_checked(parameter: str, value: str, allowed: bool):
    """By the template's own pattern, as CloudFormation does; moto takes anything."""
    pattern = cloud_formation.load()["Parameters"][parameter]["AllowedPattern"]
    assert bool(re.fullmatch(pattern, value)) is allowed


def test_nobody_comes_in_by_default():
    parameters = cloud_formation.load()["Parameters"]
    assert "Default" not in parameters["SshCidr"] and "Default" not in parameters["PublicKey"]


def test_stack_policy_forbids_to_replace_the_server():
    statements = json.loads((ROOT / "deploy/stack-policy.json").read_text())["Statement"]
    denied = {one["Resource"].removeprefix("LogicalResourceId/") for one in statements if one["Effect"] == "Deny"}
    assert denied == {"Server", "Address"} <= cloud_formation.load()["Resources"].keys()
    assert all(set(one["Action"]) == {"Update:Replace", "Update:Delete"} for one in statements if one["Effect"] == "Deny")
