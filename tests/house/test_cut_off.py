"""A home whose last session nobody ended, as the next session finds it."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.journal.test_left_off import ASKED, PLACE
from voicecoach.house import House, open_house
from voicecoach.messages.intents import Intent
from voicecoach.messages.memory import CutOff
from voicecoach.notes import not_obeyed, now, open_journal, remembered
from voicecoach.understanding.meaning import GRAVE, Meaning


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Its last session was cut off a moment ago."""
    house = open_house(tmp_path)
    journal = open_journal(house)
    number = journal.begin(now(), {})
    for event in ({"event": "person", "id": 1, "name": None}, *ASKED, {"event": "course", **asdict(PLACE)}):
        journal.append(number, {"at_s": 0.0, **event})
    journal.close()
    return house


def found(house: House, *, rehearsed: bool = False) -> CutOff | None:
    journal = open_journal(house)
    try:
        return remembered(house, journal, now(), rehearsed=rehearsed).cut_off
    finally:
        journal.close()


def test_it_is_found_with_where_it_was(house: House) -> None:
    cut = found(house)
    assert cut is not None
    assert (cut.person, cut.outcome, cut.reached, cut.pain) == (1, "interrupted", PLACE, 1)
    assert 0 <= cut.ago_s < dt.timedelta(minutes=30).total_seconds()
    assert [person.id for person in remembered(house, open_journal(house), now()).people] == [1]


def test_a_rehearsal_does_not_find_it(house: House) -> None:
    assert found(house, rehearsed=True) is None


def test_a_word_that_a_hanging_program_had_not_obeyed_is_found_in_its_session(house: House) -> None:
    journal = open_journal(house)
    not_obeyed(journal, Meaning(Intent.PAIN))
    assert journal.sessions()[-1].outcome == "pain"
    journal.close()
    cut = found(house)
    assert cut is not None
    assert (cut.outcome, cut.reached) == ("pain", PLACE)


def test_a_sign_of_an_emergency_that_a_hanging_program_had_not_obeyed_stays_one(house: House) -> None:
    journal = open_journal(house)
    not_obeyed(journal, GRAVE)
    assert journal.sessions()[-1].outcome == "emergency"
    journal.close()


def test_in_an_empty_home_a_word_is_nothing_and_nothing_is_found(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    journal = open_journal(house)
    not_obeyed(journal, Meaning(Intent.PAIN))
    journal.close()
    assert found(house) is None
