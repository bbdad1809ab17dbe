"""Tells the service manager how the program is: the one door to a socket, and that to one of this machine's own.

systemd's protocol, sd_notify(3): a datagram with lines of NAME=VALUE to the socket that $NOTIFY_SOCKET names. Without that there is nobody
to tell.
"""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

READY = "READY=1"
ALIVE = "WATCHDOG=1"
STOPPING = "STOPPING=1"
STATUS = "STATUS="
HANDED_ON = (ALIVE, STATUS)
MOST_BYTES = 4096


def told(line: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Tells `line`, one or more of NAME=VALUE. False where nobody listens; never waits, and never fails."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.settimeout(0)
        door.sendto(line.encode(), f"\0{address[1:]}" if address.startswith("@") else address)  # "@" is for a name without a file
        return True
    return False


class Relay:
    """Where a session tells what it would tell the service manager, when the service goes on after it. Never waits.

    Its end isn't handed on: a service that says that it stops is killed soon after.
    """

    def __init__(self) -> None:
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self._door.bind("")  # the system finds a name, without a file
        self.address = f"@{self._door.getsockname()[1:].decode()}"
        """The session's $NOTIFY_SOCKET."""

    def hand_on(self, environment: Mapping[str, str] = os.environ) -> None:
        """Tells what has come since the last call."""
        with suppress(BlockingIOError):
            while True:
                lines = self._door.recv(MOST_BYTES).decode(errors="replace").splitlines()
                if known := "\n".join(line for line in lines if line.startswith(HANDED_ON)):
                    told(known, environment)

    def close(self) -> None:
        """Nobody is listened to any more."""
        self._door.close()
