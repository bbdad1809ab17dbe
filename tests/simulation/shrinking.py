"""Makes a script that breaks a rule as short as it can be and still break it (delta debugging)."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.coach.session_script import GIVEN
from tests.simulation.life import replay
from tests.simulation.watched import Coach
from voicecoach.coach.session import Session

SHORTER_S = ("0", "0.1", "1", "5")
MOST_TRIES = 3000
"""Ten seconds or so."""


class Shrinking:
    """One script on its way to the shortest one. Every try is a whole evening."""

    def __init__(self, script: list[str], fails: Callable[[list[str]], bool]) -> None:
        self.script = script
        self._fails = fails
        self._tries = 0

    def run(self) -> list[str]:
        """Drops, then shortens, until neither helps."""
        before: list[str] = []
        while before != self.script and self._tries < MOST_TRIES:
            before = self.script
            self._drop()
            for candidate_of in (_shorter_waits, _fewer_facts, _joined_waits):
                self._replace(candidate_of)
        return self.script

    def _take(self, candidate: list[str]) -> bool:
        self._tries += 1
        if self._tries <= MOST_TRIES and self._fails(candidate):
            self.script = candidate
            return True
        return False

    def _drop(self) -> None:
        """Whole stretches, then single lines, from the end to the beginning; with the time that they took, or without it."""
        size = max(1, len(self.script) // 2)
        while size:
            start = max(0, len(self.script) - size)
            while True:
                end = start + size
                gone = self.script[start:end]
                rest = (self.script[:start], self.script[end:])
                if gone and not self._take([*rest[0], *rest[1]]):
                    self._take([*rest[0], f"~ {_seconds(gone):g}", *rest[1]]) if len(gone) > 1 or gone[0][0] != "~" else None
                if start == 0:
                    break
                start = max(0, start - size)
            size //= 2

    def _replace(self, candidates: Callable[[list[str]], Iterator[list[str]]]) -> None:
        """Takes what is simpler, as long as something is."""
        while any(self._take(candidate) for candidate in candidates(self.script)):
            pass


def _seconds(lines: list[str]) -> float:
    return sum(float(line[2:]) if line.startswith("~") else 0.5 * line.startswith(">") for line in lines)


def _shorter_waits(script: list[str]) -> Iterator[list[str]]:
    for n, line in enumerate(script):
        if line.startswith("~"):
            for wait in SHORTER_S:
                if float(wait) < float(line[2:]):
                    yield [*script[:n], f"~ {wait}", *script[n + 1 :]]


def _joined_waits(script: list[str]) -> Iterator[list[str]]:
    for n, (line, after) in enumerate(pairwise(script)):
        if line.startswith("~") and after.startswith("~"):
            yield [*script[:n], f"~ {float(line[2:]) + float(after[2:]):g}", *script[n + 2 :]]


def _fewer_facts(script: list[str]) -> Iterator[list[str]]:
    for n, line in enumerate(script):
        mark, *facts = line.split()
        for place in range(len(facts)) if mark in GIVEN and mark != "person" else ():
            if not facts[place].startswith("who="):
                yield [*script[:n], " ".join([mark, *facts[:place], *facts[place + 1 :]]), *script[n + 1 :]]


def shrunk(script: list[str], rule: str, coach: Coach = Session) -> list[str]:
    """The shortest script found that still breaks `rule`."""

    def fails(candidate: list[str]) -> bool:
        try:
            broken = replay(candidate, coach).broken
        except (IndexError, ValueError):
            return False  # what is left is no script
        return broken is not None and broken.rule == rule

    return Shrinking(script, fails).run()
