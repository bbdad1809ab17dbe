"""Whose plug is pulled after a safety word has had it all the same."""

import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.coach.stage import KNOWN, PHRASEBOOK, QUICK, TODAY, Rehearsed
from voicecoach.coach.aftermath import found
from voicecoach.coach.phases import Phase
from voicecoach.journal.cut_off import CUT_OFF, INTERRUPTED, Event, outcome_of
from voicecoach.journal.store import Journal
from voicecoach.messages.actions import Action, End, Hush, Record
from voicecoach.messages.events import Interrupted
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import URGENT, Meant
from voicecoach.messages.memory import Memory
from voicecoach.understanding.interpret import interpret

AT = "2026-11-24T18:00:00+01:00"
SAFETY = [phrase for intent in sorted(URGENT) for phrase in PHRASEBOOK.phrases(intent)]
ANSWERS = ("yes", "no", "not sure", "four", "nine", "in my back", "ready", "continue", "forget me")


class Logged(Rehearsed):
    """A session with the part of its event log that tells how it ended."""

    def __init__(self, memory: Memory = KNOWN) -> None:
        self.events: list[dict[str, Any]] = []
        super().__init__(QUICK, memory=memory)

    def hear(self, phrase: str, stage: Stage = Stage.CONFIRMED) -> None:
        self.run_until(self.now_s + 0.5)
        meant = interpret(Heard(stage, phrase if PHRASEBOOK.knows(phrase) else "", phrase, self.now_s), self.moment, PHRASEBOOK)
        if isinstance(meant, Meant) and stage is Stage.CONFIRMED:
            topic = {"topic": meant.topic} if meant.topic else {}
            self.events.append({"event": "heard", "intent": meant.intent.value, "phrase": meant.phrase, **topic})
        self._hand_over(meant)

    def _perform(self, action: Action) -> None:
        super()._perform(action)
        if isinstance(action, Hush):
            self.events.append({"event": "hushed", "why": str(action.why)})
        elif isinstance(action, Record):
            self.events.append({"event": action.event, **action.fields})
        elif isinstance(action, End):
            self.events.append({"event": "session_ended", "outcome": action.outcome})


def cut_now(evening: Logged) -> str:
    """What the coach itself would make of a session that is switched off now."""
    if evening.session.phase is Phase.STOPPED:
        return found(evening.session.course) or "stopped"
    return found(evening.session.course) or INTERRUPTED


def in_a_lift() -> Logged:
    evening = Logged()
    assert evening.run_to("rep 2 lift")
    return evening


@pytest.mark.parametrize(
    ("word", "outcome"), [("stop", "stopped"), ("it hurts", "pain"), ("my leg is numb", "emergency"), ("i can't breathe", "emergency")]
)
def test_whoever_had_said_it_when_the_power_went_is_not_interrupted(word: str, outcome: str) -> None:
    evening = in_a_lift()
    assert outcome_of(evening.events) == INTERRUPTED
    heard = len(evening.events) + 1
    evening.hear(word)
    for written in range(heard, len(evening.events) + 1):
        assert outcome_of(evening.events[:written]) == outcome


def test_what_the_answers_after_it_say_counts_too() -> None:
    evening = in_a_lift()
    evening.hear("stop")
    evening.healthy = False
    assert evening.run_to("question stop.all_right")
    assert outcome_of(evening.events) == "stopped"
    evening.hear("no")
    assert outcome_of(evening.events) == "pain"
    for question, answer in (("pain.level", "four"), ("pain.sharp", "no"), ("pain.numb", "yes")):
        assert evening.run_to(f"question {question}")
        evening.hear(answer)
    assert outcome_of(evening.events) == "emergency"


@pytest.mark.parametrize(("answer", "outcome"), [("no", "stopped"), ("yes", "pain"), ("not sure", "pain")])
def test_after_a_call_for_help_it_is_pain_where_the_answer_was_anything_but_no(answer: str, outcome: str) -> None:
    evening = in_a_lift()
    evening.hear("help me")
    assert evening.run_to_question("distress.emergency")
    evening.hear("no")
    assert evening.run_to("question distress.pain")
    assert outcome_of(evening.events) == "stopped"
    evening.hear(answer)
    assert outcome_of(evening.events) == outcome == cut_now(evening)


def test_who_is_all_right_after_stop_has_only_stopped() -> None:
    evening = in_a_lift()
    evening.hear("stop")
    assert evening.run_to_question("stop.all_right")
    evening.hear("yes")
    assert outcome_of(evening.events) == "stopped"


def test_a_word_that_the_coach_asked_for_to_try_it_is_none() -> None:
    evening = Logged(Memory(TODAY))
    assert evening.run_to("line mat.heard", 3600)
    assert {event["intent"] for event in evening.events if event["event"] == "heard"} <= {"pain", "stop"}
    assert outcome_of(evening.events) == INTERRUPTED


def test_a_sign_of_an_emergency_among_the_safety_questions_is_one() -> None:
    evening = Logged(Memory(TODAY))
    assert evening.run_to_question("screen.nerve")
    evening.hear("yes")
    assert evening.session.phase is Phase.STOPPED
    assert outcome_of(evening.events) == "emergency"


def test_it_is_one_too_when_something_had_been_remembered_before_it() -> None:
    evening = Logged(replace(KNOWN, people=(replace(KNOWN.people[0], screened_on_day=TODAY - 9),)))
    assert evening.run_to_question("screen.news")
    evening.hear("yes")
    assert "remembered" in {event["event"] for event in evening.events}
    evening.healthy = True
    assert evening.run_to_question("screen.nerve")
    evening.hear("yes")
    assert outcome_of(evening.events) == "emergency"


def test_who_asked_to_be_forgotten_is_no_emergency() -> None:
    evening = Logged()
    assert evening.run_to_question("screen.ready")
    evening.hear("forget me")
    assert evening.run_to("question forget.sure")
    evening.hear("yes")
    assert outcome_of(evening.events) == "stopped"


def test_a_suspicion_that_nobody_decided_any_more_is_no_word() -> None:
    evening = in_a_lift()
    evening.hear("stop", Stage.SUSPECTED)
    assert outcome_of(evening.events) == INTERRUPTED


def heard(intent: str, **more: str) -> Event:
    return {"event": "heard", "intent": intent, **more}


def hushed(why: str) -> Event:
    return {"event": "hushed", "why": why}


def answered(question: str, value: object) -> Event:
    return {"event": "answer", "id": question, "value": value}


def phase(before: str, to: str) -> Event:
    return {"event": "phase", "from": before, "to": to}


def came_back(outcome: str) -> Event:
    """It began by coming back to one that had been cut off."""
    return {"event": "cut_off", "outcome": outcome}


STOP, PAIN, HELP, NUMB = ((heard(word), hushed(word)) for word in ("stop", "pain", "distress", "nerve"))
STOPPED, BY_AN_ANSWER = phase("set", "stopped"), phase("screen", "stopped")


@pytest.mark.parametrize("sign", ["pain.numb", "pain.bladder", "pain.legs", "distress.emergency"])
def test_a_sign_of_an_emergency_is_one_unless_the_answer_was_no_or_none(sign: str) -> None:
    for value, outcome in (("yes", "emergency"), ("unsure", "emergency"), ("no", "pain"), (None, "pain")):
        assert outcome_of([*PAIN, STOPPED, answered(sign, value)]) == outcome


@pytest.mark.parametrize(("question", "well"), [("stop.all_right", "yes"), ("distress.pain", "no")])
def test_whoever_is_not_well_after_it_has_pain(question: str, well: str) -> None:
    for value, outcome in (("yes", "pain"), ("no", "pain"), ("unsure", "pain"), (None, "stopped")):
        assert outcome_of([*STOP, STOPPED, answered(question, value)]) == ("stopped" if value == well else outcome)


@pytest.mark.parametrize(("left", "outcome"), [("cool_down", "finished"), ("screen", "not_cleared"), ("paused", "silence")])
def test_a_session_that_had_reached_its_end_has_the_outcome_of_the_phase_that_it_left(left: str, outcome: str) -> None:
    assert outcome_of([phase("set", left), phase(left, "finished")]) == outcome


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        pytest.param([phase("set", "finished")], INTERRUPTED, id="an end that no version of the coach has"),
        pytest.param([STOPPED], "stopped", id="felt in the back twice"),
        pytest.param([BY_AN_ANSWER], "emergency", id="a sign among the safety questions"),
        pytest.param([*STOP, BY_AN_ANSWER], "stopped", id="stop among the safety questions"),
        pytest.param([*HELP, STOPPED], "stopped", id="help once"),
        pytest.param([*HELP, STOPPED, *HELP], "emergency", id="help twice"),
        pytest.param([*HELP, STOPPED, heard("distress")], "stopped", id="help twice in one breath"),
        pytest.param([*HELP, STOPPED, heard("pain"), answered("distress.emergency", "no")], "pain", id="help and pain in one breath"),
        pytest.param([heard("distress", topic="grave")], "emergency", id="what is an emergency by itself"),
        pytest.param([heard("stop", topic="grave")], "stopped", id="a topic that stop doesn't have"),
        pytest.param([heard("pain"), answered("mat.pain", "pain")], INTERRUPTED, id="pain said to try it"),
        pytest.param([heard("pain"), heard("louder")], INTERRUPTED, id="the same cry, and another word"),
        pytest.param([heard("louder"), hushed("louder")], INTERRUPTED, id="no safety word"),
        pytest.param([heard("pain"), hushed("suspected")], "pain", id="a hush for something else"),
        pytest.param([*NUMB, STOPPED, *STOP], "emergency", id="numbness, then stop"),
    ],
)
def test_the_words_and_what_became_of_them_tell_how_it_ended(events: list[Event], outcome: str) -> None:
    assert outcome_of(events) == outcome


@pytest.mark.parametrize("before", ["stopped", "pain", "emergency", INTERRUPTED])
def test_a_session_that_came_back_to_another_one_has_its_outcome_until_it_has_one_of_its_own(before: str) -> None:
    assert outcome_of([came_back(before)]) == before
    assert outcome_of([came_back(before), *NUMB, STOPPED]) == "emergency"


@pytest.mark.parametrize(
    ("before", "outcome"), [("stopped", "stopped"), ("pain", "pain"), ("emergency", "emergency"), (INTERRUPTED, "pain")]
)
def test_what_stops_a_session_that_came_back_is_the_word_of_before_or_new_pain_where_there_was_none(before: str, outcome: str) -> None:
    assert outcome_of([came_back(before), BY_AN_ANSWER]) == outcome
    forgotten = {"event": "remembered", "fact": "forgotten"}
    assert outcome_of([came_back(before), forgotten, BY_AN_ANSWER]) == ("stopped" if before == INTERRUPTED else outcome)


def test_an_outcome_of_before_that_is_none_tells_nothing() -> None:
    assert outcome_of([came_back("finished")]) == INTERRUPTED
    assert outcome_of([came_back("finished"), BY_AN_ANSWER]) == "emergency"


def test_the_end_that_was_written_counts_before_every_word_unless_it_was_switched_off() -> None:
    ended = {"event": "session_ended", "outcome": "emergency"}
    assert outcome_of([*STOP, STOPPED, ended]) == "emergency"
    assert outcome_of([*PAIN, STOPPED, ended | {"outcome": INTERRUPTED}]) == "pain"


def test_a_session_whose_end_was_written_but_not_that_it_was_one_has_ended() -> None:
    assert outcome_of([{"event": "session_ended", "outcome": "not_cleared"}]) == "not_cleared"
    assert outcome_of([{"event": "phase", "from": "cool_down", "to": "finished"}]) == "finished"
    assert outcome_of([]) == INTERRUPTED


def test_wherever_it_is_cut_it_is_what_the_coach_would_have_said() -> None:
    """At every step of seeded evenings in which somebody cries and answers anything at all."""
    seen = set[str]()
    for seed in range(60):
        luck = random.Random(seed)  # noqa: S311 - the same seed has to give the same evening
        evening = Logged(luck.choice([KNOWN, Memory(TODAY)]))
        for _ in range(luck.randrange(30, 300)):
            evening.run_to("*")
        while evening.outcome is None:
            assert outcome_of(evening.events) == cut_now(evening), f"seed {seed}: {evening.events[-12:]}"
            seen.add(outcome_of(evening.events))
            evening.healthy = False
            if luck.random() < 0.3:
                evening.hear(luck.choice([*SAFETY, *ANSWERS * 4]))
            else:
                evening.run_to("*")
    assert seen == {"pain", "emergency", "stopped", INTERRUPTED}


def test_the_history_and_the_next_session_know_it(tmp_path: Path) -> None:
    """Also where it was switched off after "stop", and the log says no more than that."""
    with closing(Journal(tmp_path / "journal.db")) as journal:
        for word, switched_off in (("it hurts", False), ("stop", True), ("", True)):
            evening = in_a_lift()
            if word:
                evening.hear(word)
            if switched_off:
                evening.tell(Interrupted())
            session = journal.begin(AT, {})
            for event in evening.events:
                journal.append(session, {"at_s": 1.0} | event)
            if switched_off:
                journal.end(session, INTERRUPTED)
        assert [row.outcome for row in journal.sessions()] == ["pain", "stopped", INTERRUPTED]
        (person,) = journal.people()
        assert [past.outcome for past in person.sessions] == ["pain", "stopped", INTERRUPTED]


@pytest.mark.parametrize(
    "events",
    [
        [{"event": "session_ended", "outcome": "silence"}],
        [*PAIN],
        [heard("stop"), hushed("stop"), heard("stop"), answered("mat.stop", "stop")],
        [*STOP, answered("stop.all_right", "no")],
        [phase("cool_down", "finished")],
        [came_back("pain")],
        [came_back(INTERRUPTED), BY_AN_ANSWER, {"event": "remembered", "fact": "forgotten"}],
    ],
)
def test_what_is_kept_for_it_is_all_that_it_takes(events: list[Event]) -> None:
    assert outcome_of([event for event in events if event["event"] in CUT_OFF]) == outcome_of(events) != INTERRUPTED


def test_it_is_known_from_no_other_events_than_those_that_are_read_for_it() -> None:
    evening = in_a_lift()
    evening.hear("my leg is numb")
    kept = [event for event in evening.events if event["event"] in CUT_OFF]
    assert outcome_of(kept) == outcome_of(evening.events) == "emergency"
