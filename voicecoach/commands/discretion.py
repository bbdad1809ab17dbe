"""What of a session may stand in the system's log: others read it too, it is kept for months, and `voicecoach forget` can't reach it."""

import os
from collections.abc import Mapping

OF_THE_MACHINE = ("fault", "recovered", "sound_gap")
"""Events that are about it alone."""


def impersonal(event: Mapping[str, object]) -> Mapping[str, object] | None:
    """What may be shown of an event to whoever reads the system's log; None: nothing, because it tells of somebody."""
    kind = event["event"]
    if kind in OF_THE_MACHINE:
        return event
    if kind == "session_started":
        return {"at_s": event["at_s"], "event": kind}
    if kind == "session_ended":
        return {"at_s": event["at_s"], "event": kind, "outcome": "fault" if event.get("outcome") == "fault" else "over"}
    return None


def is_system_log(descriptor: int) -> bool:
    """Whether what is written there goes to systemd's journal, which tells so by the device and inode of that stream."""
    try:
        stream = os.fstat(descriptor)
    except OSError:
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{stream.st_dev}:{stream.st_ino}"
