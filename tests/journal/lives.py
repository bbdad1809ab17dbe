"""Lives of a journal: what is done to it, and what must be found then. `python -m tests.journal.lives NAME HOME` lives one of them.

Each thing that was done is acknowledged by a line. Whatever is cut, what was acknowledged is found, and of the rest at most the next thing.
"""

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from voicecoach.journal.calibrations import Calibrations
from voicecoach.journal.store import Journal
from voicecoach.messages.calibration import Figures

OLD = Path(__file__).parent / "layout_1"
AT = "2026-11-24T18:00:00+01:00"
WHO, OTHER = "Anneliese", "Benedikt"
TEXT = "Squeeze your buttocks, then lift both legs a hand above the floor, and hold. " * 4
TORN = b"SQLite format 3\x00" + b"half of a page, and then nothing" * 40

Deed = tuple[str, int, object]
"""What is done, in which session or to whom, and with what."""
Found = dict[int, tuple[str, list[object]]]
"""Of each session the outcome and the events; what was measured of the devices stands as session 0."""


def evening(session: int, person: int, count: int, *, ends: bool = True) -> list[Deed]:
    """A session about `person`."""
    deeds: list[Deed] = [("begin", session, None), ("append", session, {"at_s": 0.0, "event": "person", "id": person, "name": None})]
    name = {"at_s": 0.5, "event": "remembered", "fact": "name", "value": WHO if person == 1 else OTHER}
    deeds.append(("append", session, name))
    deeds += [("append", session, {"at_s": 1.0 + n, "event": "line_started", "line": f"set.{n}", "text": TEXT}) for n in range(count)]
    return [*deeds, ("end", session, "finished")] if ends else deeds


LEAVES = {"at_s": 9.0, "event": "remembered", "fact": "forgotten", "value": True}


@dataclass(frozen=True, slots=True)
class Life:
    """A life: what lies in the home before it, and what is done."""

    prepare: Callable[[Path], object]
    before: Found
    deeds: Sequence[Deed]


def _old(home: Path) -> None:
    for file in OLD.glob("journal.db*"):
        shutil.copy(file, home)


def _of_old() -> Found:
    sessions = json.loads((OLD / "history.json").read_text(encoding="utf-8"))
    return {session["id"]: (session["outcome"], session["events"]) for session in sessions}


OPEN, CLOSE = ("open", 0, None), ("close", 0, None)
ASKS = [("append", 3, LEAVES), ("end", 3, "stopped"), ("forget", 1, [1, 3])]
LIVES = {
    "two evenings": Life(lambda _: None, {}, [OPEN, *evening(1, 1, 60), CLOSE, OPEN, *evening(2, 2, 6, ends=False), CLOSE]),
    "from layout 1": Life(_old, _of_old(), [OPEN, *evening(5, 2, 8), CLOSE]),
    "forgetting": Life(
        lambda _: None, {}, [OPEN, *evening(1, 1, 4), *evening(2, 2, 3), *evening(3, 1, 1, ends=False), *ASKS, *evening(3, 2, 2), CLOSE]
    ),
    "a torn file": Life(lambda home: (home / "journal.db").write_bytes(TORN), {}, [OPEN, *evening(1, 1, 5), CLOSE]),
    "figures": Life(lambda _: None, {}, [("measure", 0, float(n)) for n in range(12)]),
}


def live(life: Life, home: Path) -> None:
    """Do it all, and acknowledge each thing."""
    journal: Journal | None = None
    for what, number, with_what in life.deeds:
        if what == "measure":
            figures = Figures(float(str(with_what)), *(None,) * 4, 0.0, 0.0, 0.0)
            refused = Calibrations(home / "calibrations.json").keep("usb", figures, AT)
            assert refused is None
        elif what == "open":
            journal = Journal(home / "journal.db")
        elif journal is not None:
            _do(journal, what, number, with_what)
            assert not journal.behind
        sys.stdout.write(f"{what}\n")
        sys.stdout.flush()


def _do(journal: Journal, what: str, number: int, with_what: object) -> None:
    if what == "begin":
        assert journal.begin(AT, {}) == number
    elif what == "append":
        assert isinstance(with_what, dict)
        journal.append(number, with_what)
    elif what == "end":
        journal.end(number, str(with_what))
    elif what == "forget":
        journal.forget_who_asked()
    else:
        journal.close()


def expected(life: Life, count: int) -> Found:
    """What there is when `count` things have been done."""
    found: Found = {session: (outcome, list(events)) for session, (outcome, events) in life.before.items()}
    for what, number, with_what in life.deeds[:count]:
        if what == "measure":
            found[0] = ("usb", [with_what])
        elif what == "begin":
            found[number] = ("interrupted", [])
        elif what == "append":
            found[number][1].append(with_what)
        elif what == "end":
            found[number] = (str(with_what), found[number][1])
        elif what == "forget":
            assert isinstance(with_what, list)
            found = {session: told for session, told in found.items() if session not in with_what}
    return found


def wrong_in(home: Path, life: Life, acknowledged: int) -> str:
    """What is wrong with what is found in `home` after a cut; "" for nothing. Whoever had asked to be forgotten is, afterwards."""
    torn = life is LIVES["a torn file"]
    with closing(Journal(home / "journal.db")) as journal:
        trouble = journal.trouble()
        if trouble and not torn:
            return trouble
        if flaw := journal.flaw():
            return flaw
        found: Found = {row.id: (row.outcome, list(journal.events(row.id))) for row in journal.sessions()}
        figures = Calibrations(home / "calibrations.json")
        if figures.trouble:
            return figures.trouble
        if last := figures.last("usb"):
            found[0] = ("usb", [last.noise_dbfs])
        allowed = [expected(life, count) for count in (acknowledged, acknowledged + 1)]
        if found not in allowed:
            return f"{acknowledged} acknowledged; found {_brief(found)}, and not {_brief(allowed[0])}"
        asked = any(LEAVES in events for _, events in found.values())
        journal.forget_who_asked()
        left = [row.id for row in journal.sessions()]
        if asked and left != [session for session in found if session not in (1, 3)]:
            return f"who asked to be forgotten is not: {left}"
    content = {file.name: file.read_bytes() for file in home.iterdir()}
    if (asked or (life is LIVES["forgetting"] and 1 not in found and 2 in found)) and any(WHO.encode() in one for one in content.values()):
        return f"the name is still in {[name for name, one in content.items() if WHO.encode() in one]}"
    if torn and TORN not in content.values():
        return "the torn file is lost"
    return ""


def _brief(found: Found) -> str:
    return str({session: (outcome, len(events)) for session, (outcome, events) in found.items()})


if __name__ == "__main__":
    live(LIVES[sys.argv[1]], Path(sys.argv[2]))
