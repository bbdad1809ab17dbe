"""Years of sessions that nobody had, with all that a report tells of: good ones, pain, stops, answers, faults. The same each time."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from voicecoach.journal.cut_off import INTERRUPTED, Event
from voicecoach.journal.rows import SessionRow, summed_up
from voicecoach.journal.store import Journal

FIRST = dt.datetime(2024, 1, 8, 18, 3, tzinfo=dt.timezone(dt.timedelta(hours=1)))
EVERY = dt.timedelta(days=2, hours=1)
LADDER = ("both_2x10", "both_3x10", "both_3x15", "longer_top")
ENDINGS = ("finished",) * 14 + ("pain", "stopped", "not_cleared", "emergency", "silence", "fault", INTERRUPTED)
QUESTIONS = {
    "screen.news": "Has anything changed since last time?",
    "screen.morning": "How was your back the morning after last time: better, as usual, or worse?",
    "screen.pain": "How is your pain right now, from zero to ten?",
    "check_in.back": "Did you feel that mainly in your lower back?",
    "check_in.effort": "How many more good ones could you have done, from zero to ten?",
    "cool_down.pain": "How is your pain now, from zero to ten?",
    "pain.level": "How bad is it now, from zero to ten?",
    "pain.sharp": "Is it sharp or shooting, or does it go into your leg?",
    "pain.numb": "Is anything numb or tingling?",
    "who.ask": "Who is on the mat: Anna or Benedikt?",
}
LINE = "Squeeze your buttocks, then lift both legs a hand above the floor, and hold."


class Log:
    """The events of one session, one after the other."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.at_s = 0.0

    def add(self, event: str, after_s: float = 0.0, **fields: object) -> None:
        self.at_s = round(self.at_s + after_s, 3)
        self.events.append({"at_s": self.at_s, "event": event, **fields})

    def phase(self, before: str, now: str, after_s: float = 2.0) -> None:
        self.add("phase", after_s, **{"from": before, "to": now})

    def line(self, line: str, text: str) -> None:
        self.add("line_started", 0.3, line=line, text=text)
        self.add("line_ended", 3.0, line=line, text=text, cut_short=False)

    def ask(self, name: str, value: object) -> None:
        self.line(name, QUESTIONS[name])
        self.add("question", id=name, expects="yes_no", line=name)
        if value is not None:
            self.add("heard", 1.5, intent="number" if isinstance(value, int) else value, phrase=str(value), text=str(value))
        self.add("answer", id=name, value=value)

    def word(self, intent: str, phrase: str) -> None:
        self.add("heard", 0.4, intent=intent, phrase=phrase, text=phrase)
        self.add("hushed", why=intent, interrupted="set.lift")

    def course(self, level: str, sets: int, total: int) -> None:
        self.add("course", phase="set", level=level, sets=sets, reps=10, lifts=10, total=total)

    def lifts(self, number: int, count: int) -> None:
        for n in range(1, count + 1):
            for moment, step in (("brace", 3.0), ("lift", 1.0), ("hold", 2.0), ("lower", 2.0)):
                self.add("rep", step, n=n, of=10, set=number, moment=moment)
                if moment == "lift":
                    self.phase("set", "hold", 0.0)
                    self.phase("hold", "set", 0.0)
            self.line("set.count", LINE[: 20 + 5 * (n % 10)])

    def end(self, outcome: str, **fields: object) -> None:
        self.add("session_ended", 1.0, outcome=outcome, **fields)


def session(number: int, ending: str, person: int = 1, name: str = "Anna") -> list[Event]:
    """The log of one, as far as it came."""
    luck, log, level = random.Random(number), Log(), LADDER[min(number // 20, len(LADDER) - 1)]  # noqa: S311 - the same years each time
    sets = 2 if level.startswith("both_2") else 3
    log.add("session_started", plan={}, level=level)
    log.add("person", id=person, name=name)
    log.add("remembered", fact="name", value=name)
    log.phase("", "screen", 0.0)
    log.ask("screen.news", "no")
    log.ask("screen.morning", luck.choice(("same", "same", "same", "better", "worse")))
    log.ask("screen.pain", 7 if ending == "not_cleared" else luck.randrange(3))
    if ending == "not_cleared":
        log.line("refuse.pain", "That is too much pain for lifts today.")
        log.phase("screen", "finished")
        log.end(ending, reps=0, sets=0)
        return log.events
    log.phase("screen", "warm_up")
    log.course(level, sets, 0)
    before = "warm_up"
    for at in range(1, sets + 1):
        log.phase(before, "set", 20.0)
        log.course(level, sets, 10 * (at - 1))
        last = at == sets and ending != "finished"
        log.lifts(at, luck.randrange(1, 9) if last else 10)
        if last:
            break
        log.phase("set", "check_in")
        log.ask("check_in.back", "no")
        log.ask("check_in.effort", 3)
        before = "check_in" if at == sets else "rest"
        if at < sets:
            log.phase("check_in", "rest")
            log.add("heard", 20.0, intent="next_set", phrase="next set", text="next set")
    _ended(log, ending, luck, sets, level)
    return log.events


def _ended(log: Log, ending: str, luck: random.Random, sets: int, level: str) -> None:
    reps = sum(event.get("moment") == "lower" for event in log.events)
    if ending == INTERRUPTED:
        return
    if ending == "finished":
        log.phase("check_in", "cool_down")
        log.ask("cool_down.pain", luck.randrange(3))
        log.phase("cool_down", "finished", 60.0)
    elif ending == "fault":
        log.add("fault", what="microphone", detail="/dev/snd/by-path/anna is gone")
        log.phase("paused", "finished", 120.0)
    elif ending == "silence":
        log.ask("check_in.back", None)
        log.phase("paused", "finished", 120.0)
    else:
        intent, phrase = {"pain": ("pain", "my back hurts"), "stop": ("stop", "stop"), "emergency": ("nerve", "my leg is numb")}.get(
            ending, ("stop", "stop")
        )
        log.word(intent, phrase)
        log.phase("set", "stopped", 0.0)
        if ending != "stopped":
            log.ask("pain.level", luck.randrange(4, 8))
            log.ask("pain.sharp", luck.choice(("yes", "no")))
            log.ask("pain.numb", "yes" if ending == "emergency" else "no")
        log.phase("stopped", "finished", 10.0)
    log.end(ending, reps=reps, sets=sets, level=level)


def years(count: int, person: int = 1, name: str = "Anna", first: dt.datetime = FIRST) -> Iterator[tuple[dt.datetime, str, list[Event]]]:
    """When each began, how it ended, and its log."""
    luck = random.Random(count)  # noqa: S311 - the same years each time
    began = first
    for number in range(count):
        ending = luck.choice(ENDINGS)
        yield began, ending, session(number, ending, person, name)
        began += EVERY * luck.choice((1, 1, 1, 2, 4))


def sessions(count: int, person: int = 1, name: str = "Anna") -> list[tuple[SessionRow, Sequence[Event]]]:
    """As the journal would give them."""
    return [
        (summed_up(n, began.isoformat(), ending, float(str(events[-1]["at_s"])), events), events)
        for n, (began, ending, events) in enumerate(years(count, person, name), 1)
    ]


def write(path: Path, count: int, person: int = 1, name: str = "Anna") -> None:
    """Into a journal, event by event."""
    with closing(Journal(path)) as journal:
        assert journal._connection
        journal._connection.execute("PRAGMA synchronous = OFF")  # nothing of it is anybody's
        for began, ending, events in years(count, person, name):
            number = journal.begin(began.isoformat(), {})
            for event in events:
                journal.append(number, event)
            if ending != INTERRUPTED:
                journal.end(number, ending)
