"""The bundle is what FHIR says that it is: an offline validator reads it, and what refers to something finds it."""

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from tests.report.years import sessions
from voicecoach.journal.rows import SessionRow
from voicecoach.messages.memory import Person
from voicecoach.report.fhir import as_fhir
from voicecoach.report.sheets import Account, Sheet, sheets

MADE = dt.datetime(2026, 11, 30, 9, 0, tzinfo=dt.UTC)
LEVELS = {"both_2x10": "both legs 2 × 10"}


@cache
def anna() -> Sheet:
    return sheets(sessions(60), [Person(1, "Anna")])[0]


def bundle(sheet: Sheet) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(as_fhir(sheet, LEVELS, MADE))
    return read


def of(sheet: Sheet, kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle(sheet)["entry"] if entry["resource"]["resourceType"] == kind]


def told(sheet: Sheet, time: str) -> list[dict[str, Any]]:
    """The observations of one time: before, after, morning."""
    return [one for one in of(sheet, "Observation") if any(code(concept) == f"time-{time}" for concept in one["category"])]


def code(concept: dict[str, Any]) -> str:
    return str(concept["coding"][0]["code"])


def one(row: SessionRow) -> Sheet:
    return Sheet(1, "", (Account(row, None, None, "", None, "", ()),))


def references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (str(value) for key, value in part.items() if key == "reference")
        part = list(part.values())
    if isinstance(part, list):
        for child in part:
            yield from references(child)


def test_it_is_valid() -> None:
    read = Bundle.model_validate(bundle(anna()))
    assert read.type == "collection"
    assert read.entry
    assert len(read.entry) == 1 + len(of(anna(), "Procedure")) + len(of(anna(), "Observation"))


@pytest.mark.parametrize(
    ("resource", "change"),
    [
        ("Procedure", {"status": None}),
        ("Procedure", {"subject": None}),
        ("Observation", {"code": None}),
        ("Observation", {"valueInteger": 3}),
        ("Observation", {"effectiveDateTime": "yesterday"}),
        ("Observation", {"pain": 3}),
    ],
)
def test_the_validator_sees_what_is_wrong(resource: str, change: dict[str, object]) -> None:
    wrong = bundle(anna())
    next(entry["resource"] for entry in wrong["entry"] if entry["resource"]["resourceType"] == resource).update(change)
    wrong = json.loads(json.dumps(wrong), object_hook=lambda table: {key: value for key, value in table.items() if value is not None})
    with pytest.raises(ValidationError):
        Bundle.model_validate(wrong)


def test_what_it_refers_to_is_in_it_and_nothing_is_there_twice() -> None:
    read = bundle(anna())
    names = [entry["fullUrl"] for entry in read["entry"]]
    assert len(set(names)) == len(names)
    assert set(references(read)) <= set(names)
    assert all(entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}" for entry in read["entry"])


def test_the_ids_stay_the_same_when_more_sessions_come() -> None:
    early = {one["id"] for one in of(sheets(sessions(60)[:20], [])[0], "Procedure")}
    assert early < {one["id"] for one in of(anna(), "Procedure")}


def test_the_ids_of_two_speakers_differ() -> None:
    here, there = (sheets(sessions(count), [])[0] for count in (5, 6))
    moved = sheets(
        [(SessionRow(**{**fields(row), "started_at": f"2020-01-0{row.id}T08:00:00+01:00"}), events) for row, events in sessions(5)], []
    )[0]
    assert {one["id"] for one in of(here, "Patient")} == {one["id"] for one in of(there, "Patient")}
    assert {one["id"] for one in of(here, "Procedure")}.isdisjoint({one["id"] for one in of(moved, "Procedure")})
    assert of(here, "Patient") != of(moved, "Patient")


def fields(row: SessionRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SessionRow.__dataclass_fields__}


@pytest.mark.parametrize(("name", "known"), [("Anna", {"name"}), (None, set()), ("", set())])
def test_of_the_person_it_knows_the_name_that_was_said_and_nothing_else(name: str | None, known: set[str]) -> None:
    (patient,) = of(sheets(sessions(3), [Person(1, name)])[0], "Patient")
    assert set(patient) - {"resourceType", "id"} == known


def test_pain_has_its_public_code_its_time_and_its_number() -> None:
    for time, field in (("before", "pain_before"), ("after", "pain_after")):
        answered = [account.row for account in anna().accounts if getattr(account.row, field) is not None]
        observed = told(anna(), time)
        assert [one["valueQuantity"]["value"] for one in observed] == [getattr(row, field) for row in answered]
        assert {one["code"]["coding"][0]["code"] for one in observed} == {"72514-3"}
    first = told(anna(), "before")[0]
    assert first["effectiveDateTime"] == anna().accounts[0].row.started_at
    assert told(anna(), "after")[0]["effectiveDateTime"] > first["effectiveDateTime"]


def test_a_morning_is_one_day_after_its_session_and_was_told_later() -> None:
    asked = [account for account in anna().accounts if account.morning]
    observed = told(anna(), "morning")
    assert [code(one["valueCodeableConcept"]) for one in observed] == [f"morning-{account.morning}" for account in asked]
    for account, one in zip(asked, observed, strict=True):
        assert account.day
        assert one["effectiveDateTime"] == (account.day + dt.timedelta(days=1)).isoformat()
        assert one["issued"] > account.row.started_at


def test_a_session_that_was_stopped_says_why_and_one_that_never_began_is_not_done() -> None:
    procedures = dict(zip((account.row.outcome for account in anna().accounts), of(anna(), "Procedure"), strict=True))
    assert procedures["finished"]["status"] == "completed"
    assert "statusReason" not in procedures["finished"]
    assert procedures["pain"]["status"] == "stopped"
    assert "Said “my back hurts”" in procedures["pain"]["statusReason"]["text"]
    assert procedures["not_cleared"]["status"] == "not-done"


@pytest.mark.parametrize(
    ("started_at", "known"),
    [("2026-10-01T18:03:00+01:00", "2026-10-01T18:03:00+01:00"), ("2026-10-01T18:03:00", "2026-10-01"), ("some day", None), ("", None)],
)
def test_a_moment_without_an_offset_is_a_day_and_what_is_none_is_left_out(started_at: str, known: str | None) -> None:
    sheet = one(SessionRow(1, started_at, "finished", 60.0, "", 8, 1, 2, None))
    Bundle.model_validate(bundle(sheet))
    (pain,) = told(sheet, "before")
    assert pain.get("effectiveDateTime") == known
