"""A session and a real broker: what comes there, what comes back, and what a broker that is away costs."""

import json
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.mosquitto import Broker, Listener, free_port, terms
from tests.onlookers.broker.conftest import Begin
from voicecoach import outbox
from voicecoach.messages.intents import Intent
from voicecoach.onlookers.broker import announcing
from voicecoach.outbox import Post

ORDER = "voicecoach/living_room/order"


def phase(to: str) -> dict[str, str]:
    return {"from": "set", "to": to}


def test_home_assistant_learns_of_the_speaker_and_of_each_state_in_turn(listener: Listener, begin: Begin, broker: Broker) -> None:
    session = begin(broker.port)
    about = listener.until("config")
    assert json.loads(about.text)["components"]["stop"]["command_topic"] == ORDER
    assert listener.until("availability").text == "online"
    listener.until("state", "session")
    session.event("phase", **phase("paused"))
    listener.until("state", "paused")
    session.end()
    listener.until("state", "idle")
    listener.until("availability", "offline")


def test_who_comes_later_finds_the_last_state_and_the_last_session(begin: Begin, broker: Broker) -> None:
    begin(broker.port, share=frozenset({"outcome"})).end("stopped")
    late = Listener(terms(broker.port))
    found = {message.topic.rpartition("/")[2]: message for message in (late.until("") for _ in range(4))}
    late.end()
    assert all(message.kept for message in found.values())
    assert json.loads(found["last_session"].text)["outcome"] == "stopped"
    assert (found["state"].text, found["availability"].text) == ("idle", "offline")
    assert "config" in found


def test_a_stop_is_obeyed_and_answered(listener: Listener, begin: Begin, broker: Broker) -> None:
    session = begin(broker.port)
    listener.until("state", "session")
    listener.say(ORDER, "stop")
    assert session.done.get(timeout=20) == Intent.STOP
    assert json.loads(listener.until("answer").text) == {"order": "stop", "answer": "done"}


def test_a_start_changes_nothing_in_a_session_and_is_answered(listener: Listener, begin: Begin, broker: Broker) -> None:
    session = begin(broker.port)
    listener.until("state", "session")
    listener.say(ORDER, "start")
    assert "ignored" in json.loads(listener.until("answer").text)["answer"]
    assert session.done.empty()
    assert 'order "start"' in session.says("ignored")


def test_an_order_that_the_broker_kept_does_nothing_to_the_session_that_begins_and_that_is_said(
    listener: Listener, begin: Begin, broker: Broker
) -> None:
    listener.say(ORDER, "stop", kept=True)
    session = begin(broker.port)
    assert "kept by the broker" in session.says("ignored")
    listener.until("answer", "ignored")
    assert session.done.empty()
    listener.say(ORDER, "stop")
    assert session.done.get(timeout=20) == Intent.STOP, "and one that is meant now is obeyed"


def test_an_order_of_any_length_and_with_any_letters_harms_nobody(listener: Listener, begin: Begin, broker: Broker) -> None:
    session = begin(broker.port)
    listener.until("state", "session")
    for text in ("\x1b[2Jstop", "x" * 50_000, "y" * 500_000):
        listener.say(ORDER, text)
    listener.say(ORDER, "pause")
    assert session.done.get(timeout=20) == Intent.PAUSE
    assert "\x1b" not in session.says("ignored")


def test_a_program_that_dies_is_offline(broker: Broker, listener: Listener, begin: Begin) -> None:
    session = begin(broker.port)
    listener.until("availability", "online")
    courier = session._onlookers[0]._courier  # type: ignore[attr-defined]
    courier._connection._client.socket().shutdown(socket.SHUT_RDWR)
    listener.until("availability", "offline")
    listener.until("availability", "online")


def test_a_broker_that_is_away_costs_a_session_nothing_and_its_summary_waits(begin: Begin, folder: Path) -> None:
    session = begin(free_port())
    assert "can't be reached" in session.says("broker")
    for n in range(1000):
        session.event("rep", n=n)
    session.end()
    assert [post.topic.partition("/")[0] for path in outbox.waiting(folder) if (post := outbox.read(path))] == ["sessions", "last_session"]


def test_one_that_takes_the_call_and_says_nothing_does_neither(begin: Begin, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        session = begin(silent.getsockname()[1])
        session.end()
    assert len(outbox.waiting(folder)) == 2


def test_what_waited_is_sent_in_the_next_session_oldest_first_and_then_gone(
    broker: Broker, listener: Listener, begin: Begin, folder: Path
) -> None:
    for _ in range(3):
        begin(free_port()).end()
    wanted = [post.id for path in outbox.waiting(folder) if (post := outbox.read(path)) and not post.kept]
    session = begin(broker.port)
    assert [json.loads(listener.until(id_).text)["id"] for id_ in wanted] == wanted
    session.end()
    assert outbox.waiting(folder) == []


def test_a_broker_that_comes_back_in_the_session_is_told_what_is_going_on(broker: Broker, listener: Listener, begin: Begin) -> None:
    broker.end(killed=True)
    session = begin(broker.port)
    session.says("can't be reached")
    session.event("phase", **phase("paused"))
    broker.start()
    listener.until("state", "paused")
    session.says("is there")


def test_a_file_that_is_no_post_keeps_nothing_from_being_sent(broker: Broker, begin: Begin, folder: Path) -> None:
    outbox.put(folder, Post(outbox.new_id(), "sessions/x", "{}"))
    outbox.waiting(folder)[0].write_text("half")
    begin(broker.port).end()
    assert [outbox.read(path) for path in outbox.waiting(folder)] == [None]


def test_somebody_who_asks_to_be_forgotten_takes_back_what_is_seen_of_them(
    broker: Broker, listener: Listener, begin: Begin, folder: Path
) -> None:
    begin(broker.port).end()
    listener.until("last_session", "id")
    session = begin(broker.port)
    session.event("remembered", fact="forgotten", value=True)
    session.end()
    assert listener.until("last_session").text == ""
    assert outbox.waiting(folder) == []


def test_two_speakers_of_one_id_are_told_so(broker: Broker, begin: Begin) -> None:
    first = begin(broker.port)
    begin(broker.port)
    assert "another speaker has the id living_room too" in first.says("gone")


def test_where_there_is_no_broker_in_the_settings_nobody_watches(folder: Path) -> None:
    with ExitStack() as ends:
        assert list(announcing.begin(None, folder, print, ends, print)) == []


@pytest.mark.parametrize("outcome", ["fault", "interrupted"])
def test_a_session_that_broke_has_a_summary_too(outcome: str, broker: Broker, listener: Listener, begin: Begin) -> None:
    begin(broker.port, share=frozenset({"outcome"})).end(outcome)
    assert json.loads(listener.until("last_session").text)["outcome"] == outcome
