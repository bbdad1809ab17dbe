"""Whatever can reach the coach stands in the log so that it can be read back."""

import json
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from tests.coach.stage import TODAY
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated, Input, LineEnded
from voicecoach.messages.memory import Memory, PastSession, Person
from voicecoach.record.beginning import as_known, as_logged, checksum
from voicecoach.record.inputs import KINDS, as_handed
from voicecoach.record.inputs import as_logged as logged

FINITE = st.floats(allow_nan=False, allow_infinity=False)
FIGURES = st.builds(Figures, *([FINITE] + [st.none() | FINITE] * 4 + [FINITE] * 3))
INPUTS = st.one_of(
    st.builds(Calibrated, FIGURES, st.none() | FIGURES), *(st.from_type(kind) for kind in get_args(Input) if kind is not Calibrated)
)
DAYS = st.floats(TODAY - 4000, TODAY)
SESSIONS = st.builds(PastSession, on_day=DAYS, pain_before=st.none() | st.integers(0, 10))
PEOPLE = st.builds(Person, screened_on_day=st.none() | DAYS, sessions=st.lists(SESSIONS, max_size=3).map(tuple), gain_db=FINITE)
PEOPLE_FACTS = st.lists(PEOPLE, max_size=3).map(tuple)


def test_every_kind_of_input_has_a_name_in_the_log() -> None:
    assert set(KINDS.values()) == set(get_args(Input))


@given(INPUTS)
def test_every_input_is_read_back_from_json_as_it_was(event: Input) -> None:
    name, fields = logged(event)
    assert as_handed(json.loads(json.dumps({"at_s": 1.0, "event": name, **fields}))) == event


def test_a_line_that_was_never_begun_is_read_back_as_one_that_ended() -> None:
    name, fields = logged(LineEnded(7, cut_short=True), left_out=True)
    assert name == "line_left_out"
    assert as_handed({"event": name, **fields}) == LineEnded(7, cut_short=True)


@given(PEOPLE_FACTS, st.sampled_from([TODAY, TODAY + 0.1234]))
def test_people_whom_a_scenario_made_up_stand_in_the_log_as_they_were(people: tuple[Person, ...], today: float) -> None:
    memory = Memory(today, people, "en-us+f5", 150)
    line = json.loads(json.dumps(as_logged(memory, TODAY, made_up=True)))
    assert as_known(line, TODAY, (), None) == memory


@given(PEOPLE_FACTS)
def test_of_people_whom_a_journal_knows_the_log_has_nothing_but_a_checksum(people: tuple[Person, ...]) -> None:
    memory = Memory(TODAY, people)
    line = as_logged(memory, TODAY, made_up=False)
    assert set(line) == {"voice", "words_per_minute", "memory"}
    assert line["memory"] == checksum(memory)
    assert len(checksum(memory)) == 4
    assert as_known(line, TODAY, people, None) == memory
