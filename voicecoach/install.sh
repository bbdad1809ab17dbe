# What start.sh and tests/run.sh share: install what is missing, and nothing else. It is read by them with `.`, from `root`, the checkout's root.
# Nothing is fetched that is not in Debian's packages, in the hashed lock files, or in models/manifest.toml.

venv="$root/.venv"
python="$venv/bin/python"

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 3; }

# as_root COMMAND...: with sudo when this isn't root.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; elif [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
}

# debian_packages NAME...: those that are not installed yet.
debian_packages() {
    command -v dpkg-query >/dev/null 2>&1 || {
        say "This is no Debian system, so nothing is installed from its packages. Needed are your system's own: $*"
        return 0
    }
    missing=
    for name in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing="$missing $name"
    done
    [ -n "$missing" ] || return 0
    say "Installing from Debian's packages:$missing"
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1 || fail \
        "That takes root's rights, and there is no sudo here. Have somebody with them run: apt-get install$missing"
    as_root apt-get -qq update || say "The package lists could not be renewed; trying with the old ones."
    # shellcheck disable=SC2086  # one word a package
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends -o DPkg::Lock::Timeout=120 $missing || fail \
        "Debian's packages could not be installed. See above: with no network, connect and run this again; with no right to install, have somebody run:
    sudo apt-get install$missing"
}

# find_python: the first Python that is new enough, into `base`.
find_python() {
    base=
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            base=$candidate
            return 0
        fi
    done
    if command -v python3 >/dev/null 2>&1; then
        fail "$(python3 --version 2>&1) is too old: voicecoach needs Python 3.11 or newer. Raspberry Pi OS 12 (bookworm) and Debian 12 bring it."
    fi
    debian_packages python3 python3-venv
    command -v python3 >/dev/null 2>&1 || fail "There is no python3. Install Python 3.11 or newer and run this again."
    find_python
}

# virtual_environment: .venv, made anew when its Python is gone (a moved checkout, a newer system).
virtual_environment() {
    if "$python" -P -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return 0; fi
    find_python
    "$base" -c 'import ensurepip, venv' 2>/dev/null || debian_packages python3-venv
    say "Making a virtual environment in $venv with $("$base" --version)."
    rm -rf "$venv"
    "$base" -m venv "$venv" || fail "The virtual environment could not be made. $(space)"
}

space() {
    say "Free on this disk: $(df -Pm "$root" | awk 'NR == 2 {print $4}') MB; voicecoach needs about 500 MB in all. Make room, or look above, and run this again."
}

# fingerprint LOCK: changes when what is to be installed does, or where.
fingerprint() {
    { say "$root"; "$python" -VV; cat "$root/pyproject.toml" "$root/voicecoach/install.sh" "$1"; } | sha256sum
}

# locked LOCK: what the lock file lists, by its hashes, and voicecoach itself, from here and without the network.
locked() {
    lock="$root/$1"
    stamp="$venv/$1.stamp"
    new=$(fingerprint "$lock")
    [ "$(cat "$stamp" 2>/dev/null)" = "$new" ] && return 0
    say "Installing Python packages ($1) into $venv. The first time this takes a minute or two."
    rm -f "$stamp"
    # srt exists only as source. It is built with the lock's own setuptools, put in place first: an isolated build would fetch another, unhashed.
    awk '/^[a-z]/ {keep = /^setuptools==/} keep' "$lock" >"$venv/first.txt"
    wheels=$(awk -F== '/^[a-z]/ && $1 != "srt" {printf "%s%s", comma, $1; comma = ","}' "$lock")
    for list in "$venv/first.txt" "$lock"; do
        "$python" -P -m pip install -q --disable-pip-version-check --require-hashes --only-binary "$wheels" --use-pep517 \
            --no-build-isolation -r "$list" || fail "The Python packages could not be installed: see above. With no network, connect first. $(space)"
    done
    "$python" -P -m pip install -q --disable-pip-version-check --no-deps --no-index --no-build-isolation -e "$root" || fail \
        "voicecoach itself could not be installed into $venv. $(space)"
    say "$new" >"$stamp"
}

# everything LOCK DEBIAN_PACKAGE...: all of the above. The speech model is fetched by the program itself.
everything() {
    lists=$1
    shift
    # espeak-ng is the voice, PortAudio the sound devices, libatomic is vosk's on a Pi.
    debian_packages libespeak-ng1 libportaudio2 libatomic1 "$@"
    virtual_environment
    locked "$lists"
}
