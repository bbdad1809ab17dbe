"""What a terminal shows of a session, on a real pty, and that it can disturb nothing."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pytest

from tests.coach.stage import plan
from tests.loop.room import Room
from tests.terminal import Terminal
from voicecoach.messages.events import Fault
from voicecoach.messages.heard import Stage
from voicecoach.messages.sound import EARS_BLOCK
from voicecoach.onlookers.levels import FLOOR_DBFS, Levels
from voicecoach.onlookers.picture import Picture
from voicecoach.onlookers.view import View, on_terminal
from voicecoach.rehearsal.transcript import heard

WINDOW = {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "30"}
EVENING = plan(sets=2, reps=2, warm_up_s=0, cool_down_s=0, rest_s=10)
WITHIN_S = 900
TONE = np.full(EARS_BLOCK, 0.5, np.float32)
NOTHING = np.zeros(EARS_BLOCK, np.float32)


@dataclass(frozen=True, slots=True)
class Seen:
    """A view, the terminal that it is on, and what it shows of the sound."""

    terminal: Terminal
    view: View
    levels: Levels

    def shows(self, name: str, text: str) -> None:
        """Waits for it, or fails."""
        self.terminal.until(lambda: text in self.terminal.row(name))


def seen(**environment: str) -> Seen:
    terminal, levels = Terminal(), Levels()
    console = on_terminal(terminal.inside, WINDOW | environment)
    assert console
    return Seen(terminal, View(Picture(heard), levels, console, hears=True), levels)


@pytest.fixture
def window() -> Iterator[Seen]:
    one = seen()
    yield one
    one.view.end()


def shown(window: Seen) -> Room:
    """A session that is watched."""
    room = Room(EVENING)
    for event in room.events:
        window.view.event(event)
    keep = room.log

    def log(event: Mapping[str, object]) -> None:
        keep(event)
        window.view.event(event)

    room.log = log
    return room


def test_from_the_first_question_to_the_end_it_says_where_it_is_and_what_comes_next(window: Seen) -> None:
    room = shown(window)
    window.shows("phase", "safety questions")
    room.until("rep", within_s=WITHIN_S, n=2, moment="hold")
    window.shows("phase", "set 1 of 2, lift 2 of 2: hold")
    window.shows("next", "1 more lift, then how it was")
    room.until("phase", within_s=WITHIN_S, to="check_in")
    window.shows("next", "a rest")
    room.until("phase", within_s=WITHIN_S, to="rest")
    window.shows("phase", "rest")
    window.shows("next", "set 2 of 2, 2 lifts")
    room.until("phase", within_s=WITHIN_S, to="check_in")
    window.shows("next", "quiet breathing")


def test_it_says_what_was_heard_and_what_was_made_of_it(window: Seen) -> None:
    room = shown(window)
    room.until("line_started")
    room.say("stop", Stage.SUSPECTED)
    window.shows("heard", "“stop”? (stop suspected)")
    room.say("please stop")
    window.shows("heard", "“please stop” → stop")
    window.shows("phase", "stopped: nothing moves any more")


def test_what_is_broken_is_said_while_it_is(window: Seen) -> None:
    room = shown(window)
    room.until("line_started")
    room.conductor.tell(Fault("microphone", "The microphone is gone."), room.now_s)
    window.shows("broken", "The microphone is gone.")


def test_both_meters_rise_with_the_sound_and_fall(window: Seen) -> None:
    window.levels.take(TONE, NOTHING)
    window.shows("microphone", "-6 dB")
    window.shows("speaker", "quiet")
    for _ in range(100):
        window.levels.take(NOTHING, TONE)
    window.shows("microphone", "quiet")
    window.shows("speaker", "█")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e30, 0.0])
def test_no_sample_is_too_strange_for_a_meter(value: float) -> None:
    levels = Levels()
    levels.take(np.full(EARS_BLOCK, value, np.float32), NOTHING[:0])
    assert FLOOR_DBFS <= levels.microphone_dbfs <= 0
    assert levels.speaker_dbfs == FLOOR_DBFS


def test_lines_scroll_by_above_it_and_stay_when_it_goes() -> None:
    window = seen()
    for n in range(50):
        window.view.line(f"line {n} “said”")
    window.shows("to stop", "say “stop” or “pain”; Ctrl-C ends it too")
    window.view.end()
    window.terminal.rest()
    assert window.terminal.row("to stop") == ""
    assert [line for line in window.terminal.text.splitlines() if line][-2:] == ["line 48 “said”", "line 49 “said”"]
    assert window.terminal.shows_cursor


def test_without_colour_it_says_the_same() -> None:
    plain, coloured = seen(NO_COLOR="1"), seen()
    for window in (plain, coloured):
        shown(window).conductor.tell(Fault("microphone", "Gone."), 0.0)
        window.shows("broken", "Gone.")
        window.view.end()
    colours = [re.findall(rb"\x1b\[(?:\d+;)*(?:[34]\d)(?:;\d+)*m", window.terminal.raw) for window in (plain, coloured)]
    assert not colours[0]
    assert colours[1]


def test_in_a_narrow_window_a_row_is_cut_and_not_wrapped() -> None:
    window = seen(COLUMNS="40")
    window.shows("to stop", "…")
    assert max(len(line) for line in window.terminal.text.splitlines()) <= 40
    window.view.end()


def test_a_terminal_that_stands_still_keeps_nobody_waiting() -> None:
    window = seen()
    for n in range(5000):
        window.view.line(f"line {n}")
        window.view.event({"event": "rep", "n": n})
    window.view.end()
    assert len(window.terminal.raw) == 0, "nobody has looked at it"
    window.terminal.close()


def test_a_terminal_that_goes_away_ends_the_view_and_nothing_else() -> None:
    window = seen()
    window.shows("phase", "safety questions")
    os.close(window.terminal.inside)
    window.terminal.close()
    for n in range(10):
        window.view.line(f"line {n}")
    window.view.end()


def test_where_no_terminal_is_there_is_no_view() -> None:
    end, other = os.pipe()
    assert on_terminal(other, WINDOW) is None
    os.close(end)
    os.close(other)
    assert on_terminal(Terminal().inside, WINDOW | {"TERM": "dumb"}) is None
