"""One session's place in the journal, and the lack of one."""

from pathlib import Path

from voicecoach.notes import UNWRITABLE, Notes
from voicecoach.settings import read_settings

EVENT = {"at_s": 0.0, "event": "phase"}


def test_a_full_disk_is_rehearsed_also_where_no_journal_is_kept() -> None:
    notes = Notes(None, read_settings(Path()), "2026-11-24T18:00:00+00:00")
    assert notes.keep(EVENT) is None
    notes.refuse(refused=True)
    assert notes.keep(EVENT) == UNWRITABLE
    notes.refuse(refused=False)
    assert notes.keep(EVENT) is None
    notes.close()
