from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM, QUICK
from voicecoach.errors import Unreadable
from voicecoach.messages.memory import Memory
from voicecoach.rehearsal.scenario import read_scenario

TODAY = 739_944.75
START = "one_leg_8"


def remembered(folder: Path, text: str) -> Memory:
    path = folder / "evening.toml"
    path.write_text(text, encoding="utf-8")
    history = read_scenario(path).history
    assert history is not None
    return history.remembered(TODAY, START)


def test_without_a_history_it_is_a_first_use(tmp_path: Path) -> None:
    path = tmp_path / "evening.toml"
    path.write_text("", encoding="utf-8")
    assert read_scenario(path).history is None


def test_sessions_lie_at_their_distance_from_today_and_are_alike(tmp_path: Path) -> None:
    (person,) = remembered(
        tmp_path, '[history]\nsessions = 3\nevery_days = 3\nlast_days_ago = 2\nname = "Anna"\n[history.each]\nspare_reps = 2'
    ).people
    assert [past.on_day - TODAY for past in person.sessions] == [-8, -5, -2]
    assert {(past.outcome, past.spare_reps) for past in person.sessions} == {("finished", 2)}
    assert (person.name, person.taught, person.heard_on_mat, person.screened_on_day) == ("Anna", True, True, TODAY - 8)


def test_a_session_earlier_on_the_same_evening_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "evening.toml"
    path.write_text('[history]\n[history.cut_off]\nminutes_ago = 3\nset = 2\ndone = 1\noutcome = "pain"', encoding="utf-8")
    history = read_scenario(path).history
    assert history is not None
    cut = history.going_on(history.remembered(TODAY, START), QUICK, CURRICULUM).cut_off
    assert cut is not None
    assert cut.reached is not None
    assert (cut.person, cut.ago_s, cut.outcome, cut.pain) == (1, 180.0, "pain", 1)
    assert (cut.reached.phase, cut.reached.set, cut.reached.done, cut.reached.total) == ("set", 2, 1, 4)


@pytest.mark.parametrize("text", ['phase = "screen"', "done = 1.5", 'outcome = "finished"', "set = -1", "minutes = 3"])
def test_what_can_not_have_been_cut_off_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable, match="cut_off"):
        remembered(tmp_path, f"[history]\n[history.cut_off]\n{text}")


def test_sessions_may_be_told_one_by_one(tmp_path: Path) -> None:
    past = ("days_ago = 9", "days_ago = 2\noutcome = 'pain'\nmorning = 'worse'")
    text = "\n[[history.past]]\n".join(["[history]\nscreened_days_ago = 40", *past])
    (person,) = remembered(tmp_path, text).people
    assert [(past.on_day - TODAY, past.outcome, past.morning) for past in person.sessions] == [
        (-9, "finished", "same"),
        (-2, "pain", "worse"),
    ]
    assert person.screened_on_day == TODAY - 40


def test_somebody_may_be_known_who_was_never_screened_nor_taught(tmp_path: Path) -> None:
    (person,) = remembered(tmp_path, "[history]\ntaught = false").people
    assert (person.screened_on_day, person.taught, person.sessions) == (None, False, ())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("sessions = 2", START),
        ("sessions = 2\nlevel = 'both_10'", "both_10"),
        ("sessions = 2\nlevel = 'both_10'\n[history.each]\nlevel = 'one_leg_12'", "one_leg_12"),
        ("[[history.past]]\ndays_ago = 2", START),
    ],
)
def test_a_session_was_at_the_level_of_the_person_unless_it_says_otherwise(tmp_path: Path, text: str, level: str) -> None:
    (person,) = remembered(tmp_path, f"[history]\n{text}").people
    assert {past.level for past in person.sessions} == {level}


@pytest.mark.parametrize(("each", "mornings"), [("", ["same", ""]), ("[history.each]\nmorning = 'worse'", ["worse", "worse"])])
def test_the_morning_after_the_last_session_is_not_known_unless_it_says_so(tmp_path: Path, each: str, mornings: list[str]) -> None:
    (person,) = remembered(tmp_path, f"[history]\nsessions = 2\n{each}").people
    assert [past.morning for past in person.sessions] == mornings


def test_the_others_on_this_speaker_are_known_too(tmp_path: Path) -> None:
    people = remembered(tmp_path, '[history]\nname = "Anna"\nothers = ["Ben", "Carlos"]').people
    assert [(person.id, person.name) for person in people] == [(1, "Anna"), (2, "Ben"), (3, "Carlos")]


@pytest.mark.parametrize(("written", "day"), [("2026-11-24", 739_944.5), ("2026-11-24T18:00:00", 739_944.75)])
def test_the_day_of_the_session_may_be_set(tmp_path: Path, written: str, day: float) -> None:
    assert remembered(tmp_path, f"[history]\ntoday = {written}").today == day


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[history]\nsesions = 3", "sesions"),
        ("[history]\nsessions = 0", "sessions"),
        ("[history]\nsessions = 2\nevery_days = -1", "every_days"),
        ("[history]\nsessions = 2\n[history.each]\nmorning = 'fine'", "better, same, worse"),
        ("[history]\nsessions = 2\n[history.each]\ndays_ago = 2", "days_ago"),
        ("[history]\nusual_pain = 11", "usual_pain"),
        ("[history]\nusual_pain = 2.5", "whole"),
        ("[history]\nothers = 'Ben'", "others"),
        ("[history]\ntoday = 'yesterday'", "today"),
        ("[history]\n[[history.past]]\noutcome = 'pain'", "days_ago"),
        ("[history]\n[[history.past]]\ndays_ago = 1\noutcome = 'fun'", "outcome"),
        ("[history]\npast = 3", "past"),
        ("[history]\ntalk = 'endless'", "talk"),
        ("history = 3", "history"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(Unreadable) as caught:
        remembered(tmp_path, text)
    assert named in str(caught.value)
