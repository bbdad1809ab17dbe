"""Safety words in the middle of the coach's sentences: which, by whom, when; and what became of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from benchmarks.hearing.voices import spoken
from benchmarks.latency.sounding import Event, Fade
from benchmarks.latency.table import Row, percentiles

WORDS = ("stop", "pain", "it hurts", "help me")
VOICES = ("en-us", "en-gb-scotland", "en-us+f3", "slt", "rms")
"""Three of espeak-ng's and two of flite's; none is the coach's."""
EARLY = ("greeting.words", "greeting.limits", "screen.nerve")
"""Before any answer has been given: a live session reaches them in seconds. The first one names two of the words itself."""
LATER = ("screen.spine", "position.legs", "set.only")
AFTER_S = 0.5
"""After the sentence began."""
SER_DB = -10.0
"""The person against the coach's echo, in the microphone."""
ANSWERS = frozenset({"stop.stopped", "pain.stopping", "distress.stopping"})
"""What is said to a safety word; from the word to there, silence."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """`word` is said by `voice`, as in the recording `wav`, while the coach says `line`."""

    word: str
    voice: str
    line: str
    wav: Path

    def __str__(self) -> str:
        return f'"{self.word}" ({self.voice}, {self.line})'


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds from the word's end to the coach's silence, None if it wasn't obeyed.

    `talking`: the coach was cut, and didn't just come to an end. `leaked`: something sounded after the cut. `fade`: where it was measured.
    `signs`: what was taken for a command before anybody had said anything. None is not measured.
    """

    interruption: Interruption
    silent_s: float | None
    talking: bool = True
    leaked: bool | None = None
    fade: Fade | None = None
    signs: tuple[str, ...] | None = None


def signs_before(events: Sequence[Event], before_s: float) -> tuple[str, ...]:
    """What was taken for a command before `before_s`, when nobody but the coach had spoken."""
    return tuple(
        f"{event['event']} {event['phrase']}" for event in events if event["event"] in ("suspected", "heard") and event["at_s"] < before_s
    )


def interruptions(lines: Sequence[str], folder: Path, every: int) -> list[Interruption]:
    """Each word by each voice, the lines in turn, every so-manyth of them."""
    pairs = list(product(range(len(WORDS)), range(len(VOICES))))
    return [
        Interruption(WORDS[word], VOICES[voice], lines[(word + voice) % len(lines)], spoken(folder, VOICES[voice], WORDS[word]))
        for word, voice in pairs[::every]
    ]


def answer_to(events: Sequence[Event], from_s: float) -> Event | None:
    """The line that answers a safety word said at `from_s`: it must have been confirmed."""
    return next((one for one in events if one["event"] == "line_started" and one["line"] in ANSWERS and one["at_s"] >= from_s), None)


def cut_before(events: Sequence[Event], answer: Event, from_s: float) -> Event | None:
    """The end of the line that was cut for it."""
    cuts = [one for one in events if one["event"] == "line_ended" and one["cut_short"] and from_s <= one["at_s"] <= answer["at_s"]]
    return cuts[-1] if cuts else None


def rows(what: str, outcomes: Sequence[Outcome]) -> list[Row]:
    """The table's lines about some interruptions: figure, bar, measured."""
    obeyed = [one for one in outcomes if one.silent_s is not None]
    delays = [one.silent_s for one in obeyed if one.silent_s is not None and one.talking]
    missed = [str(one.interruption) for one in outcomes if one.silent_s is None]
    beside = [str(one.interruption) for one in obeyed if not one.talking]
    found = [(f"{what}: obeyed", "", f"{len(obeyed)} of {len(outcomes)}" + "".join(f"; missed {name}" for name in missed))]
    if watched := [one.signs for one in outcomes if one.signs is not None]:
        signs = [sign for told in watched for sign in told]
        found.append((f"{what}: the coach's own words taken for a command", "0", ", ".join([str(len(signs)), *signs])))
    if delays:
        told = percentiles(delays) + "".join(f"; the coach had ended at {name}" for name in beside)
        found.append((f"{what}: word end to silence, p50 / p95", "0.15 / 0.35 s", told))
    if leaks := [one.leaked for one in obeyed if one.leaked is not None]:
        found.append((f"{what}: sounds after the cut", "0", f"{sum(leaks)} of {len(leaks)}"))
    if fades := [one.fade for one in obeyed if one.fade]:
        shortest, longest = min(one.length_ms for one in fades), max(one.length_ms for one in fades)
        told = f"{shortest:.0f} to {longest:.0f} ms (n={len(fades)})"
        found.append((f"{what}: fade", "10 to 30 ms", told))
        found.append((f"{what}: roughest step of a fade, against the sentence's own", "1", f"{max(one.click for one in fades):.2f}"))
    return found
