"""A button is pressed in the middle of a lift: the real program, at the pace of its sound, with made-up pins."""

from pathlib import Path

from tests.live_session import acquainted, kept_events
from tests.pressed_program import PIN
from tests.typed_session import say, typing, until

REPLIES = {"Has anything changed": "no", "How is your pain": "one", "Tell me when you are lying": "ready"}


def test_it_hushes_stops_for_good_and_nothing_is_said_but_what_belongs_to_a_stop(tmp_path: Path) -> None:
    home = acquainted(tmp_path, screened=True)
    (home / "settings.toml").write_text(f"[button]\ngpio = {PIN}\n[lights]\nmoving = 22\n")
    with typing(home, program=("-m", "tests.pressed_program")) as session:
        until(session, "1 of 2: lift", REPLIES)
        say(session, "press")
        printed = until(session, "session   ends", REPLIES)
        code = session.wait()
    assert printed[-1].endswith("ends: stopped")
    assert code == 0
    events = kept_events(home)
    hushed = next(n for n, event in enumerate(events) if event["event"] == "hushed" and event["why"] == "stop")
    assert not [event for event in events[hushed:] if event["event"] == "rep"]
    said = [event["line"].split(".")[0] for event in events[hushed:] if event["event"] == "line_started"]
    assert said
    assert set(said) <= {"stop", "silence"}
