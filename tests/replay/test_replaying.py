"""The log has all that it takes to do the same again: what goes in, in order, at its moments, and what comes out."""

import random
from dataclasses import replace

import pytest

from tests.coach.session_script import play
from tests.coach.stage import CURRICULUM, TODAY
from tests.replay.homes import beginning, worked
from tests.replay.lived import Lived, replayed
from voicecoach.coach.session import Session
from voicecoach.messages.events import Wake
from voicecoach.messages.memory import Memory, Person
from voicecoach.record.handover import up
from voicecoach.replay.replaying import Replay, steps_of
from voicecoach.replay.script import as_script

EVENINGS = range(80)
SCREENED = Memory(TODAY, (Person(1, "", TODAY - 40.0, heard_on_mat=True, taught=True),))
KINDS = {"suspected", "withdrawn", "unclear", "hard_to_hear", "measured", "line_left_out", "fault", "recovered", "ducked"}


@pytest.fixture(scope="module")
def evenings() -> list[Lived]:
    return [Lived(seed) for seed in EVENINGS]


def test_a_session_replays_to_the_same_events_at_the_same_moments_and_the_same_actions(evenings: list[Lived]) -> None:
    for seed, lived in enumerate(evenings):
        witness, replay, difference = replayed(lived, lived.log)
        assert difference is None, f"seed {seed}: {difference}"
        assert witness.seen == lived.coach.seen, f"seed {seed}"
        assert replay.whole
    assert {event["event"] for lived in evenings for event in lived.log} >= KINDS, "the evenings have all that can happen"
    assert len({lived.coach.outcome for lived in evenings}) >= 5


def test_when_the_coach_is_woken_follows_from_the_log_alone(evenings: list[Lived]) -> None:
    """No line tells of it; and there are enough to tell."""
    wakes = sum(isinstance(event, Wake) for lived in evenings for event, _, _ in lived.coach.seen)
    assert wakes > 1000
    assert not any("wake" in str(event["event"]) for lived in evenings for event in lived.log)


def test_a_log_that_breaks_off_anywhere_replays_up_to_there(evenings: list[Lived]) -> None:
    luck = random.Random(0)  # noqa: S311 - where doesn't matter, as long as it is the same every time
    for seed, lived in enumerate(evenings):
        cut = luck.randrange(1, len(lived.log))
        witness, replay, difference = replayed(lived, lived.log[:cut])
        assert difference is None, f"seed {seed}, cut before line {cut}: {difference}"
        assert witness.seen == lived.coach.seen[: len(witness.seen)]
        assert not replay.whole


def test_a_log_never_goes_back_in_time_and_ends_with_its_end(evenings: list[Lived]) -> None:
    for lived in evenings:
        times = [event["at_s"] for event in lived.log]
        assert times == sorted(times)
        assert [event["event"] for event in lived.log].index("session_ended") == len(lived.log) - 1


def test_an_input_that_is_missing_is_noticed_where_it_was(evenings: list[Lived]) -> None:
    noticed = 0
    for lived in evenings[:40]:
        answers = [n for n, event in enumerate(lived.log) if event["event"] == "answer"]
        heard = [n for n in range(*answers[:1]) if lived.log[n]["event"] == "heard"] if answers else []
        if heard:
            _, _, difference = replayed(lived, [event for n, event in enumerate(lived.log) if n != heard[-1]])
            assert difference is not None
            assert difference.at_s <= lived.log[answers[0]]["at_s"]
            noticed += 1
    assert noticed > 10


def test_a_coach_changed_in_one_number_is_told_where_it_differs() -> None:
    numbers = CURRICULUM.numbers
    changed = replace(CURRICULUM, numbers=replace(numbers, frequency=replace(numbers.frequency, screened_days=30)))
    lived = worked(SCREENED)
    assert Replay(Session(lived.plan, CURRICULUM, SCREENED), steps_of(lived.log)).run() is None
    difference = Replay(Session(lived.plan, changed, SCREENED), steps_of(lived.log)).run()
    assert difference is not None
    assert "screen.news" in difference.logged
    assert "greeting.questions" in difference.does


def test_another_moment_of_the_same_action_is_a_difference(evenings: list[Lived]) -> None:
    lived = evenings[0]
    last = next(n for n, event in enumerate(lived.log) if event["event"] == "answer")
    log = [*lived.log[:last], {**lived.log[last], "at_s": lived.log[last]["at_s"] + 0.000002}, *lived.log[last + 1 :]]
    _, _, difference = replayed(lived, log)
    assert difference is not None
    assert difference.number == last


def test_an_exported_session_plays_as_a_test_and_names_nobody(evenings: list[Lived]) -> None:
    named = 0
    for seed, lived in enumerate(evenings[:30]):
        steps = steps_of(lived.log)
        script = as_script("seeded", beginning(lived), steps)
        assert play(script) == "", f"seed {seed}"
        assert not any(name in script for name in ("Anna", "Ben")), f"seed {seed}"
        named += any(name in as_script("seeded", beginning(lived), steps, names=True) for name in ("Anna", "Ben"))
    assert named > 5, "with names it has them"


def test_an_exported_session_notices_another_coach() -> None:
    lived = worked(SCREENED)
    script = as_script("seeded", beginning(lived), steps_of(lived.log))
    answered = [line for line in script.splitlines() if line.startswith("< answer")]
    assert answered
    assert "never happened" in play(script.replace(answered[-1], "< answer screen.made_up yes"))
    assert "the coach asked for" in play(script.replace("! begins 2 ", "! begins 2 x"))


def test_a_moment_that_the_log_keeps_is_never_before_the_one_that_was_meant() -> None:
    for at_s in (0.0, 10.02, 10.0200004, 10.0200006, 10.020000000000001, 1234.9999999):
        assert at_s <= up(at_s) < at_s + 0.000002
        assert up(up(at_s)) == up(at_s)
