"""What the service's sandbox lets through: `python -m benchmarks.service`, as root, on a machine with systemd 252 or newer.

It prints the exposure that systemd counts, and then starts the unit for real: under a user manager of its own, of an ordinary user without
rights, in a mount namespace that goes with it, so that nothing of this machine is changed and no systemd has to run here. The session has a
recording for a microphone, of somebody who calls it, and a file for a speaker. What it prints at the end has to tell of a coach that
waited and was woken; of a session that was begun, spoke, was stopped, and kept its journal; and of what it tried in vain from inside.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from voicecoach.messages.sound import EARS_RATE_HZ
from voicecoach.sound.resampling import resampled
from voicecoach.voice.renderer import Renderer

ROOT = Path(__file__).resolve().parents[1]
UNIT = ROOT / "voicecoach" / "service" / "voicecoach.service"
SOMEBODY = 1234
WAITS_S = 20
"""To be woken and to speak."""
STAGE = Path("/srv")
"""Over which the namespace has a folder of its own: the unit sees neither /tmp nor any home."""
HOME = STAGE / "home"

OUTSIDE = """
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system /run/systemd/unit-root /run/user/{user}
umount -l /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir -p /sys/fs/cgroup/voicecoach-bench/manager
echo $$ >/sys/fs/cgroup/voicecoach-bench/manager/cgroup.procs
mount --bind {stage} {srv}
mount --bind {root} {srv}/checkout
chown -R {user}:{user} /sys/fs/cgroup/voicecoach-bench /run/user/{user} {home}
cd {srv}
exec setpriv --reuid={user} --regid={user} --clear-groups env XDG_RUNTIME_DIR=/run/user/{user} HOME={home} sh {srv}/inside
"""
INSIDE = """
/lib/systemd/systemd --user >/dev/null 2>&1 &
manager=$!
sleep 3
systemctl --user start voicecoach.service || echo "The unit could not be started."
sleep {waits_s}
main=$(systemctl --user show voicecoach.service -p MainPID --value)
grep -E 'CapBnd|NoNewPrivs|^Seccomp:' /proc/$main/status
systemctl --user stop voicecoach.service
systemctl --user show voicecoach.service -p Result -p NRestarts
kill $manager
"""
AFTERWARDS = """
umount -l /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
cd /sys/fs/cgroup/voicecoach-bench
echo 1 >cgroup.kill
while grep -q 'populated 1' cgroup.events; do sleep 0.1; done
find . -depth -type d -exec rmdir {} + 2>/dev/null || rmdir ../voicecoach-bench
"""
TRIED = """
import ctypes, os, socket
def unshared():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def tried(what, deed):
    try:
        deed()
    except OSError as error:
        print(f"refused: {what} ({error.strerror})", flush=True)
    else:
        print(f"ALLOWED: {what}", flush=True)
tried("a socket of the network", lambda: socket.socket().close())
tried("a file in the home beside the coach's folder", lambda: open(os.path.expanduser("~/x"), "w"))
tried("a file in the system", lambda: open("/etc/x", "w"))
tried("a namespace of its own", unshared)
"""


def main() -> None:
    """Print the figure, and what came of the session."""
    print(exposure())
    if os.geteuid() != 0:
        print("The rest takes root: it makes a namespace for an ordinary user to start the unit in.")
        return
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        stage.chmod(0o755)
        prepared(stage)
        script = OUTSIDE.format(user=SOMEBODY, stage=stage, srv=STAGE, root=ROOT, home=HOME)
        for lines in (script, AFTERWARDS):
            subprocess.run([program("unshare"), "--mount", "sh", "-c", lines], stderr=subprocess.DEVNULL, check=False)
        print((stage / "home" / "said").read_text() if (stage / "home" / "said").exists() else "It said nothing.")
        data = stage / "home" / ".local" / "share" / "voicecoach"
        print("kept:", ", ".join(f"{path.name} {path.stat().st_mode & 0o777:o}" for path in sorted(data.iterdir())))


def program(name: str) -> str:
    """Where it is."""
    return shutil.which(name) or name


def exposure() -> str:
    """As systemd-analyze counts it for a user's unit."""
    words = ("security", "--offline=yes", "--no-pager", str(UNIT))
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_RUNTIME_DIR": folder}
        told = subprocess.run(
            [program("systemd-analyze"), "--user", *words], env=environment, capture_output=True, text=True, check=True
        ).stdout
    return told.strip().splitlines()[-1]


def prepared(stage: Path) -> None:
    """The home of somebody, with the unit in it."""
    units, data = stage / "home" / ".config/systemd/user", stage / "home" / ".local/share/voicecoach"
    for place in (units, data, stage / "checkout"):
        place.mkdir(parents=True)
    room = np.random.default_rng(0).standard_normal(EARS_RATE_HZ * 300) * 0.001
    with Renderer("en-gb", 150) as renderer:
        called = resampled(renderer.render("hello coach"), EARS_RATE_HZ).samples
    for at in range(EARS_RATE_HZ * 2, len(room) - len(called), EARS_RATE_HZ * 4):  # again and again: a busy machine misses one
        room[at : at + len(called)] += called
    soundfile.write(stage / "home" / "room.wav", room, EARS_RATE_HZ)
    (stage / "tried.py").write_text(TRIED)
    (stage / "inside").write_text(INSIDE.replace("{waits_s}", str(WAITS_S)))
    (units / UNIT.name).write_text(unit())


def unit() -> str:
    """The unit as it is, for files in the place of devices."""
    python, packages = reachable_python()
    files = f"--microphone {HOME}/room.wav --speaker {HOME}/.local/share/voicecoach/said.wav"
    more = (
        f'Environment="PYTHONPATH={STAGE}/checkout:{packages}"\nExecStartPre={python} {STAGE}/tried.py\nStandardOutput=append:{HOME}/said'
    )
    text = UNIT.read_text().replace("/usr/bin/python3", python)
    return text.replace("voicecoach wait", f"voicecoach wait {files}").replace(
        "[Install]", f"{more}\nStandardError=append:{HOME}/said\n[Install]"
    )


def reachable_python() -> tuple[str, str]:
    """A Python that any user may run, and where its packages are."""
    packages = str(Path(np.__file__).resolve().parents[1])
    mine = Path(sys.executable).resolve()
    open_to_all = all(folder.stat().st_mode & 0o001 for folder in mine.parents)
    return (str(mine) if open_to_all else shutil.which("python3", path="/usr/bin") or str(mine)), packages


if __name__ == "__main__":
    main()
