"""What the coach records of an evening: the history, the memory and whoever looks for a mistake have nothing else."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.coach.stage import KNOWN, QUICK, TODAY, Rehearsed
from voicecoach.messages.actions import Action, Hush, Record
from voicecoach.messages.events import Event, Fault, Interrupted, Unclear
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.memory import Memory, Person

ANNA = Person(3, name="anna", heard_on_mat=True, taught=True, screened_on_day=TODAY - 9)


class Kept(Rehearsed):
    """An evening, and what is kept of it."""

    def __init__(self, memory: Memory = KNOWN) -> None:
        self.kept: list[Record] = []
        self.hushes: list[str] = []
        super().__init__(QUICK, memory=memory)

    def _perform(self, action: Action) -> None:
        super()._perform(action)
        if isinstance(action, Record):
            self.kept.append(action)
        elif isinstance(action, Hush):
            self.hushes.append(str(action.why))

    def all_of(self, event: str) -> list[Mapping[str, object]]:
        return [record.fields for record in self.kept if record.event == event]


def lifting() -> Kept:
    evening = Kept()
    assert evening.run_to("rep 2 lift")
    return evening


def test_each_phase_stands_there_with_the_one_before_it_from_the_first_on() -> None:
    evening = Kept()
    assert evening.run_to("end finished")
    assert evening.kept[0].fields == {"from": "", "to": "screen"}
    phases = evening.all_of("phase")
    assert [phase["from"] for phase in phases[1:]] == [phase["to"] for phase in phases[:-1]]
    assert phases[-1]["to"] == "finished"


def test_what_was_done_and_felt_stands_at_the_end() -> None:
    evening = Kept()
    assert evening.run_to_question("cool_down.pain")
    evening.hear("two")
    assert evening.run_to("end finished")
    done = {"reps": 6, "sets": 2, "level": evening.session.course.level_done, "failed_sets": 0, "pain_before": 1, "pain_after": 2}
    assert evening.session.summary == done


def test_a_set_that_was_stopped_half_way_counts_as_one_that_failed_and_of_pain_only_what_was_said_stands_there() -> None:
    evening = lifting()
    evening.hear("stop")
    assert evening.run_to("end stopped")
    told = evening.session.summary
    assert (told["reps"], told["sets"], told["failed_sets"], told["pain_before"]) == (1, 1, 1, 1)
    assert "pain_after" not in told


def test_before_the_first_lift_no_set_was_done_and_none_failed() -> None:
    evening = Kept()
    assert evening.run_to_question("screen.nerve")
    evening.hear("stop")
    evening.healthy = True
    assert evening.run_to("end stopped")
    told = evening.session.summary
    assert (told["reps"], told["sets"], told["failed_sets"]) == (0, 0, 0)


def test_whose_evening_it_is_stands_there() -> None:
    evening = Kept(replace(KNOWN, people=(ANNA,)))
    assert evening.run_to("phase teach") or evening.run_to("phase set")
    assert {"id": 3, "name": "anna"} in evening.all_of("person")


@pytest.mark.parametrize(
    ("said", "why"), [("stop", "stop"), ("it hurts", "pain"), ("my leg is numb", "nerve"), ("help me", "distress"), ("pause", "pause")]
)
def test_a_hush_for_a_word_says_what_was_meant(said: str, why: str) -> None:
    evening = lifting()
    evening.hear(said)
    assert evening.hushes == [why]


def test_a_suspicion_that_nobody_decides_within_four_seconds_has_a_hush_of_its_own() -> None:
    evening = lifting()
    evening.tell(Meant(Intent.STOP, Stage.SUSPECTED))
    evening.run_until(evening.now_s + 3.9)
    assert evening.hushes == ["suspected"]
    evening.run_until(evening.now_s + 0.2)
    assert evening.hushes == ["suspected", "unresolved"]


@pytest.mark.parametrize(("gaps_s", "hushes"), [((1.9,), 1), ((2.0,), 2), ((2.5,), 2), ((1.5, 1.5, 1.5), 1), ((1.5, 1.5, 2.5), 2)], ids=str)
def test_a_cry_hushes_once_for_as_long_as_it_goes_on(gaps_s: tuple[float, ...], hushes: int) -> None:
    evening = lifting()
    evening.healthy = False
    for gap_s in (0.5, *gaps_s):
        evening.run_until(evening.now_s + gap_s)
        evening.tell(Meant(Intent.STOP, Stage.CONFIRMED))
    assert evening.hushes == ["stop"] * hushes


@pytest.mark.parametrize(("later_s", "begins"), [(2.9, False), (3.0, True), (3.5, True)])
def test_a_word_to_go_on_ends_the_rest_unless_it_was_said_to_end_the_pause(later_s: float, begins: bool) -> None:
    evening = Kept()
    assert evening.run_to("line rest.begin")
    evening.tell(Meant(Intent.PAUSE, Stage.CONFIRMED))
    assert evening.run_to("line paused.begin")
    evening.run_until(evening.now_s + 5.0)
    evening.tell(Meant(Intent.RESUME, Stage.CONFIRMED))
    resumed = len(evening.happened)
    evening.run_until(evening.now_s + later_s)
    evening.tell(Meant(Intent.RESUME, Stage.CONFIRMED))
    assert ("phase set" in evening.since(resumed)) is begins


def test_how_much_of_the_rest_is_left_before_it_is_counted_is_all_of_it() -> None:
    evening = Kept()
    assert evening.run_to("line rest.begin")
    assert evening.session.rest_left_s == evening.session.course.rest.left_s > 0


def test_a_lift_stands_there_with_its_set_and_the_lifts_that_are_to_be_done() -> None:
    assert lifting().all_of("rep")[-1] == {"n": 2, "of": 3, "set": 1, "moment": "lift"}


def test_how_somebody_wants_it_said_is_done_once_and_again_when_it_changes() -> None:
    evening = Kept(replace(KNOWN, people=(replace(ANNA, units="metric", words_per_minute=130),)))
    assert evening.run_to_question("screen.ready")
    assert [text for _, text in evening.happened].count("manner") == 1
    evening.hear("use pounds")
    evening.healthy = True
    assert evening.run_to("end finished")
    assert [text for _, text in evening.happened].count("manner") == 2


def test_the_word_that_ends_a_pause_is_an_answer_to_it() -> None:
    evening = lifting()
    evening.hear("pause")
    assert evening.run_to("line paused.moving")
    evening.run_until(evening.now_s + 4.0)
    evening.hear("resume")
    assert evening.hushes == ["pause", "answered"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        pytest.param(Fault("sound", ""), "fault", id="no sound"),
        pytest.param(Fault("microphone", ""), "fault", id="no ears"),
        pytest.param(Fault("voice", ""), "fault", id="no voice"),
        pytest.param(Fault("standstill", ""), "fault", id="a standstill"),
        pytest.param(Interrupted(), "interrupted", id="Ctrl-C"),
        pytest.param(Unclear("my back is", worrying=True), "unsure", id="perhaps a safety word"),
        pytest.param(Meant(Intent.STOP, Stage.SUSPECTED), "suspected", id="a suspicion"),
    ],
)
def test_every_other_hush_says_why_too(event: Event, why: str) -> None:
    evening = lifting()
    evening.tell(event)
    assert evening.hushes == [why]
