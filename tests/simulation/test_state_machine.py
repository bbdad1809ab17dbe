"""The same rules, with Hypothesis choosing what happens: it makes what breaks one as short as it can be by itself."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.coach.stage import PHRASEBOOK
from tests.simulation.life import end
from tests.simulation.luck import CRIES, FAULTS, FIGURES, NUMBERS
from tests.simulation.played import Played
from tests.simulation.test_rules import DeafToCries
from tests.simulation.watched import Broken, Coach
from voicecoach.coach.session import Session
from voicecoach.messages.heard import Trouble
from voicecoach.messages.intents import URGENT, Intent

ORDINARY = sorted(set(Intent) - URGENT - {Intent.NUMBER, Intent.NAME})
PLANS = (
    "sets=2 reps=3 rest_s=20 warm_up_s=0 cool_down_s=20",
    "sets=1 reps=2 legs=one warm_up_s=60 cool_down_s=0",
    "level=squeezes warm_up_s=0",
)
PEOPLE = ("person new", *(f"knows {fact} screened_on_day=-9" for fact in ("taught=yes", "heard_on_mat=no", "taught=no")))
HAPPENINGS = ("unclear", "worrying", "cut", "unplayed", "late 2", "interrupted", *(f"hard_to_hear {trouble.value}" for trouble in Trouble))
PLACES = ("phase *", "question *", "line set.*", "rep * hold", "rep * lower", "phase rest", "phase cool_down")


class Evenings(RuleBasedStateMachine):
    """A session to which anything may happen, also when it is over. Every rule of tests/simulation sees every event of it."""

    coach: Coach = Session

    @initialize(plan=st.sampled_from(PLANS), person=st.sampled_from(PEOPLE))
    def somebody_comes(self, plan: str, person: str) -> None:
        self.played = Played(self.coach)
        for line in (f"plan {plan}", person, "~ 0.3"):
            self.happens(line)

    def happens(self, line: str) -> None:
        """One line of a session script; a broken rule is a failure."""
        self.played.take(line)
        if self.played.broken:
            raise self.played.broken

    @rule(seconds=st.sampled_from((0.1, 1, 5, 20)))
    def time_passes(self, seconds: float) -> None:
        self.happens(f"~ {seconds}")

    @rule(place=st.sampled_from(PLACES))
    def it_comes_to(self, place: str) -> None:
        self.happens("person healthy")
        self.happens(f"< {place}")

    @rule(word=st.sampled_from([*NUMBERS, *(phrase for intent in ORDINARY for phrase in PHRASEBOOK.phrases(intent))]))
    def somebody_says(self, word: str) -> None:
        self.happens(f"> {word}")

    @rule(word=st.sampled_from(CRIES), stage=st.sampled_from(("? ", "- ", "")))
    def somebody_cries(self, word: str, stage: str) -> None:
        self.happens(f"> {stage}{word}")

    @rule(what=st.sampled_from(FAULTS), news=st.sampled_from(("fault", "recovered")))
    def a_part_tells(self, what: str, news: str) -> None:
        self.happens(f"! {news} {what}")

    @rule(what=st.sampled_from(HAPPENINGS))
    def something_happens(self, what: str) -> None:
        self.happens(f"! {what}")

    @rule(figures=st.sampled_from(FIGURES))
    def the_room_is_measured(self, figures: str) -> None:
        self.happens(f"! calibrated {figures}")

    @rule(healthy=st.booleans())
    def the_person_answers(self, healthy: bool) -> None:
        self.happens("person healthy" if healthy else "person silent")

    def teardown(self) -> None:
        """It ends, and nothing comes of what happens then."""
        if not self.played.broken:
            end(self.played)
            if self.played.broken:
                raise self.played.broken


BOUNDED = settings(
    max_examples=80, stateful_step_count=40, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
TestEvenings = Evenings.TestCase
TestEvenings.settings = BOUNDED


class EveningsWithADeafCoach(Evenings):
    coach = DeafToCries


def test_a_broken_coach_is_caught_here_too() -> None:
    with pytest.raises(Broken, match="ASafetyWordHushesAndStops"):
        run_state_machine_as_test(EveningsWithADeafCoach, settings=settings(BOUNDED, phases=(Phase.generate,)))
