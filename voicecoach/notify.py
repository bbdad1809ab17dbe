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
