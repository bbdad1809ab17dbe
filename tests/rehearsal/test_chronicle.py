from voicecoach.rehearsal.chronicle import Chronicle
from voicecoach.rehearsal.trigger import Logged


def chronicle() -> tuple[Chronicle, list[Logged]]:
    seen: list[Logged] = []
    return Chronicle([seen.append]), seen


def test_events_of_a_step_come_out_in_order_of_time_and_ties_in_order_of_arrival() -> None:
    log, seen = chronicle()
    for at_s, name in ((0.02, "heard"), (0.013, "line_started"), (0.02, "answer"), (0.001, "user_spoke")):
        log.log({"at_s": at_s, "event": name})
    log.release(0.02)
    assert [event["event"] for event in seen] == ["user_spoke", "line_started", "heard", "answer"]


def test_what_is_stamped_ahead_waits_for_its_time() -> None:
    log, seen = chronicle()
    log.log({"at_s": 0.5, "event": "rep"})
    log.release(0.48)
    assert seen == []
    log.release(0.5)
    assert [event["event"] for event in seen] == ["rep"]


def test_the_log_never_goes_back_in_time() -> None:
    log, seen = chronicle()
    log.log({"at_s": 1.0, "event": "rep"})
    log.release(1.0)
    log.log({"at_s": 0.9, "event": "line_ended", "line": "x"})
    log.release(1.02)
    assert [event["at_s"] for event in seen] == [1.0, 1.0]


def test_a_session_that_is_cut_off_ends_its_open_line_and_itself() -> None:
    log, seen = chronicle()
    for at_s, name, line in ((0.1, "line_started", "a"), (0.2, "line_ended", "a"), (0.3, "line_started", "b"), (9.0, "line_started", "c")):
        log.log({"at_s": at_s, "event": name, "line": line})
    log.release(0.4)
    log.close(0.4, "interrupted")
    assert seen[-2:] == [
        {"at_s": 0.4, "event": "line_ended", "line": "b", "cut_short": True, "by": "rehearsal"},
        {"at_s": 0.4, "event": "session_ended", "outcome": "interrupted", "by": "rehearsal"},
    ]
    assert all(event.get("line") != "c" for event in seen)


def test_a_session_that_ended_itself_does_not_end_twice() -> None:
    log, seen = chronicle()
    log.log({"at_s": 0.1, "event": "session_ended", "outcome": "stopped"})
    log.release(0.2)
    log.close(0.2, "stopped")
    assert len(seen) == 1
