# shellcheck shell=bash
# Read by bash before deploy.sh (BASH_ENV): kills it at the command that begins with KILL_AT, before that command runs:
# the process that waits and its child that works, both.
if [[ ${KILL_AT:-} && $0 == *deploy.sh ]]; then
    set -o functrace
    trap '[[ $BASH_COMMAND == "$KILL_AT"* ]] && kill -KILL $$ $(</proc/$$/task/$$/children)' DEBUG
fi
