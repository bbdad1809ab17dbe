"""What leaves the house of a session, and what doesn't."""

import json
from collections.abc import Mapping

import pytest

from tests.mosquitto import terms
from voicecoach.onlookers.broker.telling import Telling
from voicecoach.onlookers.broker.terms import SHARED
from voicecoach.outbox import Post

STARTED = {"at_s": 0.0, "event": "session_started", "started_at": "2026-11-24T18:00:00+01:00", "level": "both_2x10"}
ENDED = {
    "at_s": 754.0,
    "event": "session_ended",
    "outcome": "pain",
    "reps": 12,
    "sets": 2,
    "level": "",
    "pain_before": 1,
    "pain_after": 6,
}
ASKED = {"at_s": 30.0, "event": "answer", "id": "screen.numbness", "value": "yes"}


def phase(to: str) -> dict[str, object]:
    return {"at_s": 9.0, "event": "phase", "from": "", "to": to}


def person(number: int) -> dict[str, object]:
    return {"at_s": 3.0, "event": "person", "id": number, "name": "Anneliese"}


def lived(*events: Mapping[str, object], share: frozenset[str] = frozenset(), receipts: bool = False) -> Telling:
    telling = Telling(terms(1883, share=share, receipts=receipts))
    for event in events:
        telling.event(event)
    return telling


def summary(telling: Telling) -> dict[str, object]:
    found = json.loads(telling.posts[0].text)
    assert isinstance(found, dict)
    return found


def test_unless_something_is_shared_nobody_learns_more_than_that_there_was_a_session_and_for_how_long() -> None:
    told = summary(lived(STARTED, person(1), ASKED, phase("set"), ENDED))
    assert {key: value for key, value in told.items() if key != "id"} == {
        "speaker": "living_room",
        "started_at": STARTED["started_at"],
        "minutes": 12.6,
        "receipt": False,
    }


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("outcome", {"outcome": "pain"}),
        ("reps", {"reps": 12, "sets": 2}),
        ("pain", {"pain_before": 1, "pain_after": 6}),
        ("level", {"level": "both_2x10"}),
        ("person", {"person": 2}),
        ("phase", {}),
    ],
)
def test_each_thing_that_is_shared_adds_itself_and_nothing_else(item: str, told: dict[str, object]) -> None:
    events = (STARTED, person(2), ASKED, ENDED)
    assert summary(lived(*events, share=frozenset({item}))).keys() - summary(lived(*events)).keys() == told.keys()
    assert summary(lived(*events, share=frozenset({item}))).items() >= told.items()


def test_no_name_and_no_answer_leaves_the_house_whatever_is_shared() -> None:
    text = "".join(post.text for post in lived(STARTED, person(1), ASKED, ENDED, share=frozenset(SHARED)).posts)
    assert "Anneliese" not in text
    assert "numbness" not in text


@pytest.mark.parametrize(
    ("share", "states"),
    [
        ((), ["idle", "session", "session", "session", "paused", "session", "session", "idle"]),
        (("phase",), ["idle", "session", "warm_up", "set", "paused", "set", "stopped", "idle"]),
    ],
)
def test_the_state_tells_of_a_pause_and_only_if_shared_of_the_phase(share: tuple[str, ...], states: list[str]) -> None:
    telling = Telling(terms(1883, share=frozenset(share)))
    seen = [telling.state]
    for event in (STARTED, *map(phase, ("warm_up", "set", "paused", "set", "stopped")), ENDED):
        telling.event(event)
        seen.append(telling.state)
    assert seen == states


def test_the_last_session_stays_to_be_seen_and_its_summary_is_sent_once_under_its_id() -> None:
    once, seen = lived(STARTED, ENDED).posts
    assert (once.topic, once.kept) == (f"sessions/{once.id}", False)
    assert json.loads(once.text)["id"] == once.id
    assert (seen.topic, seen.kept, seen.receipt) == ("last_session", True, False)


def test_two_sessions_have_two_ids() -> None:
    assert lived(STARTED, ENDED).posts[0].id != lived(STARTED, ENDED).posts[0].id


def test_receipts_are_asked_for_only_where_they_are_wanted() -> None:
    post = lived(STARTED, ENDED, receipts=True).posts[0]
    assert post.receipt
    assert json.loads(post.text)["receipt"] is True


@pytest.mark.parametrize(("people", "of"), [((), (1,)), ((2,), (2,)), ((2, 1), (1, 2))])
def test_a_summary_knows_whom_it_tells_of(people: tuple[int, ...], of: tuple[int, ...]) -> None:
    assert [post.people for post in lived(STARTED, *map(person, people), ENDED).posts] == [of, of]


FORGET_ME = {"at_s": 40.0, "event": "remembered", "fact": "forgotten", "value": True}


def test_of_somebody_who_asked_to_be_forgotten_nothing_is_sent() -> None:
    telling = lived(STARTED, person(2), FORGET_ME, ENDED)
    assert telling.posts == ()
    assert telling.forgotten == {2}


def test_nor_of_a_session_in_which_they_were_before_somebody_else() -> None:
    posts: tuple[Post, ...] = lived(STARTED, person(2), FORGET_ME, person(1), ENDED).posts
    assert posts == ()


def test_a_session_that_has_not_ended_has_nothing_to_send() -> None:
    assert lived(STARTED, person(1), phase("set")).posts == ()
