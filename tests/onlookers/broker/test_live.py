"""The real program and a real broker: a stop from elsewhere silences it, and the settings alone decide whether it talks to one."""

from pathlib import Path

from tests.mosquitto import Broker, Listener
from tests.typed_session import typing, until


def test_a_stop_by_the_broker_hushes_a_live_session_and_ends_it(tmp_path: Path, broker: Broker, listener: Listener) -> None:
    (tmp_path / "settings.toml").write_text(f'[mqtt]\nhost = "127.0.0.1"\nport = {broker.port}\nid = "living_room"\n')
    with typing(tmp_path) as session:
        until(session, "coach     ", {})
        listener.until("state", "session")
        listener.say("voicecoach/living_room/order", "stop")
        printed = until(session, "STOPPED", {})
    assert any("because of stop" in line for line in printed), printed


def test_one_whose_settings_name_no_broker_says_nothing_to_one_that_is_there(tmp_path: Path, broker: Broker, listener: Listener) -> None:
    with typing(tmp_path) as session:
        until(session, "coach     ", {})
    listener.say("the/end", "of what there was to hear")
    assert listener.until("").topic == "the/end"
    del broker
