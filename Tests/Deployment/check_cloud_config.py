"""Checks user data against cloud-init's own schema: check_cloud_config.py CLOUD-INIT-PACKAGES FILE

CLOUD-INIT-PACKAGES is the folder with the Python package `cloudinit`, as in its Debian package: `usr/lib/python3/dist-packages`.
"""

import json
import sys
from pathlib import Path

import yaml


def unknown_keys(schema: dict, config: dict) -> list[str]:
    """Older versions of the schema let a misspelt module pass, and cloud-init then leaves it out without a word."""
    known = {key for definition in schema["$defs"].values() for key in definition.get("properties", {})}
    return sorted(config.keys() - known)


def main() -> None:
    packages, file = sys.argv[1:]
    schema = json.loads(next(Path(packages).glob("cloudinit/config/schemas/schema-cloud-config-*.json")).read_text())
    if unknown := unknown_keys(schema, yaml.safe_load(Path(file).read_text())):
        sys.exit(f"error: {file}: cloud-init has no module for: {', '.join(unknown)}")
    sys.path.insert(0, packages)
    from cloudinit.cmd.main import main as cloud_init

    sys.argv = ["cloud-init", "schema", "--config-file", file]
    sys.exit(cloud_init(sys.argv))


if __name__ == "__main__":
    main()
