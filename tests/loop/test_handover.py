"""The one door to the coach: everything in its turn, and what was decided together is done together."""

from collections.abc import Callable

import pytest

from voicecoach.messages.actions import Action, Tone
from voicecoach.messages.events import Event, Fault, Input, Recovered, Wake
from voicecoach.record.handover import Fields, Handover, up

ONE, TWO = Fault("microphone", ""), Recovered("microphone")


class Coach:
    """Wakes at `due_s`, and does with each event what `answer` says."""

    def __init__(self, *due_s: float) -> None:
        self.due_s = list(due_s)
        self.outcome: str | None = None
        self.handled: list[tuple[Event, float]] = []
        self.answer: Callable[[Event], list[Action]] = lambda _: []

    @property
    def wake_at_s(self) -> float | None:
        return self.due_s[0] if self.due_s else None

    def handle(self, event: Event, now_s: float) -> list[Action]:
        self.handled.append((event, now_s))
        if isinstance(event, Wake):
            self.due_s.pop(0)
        return self.answer(event)


class Door:
    """A door to `coach`; all that went through it stands in `told`."""

    def __init__(self, coach: Coach) -> None:
        self.told: list[tuple[Input, Fields, float]] = []
        self.performed: list[Action] = []
        self.perform: Callable[[Action], None] = self.performed.append
        self.door = Handover(coach, lambda *told: self.told.append(told), self._perform)  # type: ignore[arg-type]

    def _perform(self, action: Action) -> None:
        self.perform(action)


def test_the_coach_is_woken_as_often_as_it_is_due_before_what_comes_later() -> None:
    coach = Coach(1.0, 2.0, 2.0, 3.0)
    Door(coach).door.hand_over(ONE, 2.5)
    assert coach.handled == [(Wake(), 1.0), (Wake(), 2.0), (Wake(), 2.0), (ONE, 2.5)]


def test_what_is_due_at_the_very_moment_comes_before_what_happens_then() -> None:
    coach = Coach(2.5)
    Door(coach).door.hand_over(ONE, 2.5)
    assert coach.handled == [(Wake(), 2.5), (ONE, 2.5)]


def test_what_becomes_due_by_what_happens_is_done_at_once() -> None:
    coach = Coach()

    def hurry(event: Event) -> list[Action]:
        if event is ONE:
            coach.due_s = [2.5, 2.6]
        return []

    coach.answer = hurry
    Door(coach).door.hand_over(ONE, 2.5)
    assert coach.handled == [(ONE, 2.5), (Wake(), 2.5)]


def test_what_follows_from_an_action_waits_until_all_that_was_decided_with_it_is_done_and_what_is_due_then() -> None:
    coach, order = Coach(), list[object]()
    way = Door(coach)

    def answer(event: Event) -> list[Action]:
        order.append(event)
        if event is ONE:
            coach.due_s = [1.0, 1.5]
            return [Tone("lift"), Tone("lower")]
        return []

    def perform(action: Action) -> None:
        order.append(action)
        if action == Tone("lift"):
            way.door.hand_over(TWO, 1.0, {"line": "set.lift"})

    coach.answer, way.perform = answer, perform
    way.door.hand_over(ONE, 1.0)
    assert order == [ONE, Tone("lift"), Tone("lower"), Wake(), TWO]
    assert way.told == [(ONE, {}, 1.0), (TWO, {"line": "set.lift"}, 1.0)]


def test_after_the_end_nothing_is_told_or_done_any_more() -> None:
    coach = Coach(5.0)
    way = Door(coach)

    def end(event: Event) -> list[Action]:
        coach.outcome = "stopped"
        return [Tone("lift")]

    coach.answer = end
    way.perform = lambda _: way.door.hand_over(TWO, 1.0)
    way.door.hand_over(ONE, 1.0)
    way.door.hand_over(TWO, 6.0)
    assert [event for event, _, _ in way.told] == [ONE]
    assert coach.handled == [(ONE, 1.0)]


def test_time_never_goes_back() -> None:
    coach = Coach()
    way = Door(coach)
    assert way.door.now_s == 0.0
    way.door.pass_time(2.0)
    way.door.hand_over(ONE, 1.0)
    assert coach.handled == [(ONE, 2.0)]
    assert way.door.now_s == 2.0


def test_a_moment_is_what_the_log_keeps_of_it() -> None:
    way = Door(Coach())
    way.door.hand_over(ONE, 1.23456789)
    assert way.told == [(ONE, {}, way.door.now_s)]
    assert len(str(way.door.now_s)) < len("1.2345678")


@pytest.mark.parametrize("at_s", [1.0, 1.00004, 1.0004, 1.00051, 1.00099, 123.456789])
def test_it_wakes_at_the_first_moment_that_the_log_can_keep_and_that_is_not_before_it(at_s: float) -> None:
    coach = Coach(at_s)
    assert Door(coach).door.wake_once(at_s)
    ((_, woken_s),) = coach.handled
    assert woken_s == up(at_s) >= at_s
    assert woken_s - at_s < 0.001


def test_it_is_woken_once_only_when_that_is_due() -> None:
    coach = Coach(1.0, 1.0)
    way = Door(coach)
    assert way.door.wake_once(0.9) is False
    assert way.door.wake_once(1.0)
    assert coach.handled == [(Wake(), 1.0)]
    assert Door(Coach()).door.wake_once(9.0) is False


def test_a_coach_that_fell_over_once_is_handed_the_next_word_all_the_same() -> None:
    coach = Coach()

    def fall(event: Event) -> list[Action]:
        raise ZeroDivisionError

    coach.answer = fall
    way = Door(coach)
    with pytest.raises(ZeroDivisionError):
        way.door.hand_over(ONE, 1.0)
    coach.answer = lambda _: []
    way.door.hand_over(TWO, 2.0)
    assert coach.handled == [(ONE, 1.0), (TWO, 2.0)]
