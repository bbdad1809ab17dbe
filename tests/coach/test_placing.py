"""What the first words told, and what the coach makes of it."""

from dataclasses import replace

import pytest

from tests.coach.stage import PHRASEBOOK, QUICK, SCRIPT, Rehearsed
from voicecoach.coach.placing import LINE_OF, UNTOLD, Flaw, flaws_of
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated
from voicecoach.messages.lines import Line

GOOD = Figures(
    noise_dbfs=-60.0,
    coach_dbfs=-30.0,
    echo_loss_db=25.0,
    delay_ms=80.0,
    drift_ppm=1.0,
    peak_dbfs=-10.0,
    clipped_share=0.0,
    zero_share=0.0,
)
UNHEARD = replace(GOOD, coach_dbfs=None, echo_loss_db=None, delay_ms=None)
BAD = {
    Flaw.SILENT: replace(UNHEARD, zero_share=1.0, noise_dbfs=-120.0),
    Flaw.UNHEARD: UNHEARD,
    Flaw.LATE: replace(GOOD, delay_ms=320.0),
    Flaw.DRIFTING: replace(GOOD, drift_ppm=-400.0),
    Flaw.CLIPPED: replace(GOOD, clipped_share=0.01),
    Flaw.LOUD: replace(GOOD, coach_dbfs=-12.0, echo_loss_db=36.0),
    Flaw.DROWNED: replace(GOOD, coach_dbfs=-20.0, echo_loss_db=2.0),
    Flaw.ECHOING: replace(GOOD, coach_dbfs=-20.0, echo_loss_db=15.0),
    Flaw.LOUDER: replace(GOOD, coach_dbfs=-19.0, echo_loss_db=30.0),
    Flaw.NOISY: replace(GOOD, noise_dbfs=-35.0),
}


@pytest.mark.parametrize("flaw", Flaw)
def test_each_flaw_has_its_figures_and_its_sentence(flaw: Flaw) -> None:
    assert flaws_of(BAD[flaw], GOOD if flaw is Flaw.LOUDER else None) == (flaw,)
    assert len(SCRIPT.sentence(Line(LINE_OF[flaw])).split()) > 5


def test_where_all_is_well_nothing_is_wrong() -> None:
    assert flaws_of(GOOD, None) == ()
    assert flaws_of(GOOD, GOOD) == ()
    assert flaws_of(replace(GOOD, drift_ppm=None), None) == ()


def test_louder_than_last_time_needs_a_last_time_and_matters_only_where_it_is_loud() -> None:
    assert flaws_of(BAD[Flaw.LOUDER], None) == ()
    assert flaws_of(BAD[Flaw.LOUDER], UNHEARD) == ()
    assert flaws_of(GOOD, replace(GOOD, coach_dbfs=-45.0)) == ()


def test_what_is_left_of_the_coach_does_not_matter_in_a_noise_in_which_it_is_lost() -> None:
    figures = replace(GOOD, coach_dbfs=-40.0, echo_loss_db=1.0, noise_dbfs=-42.0)
    assert flaws_of(figures, None) == ()


@pytest.mark.parametrize("flaw", [flaw for flaw in Flaw if flaw not in UNTOLD])
def test_a_flaw_is_told_once_while_the_person_still_stands(flaw: Flaw) -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("question screen.acute")
    evening.tell(Calibrated(BAD[flaw], GOOD if flaw is Flaw.LOUDER else None))
    assert evening.run_to(f"line {LINE_OF[flaw]}")
    assert evening.run_to("line position.down")
    evening.run_until(evening.now_s + 900)
    assert evening.since(0).count(f"line {LINE_OF[flaw]}") == 1
    assert evening.outcome == "finished"


def test_the_questions_are_not_interrupted_by_it() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("question screen.acute")
    mark = len(evening.happened)
    evening.tell(Calibrated(BAD[Flaw.LOUD], None))
    assert evening.since(mark) == ["calibrated ['loud']"]


def test_of_several_flaws_only_the_cause_is_told() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("question screen.acute")
    evening.tell(Calibrated(replace(BAD[Flaw.DROWNED], delay_ms=400.0, noise_dbfs=-38.5), None))
    assert evening.run_to("phase warm_up")
    assert [text for text in evening.since(0) if text.startswith("line setup.")] == ["line setup.late"]


@pytest.mark.parametrize("flaw", [None, *UNTOLD])
def test_what_is_well_or_tells_itself_is_only_logged(flaw: Flaw | None) -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("question screen.acute")
    evening.tell(Calibrated(BAD[flaw] if flaw else GOOD, None))
    evening.run_until(evening.now_s + 900)
    assert [text for text in evening.since(0) if text.startswith("line setup.")] == []
    assert evening.since(0).count(f"calibrated {[flaw.value] if flaw else []}") == 1


def test_who_gets_no_answer_from_a_dead_microphone_says_so() -> None:
    evening = Rehearsed(QUICK, healthy=False)
    evening.run_to("question screen.nerve")
    evening.tell(Calibrated(BAD[Flaw.SILENT], None))
    assert evening.run_to("line setup.silent")
    assert evening.run_to("line refuse.silence")
    assert evening.run_to("end silence")


def test_a_microphone_that_was_dead_and_then_gave_an_answer_is_not_called_dead() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("question screen.nerve")
    evening.tell(Calibrated(BAD[Flaw.SILENT], None))
    evening.run_to("question screen.acute")
    evening.healthy = False
    evening.run_to("question screen.spine")
    assert evening.run_to("end silence")
    assert "line setup.silent" not in evening.since(0)


def test_pain_is_obeyed_with_advice_on_the_sound_still_to_be_given_and_that_is_never_given() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("question screen.acute")
    evening.tell(Calibrated(BAD[Flaw.LOUD], None))
    evening.hear("pain")
    assert evening.since(0)[-1] != "line setup.loud"
    assert evening.session.phase == "stopped"
    evening.run_until(evening.now_s + 900)
    assert "line setup.loud" not in evening.since(0)


@pytest.mark.parametrize("flaw", Flaw)
def test_no_sentence_about_the_sound_has_a_safety_word_in_it(flaw: Flaw) -> None:
    spoken = f" {' '.join(SCRIPT.sentence(Line(LINE_OF[flaw])).lower().replace('.', ' ').replace(',', ' ').split())} "
    assert [phrase for phrase in PHRASEBOOK.grammar("set").urgent if f" {phrase} " in spoken] == []
