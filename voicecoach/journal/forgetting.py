"""Forgetting somebody: a new journal is written without them, and takes the old one's place.

Nothing is ever deleted from a journal, so that its triggers need no exception that another program, or a mistake, could use. What is to
stay is copied into a new file; their recordings, and what waits to be sent about them, go; a rename puts the new file in the old one's
place, at once and wholly; then the old one's bytes are overwritten.
Whoever pulls the plug in between finds the old journal, in which it still says that somebody wants to be forgotten.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path

from voicecoach import outbox
from voicecoach.durable import overwrite, sync_folder
from voicecoach.errors import Unreadable
from voicecoach.journal import recordings
from voicecoach.journal.file import REFUSALS, SIDES, Connection, opened, reason, set_aside_beside, stamped
from voicecoach.journal.recall import FIRST, who_in
from voicecoach.journal.rows import event_in

SOMEBODY = "somebody"
"""What stands in the place of a name that other people's sessions mention."""
_LAST = (1 << 63) - 1
_IS_THEIRS = "EXISTS (SELECT 1 FROM theirs t WHERE t.session = e.session AND e.id >= t.from_id AND e.id < t.before_id)"
"""Of a row `e` of the old events."""


def without(path: Path, person: int) -> set[str]:
    """Rewrites the journal `path` without `person`, and without their names, which it gives. Unreadable: it can't be done.

    Nobody else may have it open.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        _remove(beside)
        with closing(opened(path)) as old:
            old.execute("PRAGMA journal_mode = DELETE")  # all of it in one file; refused as long as anybody else has it open
            with closing(opened(beside)) as new:
                new.execute("PRAGMA journal_mode = DELETE")
                new.execute("ATTACH ? AS old", (str(path),))
                names = _copy(new, person)
                theirs = [session for (session,) in new.execute("SELECT DISTINCT session FROM theirs")]
            recordings.delete(path, theirs)  # first: as long as the journal is the old one, it is tried again
            outbox.forget(outbox.beside(path), person)
            sync_folder(path.parent)  # the old one's side files are gone for good: they would be taken for the new one's
            with path.open("r+b") as bytes_of_old:
                beside.replace(path)
                sync_folder(path.parent)
                overwrite(bytes_of_old.fileno())
    except (*REFUSALS, OSError) as error:
        with suppress(OSError):
            _remove(beside)
        raise Unreadable(
            f"Nothing could be deleted from the journal {path} ({reason(error)}).",
            "It is tried again at the next start for who asked by voice; anybody else: voicecoach forget NAME, once it can be written.",
        ) from error
    return names


def forgotten_aside(path: Path, names: Iterable[str]) -> list[str]:
    """Deletes what was once set aside in the place of the journal `path` and may tell of somebody with `names`. Says so, and what is left.

    A damaged journal can't be rewritten without somebody, so it goes as a whole. What was never a journal, and has no such name in it, is
    somebody else's file: it stays.
    """
    told: list[str] = []
    for aside in set_aside_beside(path):
        files = [file for ending in ("", *SIDES) if (file := aside.with_name(aside.name + ending)).is_file()]
        try:
            if not any(_may_tell_of(names, file) for file in files):
                told.append(f"{aside} stays: it was no journal. Look into it yourself, and delete it if you don't need it.")
                continue
            for file in files:
                with file.open("r+b") as content:
                    overwrite(content.fileno())
                file.unlink()
            told.append(f"{aside.name}, which could not be used any more and may have told of the same person, is deleted too.")
        except OSError as error:
            told.append(f"{aside} may tell of the same person, and can't be deleted ({error.strerror}): delete it yourself.")
    return told


def _may_tell_of(names: Iterable[str], file: Path) -> bool:
    content = file.read_bytes()
    return stamped(content) or any(name.lower().encode() in content.lower() for name in names if name.strip())


def _copy(new: Connection, person: int) -> set[str]:
    """All that isn't about `person` goes from `old` into `main`. Gives every name that they ever had."""
    names = _names(new, person)
    new.execute("CREATE TEMP TABLE theirs (session INTEGER, from_id INTEGER, before_id INTEGER, wholly INTEGER)")
    new.execute("CREATE INDEX temp.theirs_by_session ON theirs (session)")
    new.execute("BEGIN IMMEDIATE")
    new.executemany("INSERT INTO theirs VALUES (?, ?, ?, ?)", _stretches(new, person))
    new.create_function("redacted", 1, _redactor(names), deterministic=True)
    new.execute("INSERT INTO sessions SELECT * FROM old.sessions WHERE id NOT IN (SELECT session FROM theirs WHERE wholly)")
    new.execute(f"INSERT INTO events SELECT id, session, at_s, event, redacted(fields) FROM old.events e WHERE NOT {_IS_THEIRS}")  # noqa: S608
    new.execute("INSERT INTO endings SELECT * FROM old.endings WHERE session NOT IN (SELECT session FROM theirs WHERE wholly)")
    new.execute("COMMIT")
    return names


def _stretches(new: Connection, person: int) -> Iterator[tuple[int, int, int, bool]]:
    """The sessions that are about `person`, and in others the stretches in which it was `person` who was taken to be there.

    Where it can't be made sense of who became known, it is still the one before: what may be about somebody goes with them.
    """
    became: dict[int, list[tuple[int, int]]] = {session: [] for (session,) in new.execute("SELECT id FROM old.sessions")}
    for row, session, fields in new.execute("SELECT id, session, fields FROM old.events WHERE event = 'person' ORDER BY id"):
        turns = became.setdefault(session, [])
        turns.append((row, who_in(event_in(fields)) or (turns[-1][1] if turns else FIRST)))
    for session, turns in became.items():
        if (turns[-1][1] if turns else FIRST) == person:
            yield session, 0, _LAST, True
        for (from_id, who), (before_id, _) in pairwise([*turns, (_LAST, None)]):
            if who == person:
                yield session, from_id, before_id, False


def _names(new: Connection, person: int) -> set[str]:
    """Every name that `person` ever had."""
    found: set[str] = set()
    there: dict[int, int] = {}
    for session, fields in new.execute("SELECT session, fields FROM old.events WHERE event IN ('person', 'remembered') ORDER BY id"):
        event = event_in(fields)
        before = there.get(session, FIRST)
        there[session] = (who_in(event) or before) if event.get("event") == "person" else before
        if there[session] == person:
            found.add(str(event.get("value" if event.get("fact") == "name" else "name") or ""))
    return found


def _redactor(names: Iterable[str]) -> Callable[[str], str]:
    """Puts SOMEBODY in the place of every one of `names` in an event."""
    known = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    if not known:
        return lambda fields: fields
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in known)})\b", re.IGNORECASE)

    def redact(fields: str) -> str:
        if not pattern.search(fields):
            return fields
        event = event_in(fields)
        return json.dumps(_replaced(event, pattern), ensure_ascii=False) if event else pattern.sub(SOMEBODY, fields)

    return redact


def _replaced(value: object, pattern: re.Pattern[str]) -> object:
    if isinstance(value, str):
        return pattern.sub(SOMEBODY, value)
    if isinstance(value, dict):
        return {key: _replaced(inner, pattern) for key, inner in value.items()}
    return [_replaced(inner, pattern) for inner in value] if isinstance(value, list) else value


def _remove(path: Path) -> None:
    for ending in ("", *SIDES):
        path.with_name(path.name + ending).unlink(missing_ok=True)
