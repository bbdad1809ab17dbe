"""A live session that is killed in the middle of a lift, and started again."""

from pathlib import Path

import pytest

from tests.typed_session import say, typing, until, well_known
from voicecoach.house import open_house
from voicecoach.notes import open_journal

REPLIES = {
    "Has anything changed": "no",
    "How is your pain": "one",
    "Tell me when you are lying": "ready",
    "First of all, do you feel": "no",
    "Shall we go on": "go on",
    "Then we go on from there": "ready",
    "Are you all right": "yes",
}


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str], int]:
    """Killed in the second lift and started again: the home, what was printed after the start until the next lift, and after "stop"."""
    home = well_known(tmp_path_factory.mktemp("home"))
    with typing(home) as session:
        until(session, "2 of 2: lift", REPLIES)
        session.kill()
    with typing(home) as session:
        back = until(session, "2 of 2: brace", REPLIES)
        say(session, "stop")
        rest = until(session, "session   ends", REPLIES)
        code = session.wait()
    return home, back, rest, code


def test_it_says_that_it_is_back_and_where_it_was(evening: tuple[Path, list[str], list[str], int]) -> None:
    _, back, _, _ = evening
    said = [line.split("coach     ")[1] for line in back if "coach     " in line]
    assert said[:3] == [
        "I am back. For a moment I had stopped working.",
        "You were in set 1 of 1, after lift 1.",
        "First of all, do you feel any new pain anywhere?",
    ]


def test_it_goes_on_with_the_lift_that_was_cut_off_and_only_after_the_word(evening: tuple[Path, list[str], list[str], int]) -> None:
    _, back, _, _ = evening
    assert "2 of 2: brace" in back[-1]
    assert not [line for line in back if "1 of 2" in line]
    told = "\n".join(back)
    assert told.index("“go on”") < told.index("PAUSED") < told.index("“ready”") < told.index("— SET") < told.index("2 of 2: brace")


def test_stop_ends_it_for_good(evening: tuple[Path, list[str], list[str], int]) -> None:
    home, _, rest, code = evening
    assert code == 0
    assert not [line for line in rest if "rep  " in line]
    journal = open_journal(open_house(home))
    assert [row.outcome for row in journal.sessions()][1:] == ["interrupted", "stopped"]
    (person,) = journal.people()
    assert [(past.outcome, past.reps) for past in person.sessions[1:]] == [("stopped", 1)]
