"""What holds of every moment at which somebody may pause, or the ears may doubt: no line is lost, and none is said twice.

A whole session is played undisturbed, and then again and again with one disturbance, each time some seconds later. Its lines have to be
the same ones, each heard to its end as often as before, but for these:
- cues, and what a part is announced by, come again with the lift or the part that begins again;
- a question that was not answered yet is asked again;
- the time that is left of a rest is told again where that stretch of it begins again;
- a reply to an answer, cut by whoever gave it, stays away: the answer stands.
"""

from collections import Counter
from functools import cache

import pytest

from tests.simulation.played import Played
from voicecoach.messages.lines import IN_THE_AIR

AGAIN = (*IN_THE_AIR, "warm_up.breaths", "warm_up.tilts", "warm_up.squeezes", "warm_up.lifts", "rest.warning")
REPLIES = ("name.none",)
BESIDE = ("paused.", "fault.", "unsure.")
"""What is said of the disturbance itself."""
STEP_S = 1.7
"""Shorter than any line, and no part of the tempo."""
SESSIONS = {
    "somebody who was taught": ["plan sets=2 reps=2 rest_s=20 warm_up_s=60 cool_down_s=20"],
    "somebody new": ["plan sets=1 reps=2 warm_up_s=0 cool_down_s=20", "person new", "with heard_on_mat=yes"],
    "one leg after the other": ["plan sets=2 reps=2 legs=one rest_s=12 warm_up_s=0 cool_down_s=0 talk=less", "knows screened_on_day=-9"],
}
DISTURBANCES = {
    "a pause": ["> pause", "~ 3", "> resume"],
    "a false suspicion": ["> ? stop", "~ 1", "> - stop"],
    "a hush that nobody explains": ["! cut"],
}


def lines(script: list[str]) -> tuple[Counter[str], Played]:
    """How often each line was heard to its end that has to be heard; a session with a broken rule fails here."""
    played = Played()
    for line in [*script, "~ 1200"]:
        assert played.take(line) == ""
    assert played.evening
    assert played.evening.outcome == "finished"
    heard = Counter(say.line.id for say in played.evening.heard if not say.line.id.startswith((*BESIDE, *AGAIN)))
    return heard, played


@cache
def undisturbed(session: str) -> tuple[Counter[str], float, frozenset[str]]:
    """Its lines, how long it takes, and the questions in it."""
    heard, played = lines(SESSIONS[session])
    happened = played.evening.happened if played.evening else []
    questions = frozenset(text.split()[1] for _, text in happened if text.startswith("question"))
    return heard, happened[-1][0], questions


@pytest.mark.parametrize("disturbance", DISTURBANCES)
@pytest.mark.parametrize("session", SESSIONS)
def test_no_line_is_lost_or_said_twice_whenever_it_is_disturbed(session: str, disturbance: str) -> None:
    before, length_s, questions = undisturbed(session)
    at_s = 0.3
    while at_s < length_s - 5:
        heard, _ = lines([*SESSIONS[session], f"~ {at_s:g}", *DISTURBANCES[disturbance]])
        lost = {name for name in before - heard if name not in REPLIES}
        twice = {name for name in heard - before if name not in questions}
        assert not lost, f"lost by {disturbance} at {at_s:g} s: {lost}"
        assert not twice, f"twice by {disturbance} at {at_s:g} s: {twice}"
        at_s += STEP_S
