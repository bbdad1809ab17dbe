"""The first run, in made-up time: each step is kept once it is done, a safety word ends it for good, and nothing in it can move anybody."""

from typing import Any

import pytest

from tests.coach.stage import CURRICULUM, PHRASEBOOK, TODAY, Rehearsed, plan
from tests.coach.test_placing import BAD, GOOD
from voicecoach.coach.first_run import FirstRun
from voicecoach.coach.phases import Phase
from voicecoach.coach.placing import LINE_OF, UNSAFE, Flaw
from voicecoach.coach.requests import Enter
from voicecoach.coach.setting_up import DONE, LEVELS, LOCALE, LOUDNESS, MAT, STEPS, UNITS, Todo
from voicecoach.messages.actions import Action, Record
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated, Fault, HardToHear, Unclear
from voicecoach.messages.heard import Stage, Trouble
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.messages.memory import Memory

NUMBERS = (("en", "112"), ("en-GB", "999"), ("en-US", "911"))
ANSWERS = {
    "first_run.devices": "yes",
    "first_run.loudness": "yes",
    "first_run.lie_down": "ready",
    "mat.pain": "pain",
    "mat.stop": "stop",
    "first_run.emergency": "yes",
    "first_run.units": "yes",
}
QUESTIONS = tuple(ANSWERS)
STILL = {"phase screen", "phase stopped", "phase finished"}


class Run(Rehearsed):
    """A first run; `kept` is what was kept, in order. `figures` are what the ears find in the talk."""

    def __init__(self, steps: tuple[str, ...] = STEPS, figures: Figures | None = GOOD) -> None:
        self.kept: list[dict[str, Any]] = []
        self.todo = Todo(steps, NUMBERS)
        self.coach = lambda plan, curriculum, memory: FirstRun(plan, curriculum, memory, self.todo)
        super().__init__(plan(), healthy=False, memory=Memory(TODAY), curriculum=CURRICULUM)
        self._figures = figures

    def asked(self) -> str:
        """The next question, once it has been asked; "" when there is none any more. The ears have their figures by the first."""
        if not self.run_to("question *", within_s=400.0):
            return ""
        if self._figures:
            self.tell(Calibrated(self._figures, None))
        return self.happened[-2 if self._figures else -1][1].removeprefix("question ")

    def answer(self, **other: str) -> "Run":
        """Answers every question, `other` by the last part of its name, until the end."""
        while name := self.asked():
            if reply := other.get(name.rpartition(".")[2], ANSWERS[name]):
                self.hear(reply)
        return self

    def at(self, question: str) -> "Run":
        """Up to this question."""
        while (name := self.asked()) != question:
            self.hear(ANSWERS[name])
        return self

    def _perform(self, action: Action) -> None:
        if isinstance(action, Record) and action.event == DONE:
            self.kept.append(dict(action.fields))
        super()._perform(action)

    @property
    def phases(self) -> set[str]:
        return {text for _, text in self.happened if text.startswith("phase ")}


def test_every_step_is_kept_as_soon_as_it_is_done_and_in_order() -> None:
    run = Run().answer()
    assert run.outcome == "finished"
    assert [one["step"] for one in run.kept] == list(STEPS)
    chosen = {name: value for one in run.kept for name, value in one.items() if name != "step"}
    assert chosen == {"loudness_db": 0, "locale": "en", "emergency": "112", "units": "metric"}
    assert run.phases <= STILL


def test_what_is_done_already_is_not_asked_again() -> None:
    run = Run((LOCALE, UNITS)).answer(emergency="no", units="no")
    asked = {text for _, text in run.happened if text.startswith("question ")}
    assert asked == {"question first_run.emergency", "question first_run.units"}
    assert run.kept == [{"step": UNITS, "units": "imperial"}]
    assert "line first_run.no_emergency" in run.since(0)


def test_the_number_that_is_right_chooses_the_locale() -> None:
    run = Run((LOCALE,))
    for word in ("no", "no", "yes"):
        assert run.run_to("question first_run.emergency")
        run.hear(word)
    assert run.kept == [{"step": LOCALE, "locale": "en-US", "emergency": "911"}]


def test_louder_and_quieter_are_obeyed_at_once_and_what_was_liked_is_kept() -> None:
    run = Run((LOUDNESS,))
    run.run_to("question first_run.loudness")
    run.hear("louder")
    run.run_to("question first_run.loudness")
    run.hear("yes")
    assert run.kept == [{"step": LOUDNESS, "loudness_db": 3}]


@pytest.mark.parametrize("flaw", [flaw for flaw in Flaw if flaw is not Flaw.LOUDER])
def test_what_is_wrong_with_the_sound_is_said_and_what_would_lose_a_safety_word_has_to_be_changed_first(flaw: Flaw) -> None:
    run = Run(figures=BAD[flaw]).answer()
    assert f"line {LINE_OF[flaw]}" in run.since(0)
    assert (LEVELS in [one["step"] for one in run.kept]) == (flaw not in UNSAFE)
    assert run.outcome == ("not_cleared" if flaw in UNSAFE else "finished")


def test_without_figures_the_levels_are_left_for_another_time() -> None:
    run = Run(figures=None).answer()
    assert LEVELS not in [one["step"] for one in run.kept]
    assert "line first_run.levels_unknown" in run.since(0)


def test_whoever_is_not_heard_ends_it_and_nothing_is_kept() -> None:
    run = Run()
    run.run_until(200.0)
    assert (run.outcome, run.kept) == ("silence", [])


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("word", ["stop now", "it hurts", "chest pain"])
def test_a_safety_word_ends_it_for_good_wherever_it_comes(word: str, question: str) -> None:
    run = Run().at(question)
    kept, mark = len(run.kept), len(run.happened)
    run.hear(word)
    assert run.since(mark)[0].startswith("hush")
    for later in ("yes", "ready", "continue", "next set"):
        run.hear(later)
    run.run_until(run.now_s + 600.0)
    assert run.outcome in {"stopped", "pain", "emergency"}
    assert len(run.kept) == kept
    assert run.phases <= STILL
    assert not any(text.startswith(("question first_run", "question mat")) for text in run.since(mark + 1))


@pytest.mark.parametrize("word", ["pain", "stop"])
@pytest.mark.parametrize("question", [name for name in QUESTIONS if not name.startswith("mat.")])
def test_the_words_that_are_tried_are_meant_everywhere_else(word: str, question: str) -> None:
    run = Run().at(question)
    run.hear(word)
    assert "phase stopped" in run.since(0)


def test_the_other_word_than_the_one_asked_for_is_meant() -> None:
    run = Run().at("mat.pain")
    run.hear("stop")
    assert "phase stopped" in run.since(0)


def test_who_is_not_heard_from_the_mat_is_told_what_to_move_and_the_mat_is_left_to_do() -> None:
    run = Run((MAT, UNITS)).answer(pain="")
    assert "line first_run.mat_unheard" in run.since(0)
    assert [one["step"] for one in run.kept] == [UNITS]


@pytest.mark.parametrize("intent", sorted(set(Intent) - URGENT))
def test_no_word_leads_to_a_movement_or_out_of_it(intent: Intent) -> None:
    for question in ("first_run.devices", "first_run.lie_down"):
        run = Run().at(question)
        run.hear(next(iter(PHRASEBOOK.phrases(intent)), "seven"))
        run.run_until(run.now_s + 300.0)
        assert run.phases <= STILL


def test_even_a_script_that_would_enter_a_phase_ends_it() -> None:
    run = Run()
    run.session.begun(Enter(Phase.SET), run.now_s)
    assert run.outcome == "fault"


def test_a_suspicion_that_nobody_decides_is_a_stop() -> None:
    run = Run().at("first_run.units")
    run.hear("stop", Stage.SUSPECTED)
    run.run_until(run.now_s + 10.0)
    assert "phase stopped" in run.since(0)


@pytest.mark.parametrize("what", ["microphone", "recognizer", "speaker", "sound", "voice"])
def test_without_a_part_that_it_needs_it_ends_at_once(what: str) -> None:
    run = Run().at("first_run.loudness")
    run.tell(Fault(what, "It broke."))
    assert run.outcome == "fault"


def test_a_reason_is_given_for_every_question_of_it() -> None:
    for question in QUESTIONS:
        assert Rehearsed.script.why(question)


def test_between_two_questions_nothing_is_obeyed_and_what_may_have_been_pain_stops_it() -> None:
    run = Run()
    run.run_to("line first_run.*")
    mark = len(run.happened)
    for word in ("slower", "next set", "yes"):
        run.hear(word)
    run.tell(HardToHear(Trouble.FAINT))
    run.tell(Unclear("hm"))
    assert run.since(mark) == []
    run.tell(Unclear("hm", worrying=True))
    assert "phase stopped" in run.since(mark)


@pytest.mark.parametrize("word", ["no", ""])
def test_whoever_finds_no_loudness_or_says_nothing_is_asked_no_more_and_it_is_left_to_do(word: str) -> None:
    run = Run((LOUDNESS, UNITS)).answer(loudness=word)
    assert "line first_run.later" in run.since(0)
    assert [one["step"] for one in run.kept] == [UNITS]


def test_after_the_script_it_is_finished() -> None:
    run = Run()
    run.session.over(run.now_s)
    assert run.outcome == "finished"
