"""What is said from repetition to repetition, from set to set and from session to session."""

import itertools
from dataclasses import replace

import pytest

from tests.coach.stage import KNOWN, TODAY, Rehearsed, plan
from voicecoach.coach.plan import Plan
from voicecoach.messages.actions import Form, Say
from voicecoach.messages.memory import Memory, PastSession

PLAN = plan(sets=2, reps=9, rest_s=20, warm_up_s=0, cool_down_s=0)
TALK = ("more", "usual", "less")
MOST_IN_A_ROW = 2


class Noted(Rehearsed):
    """Keeps every sentence that was said, with its line."""

    def __init__(self, plan: Plan, memory: Memory) -> None:
        self.said: list[tuple[str, str]] = []
        super().__init__(plan, memory=memory)

    def _say(self, say: Say) -> None:
        before = len(self.texts)
        super()._say(say)
        if len(self.texts) > before and say.form is not Form.WHY:
            self.said.append((say.line.id, self.texts[-1]))


def known(sessions: int) -> Memory:
    """Somebody with so many sessions behind them, two days apart, of two sets each."""
    past = tuple(PastSession(TODAY - 2 * (sessions - n), "finished", reps=20, sets=2) for n in range(sessions))
    return replace(KNOWN, people=(replace(KNOWN.people[0], sessions=past),))


def played(plan: Plan, memory: Memory) -> list[tuple[str, str]]:
    """Every sentence of a whole session."""
    evening = Noted(plan, memory=memory)
    assert evening.run_to("end finished", 3600)
    return evening.said


def cues(plan: Plan, sessions: int, set_n: int = 1) -> set[str]:
    """The lines of one set of the session after so many."""
    sets: list[list[str]] = [[]]
    for line, _ in played(plan, known(sessions)):
        if line.startswith("set.begin"):
            sets.append([])
        sets[-1].append(line)
    return {line for line in sets[set_n] if line.startswith("set.")}


@pytest.mark.parametrize("talk", TALK)
@pytest.mark.parametrize("legs", ["both", "one"])
@pytest.mark.parametrize("sessions", [None, 0, 4, 19])
def test_no_line_is_said_three_times_in_a_row_in_the_same_words(sessions: int | None, legs: str, talk: str) -> None:
    memory = Memory(TODAY) if sessions is None else known(sessions)
    for sets, reps in ((1, 15), (4, 6)):
        agreed = plan(sets=sets, reps=reps, legs=legs, talk=talk, rest_s=20)
        in_order = sorted(enumerate(played(agreed, memory)), key=lambda one: (one[1][0], one[0]))
        by_line = itertools.groupby(in_order, key=lambda one: one[1][0])
        for line, sayings in by_line:
            for text, same in itertools.groupby(text for _, (_, text) in sayings):
                assert len(list(same)) <= MOST_IN_A_ROW, f"{line}: {text}"


def test_nothing_is_said_three_times_in_a_row() -> None:
    for sessions, talk in ((0, "more"), (1, "usual"), (4, "usual"), (12, "less")):
        texts = [text for _, text in played(plan(sets=3, reps=12, talk=talk), known(sessions))]
        assert max(len(list(same)) for _, same in itertools.groupby(texts)) <= MOST_IN_A_ROW


def test_cues_grow_fewer_from_set_to_set_and_from_session_to_session() -> None:
    assert {"set.brace", "set.lift", "set.count_stay", "set.lower"} <= cues(PLAN, 0)
    assert "set.brace" not in cues(PLAN, 0, set_n=2)
    assert "set.up" in cues(PLAN, 3)
    assert "set.lift_short" in cues(PLAN, 3, set_n=2)
    assert "set.lift_short" in cues(PLAN, 10)


def test_more_talk_keeps_the_full_cues_for_longer_and_less_talk_never_has_them() -> None:
    assert "set.brace" in cues(replace(PLAN, talk="more"), 3)
    assert "set.brace" not in cues(replace(PLAN, talk="less"), 0)


def test_every_set_after_the_first_has_one_theme_and_they_take_turns() -> None:
    themes = []
    for sessions in range(3, 8):
        lines = [line for line, _ in played(PLAN, known(sessions))]
        said = [line.removeprefix("theme.") for line in lines if line.startswith("theme.")]
        formed = {line.removeprefix("set.form.") for line in lines if line.startswith("set.form.")}
        assert formed <= set(said)
        themes += said
    assert len(set(themes)) == 5
    assert all(themes[n] != themes[n + 1] for n in range(len(themes) - 1))


def test_no_two_evenings_in_a_row_have_the_same_words() -> None:
    evenings = [
        [text for line, text in played(PLAN, known(sessions)) if line.startswith(("set.", "check_in.", "theme."))] for sessions in range(8)
    ]
    assert all(one != other for one, other in itertools.pairwise(evenings))


def test_half_time_and_the_last_two_are_told() -> None:
    said = [text for line, text in played(replace(PLAN, sets=1), known(0)) if line in ("set.half_way", "set.last_two", "set.last_one")]
    assert [text.rsplit(". ", 1)[1] for text in said] == ["Half way.", "Two to go.", "One to go."]
