"""`voicecoach replay`: a session of the journal, or the log of a rehearsal, through the coach again, to see whether it decides the same."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from voicecoach.coach.session import Session
from voicecoach.commands.options import Commands, add_home, house_of, tell, write
from voicecoach.errors import Unreadable
from voicecoach.replay.origins import found, origin
from voicecoach.replay.replaying import Difference, Line, Replay, steps_of
from voicecoach.replay.script import as_script

SHOWN = 6
"""Lines of the log before a difference."""
LONGEST = 160
"""Letters of one of them."""


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("replay", help="a session's log through the coach again, and where it differs", description=__doc__)
    parser.add_argument(
        "session", metavar="SESSION", help="its number, as `voicecoach history` shows it; or last; or the events.jsonl of a rehearsal"
    )
    parser.add_argument("--export", type=Path, metavar="FILE", help="write it as a .session test, with other names for people")
    parser.add_argument("--names", action="store_true", help="with --export: the names as they are")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Says that it is the same, or where it differs first and what has changed since."""
    house = house_of(options)
    log = found(options.session, house)
    began = origin(log, house)
    try:
        steps = steps_of(log.lines)
    except ValueError as error:
        raise Unreadable(f"{log.name} can't be replayed ({error}).", "It is damaged; name another.") from None
    replay = Replay(Session(began.plan, began.curriculum, began.memory), steps)
    difference = replay.run()
    if difference is None:
        cut = "" if replay.whole else " The log breaks off there."
        tell(f"The same: {replay.inputs} events in, {replay.actions} actions out.{cut}")
    else:
        _tell_difference(log.lines, difference)
    for sentence in began.changed:
        tell(f"Since then: {sentence}")
    if options.export:
        alike = steps[: difference.number] if difference else steps
        _write(options.export, as_script(_title(log.first), began, alike, names=options.names))
        if began.house.prompts.is_dir():
            tell(f"The test has the words that came along, not those in {began.house.prompts}: see whether it passes.")
    return 0 if difference is None else 1


def _title(first: Line) -> str:
    return f"A session that began as {first.get('level')}, as it was."


def _write(path: Path, script: str) -> None:
    write(path, script.encode())
    tell(f"{path}: {script.count(chr(10))} lines")


def _tell_difference(lines: Sequence[Line], difference: Difference) -> None:
    for line in lines[max(0, difference.number - SHOWN) : difference.number]:
        tell(f"{_short(line)}")
    tell(f"It differs at {difference.at_s} s.")
    tell(f"  the log:       {difference.logged}")
    tell(f"  this version:  {difference.does}")


def _short(line: Line) -> str:
    fields = {key: value for key, value in line.items() if key not in ("at_s", "event")}
    text = f"{line['at_s']:>10}  {line['event']} {json.dumps(fields, ensure_ascii=False)}"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
