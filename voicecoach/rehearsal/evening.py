"""The virtual clock: drives a whole session block by block, faster than time."""

from collections.abc import Callable, Mapping

from voicecoach.messages.events import Calibrated, Fault, Recovered
from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK
from voicecoach.rehearsal.chronicle import CUT_OFF, Chronicle
from voicecoach.rehearsal.desk import Conducting, Desk
from voicecoach.rehearsal.fault import Breakages, Switches
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.results import Results
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.step import Hearing, Playing, Step
from voicecoach.rehearsal.trigger import Logged

TWO_HOURS_S = 7200.0
"""No session lasts so long: one that does has lost its way."""


Keep = Callable[[Mapping[str, object]], str | None]
"""Keeps an event in the journal; gives a sentence if it couldn't be written yet, None if it is safe."""


class Evening:
    """One rehearsed session. `log` is what the conductor is built with; then `run`.

    `journal` gets every event in order, the person's too. When it can't keep one the conductor is told that the disk failed, and with the
    first event that is safe again that it recovered. `switches` say who is told, by kind of fault, that it begins and that it ends.
    """

    def __init__(
        self,
        room: Room,
        person: Person,
        breakages: Breakages,
        results: Results,
        journal: Keep,
        switches: Mapping[str, Callable[[bool], None]],
    ) -> None:
        self._room = room
        self._person = person
        self._breakages = breakages
        self._results = results
        self._journal = _Journal(journal)
        self._switches = Switches(switches)
        self._chronicle = Chronicle([results.event, self._journal.write, person.notice, breakages.notice])

    def log(self, event: Mapping[str, object]) -> None:
        """Take an event from the conductor, stamped on the audio clock."""
        self._chronicle.log(event)

    def run(
        self,
        conductor: Conducting,
        ears: Hearing,
        speaker: Playing,
        about: Mapping[str, object] | None = None,
        bound_s: float = TWO_HOURS_S,
        calibrated: Callable[[], Calibrated | None] = lambda: None,
    ) -> str:
        """Go through the session to its end, and give its outcome.

        `about` goes into the log's first line; `calibrated` says once what the coach's first words told of the room.
        A scenario that kills the session gives "interrupted". A session that goes on for `bound_s` of virtual time is given up: "fault".
        """
        step, desk = Step(self._room, self._breakages, self._results, ears, speaker), Desk(conductor)
        conductor.begin(about)
        now_s = 0.0
        try:
            for count in range(round(bound_s * 1000 / BLOCK_MS)):
                now_s = (count + 1) * BLOCK_MS / 1000
                self._speak(count)
                broken = self._breakages.active(now_s)
                self._switches.turn(broken)
                heard = step.take(count)
                found = (*step.news(now_s), calibrated(), *self._journal.news())
                desk.step(heard, [event for event in found if event is not None], now_s, held_up="held_up" in broken)
                self._chronicle.release(now_s)
                if conductor.outcome is not None:
                    self._chronicle.release(float("inf"))
                    self._chronicle.close(now_s, conductor.outcome)
                    return conductor.outcome
                if "killed" in self._breakages.active(now_s):
                    self._journal.cut_off()
                    self._chronicle.close(now_s, "interrupted")
                    return "interrupted"
        except KeyboardInterrupt:
            self._chronicle.close(now_s, "interrupted")
            raise
        return self._given_up(now_s)

    def _given_up(self, now_s: float) -> str:
        self._chronicle.log({"at_s": now_s, "event": "fault", "what": "session", "detail": f"No end after {now_s:g} s.", **CUT_OFF})
        self._chronicle.release(now_s)
        self._chronicle.close(now_s, "fault")
        return "fault"

    def _speak(self, count: int) -> None:
        for utterance in self._person.begin(count * EARS_BLOCK, (count + 1) * EARS_BLOCK):
            self._room.say(utterance.samples, utterance.at_sample)
            self._chronicle.log(utterance.event())


class _Journal:
    """Writes events on, and notices when that fails and when it works again."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._failing = False
        self._cut_off = False
        self._news: list[Fault | Recovered] = []

    def cut_off(self) -> None:
        """Whoever is killed writes nothing more, not even that it is over."""
        self._cut_off = True

    def write(self, event: Logged) -> None:
        """One event into the journal."""
        if self._cut_off:
            return
        trouble = self._keep(event)
        if (trouble is not None) != self._failing:
            self._failing = trouble is not None
            self._news.append(Fault("disk", trouble) if trouble is not None else Recovered("disk"))

    def news(self) -> list[Fault | Recovered]:
        """What the conductor has to be told since the last time."""
        news, self._news = self._news, []
        return news
