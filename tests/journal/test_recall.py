import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from voicecoach.journal.recall import day_of, recalled
from voicecoach.journal.rows import summed_up
from voicecoach.journal.store import Journal
from voicecoach.messages.memory import Person

MONDAY, WEDNESDAY = "2026-11-23T18:00:00+01:00", "2026-11-25T18:00:00+01:00"
DONE = {"event": "session_ended", "outcome": "finished", "reps": 20, "sets": 2}


def told(*sessions: tuple[str, list[dict[str, Any]]]) -> tuple[Person, ...]:
    return recalled(
        (summed_up(n, at, str(events[-1].get("outcome", "interrupted")) if events else "interrupted", 0.0, events), events)
        for n, (at, events) in enumerate(sessions, 1)
    )


def fact(name: str, value: object) -> dict[str, Any]:
    return {"event": "remembered", "fact": name, "value": value}


def test_an_empty_journal_knows_nobody() -> None:
    assert told() == ()


def test_facts_are_kept_from_session_to_session_and_the_last_one_counts() -> None:
    (person,) = told((MONDAY, [fact("name", "Anna"), fact("usual_pain", 3), DONE]), (WEDNESDAY, [fact("usual_pain", 2), DONE]))
    assert (person.name, person.usual_pain) == ("Anna", 2)
    assert [session.outcome for session in person.sessions] == ["finished", "finished"]
    assert person.sessions[1].on_day - person.sessions[0].on_day == 2


def test_a_session_before_there_were_several_people_is_the_first_persons() -> None:
    assert [person.id for person in told((MONDAY, [DONE]))] == [1]


def test_two_people_on_one_speaker_do_not_mix() -> None:
    anna, ben = told(
        (MONDAY, [{"event": "person", "id": 1, "name": None}, fact("name", "Anna"), DONE]),
        (WEDNESDAY, [{"event": "person", "id": 1}, {"event": "person", "id": 2}, fact("name", "Ben"), fact("talk", "less"), DONE]),
    )
    assert (anna.name, anna.talk, len(anna.sessions)) == ("Anna", "", 1)
    assert (ben.name, ben.talk, len(ben.sessions)) == ("Ben", "less", 1)


def test_what_the_session_added_up_is_known_of_it() -> None:
    answers = [{"event": "answer", "id": "check_in.effort", "value": value} for value in (5, 2)]
    (person,) = told((MONDAY, [*answers, DONE | {"level": "both_10x2", "failed_sets": 1}]))
    (session,) = person.sessions
    assert (session.reps, session.sets, session.spare_reps, session.level, session.failed_sets) == (20, 2, 2, "both_10x2", 1)


def test_the_morning_after_belongs_to_the_last_session_in_which_somebody_moved() -> None:
    morning = {"event": "answer", "id": "screen.morning", "value": "worse"}
    refused = {"event": "session_ended", "outcome": "silence", "reps": 0, "sets": 0}
    (person,) = told((MONDAY, [DONE]), (WEDNESDAY, [refused]), (WEDNESDAY, [morning, DONE]))
    assert [session.morning for session in person.sessions] == ["worse", "", ""]


@pytest.mark.parametrize(
    "odd",
    [
        fact("shoe_size", 42),
        fact("id", 7),
        fact("sessions", []),
        fact("name", 5),
        fact("usual_pain", "four"),
        fact("usual_pain", 11),
        fact("usual_pain", value=True),
        fact("taught", 1),
        fact("gain_db", float("nan")),
        fact("gain_db", 500),
        fact("talk", "endless"),
        fact("units", "cubits"),
        {"event": "remembered"},
        {"event": "answer", "id": "screen.morning", "value": 3},
        {"event": "answer", "id": "check_in.effort", "value": "unsure"},
        {"event": "session_ended", "level": 3, "failed_sets": "one", "reps": "many"},
    ],
)
def test_what_another_version_wrote_and_makes_no_sense_is_passed_over(odd: dict[str, Any]) -> None:
    (person,) = told((MONDAY, [odd, DONE]))
    assert person == Person(sessions=told((MONDAY, [DONE]))[0].sessions)


@pytest.mark.parametrize("odd", [{"id": "two"}, {"id": 0}, {"id": True}, {"id": None}, {"id": 2.0}, {}])
def test_after_somebody_who_cannot_be_made_out_nothing_is_the_one_befores_but_a_session_that_ended_in_pain(odd: dict[str, Any]) -> None:
    became = [{"event": "person", "id": 1}, fact("name", "Anna"), {"event": "person"} | odd, fact("screened_on_day", 739_944.0)]
    morning = {"event": "answer", "id": "screen.morning", "value": "worse"}
    (anna,) = told((MONDAY, [DONE]), (MONDAY, [*became, morning, DONE]), (WEDNESDAY, [*became, DONE | {"outcome": "pain"}]))
    assert (anna.name, anna.screened_on_day) == ("Anna", None)
    assert [(past.outcome, past.morning) for past in anna.sessions] == [("finished", ""), ("pain", "")]


def test_a_morning_after_nothing_is_nobodys() -> None:
    (person,) = told((MONDAY, [DONE | {"reps": 0}]), (WEDNESDAY, [{"event": "answer", "id": "screen.morning", "value": "worse"}, DONE]))
    assert [past.morning for past in person.sessions] == ["", ""]


def test_a_whole_number_of_days_is_a_day() -> None:
    (person,) = told((MONDAY, [fact("screened_on_day", 739_944), DONE]))
    assert person.screened_on_day == 739_944


def test_a_session_without_a_date_keeps_its_facts_and_is_no_session() -> None:
    (person,) = told(("yesterday", [fact("name", "Anna"), DONE]))
    assert (person.name, person.sessions) == ("Anna", ())


def test_a_day_is_that_of_the_clock_on_the_wall() -> None:
    assert day_of(dt.datetime.fromisoformat("2026-11-24T18:00:00-08:00")) == 739_944.75
    assert day_of(dt.datetime.fromisoformat("2026-11-24T18:00:00")) == 739_944.75


def test_who_asked_to_be_forgotten_and_is_not_yet_is_told(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.db")
    session = journal.begin(MONDAY, {})
    journal.append(session, fact("forgotten", value=True) | {"at_s": 1.0})
    journal.close()
    assert [person.forgotten for person in Journal(tmp_path / "journal.db").people()] == [True]
