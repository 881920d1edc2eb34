"""Reads deploy/cloudformation.yaml: the template as plain data, and the user data that a server would get."""

import base64
import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "deploy/cloudformation.yaml"
# Only a shape that the template accepts; nobody has the private half.
EXAMPLE_KEY = "ssh-ed25519 " + "AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43 + " example"


class _Loader(yaml.SafeLoader):
    """Safe YAML plus CloudFormation's short forms, each turned into its long one: `!Ref X` is {"Ref": "X"}."""


def _function(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return {name: value.split(".", 1) if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _function)


def load(path: Path | str = TEMPLATE) -> dict:
    return parse(Path(path).read_text())


def parse(text: str) -> dict:
    return yaml.load(text, Loader=_Loader)


def user_data(template: dict, parameters: dict[str, str] | None = None) -> str:
    """The text that cloud-init finds on the server. Parameters not given have their default, the key an example."""
    values = {name: str(parameter["Default"]) for name, parameter in template["Parameters"].items() if "Default" in parameter}
    values |= {"PublicKey": EXAMPLE_KEY} | (parameters or {})
    return _resolve(template["Resources"]["Server"]["Properties"]["UserData"]["Fn::Base64"], values)


def cloud_config(template: dict, parameters: dict[str, str] | None = None) -> dict:
    return yaml.safe_load(user_data(template, parameters))


def written_file(config: dict, path: str) -> str:
    return next(file["content"] for file in config["write_files"] if file["path"] == path)


def _resolve(value: str | dict, values: dict[str, str]) -> str:
    match value:
        case str():
            return value
        case {"Ref": name}:
            return values[name]
        case {"Fn::Sub": str(text)}:
            # ${!X} is how a template writes a literal ${X}.
            return re.sub(r"\$\{(!?)([^}]+)\}", lambda m: f"${{{m[2]}}}" if m[1] else values[m[2]], text)
        case {"Fn::Base64": inner}:
            return base64.b64encode(_resolve(inner, values).encode()).decode()
    raise ValueError(f"user data uses a function that is not resolved here: {value!r}")


if __name__ == "__main__":
    print(user_data(load(sys.argv[1] if len(sys.argv) > 1 else TEMPLATE)), end="")
