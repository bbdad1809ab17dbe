#!/bin/sh
# Install what is missing, then start a session. See usage().
set -eu

usage() {
    cat <<'END'
Usage: sh voicecoach/start.sh [WORDS...]

Installs what is missing (Debian packages, with sudo when you are not root; Python packages into .venv; the speech model) and starts a
session. Where there is no usable microphone and loudspeaker it says so and runs the demo instead. Safe and quick to run again.

WORDS, if any, are handed to voicecoach: `sh voicecoach/start.sh --keyboard`, `sh voicecoach/start.sh check`. With `service install` it
waits for "hello coach" from then on, and from each start of the machine on.
END
}

case ${1-} in -h | --help) usage; exit 0 ;; esac
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=voicecoach/install.sh
. "$root/voicecoach/install.sh"

everything requirements.txt
if [ $# -gt 0 ]; then exec "$python" -P -m voicecoach "$@"; fi
code=0
devices=$("$python" -P -m voicecoach devices 2>&1) || code=$?
case $code in
    0) exec "$python" -P -m voicecoach coach ;;
    3)
        say "$devices"
        say "So here is the demo instead: a simulated person in a simulated room, with the real ears and the real voice."
        exec "$python" -P -m voicecoach demo
        ;;
    *) printf '%s\n' "$devices" >&2; exit "$code" ;;
esac
