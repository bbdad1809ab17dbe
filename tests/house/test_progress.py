"""Bars on a terminal, lines or nothing elsewhere."""

from tests.terminal import Terminal, on_terminal
from voicecoach.progress import counted, fetched

COUNTS = "from voicecoach.progress import counted; print('out', list(counted(range(3), 3, 'pieces')))"
FETCHES = """
from voicecoach.progress import fetched
with fetched(4_000_000, print) as done:
    for _ in range(4):
        done(1_000_000)
print("there")
"""


def drawn(program: str, **environment: str) -> Terminal:
    terminal = Terminal()
    with on_terminal(terminal, (), program=("-c", program), **environment) as running:
        terminal.until(lambda: "out" in terminal.text or "there" in terminal.text)
        assert running.wait() == 0
        terminal.rest()
    return terminal


def test_on_a_terminal_what_is_counted_has_a_bar_that_goes_when_it_is_done() -> None:
    terminal = drawn(COUNTS)
    assert b"pieces" in terminal.raw
    assert b"3/3" in terminal.raw
    assert terminal.text.split() == ["out", "[0,", "1,", "2]"]


def test_on_a_terminal_a_download_has_a_bar_and_no_lines() -> None:
    terminal = drawn(FETCHES)
    assert b"4.0/4.0 MB" in terminal.raw
    assert terminal.text.split() == ["there"]


def test_on_a_terminal_that_draws_nothing_a_download_says_each_tenth() -> None:
    terminal = drawn(FETCHES, TERM="dumb")
    assert b"\x1b" not in terminal.raw
    assert terminal.text.split()[:4] == ["20%", "of", "4", "MB"]


def test_elsewhere_a_download_says_each_tenth_once_and_a_count_nothing() -> None:
    said: list[str] = []
    with fetched(10_000_000, said.append) as done:
        for _ in range(100):
            done(100_000)
    assert said == [f"{tenth}0% of 10 MB" for tenth in range(1, 11)]
    assert list(counted("abc", 3, "letters")) == ["a", "b", "c"]
