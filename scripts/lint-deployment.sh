#!/usr/bin/env bash
# Static checks of what goes live: workflow, image, template, user data, and no secret in any file. Changes nothing.
# Silent when all is well. Its tools are in Tests/Deployment/requirements.txt; `make lint` puts them on the PATH.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp --directory)
trap 'rm --recursive --force "$scratch"' EXIT
failed=()

# Runs a check and prints what it said only if it fails, so that one run shows every fault: check NAME COMMAND...
check() {
    local name=$1
    shift
    if ! "$@" >"$scratch/said" 2>&1; then
        echo "error: $name:" >&2
        cat "$scratch/said" >&2
        failed+=("$name")
    fi
}

# The files of the repository that match, with those not yet added: files [PATTERN...]
files() { git ls-files -z --cached --others --exclude-standard --deduplicate -- "$@" | while IFS= read -r -d '' file; do
    [[ ! -f $file ]] || printf '%s\0' "$file"
done; }

# cloud-init is downloaded and unpacked, never installed: an installed one would act at the next start of this machine.
fetch_cloud_init() {
    [[ ! -d $cloud_init/usr ]] || return 0
    if ! { command -v apt-get && command -v dpkg-deb; } >/dev/null; then
        echo "apt is missing here, and with it cloud-init: the user data was not checked. Run this on Debian or Ubuntu."
        return 1
    fi
    mkdir "$scratch/package"
    if ! (cd "$scratch/package" && apt-get -o APT::Sandbox::User=root download cloud-init) >"$scratch/download" 2>&1; then
        local as_root=()
        [[ $(id -u) == 0 ]] || as_root=(sudo -n)
        "${as_root[@]}" apt-get update >"$scratch/download" 2>&1 || true
        if ! (cd "$scratch/package" && apt-get -o APT::Sandbox::User=root download cloud-init) >"$scratch/download" 2>&1; then
            echo "cloud-init cannot be downloaded; try: sudo apt-get update. $(tail --lines=1 "$scratch/download")"
            return 1
        fi
    fi
    dpkg-deb --extract "$scratch"/package/cloud-init_*.deb "$cloud_init.new" && mv "$cloud_init.new" "$cloud_init"
}
check_user_data() {
    fetch_cloud_init || return 1
    python3 Tests/Deployment/cloud_formation.py >"$scratch/user-data.yaml" &&
        python3 Tests/Deployment/check_cloud_config.py "$cloud_init/usr/lib/python3/dist-packages" "$scratch/user-data.yaml"
}

check_workflow_shell() {
    local workflow
    for workflow in "${workflows[@]}"; do
        python3 Tests/Deployment/workflow.py extract "$workflow" "$scratch/$(basename "$workflow")" >/dev/null || return 1
    done
    shellcheck "$scratch"/*.yaml/*.sh
}

# Left out: checksums, which look like secrets and are many (hexadecimal), and files of numbers that a program made. The allowed
# lines and words are tests' inventions, each so narrow that no real secret looks like it.
check_secrets() {
    files ':!Engine/Tests/Golden/*' ':!Tests/*/Golden/*' ':!Sources/Enrichment/Model/*.json' ':!*.png' | xargs --null detect-secrets-hook \
        --disable-plugin HexHighEntropyString --exclude-secrets '^hunter2$' --exclude-lines 'lock_passwd: true' \
        --exclude-lines 'PRIVATE KEY-----\\nabc\\n-----END'
}

venv=$(python3 -c 'import sys; print(sys.prefix if sys.prefix != sys.base_prefix else "")')
if [[ ! $venv ]]; then
    echo "error: the tools of Tests/Deployment/requirements.txt are not on the PATH. Run: make lint" >&2
    exit 69
fi
cloud_init=$venv/cloud-init
mapfile -d '' -t yaml < <(files '*.yaml' '*.yml')
mapfile -d '' -t workflows < <(files '.github/workflows/*.yaml' '.github/workflows/*.yml')

check "yamllint" yamllint --strict "${yaml[@]}"
check "hadolint" hadolint Dockerfile
check "cfn-lint" cfn-lint deploy/cloudformation.yaml
check "cloud-init schema" check_user_data
check "compose schema" check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
check "workflow schema" check-jsonschema --builtin-schema vendor.github-workflows "${workflows[@]}"
check "zizmor" zizmor --offline --quiet --min-severity medium "${workflows[@]}"
check "shellcheck of the workflow" check_workflow_shell
check "secret scan" check_secrets

if [[ ${failed[*]} ]]; then
    echo "error: ${#failed[@]} of the deployment's checks failed." >&2
    exit 1
fi
