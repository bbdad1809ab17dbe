"""Nobody who watches can disturb a session."""

from collections.abc import Mapping
from pathlib import Path

from voicecoach.onlookers.onlooker import Onlookers


class Seeing:
    def __init__(self) -> None:
        self.seen: list[Mapping[str, object]] = []

    def event(self, event: Mapping[str, object]) -> None:
        self.seen.append(event)


class Failing:
    def __init__(self) -> None:
        self.times = 0

    def event(self, event: Mapping[str, object]) -> None:
        self.times += 1
        Path("/proc/nothing/here").read_text(encoding="utf-8")


def test_one_that_fails_is_let_go_with_one_sentence_and_the_others_see_everything() -> None:
    told: list[str] = []
    onlookers, failing, seeing = Onlookers(told.append), Failing(), Seeing()
    onlookers.add(failing, seeing)
    for n in range(3):
        onlookers.event({"event": "rep", "n": n})
    assert failing.times == 1
    assert [event["n"] for event in seeing.seen] == [0, 1, 2]
    (sentence,) = told
    assert sentence.startswith("Failing has failed (")
    assert sentence.endswith("and the session goes on without it.")
