"""Stand-ins of the base images under their own names, made from this machine's apt sources and toolchain without a registry."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from .engine import Builder, run

# Like Ubuntu's and Swift's images, without what only people read.
UNREAD = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/info/*", "/usr/share/locale/*", "/usr/share/lintian/*"]
PLAIN = ["ca-certificates"]
# What Swift's own images have beside the toolchain, as far as building needs it.
FOR_SWIFT = [
    "ca-certificates", "g++", "git", "libcurl4", "libedit2", "libncurses6", "libpython3-stdlib", "libsqlite3-0", "libuuid1",
    "libxml2", "pkg-config", "tzdata", "zlib1g",
]  # fmt: skip
# A build does without the debugger and the editor's server.
UNUSED_TOOLS = ["*lldb*", "*sourcekit*", "*clangd*", "*LTO*", "*docc*", "*swift-format*"]


def base_images(dockerfile: Path) -> list[str]:
    """The names after FROM that are not stages of the file itself."""
    stages, images = set(), []
    for line in dockerfile.read_text().splitlines():
        if found := re.match(r"FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?\s*$", line, re.IGNORECASE):
            if found[1] not in stages and found[1] not in images:
                images.append(found[1])
            stages.add(found[2])
    return images


def ensure(builder: Builder, dockerfile: Path, scratch: Path) -> list[str]:
    """Makes the stand-ins that the builder does not have, or has of another toolchain. Returns the names of those made."""
    made = []
    for image in base_images(dockerfile):
        swift = re.match(r"(.*/)?swift:", image) is not None
        version = _version(swift)
        label = '{{index .Config.Labels "rehearsal.stand-in"}}'
        if builder.docker("image", "inspect", "--format", label, image, check=False).stdout.strip() == version:
            continue
        archive = scratch / "stand-in.tar"
        try:
            _root(archive, FOR_SWIFT if swift else PLAIN, scratch)
            changes = [f"LABEL rehearsal.stand-in={version}", 'CMD ["/bin/bash"]']
            if swift:
                changes.append(f"ENV PATH={_add_toolchain(archive)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            builder.docker("import", *(f"--change={change}" for change in changes), archive, image)
        finally:
            archive.unlink(missing_ok=True)
        made.append(image)
    return made


def _version(swift: bool) -> str:
    """Changes when a stand-in has to be made anew."""
    parts = [Path(__file__).read_text(), *(source.read_text() for source in _apt_sources()), Path("/etc/os-release").read_text()]
    if swift:
        parts += [run(["swift", "--version"]).stdout, str(_toolchain()), *_mirrors()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _root(archive: Path, packages: list[str], scratch: Path) -> None:
    """A minimal system that reaches the same archives as this machine: apt's sources and proxies, authorities, pip's settings."""
    release = run(["sh", "-c", ". /etc/os-release && echo $VERSION_CODENAME"]).stdout.strip()
    settings = run(["apt-config", "dump", "Acquire"]).stdout.splitlines()
    pip = scratch / "pip.conf"
    pip.write_text("[global]\n" + "".join(f"{name} = {value}\n" for name, value in _pip_settings().items()))
    hooks = [
        f'copy-in {shlex.quote(str(pip))} /etc',
        "copy-in /etc/resolv.conf /etc",
        *(f"copy-in {shlex.quote(str(file))} /usr/local/share/ca-certificates" for file in _authorities()),
    ]
    run([
        "mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(packages)}",
        *(f"--dpkgopt=path-exclude={path}" for path in UNREAD),
        *(f"--aptopt={line.rstrip(';')}" for line in settings if re.search("Proxy|Check-Valid-Until|Check-Date", line)),
        *(f"--customize-hook={hook}" for hook in hooks),
        '--customize-hook=chroot "$1" update-ca-certificates',
        "--customize-hook=rm -rf \"$1\"/var/lib/apt/lists/* \"$1\"/var/log/*",
        release, archive, *_apt_sources(),
    ], timeout=900)  # fmt: skip


def _add_toolchain(archive: Path) -> str:
    """Appends Swift, and the mirror of its packages if git is told of one. Returns the folder for PATH."""
    toolchain = _toolchain()
    config = archive.with_name("gitconfig")
    config.write_text("".join(f'[url "{local}"]\n\tinsteadOf = {remote}\n' for local, remote in _rewritten()))
    exclude = [f"--exclude={pattern}" for pattern in UNUSED_TOOLS]
    run(["tar", "--append", "--file", archive, "--directory=/", *(path[1:] for path in _mirrors()), *exclude, str(toolchain)[1:]],
        timeout=600)  # fmt: skip
    run(["tar", "--append", "--file", archive, "--owner=0", "--group=0", "--transform=s,^,etc/,", "--directory", archive.parent,
         config.name])  # fmt: skip
    return f"{toolchain}/usr/bin"


def _toolchain() -> Path:
    found = shutil.which("swift")
    if not found:
        raise RuntimeError("There is no Swift toolchain on PATH; install Swift 6.3 from swift.org.")
    toolchain = Path(found).resolve().parents[2]
    if toolchain == Path("/"):
        raise RuntimeError("The Swift toolchain is part of the system under /usr; unpack one into a folder of its own for the rehearsal.")
    return toolchain


def _rewritten() -> list[tuple[str, str]]:
    """Addresses that git replaces on this machine: (replacement, what it replaces)."""
    output = run(["git", "config", "--system", "--get-regexp", r"^url\..*\.insteadof$"], check=False).stdout
    return [(key[len("url."):-len(".insteadof")], value) for key, value in (line.split(" ", 1) for line in output.splitlines())]


def _mirrors() -> list[str]:
    """Local folders that stand in for git servers."""
    local = {replacement.removeprefix("file://").rstrip("/") for replacement, _ in _rewritten()}
    return sorted(path for path in local if path.startswith("/") and Path(path).is_dir())


def _apt_sources() -> list[Path]:
    folder = Path("/etc/apt/sources.list.d")
    candidates = [folder / "debian.sources", folder / "ubuntu.sources", Path("/etc/apt/sources.list")]
    sources = [path for path in candidates if path.is_file() and path.stat().st_size]
    if not sources:
        raise RuntimeError("This machine has no apt sources of Debian or Ubuntu to make base images from.")
    return sources


def _authorities() -> list[Path]:
    return sorted(Path("/usr/local/share/ca-certificates").glob("**/*.crt"))


def _pip_settings() -> dict[str, str]:
    """Where and how pip reaches its index here, from files and environment alike."""
    output = subprocess.run(["python3", "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    found = dict(re.findall(r"^[^.\n]*\.([\w-]+)='(.*)'$", output, re.MULTILINE))
    return {name: found[name] for name in ("index-url", "extra-index-url", "trusted-host", "proxy", "default-timeout") if name in found}


def proxies() -> list[str]:
    """The --build-arg options that take this machine's proxies into a build."""
    names = [name for name in os.environ if name.lower() in ("http_proxy", "https_proxy", "no_proxy")]
    return [option for name in names for option in ("--build-arg", name)]
