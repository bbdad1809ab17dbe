"""How quick the coach is: rehearsed in stream time, and live through a sound server's null sinks, beside the bars.

DATA has rooms/*, impulse responses. Needs espeak-ng, flite and, for what is live, a sound server (tests/sound_server.py says which
packages). Stream time is counted in samples: from the end of the person's last word, by energy, to the last sample of the coach's own track
that isn't below -60 dBFS before what answers it. Live it is the same in a recording of both, so the devices' delay is in it. Start, CPU and
memory are those of this machine. Parts, for --only: rehearsed, demo, start, live, evening, outages.
"""

import argparse
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command_line import parser_of, read
from benchmarks.latency import evening, live, outages, rehearsed
from benchmarks.latency.interruptions import EARLY, LATER, interruptions, rows
from benchmarks.latency.sounding import Rendered
from benchmarks.latency.table import Row, machine, shown
from tests.sound_server import running_sound_server
from voicecoach.app import Parts
from voicecoach.house import House, open_house
from voicecoach.messages.lines import Line

ROOMS = 2
DEMO_VOICES = ("en-us", "en-gb-scotland", "en-us+f3")
PERSON_VOICE = "en-us+m3"
STARTS = 3


class Bench:
    """What every part needs: the recordings, a folder, a home whose shelf is full, the coach's sentences."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self._options = options
        self._folder = folder
        self._home = folder / "home"
        self._house = House(self._home, open_house(self._home).settings)
        self._parts = Parts(self._house)
        self._rendered: Rendered = lambda text: self._parts.shelf.pcm(text).samples
        self._spoken = self._parts.shelf_of(PERSON_VOICE).pcm

    def rehearsed(self) -> Iterator[Row]:
        """Safety words over the coach's voice, in each room."""
        for room in sorted((self._options.data / "rooms").glob("*"))[:ROOMS]:
            for when, lines in (("early", EARLY), ("later", LATER)):
                words = interruptions(lines, self._folder / "words", self._options.every)
                found = [rehearsed.interrupted(one, room, self._folder, self._home, self._rendered) for one in words]
                yield from rows(f"rehearsed, {room.stem}, {when} in the session", found)

    def demo(self) -> Iterator[Row]:
        """The demo's evenings."""
        yield from rehearsed.demos(DEMO_VOICES, self._folder, self._home, self._rendered)

    def start(self) -> Iterator[Row]:
        """The first sound of a live session, with an empty shelf and with a full one."""
        with running_sound_server() as server:
            cold = [live.start_s(server, self._folder / f"cold_{n}", self._folder) for n in range(STARTS)]
            for _ in self._parts.stock():
                pass
            warm = [live.start_s(server, self._home, self._folder) for _ in range(STARTS)]
        yield "process start to first sound, live, nothing rendered yet, slowest", "2.5 s", f"{max(cold):.2f} s (n={STARTS})"
        yield "the same with the voice on the shelf, slowest", "1.5 s", f"{max(warm):.2f} s (n={STARTS})"

    def live(self) -> Iterator[Row]:
        """The same safety words as those rehearsed early in the session, live."""
        words = interruptions(EARLY, self._folder / "words", self._options.every)
        with running_sound_server() as server:
            texts = {line: self._parts.script.sentence(Line(line)) for line in EARLY}
            found = [live.interrupted(server, one, self._folder, texts[one.line], self._rendered) for one in words]
        yield from rows("live, early in the session", found)

    def evening(self) -> Iterator[Row]:
        """A long live session."""
        with running_sound_server() as server:
            yield from evening.evening(server, self._options.minutes, self._folder, self._rendered, self._spoken)

    def outages(self) -> Iterator[Row]:
        """The sound server lost and back."""
        with running_sound_server() as server:
            yield from outages.outages(server, self._options.cycles, self._folder, self._rendered, self._spoken)


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = parser_of("latency", __doc__)
    parser.add_argument("--only", default="", help="parts whose name this regular expression is found in")
    parser.add_argument("--every", type=int, default=1, help="every so-manyth of the safety words: 4 is the short form")
    parser.add_argument("--minutes", type=int, default=3, choices=range(1, evening.MOST_MINUTES + 1), metavar="1..30")
    parser.add_argument("--cycles", type=int, default=5, help="how often the sound server dies; 100 take half an hour")
    return read(parser, ("rooms",))


def main() -> None:
    """Measures, and prints each part's figures when it is over."""
    options = parsed()
    print(f"{machine()}; load {os.getloadavg()[0]:.1f}\n\n| what | bar | measured |\n|---|---|---|", flush=True)
    with TemporaryDirectory(prefix="voicecoach-latency-") as temporary:
        bench = Bench(options, Path(temporary))
        parts: list[Callable[[], Iterator[Row]]] = [
            bench.rehearsed, bench.demo, bench.start, bench.live, bench.evening, bench.outages,
        ]  # fmt: skip
        for part in parts:
            if re.search(options.only, part.__name__):
                for row in part():
                    print(shown(row), flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
