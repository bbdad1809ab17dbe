"""One person's sessions as a FHIR R4 bundle: what was done as procedures; pain, mornings and repetitions as observations.

Nothing stands in it about the person but the name that was said, if one was. The same session has the same ids in every bundle. Where no
public code fits, the codes are this program's own, and the text says what they mean.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID, uuid5

from voicecoach.report.sheets import Account, Sheet, moment
from voicecoach.report.words import MORNINGS, OUTCOMES, capital, outcome_words, plainly

Resource = dict[str, object]
OWN = UUID("6f0b4c0a-5d3e-4c52-9a55-0d9be0a5c7a1")
"""What all ids are derived from; as a urn, the name of this program's own codes."""
_OWN_CODES = f"urn:uuid:{OWN}"
_PAIN = {"system": "http://loinc.org", "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported"}
_UCUM = "http://unitsofmeasure.org"
_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_STATUSES = {"finished": "completed", "not_cleared": "not-done"}
_WHEN = {"before": "Before the session", "after": "After the session, or when it was stopped", "morning": "The morning after the session"}
_DAY_S = 86_400.0


def as_fhir(sheet: Sheet, levels: Mapping[str, str], made: dt.datetime) -> str:
    """A bundle of the type collection, as JSON. `made` is the moment at which that is done."""
    patient: Resource = {"resourceType": "Patient", "id": _id(sheet, "patient")}
    if sheet.name:
        patient["name"] = [{"text": sheet.name}]
    resources = [patient]
    for account in sheet.accounts:
        resources += _of_session(account, _Subject(sheet, account), levels)
    bundle: Resource = {"resourceType": "Bundle", "type": "collection", "timestamp": made.isoformat(timespec="seconds")}
    bundle["entry"] = [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources]
    return json.dumps(bundle, ensure_ascii=False, indent=1)


class _Subject:
    """Whom and which session a resource is about."""

    def __init__(self, sheet: Sheet, account: Account) -> None:
        self.reference = {"reference": f"urn:uuid:{_id(sheet, 'patient')}"}
        self._session = f"{account.row.started_at} {account.row.id}"
        self.procedure = {"reference": f"urn:uuid:{self.id('procedure')}"}

    def id(self, what: str) -> str:
        return str(uuid5(OWN, f"{self._session} {what}"))


def _of_session(account: Account, subject: _Subject, levels: Mapping[str, str]) -> Iterator[Resource]:
    row = account.row
    end = _time(account, row.duration_s)
    yield _procedure(account, subject, levels)
    if row.outcome != "not_cleared" or row.reps:
        planned = [{"code": _own("repetitions-planned", "Repetitions planned"), "valueQuantity": _count(account.planned_reps)}]
        value: Resource = {"valueQuantity": _count(row.reps)}
        value |= {"component": planned} if account.planned_reps is not None else {}
        yield _observation(subject, "repetitions", "activity", _own("repetitions-done", "Repetitions done"), value | _at(end))
    for when, pain, time in (("before", row.pain_before, _time(account)), ("after", row.pain_after, end)):
        if pain is not None:
            score: Resource = {"valueQuantity": {"value": pain, "unit": "{score}", "system": _UCUM, "code": "{score}"}}
            yield _observation(subject, when, "survey", {"coding": [_PAIN], "text": f"Pain, 0 to 10. {_WHEN[when]}"}, score | _at(time))
    if account.morning:
        answer: Resource = {"valueCodeableConcept": _own(f"morning-{account.morning}", capital(MORNINGS[account.morning][1]))}
        said: Resource = (
            {"issued": account.morning_told.isoformat(timespec="seconds")} if account.morning_told and account.morning_told.tzinfo else {}
        )
        next_day = moment(account.row, _DAY_S)
        day = _at(next_day.date().isoformat() if next_day else None)
        yield _observation(subject, "morning", "survey", _own("morning-after", "How the back was the next morning"), answer | day | said)


def _procedure(account: Account, subject: _Subject, levels: Mapping[str, str]) -> Resource:
    row = account.row
    began, end = _time(account), _time(account, row.duration_s)
    level = capital(levels.get(row.level, plainly(row.level))) or "Not known"
    planned = "" if account.planned_reps is None else f" of {account.planned_reps} planned"
    known = row.outcome in OUTCOMES
    ended = _own(f"ended-{row.outcome.replace('_', '-')}" if known else "ended", capital(outcome_words(row.outcome)) if known else "Ended")
    procedure: Resource = {
        "resourceType": "Procedure",
        "id": subject.id("procedure"),
        "status": _STATUSES.get(row.outcome, "stopped"),
        "code": _own("session", "Exercise session: reverse leg lifts (prone hip extensions), led by voicecoach"),
        "subject": subject.reference,
        "note": [{"text": f"Level: {level}. {row.reps}{planned} repetitions in {row.sets} sets."}],
    }
    if began and end:
        procedure["performedPeriod"] = {"start": began, "end": end}
    if row.outcome == "finished":
        procedure["outcome"] = ended
    else:
        procedure["statusReason"] = ended | {"text": f"{ended['text']}. {account.why}".strip()}
    return procedure


def _observation(subject: _Subject, when: str, category: str, code: Resource, values: Mapping[str, object]) -> Resource:
    kind = {"coding": [{"system": _CATEGORIES, "code": category, "display": capital(category)}]}
    told = [_own(f"time-{when}", _WHEN[when])] if when in _WHEN else []
    about: Resource = {"resourceType": "Observation", "id": subject.id(when), "status": "final", "category": [kind, *told], "code": code}
    return about | {"partOf": [subject.procedure], "subject": subject.reference} | dict(values)


def _own(code: str, text: str) -> Resource:
    """A concept of this program's own."""
    return {"coding": [{"system": _OWN_CODES, "code": code, "display": text}], "text": text}


def _count(value: int | None) -> Resource:
    return {"value": value, "unit": "{repetitions}", "system": _UCUM, "code": "{repetitions}"}


def _id(sheet: Sheet, what: str) -> str:
    """Of something that belongs to no session: the first one tells speakers apart on which each has a first person."""
    first: Sequence[Account] = sheet.accounts[:1]
    return str(uuid5(OWN, " ".join([what, str(sheet.person), *(account.row.started_at for account in first)])))


def _at(time: str | None) -> Resource:
    return {"effectiveDateTime": time} if time else {}


def _time(account: Account, after_s: float = 0.0) -> str | None:
    """A moment as FHIR has it: without an offset only its day can be told."""
    told = moment(account.row, after_s)
    if told is None:
        return None
    return told.isoformat(timespec="seconds") if told.tzinfo else told.date().isoformat()
