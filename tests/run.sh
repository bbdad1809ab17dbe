#!/bin/sh
# Install what the tests need and is missing, then run every check. See usage().
set -eu

usage() {
    cat <<'END'
Usage: sh tests/run.sh [WORDS...]

Installs what is missing (as voicecoach/start.sh does, and what the tests need beside: a sound server without hardware, a browser, pytest
and the linters) and runs ruff, mypy, import-linter, the pure tests under coverage (tests/gaps.py) and pytest. Safe and quick to run again. Exit
code 0 when all of them are content.

WORDS, if any, are handed to pytest, and then only it runs: `sh tests/run.sh tests/journal -x`.
END
}

case ${1-} in -h | --help) usage; exit 0 ;; esac
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=voicecoach/install.sh
. "$root/voicecoach/install.sh"

everything requirements-test.txt pipewire pipewire-pulse pipewire-alsa wireplumber pulseaudio-utils dbus strace systemd chromium \
    mosquitto openssl
cd "$root"
"$python" -P -m voicecoach model || exit $?
if [ $# -gt 0 ]; then exec "$python" -P -m pytest "$@"; fi

discontent=
# check NAME COMMAND...: all of them run, so that one run shows everything.
check() {
    name=$1
    shift
    say "== $name"
    "$@" || discontent="$discontent $name"
}
check ruff "$venv/bin/ruff" check
check format "$venv/bin/ruff" format --check
check mypy "$python" -P -m mypy
check import-linter "$venv/bin/lint-imports" --no-cache
check coverage "$python" -P -m tests.gaps
check pytest "$python" -P -m pytest
[ -z "$discontent" ] || { printf 'Not content:%s\n' "$discontent" >&2; exit 1; }
