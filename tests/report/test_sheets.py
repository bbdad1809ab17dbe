"""What is told of each session: whose it was, what was planned, the morning after, why it ended, and what happened in it."""

from collections.abc import Sequence

import pytest

from tests.report.years import Log, session, sessions
from voicecoach.journal.cut_off import Event
from voicecoach.journal.rows import SessionRow, summed_up
from voicecoach.messages.memory import Person
from voicecoach.report.sheets import Account, Sheet, sheets
from voicecoach.report.timeline import entries

AT = "2026-10-0{}T18:03:00+01:00"


def sheet(*logs: tuple[str, Sequence[Event]]) -> Sheet:
    """One person's sessions, by their outcomes and logs."""
    rows = [(summed_up(n, AT.format(n), outcome, 600.0, events), events) for n, (outcome, events) in enumerate(logs, 1)]
    return sheets(rows, [])[0]


def account(outcome: str, *events: Event) -> Account:
    return sheet((outcome, events)).accounts[0]


def event(kind: str, **values: object) -> Event:
    return {"at_s": 1.0, "event": kind, **values}


def asked(name: str, text: str, value: object) -> list[Event]:
    return [
        event("line_started", line=name, text=text),
        event("question", id=name, expects="yes_no", line=name),
        event("answer", id=name, value=value),
    ]


def phase(before: str, now: str) -> Event:
    return event("phase", **{"from": before, "to": now})


def rep(number: int, n: int, moment: str = "lower") -> Event:
    return event("rep", set=number, n=n, of=10, moment=moment)


HURTS = event("heard", intent="pain", phrase="my back hurts", text="my back hurts")
NUMB, NUMBED = event("heard", intent="nerve", phrase="my leg is numb"), event("hushed", why="nerve")
PAIN_ON_THE_MAT = event("heard", intent="pain", phrase="pain")
STOPPED = [event("hushed", why="pain"), phase("set", "stopped")]


def test_everybody_has_a_sheet_of_their_own_in_the_order_in_which_they_came() -> None:
    mixed = [*sessions(3, 2, "Benedikt"), *sessions(2)]
    found = sheets(mixed, [Person(1, "Anna"), Person(2, "Benedikt")])
    assert [(one.called, len(one.accounts)) for one in found] == [("Anna", 2), ("Benedikt", 3)]


def test_whoever_has_no_name_has_a_number_and_what_is_nobody_s_stands_last() -> None:
    lost = (summed_up(9, AT.format(9), "finished", 1.0, [event("person", id="?")]), [event("person", id="?")])
    assert [one.called for one in sheets([lost, *sessions(2)], [Person(1, "")])] == ["Person 1", "Nobody knows whose"]


def test_a_morning_belongs_to_the_last_session_in_which_somebody_moved() -> None:
    refused = ("not_cleared", session(2, "not_cleared"))
    told = sheet(("finished", session(1, "finished")), refused, ("finished", asked("screen.morning", "How was it?", "worse")))
    assert [account.morning for account in told.accounts] == ["worse", "", ""]
    assert told.accounts[0].morning_told
    assert told.accounts[0].morning_told.day == 3


def test_no_morning_is_told_of_a_person_who_has_not_moved_yet() -> None:
    assert [one.morning for one in sheet(("finished", asked("screen.morning", "How was it?", "worse"))).accounts] == [""]


@pytest.mark.parametrize(
    ("courses", "planned"),
    [
        ([(3, 10, 0)], 30),
        ([(3, 10, 0), (2, 8, 0), (2, 8, 5)], 16),  # a short form was wished for before the first lift
        ([(3, 10, 0), (3, 10, 10), (3, 5, 10)], 30),  # made easier on the way: it was planned all the same
        ([(3, 10, 12), (3, 10, 13)], 18),  # gone on with after a power cut
        ([(1, 10, 12)], 0),
        ([], None),
        ([(3, "ten", 0)], None),
    ],
)
def test_what_was_planned_is_the_course_before_its_first_lift(courses: list[tuple[object, ...]], planned: int | None) -> None:
    told = [event("course", sets=sets, lifts=lifts, total=total) for sets, lifts, total in courses]
    assert account("finished", *told).planned_reps == planned


def test_a_session_that_was_done_needs_no_reason() -> None:
    assert account("finished", *session(1, "finished")).why == ""


@pytest.mark.parametrize(
    ("outcome", "events", "why"),
    [
        ("pain", [phase("warm_up", "set"), rep(1, 1), rep(1, 2, "lift"), HURTS, *STOPPED], "Said “my back hurts” in set 1, lift 2."),
        ("pain", [phase("warm_up", "set"), HURTS, *STOPPED], "Said “my back hurts” before the first lift."),
        ("stopped", [phase("", "screen"), event("heard", intent="stop", phrase="stop")], "Said “stop” (safety questions)."),
        ("stopped", [event("heard", intent="stop", phrase="")], "Said “stop”."),
        (
            "pain",
            [phase("set", "rest"), HURTS, *STOPPED, *asked("pain.level", "How bad?", 6), *asked("pain.sharp", "Sharp?", "yes")],
            "Said “my back hurts” (rest); pain then 6 of 10; sharp or shooting, or into the leg.",
        ),
        (
            "emergency",
            [phase("set", "rest"), HURTS, *STOPPED, *asked("pain.numb", "Numb?", "unsure"), *asked("pain.legs", "Weak?", "no")],
            "Said “my back hurts” (rest); “Numb?”: unsure.",
        ),
        (
            "emergency",
            [event("heard", intent="distress", phrase="help me"), event("hushed", why="distress"), phase("rest", "stopped"), NUMB, NUMBED],
            "Said “help me”; then “my leg is numb”.",
        ),
        (
            "pain",
            [PAIN_ON_THE_MAT, *asked("mat.pain", "Say pain.", "pain"), *asked("check_in.back", "In the back?", "yes")],
            "“In the back?”: yes.",
        ),
        (
            "not_cleared",
            [*asked("screen.pain", "How is your pain?", 7), *asked("read_back", "Seven?", "yes")],
            "“How is your pain?”: 7.",
        ),
        ("emergency", [*asked("screen.nerve", "Numb?", "yes"), phase("screen", "stopped")], "“Numb?”: yes."),
        (
            "not_cleared",
            [*asked("screen.pain", "How is your pain?", 7), event("line_started", line="refuse.pain", text="Too much.")],
            "“How is your pain?”: 7; told: “Too much.”",
        ),
        ("silence", asked("check_in.back", "In the back?", None), "“In the back?”: no answer."),
        ("fault", [event("fault", what="microphone", detail="x"), event("recovered", what="microphone")], "Fault: microphone."),
        ("interrupted", [], "The program or the power ended it."),
        ("pain", [], ""),
    ],
)
def test_a_session_that_was_not_done_says_why(outcome: str, events: Sequence[Event], why: str) -> None:
    assert account(outcome, *events).why == why


def test_a_set_is_one_moment_with_its_lifts() -> None:
    log = Log()
    log.phase("warm_up", "set")
    log.lifts(1, 7)
    assert [entry.text for entry in entries(log.events)] == ["Set 1: 7 of 10 lifts"]


def test_after_a_pause_it_goes_on() -> None:
    told = entries([phase("warm_up", "paused"), phase("paused", "warm_up"), phase("warm_up", "paused"), phase("paused", "finished")])
    assert [entry.text for entry in told] == ["Pause", "Warm-up goes on", "Pause", "End"]


def test_a_question_stands_with_its_answer_and_what_was_said_to_it_stands_once() -> None:
    said = event("heard", intent="resume", phrase="go on", text="go on")
    first, *rest = asked("cut_off.go_on", "Shall we go on?", "resume")
    assert [entry.text for entry in entries([first, rest[0], said, rest[1]])] == ["Shall we go on? — resume"]
    assert [entry.text for entry in entries(asked("screen.news", "Anything new?", None))] == ["Anything new? — no answer"]
    assert [entry.text for entry in entries([event("answer", id="screen.news", value="no")])] == ["screen.news — no"]


def test_orders_silences_and_faults_are_told_with_their_moment() -> None:
    told = entries(
        [
            event("heard", intent="slower", phrase="slower"),
            event("hushed", why="answered"),
            event("hushed", why="suspected"),
            event("fault", what="microphone", detail="USB of Anna"),
            event("recovered", what="microphone", detail=""),
            event("session_ended", outcome="pain"),
        ]
    )
    assert [(entry.kind, entry.text) for entry in told] == [
        ("said", "“slower”"),
        ("silence", "Silent for a moment: it may have been a safety word"),
        ("fault", "Fault: microphone"),
        ("fault", "Works again: microphone"),
        ("end", "Stopped because of pain"),
    ]


def test_neither_names_nor_talk_nor_devices_stand_in_it() -> None:
    name = "Xanthippe"
    told = entries(
        [
            *asked("who.ask", f"Who is on the mat: {name} or Ben?", name),
            event("heard", intent="name", phrase=name, text=name),
            *asked("name.ask", "What shall I call you?", name),
            event("unclear", text=f"{name} is on the radio", worrying=False),
            event("suspected", intent="stop", phrase=name),
            event("fault", what="microphone", detail=name),
            event("line_started", line="who.hello", text=f"Good to see you, {name}."),
            event("heard", intent="slower", phrase="slower", text=f"{name} slower"),
        ]
    )
    assert name not in str(told)


def test_a_session_s_row_comes_with_it() -> None:
    (row, events), *_ = sessions(1)
    (told,) = sheets([(row, events)], [])[0].accounts
    assert isinstance(told.row, SessionRow)
    assert told.row.reps == len([entry for entry in events if entry.get("moment") == "lower"])
