"""Who is remembered in a home, and who no longer is."""

from pathlib import Path

import pytest

from voicecoach.cli import main
from voicecoach.coach.screening import due
from voicecoach.house import House, open_house
from voicecoach.messages.memory import Person
from voicecoach.notes import Notes, now, open_journal, remembered

AT = "2026-11-24T18:00:00+01:00"
SETTINGS = """
[[people]]
name = "Xanthippe"
units = "metric"
usual_pain = 2

[[people]]
number = 7
talk = "less"
"""


def a_session(house: House, *facts: tuple[str, object], person: int = 1) -> Notes:
    """Its notes, not closed yet."""
    notes = Notes(open_journal(house), house.settings, AT)
    notes.keep({"at_s": 0.0, "event": "person", "id": person, "name": None})
    for fact, value in facts:
        notes.keep({"at_s": 1.0, "event": "remembered", "fact": fact, "value": value})
    notes.keep({"at_s": 2.0, "event": "line_started", "line": "who.hello", "text": f"Good to see you, {dict(facts).get('name')}."})
    notes.keep({"at_s": 9.0, "event": "session_ended", "outcome": "finished", "reps": 20, "sets": 2})
    return notes


def people_in(home: Path) -> dict[int, Person]:
    house = open_house(home)
    journal = open_journal(house)
    try:
        return {person.id: person for person in remembered(house, journal, now()).people}
    finally:
        journal.close()


def traces_of(name: str, home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and name.lower().encode() in path.read_bytes().lower()]


def test_what_somebody_chose_is_known_the_next_time(tmp_path: Path) -> None:
    a_session(open_house(tmp_path), ("name", "Anneliese"), ("units", "metric")).close()
    a_session(open_house(tmp_path), ("name", "Benedikt"), person=2).close()
    people = people_in(tmp_path)
    assert [(person.name, person.units, len(person.sessions)) for person in people.values()] == [
        ("Anneliese", "metric", 1),
        ("Benedikt", "", 1),
    ]


def test_who_asks_to_be_forgotten_leaves_no_trace_when_the_session_is_over(tmp_path: Path) -> None:
    a_session(open_house(tmp_path), ("name", "Anneliese")).close()
    a_session(open_house(tmp_path), ("name", "Benedikt"), person=2).close()
    leaving = a_session(open_house(tmp_path), ("name", "Anneliese"), ("forgotten", True))
    assert traces_of("Anneliese", tmp_path)
    leaving.close()
    assert traces_of("Anneliese", tmp_path) == []
    assert [person.name for person in people_in(tmp_path).values()] == ["Benedikt"]


def test_a_power_cut_after_the_word_only_delays_it_to_the_next_start(tmp_path: Path) -> None:
    """The journal is left as the process would leave it: what is written is written, and nothing was deleted."""
    a_session(open_house(tmp_path), ("name", "Anneliese"), ("forgotten", True))._journal.close()  # type: ignore[union-attr]
    assert traces_of("Anneliese", tmp_path)
    assert people_in(tmp_path) == {}
    assert traces_of("Anneliese", tmp_path) == []


def test_the_command_deletes_by_name_or_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_session(open_house(tmp_path), ("name", "Anneliese")).close()
    a_session(open_house(tmp_path), person=2).close()
    assert main(["forget", "anneliese", "--yes", "--home", str(tmp_path)]) == 0
    assert main(["forget", "2", "--yes", "--home", str(tmp_path)]) == 0
    assert "Everything about Anneliese is deleted." in capsys.readouterr().out
    assert traces_of("Anneliese", tmp_path) == []
    assert people_in(tmp_path) == {}


def test_the_command_names_those_whom_the_journal_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_session(open_house(tmp_path), ("name", "Anneliese")).close()
    assert main(["forget", "Ben", "--yes", "--home", str(tmp_path)]) == 2
    assert "Anneliese" in capsys.readouterr().err


def test_a_journal_that_cannot_be_read_makes_everybody_a_stranger(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    assert people_in(tmp_path) == {}


def test_settings_say_who_somebody_is_and_count_before_what_was_remembered(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(SETTINGS)
    a_session(open_house(tmp_path), ("name", "Anneliese"), ("talk", "more"), ("usual_pain", 5)).close()
    people = people_in(tmp_path)
    assert (people[1].name, people[1].units, people[1].usual_pain, people[1].talk) == ("Xanthippe", "metric", 2, "more")
    assert (people[7].name, people[7].talk) == (None, "less")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("people = 3", "people"),
        ("[[people]]\nshoes = 42", "shoes"),
        ("[[people]]\nunits = 'cubits'", "imperial, metric"),
        ("[[people]]\ntalk = 'endless'", "less, usual, more"),
        ("[[people]]\nusual_pain = 11", "from 0 to 10"),
        ("[[people]]\nwords_per_minute = 400", "from 120 to 190"),
        ("[[people]]\nname = ''", "name"),
        ("[[people]]\nname = 'Ben'\n[[people]]\nname = 'Ben'", "two have the name Ben"),
        ("[[people]]\n[[people]]\nnumber = 1", "two have the number 1"),
    ],
)
def test_what_is_set_wrong_of_somebody_is_named(text: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text(text)
    assert main(["history", "--home", str(tmp_path)]) == 2
    assert named in capsys.readouterr().err


def test_an_emergency_in_the_session_in_which_somebody_was_screened_has_them_screened_again(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    memory = remembered(house, None, now())
    notes = Notes(open_journal(house), house.settings, now())
    notes.keep({"at_s": 1.0, "event": "remembered", "fact": "screened_on_day", "value": memory.today})
    notes.keep({"at_s": 9.0, "event": "session_ended", "outcome": "emergency"})
    notes.close()
    later = remembered(house, open_journal(house), now())
    assert due(later.people[0], later, 365)
