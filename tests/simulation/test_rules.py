"""Every rule catches a coach that breaks it. Each coach here is the real one with one thing made wrong."""

from dataclasses import replace
from typing import Any

import pytest

from tests.simulation.life import replay
from tests.simulation.watched import EVERY_RULE, Coach
from voicecoach.coach.asking import AskTurn
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Become, Enter, Script
from voicecoach.coach.session import Session
from voicecoach.coach.turns import AwaitTurn, SpeakTurn
from voicecoach.messages.actions import Action, End, Hush, Record, Say, Tone
from voicecoach.messages.events import Event, Started, Unclear, Wake
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Person

LIFT = Say(999_999, Line("set.lift"))


class Doctored(Session):
    """The real coach, whose actions are tampered with."""

    def handle(self, event: Event, now_s: float) -> list[Action]:
        return self.doctored(event, super().handle(event, now_s))

    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return actions


class DeafToCries(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [action for action in actions if action != Hush("pain")]


class GoesOnInSpiteOfCries(Session):
    def _obey_safety(self, meant: Meant) -> None:
        return


class CountsAfterTheStop(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [*actions, Tone("lift")] if self.phase is Phase.STOPPED and isinstance(event, Wake) else actions


class CuesAfterTheStop(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [*actions, LIFT] if self.phase is Phase.STOPPED and not isinstance(event, Meant) else actions


class TalksThroughSuspicions(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [] if isinstance(event, Meant) and event.stage is Stage.SUSPECTED else actions


class AnswersSuspicions(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [*actions, Tone("heard")] if isinstance(event, Meant) and event.stage is Stage.SUSPECTED else actions


class ForgetsSuspicions(Session):
    def unresolved(self, now_s: float) -> None:
        self._performer.thaw(now_s)


class HoldsForEver(Session):
    def unresolved(self, now_s: float) -> None:
        self._performer._frozen_at_s = now_s


def _straight_to(phase: Phase) -> Script:
    yield Enter(phase)


class GoesOnWhenTheMicrophoneIsBack(Session):
    def _recovered(self, what: str) -> None:
        self._failed.discard(what)
        self.turn_to(_straight_to(self.back_to), "recovered")


class GoesOnWithoutAMicrophone(Session):
    @property
    def out_of_order(self) -> bool:
        return False


class DoesNotMindFaults(Session):
    def _fault(self, what: str) -> None:
        return


def _at_once() -> Script:
    yield Become(Person())
    yield Enter(Phase.TEACH)


class AsksNothing(Session):
    def _take(self, event: Event) -> None:
        super()._take(event)
        if isinstance(event, Started):
            self.turn_to(_at_once(), "started")


class WantsMore(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        self.course.set_lifts += 5 if self.phase is Phase.HOLD else 0
        return actions


class NeverSleeps(Session):
    @property
    def wake_at_s(self) -> float | None:
        return self._now_s if self.phase is Phase.REST else super().wake_at_s


class SleepsForEver(Session):
    @property
    def wake_at_s(self) -> float | None:
        return None


class JumpsAbout(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [_changed(action, "phase", "to", "cool_down") for action in actions] if self.phase is Phase.SET else actions


class CuesWhileOneRests(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [*actions, LIFT] if self.phase is Phase.REST else actions


class CuesTooLate(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [replace(action, at_s=self._now_s - 1) if isinstance(action, Say) and action.at_s else action for action in actions]


class SkipsACount(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [
            _changed(action, "rep", "n", 3) if isinstance(action, Record) and action.fields.get("n") == 2 else action for action in actions
        ]


class SaysAnotherCount(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        counts = [action for action in actions if isinstance(action, Say) and action.line.id.startswith("set.count")]
        return [replace(action, line=Line(action.line.id, (("n", 9),))) if action in counts else action for action in actions]


class LosesWhatWasCut(Session):
    def _meant(self, meant: Meant) -> None:
        turn = self._performer.turn
        if meant.stage is Stage.WITHDRAWN and isinstance(turn, SpeakTurn):
            self._performer._frozen_at_s, turn.wake_at_s = None, self._now_s + 100
        else:
            super()._meant(meant)


class RepeatsEveryLine(Session):
    """Takes the end of a line for a cut, once."""

    def handle(self, event: Event, now_s: float) -> list[Action]:
        before = self._performer.turn
        ended = super().handle(event, now_s)
        if isinstance(before, SpeakTurn) and before.done and self._performer.turn is not before and before._say_id:
            self._performer.turn = before
            before.start(now_s)
            return [*ended, *self._prompter.take()]
        return ended


class AsksForEver(Session):
    def _take(self, event: Event) -> None:
        if isinstance(self._performer.turn, AskTurn):
            self._performer.turn._asked = 1
        super()._take(event)


class EndsTwice(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [*actions, *(action for action in actions if isinstance(action, End))]


class TalksAfterTheEnd(Doctored):
    def doctored(self, event: Event, actions: list[Action]) -> list[Action]:
        return [Tone("heard")] if self.outcome and not actions else actions


class EndsAnyhow(Doctored):
    def finished(self, outcome: str, now_s: float) -> None:
        super().finished("tired of it", now_s)


class PlaysItDown(Session):
    def finished(self, outcome: str, now_s: float) -> None:
        super().finished("stopped", now_s)


class TakesAMumbleForAWord(Session):
    def _unclear(self, event: Unclear) -> None:
        self._meant(Meant(Intent.NEXT_SET, Stage.CONFIRMED, "next", "next"))


class WaitsForEver(Session):
    def _take(self, event: Event) -> None:
        if isinstance(self._performer.turn, AwaitTurn):
            self._performer.turn._reminders = 0
        super()._take(event)


def _changed(action: Action, event: str, field: str, value: Any) -> Action:
    changes = isinstance(action, Record) and action.event == event
    return replace(action, fields={**action.fields, field: value}) if changes and isinstance(action, Record) else action


SET = ["plan sets=2 reps=3 rest_s=20 warm_up_s=0 cool_down_s=0", "< rep 2 hold"]
CAUGHT: tuple[tuple[str, Coach, list[str]], ...] = (
    ("ASafetyWordHushesAndStops", DeafToCries, [*SET, "> it hurts"]),
    ("ASafetyWordHushesAndStops", GoesOnInSpiteOfCries, [*SET, "> stop"]),
    ("NothingMovesAfterASafetyWord", CountsAfterTheStop, [*SET, "> stop", "person silent", "~ 60"]),
    ("NothingMovesAfterASafetyWord", CuesAfterTheStop, [*SET, "> stop", "~ 60"]),
    ("ASuspicionHushesAndHolds", TalksThroughSuspicions, [*SET, "> ? stop"]),
    ("ASuspicionHushesAndHolds", AnswersSuspicions, [*SET, "> ? stop"]),
    ("ASuspicionHushesAndHolds", ForgetsSuspicions, [*SET, "> ? stop", "~ 30"]),
    ("ASuspicionHushesAndHolds", HoldsForEver, [*SET, "> ? stop", "~ 30"]),
    ("OnlyADeliberateWordEndsAPause", GoesOnWhenTheMicrophoneIsBack, [*SET, "! fault microphone", "~ 5", "! recovered microphone"]),
    ("OnlyADeliberateWordEndsAPause", GoesOnWithoutAMicrophone, [*SET, "! fault microphone", "~ 5", "> resume"]),
    ("NothingMovesUnheard", DoesNotMindFaults, [*SET, "! fault speaker"]),
    ("NothingMovesUnheard", DoesNotMindFaults, [*SET, "! fault standstill"]),
    ("NothingMovesUnheard", DoesNotMindFaults, [*SET, "! fault voice"]),
    ("NothingMovesUnscreened", AsksNothing, ["~ 100"]),
    ("NothingBeyondWhatWasAgreed", WantsMore, [*SET, "~ 5"]),
    ("TheNextWakeIsLater", NeverSleeps, [*SET, "~ 200"]),
    ("TheNextWakeIsLater", SleepsForEver, [*SET]),
    ("MovesAreThoseOfTheTable", JumpsAbout, [*SET]),
    ("CuesComeWhereOneMoves", CuesWhileOneRests, [*SET, "~ 100"]),
    ("CuesComeWhereOneMoves", CuesTooLate, [*SET]),
    ("CountsGoOnByOne", SkipsACount, [*SET]),
    ("CountsGoOnByOne", SaysAnotherCount, [*SET]),
    ("NoLineIsLost", LosesWhatWasCut, ["< line greeting.words*", "> ? stop", "> - stop", "~ 30"]),
    ("NoLineIsLost", RepeatsEveryLine, ["~ 30"]),
    ("EveryQuestionEnds", AsksForEver, ["person silent", "~ 1000"]),
    ("OneOutcomeAndNothingAfter", EndsTwice, [*SET, "> stop"]),
    ("OneOutcomeAndNothingAfter", TalksAfterTheEnd, [*SET, "> stop"]),
    ("OneOutcomeAndNothingAfter", EndsAnyhow, [*SET, "> stop"]),
    ("TheOutcomeTellsTheWorst", PlaysItDown, [*SET, "> it hurts"]),
    ("EveryEventIsAnsweredInKind", TakesAMumbleForAWord, ["plan sets=2 reps=3", "< phase rest", "~ 5", "! unclear"]),
    ("EverySessionEnds", WaitsForEver, [*SET, "> pause", "~ 1"]),
)


@pytest.mark.parametrize(("rule", "coach", "script"), CAUGHT, ids=[f"{rule}-{coach.__name__}" for rule, coach, _ in CAUGHT])
def test_a_coach_that_breaks_a_rule_is_caught_by_it(rule: str, coach: Coach, script: list[str]) -> None:
    assert replay(script).broken is None
    broken = replay(script, coach).broken
    assert broken is not None
    assert broken.rule == rule, broken


def test_every_rule_has_its_breaker() -> None:
    names = {rule.__name__ for rule in EVERY_RULE}
    assert {rule for rule, _, _ in CAUGHT} == names | {"EverySessionEnds"}
