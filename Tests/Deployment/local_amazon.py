"""Amazon's interfaces on this machine: moto's server. As a program (`local_amazon.py PORT`) it is that server."""

import datetime
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

REGION = "us-east-1"
ACCOUNT = "123456789012"
IMAGE = "ami-0123456789abcdef0"
UBUNTU = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"


class LocalAmazon:
    def __init__(self, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log

    @property
    def environment(self) -> dict[str, str]:
        """For the AWS command line and boto3; no configuration of this machine's user is read."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            **dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "local"),
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
        }

    def __enter__(self) -> "LocalAmazon":
        with self.log.open("w") as log:
            self.process = subprocess.Popen([sys.executable, __file__, str(self.port)], stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"moto's server did not start:\n{self.log.read_text()}")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _serve(port: int) -> None:
    from moto.server import main

    _name_ubuntu_image()
    _keep_outputs_of_change_sets()
    _know_identity_providers()
    main(["--host", "127.0.0.1", "--port", str(port)])


# What moto lacks. Each function can go when moto has it.


def _name_ubuntu_image() -> None:
    """moto knows Amazon Linux's public parameters only, and rightly refuses to put one of those by the API."""
    from moto.ssm.models import Parameter, ssm_backends

    ssm_backends[ACCOUNT][REGION]._parameters[UBUNTU].append(
        Parameter(
            account_id=ACCOUNT,
            name=UBUNTU,
            value=IMAGE,
            parameter_type="String",
            description=None,
            allowed_pattern=None,
            keyid=None,
            last_modified_date=datetime.datetime.now(datetime.UTC),
            version=1,
            data_type="aws:ec2:image",
        )
    )


def _keep_outputs_of_change_sets() -> None:
    from moto.cloudformation.models import ChangeSet

    apply = ChangeSet.apply

    def apply_with_outputs(self: ChangeSet) -> None:
        apply(self)
        self.stack.template_dict = self.template_dict
        self.stack.output_map = self.stack._create_output_map()

    ChangeSet.apply = apply_with_outputs


def _know_identity_providers() -> None:
    from moto.core.common_models import CloudFormationModel
    from moto.iam.models import iam_backends

    class IdentityProvider(CloudFormationModel):
        __module__ = "moto.iam.models"  # moto reads the service from it

        def __init__(self, arn: str) -> None:
            self.physical_resource_id = arn

        @staticmethod
        def cloudformation_type() -> str:
            return "AWS::IAM::OIDCProvider"

        @staticmethod
        def cloudformation_name_type() -> str:
            return ""

        @classmethod
        def create_from_cloudformation_json(cls, _name: str, resource: dict, account_id: str, _region: str, **_: object):
            properties = resource["Properties"]
            provider = iam_backends[account_id]["aws"].create_open_id_connect_provider(
                url=properties["Url"], thumbprint_list=["0" * 40], client_id_list=properties["ClientIdList"], tags=[]
            )
            return cls(provider.arn)

    # moto finds its models among the living subclasses.
    _know_identity_providers.model = IdentityProvider


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
