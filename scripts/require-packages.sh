#!/usr/bin/env bash
# Makes sure that the system has the packages of a purpose.
# Installs them with apt where that is possible, else says exactly what is missing.
set -euo pipefail

purpose=${1:?usage: require-packages.sh build|emulation|python|browser|lint|bench|deployment-test|rehearsal}

case $purpose in
build)
    if ! command -v swift >/dev/null; then
        echo "error: there is no Swift toolchain. Install Swift 6.3 from swift.org and put it on the PATH." >&2
        exit 1
    fi
    packages=(libsqlite3-dev zlib1g-dev libminizip-dev libstemmer-dev libopenblas-dev python3 python3-pip)
    ;;
emulation) packages=(gcc libc6-dev libsimde-dev gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user) ;;
python) packages=(python3 python3-pip python3-venv) ;;
lint) packages=(shellcheck) ;;
bench) packages=(wrk) ;;
deployment-test) packages=(haproxy openssh-client) ;;
rehearsal)
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "error: the rehearsal makes namespaces and runs a Docker engine: it needs root and apt. It was not run." >&2
        exit 69
    fi
    packages=(docker.io iptables iproute2 mmdebstrap docker-registry openssh-server openssh-client haproxy apache2-utils)
    ;;
browser)
    # A Chrome or Chromium from elsewhere does as well.
    if command -v chromedriver >/dev/null &&
        { command -v chromium || command -v google-chrome || command -v chromium-browser; } >/dev/null; then
        exit 0
    fi
    packages=(chromium chromium-driver)
    ;;
*)
    echo "error: unknown purpose '$purpose'" >&2
    exit 64
    ;;
esac

# What a package is for counts, not who installed it: python3 may come from elsewhere.
has() {
    case $1 in
    python3) command -v python3 >/dev/null ;;
    python3-pip) python3 -m pip --version >/dev/null 2>&1 ;;
    python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    gcc) command -v gcc >/dev/null ;;
    shellcheck) command -v shellcheck >/dev/null ;;
    *) dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed ;;
    esac
}

missing=()
for package in "${packages[@]}"; do
    has "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v apt-get >/dev/null && command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo)
else
    echo "error: these packages are missing: ${missing[*]}" >&2
    echo "Install them, for example: sudo apt-get update && sudo apt-get install ${missing[*]}" >&2
    exit 1
fi

echo "Installing ${missing[*]} ..." >&2
"${as_root[@]}" apt-get update --quiet --quiet
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}" >/dev/null
