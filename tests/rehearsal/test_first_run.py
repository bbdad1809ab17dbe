"""`voicecoach setup` with real ears, a real voice and a made-up person in a made-up room, in virtual time."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.coach.test_first_run import ANSWERS
from voicecoach import places
from voicecoach.app import Parts
from voicecoach.coach.first_run import FirstRun
from voicecoach.coach.setting_up import DONE, STEPS, Todo
from voicecoach.commands.first_words import FirstWords
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.house import House, open_house
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Memory
from voicecoach.rehearsal.evening import Evening
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.results import Results
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import PersonPlan, RoomPlan


def lived(home: Path, answers: Mapping[str, str], room: RoomPlan) -> tuple[str, list[dict[str, Any]]]:
    """The outcome, and the log."""
    house: House = open_house(home)
    log: list[dict[str, Any]] = []
    with Parts(house) as parts, Results(None, lambda _: None) as results:
        person = Person(PersonPlan(), (), lambda question: answers.get(question, "no"), lambda text, voice: parts.shelf_of(voice).pcm(text))
        sound = Room(room, parts.shelf.pcm(parts.script.sentence(Line("greeting.hello"))), 0)
        evening = Evening(sound, person, Breakages(()), results, partial(_kept, log), {})
        ears = parts.ears(SpeechModel(places.model(home)))
        coach = FirstRun(house.settings.plan, parts.curriculum, Memory(739_944.0), Todo(STEPS, (("en", "112"),)))
        conductor = parts.conductor(coach, lambda moment: ears.scope(parts.phrasebook.grammar(moment)), evening.log)
        first_words = FirstWords(parts.calibration, house, None, "today", print)
        outcome = evening.run(conductor, ears, parts.speaker, {}, calibrated=first_words.look)
    return outcome, log


def _kept(log: list[dict[str, Any]], event: Mapping[str, object]) -> None:
    log.append(dict(event))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_person_who_answers_is_heard_through_the_echo_also_from_the_mat(home: Path) -> None:
    outcome, log = lived(home, ANSWERS, RoomPlan(echo_db=-12.0))
    assert outcome == "finished"
    assert [event["step"] for event in log if event["event"] == DONE] == list(STEPS)


def test_pain_that_was_not_asked_for_silences_it_at_once_and_for_good(home: Path) -> None:
    outcome, log = lived(home, {**ANSWERS, "first_run.loudness": "it hurts"}, RoomPlan())
    assert outcome == "pain"
    assert [event["step"] for event in log if event["event"] == DONE] == ["devices", "levels"]
    hushed = next(n for n, event in enumerate(log) if event["event"] == "hushed")
    assert not any(str(event.get("line", "")).startswith("first_run") for event in log[hushed + 1 :] if event["event"] == "line_started")


def test_a_room_in_which_words_would_drown_is_told_and_has_to_be_changed_first(home: Path) -> None:
    outcome, log = lived(home, ANSWERS, RoomPlan(echo_db=12.0, distortion_percent=30.0))
    assert outcome in {"not_cleared", "silence"}
    assert "levels" not in [event["step"] for event in log if event["event"] == DONE]
