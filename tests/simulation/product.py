"""Every state, every word, every fault: what the coach does at once, as a table. `python -m tests.simulation.product` writes it anew.

A cell is a state, reached by a short script, a word that is heard in it, and a fault just before the word or just after it. The table in
product.txt has all of them: under each state and fault the reactions, and after each the words that lead to it. It is read and agreed on by
people; test_product.py holds the coach to it.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.coach.stage import CURRICULUM, PHRASEBOOK
from tests.simulation.played import Played
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action, End, Form, Hush, Record, Say, Tone
from voicecoach.messages.events import Event, Fault, Interrupted, Recovered, Unclear
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import URGENT, Intent, Meant
from voicecoach.messages.memory import Memory

TABLE = Path(__file__).with_suffix(".txt")
SHORT = "plan sets=2 reps=3 rest_s=20 warm_up_s=60 cool_down_s=20"
QUICK = "plan sets=1 reps=2 warm_up_s=0 cool_down_s=20"
UNHEARD, NEW = "knows heard_on_mat=no screened_on_day=-9", "knows taught=no screened_on_day=-9"
STATES = {
    "screen, a line": [SHORT, "< line greeting.hello"],
    "screen, a question": [SHORT, "person silent", "< question screen.nerve"],
    "screen, pain as a number": [SHORT, "knows screened_on_day=-9", "< line screen.pain", "person silent", "< question screen.pain"],
    "screen, getting down": [SHORT, "knows screened_on_day=-9", "< line screen.ready", "person silent", "< question screen.ready"],
    "screen, the word pain is tried": [SHORT, UNHEARD, "< line mat.pain", "person silent", "< question mat.pain"],
    "teach, a step": [SHORT, NEW, "< line teach.lift", "person silent", "< question teach.lift"],
    "teach, the lift for practice": [SHORT, NEW, "< line practice.stay"],
    "warm_up": [SHORT, "knows screened_on_day=-9", "< line warm_up.tilt"],
    "set, before the first lift": [SHORT, "knows screened_on_day=-9", "< line lead_in"],
    "set, on the way down": [SHORT, "knows screened_on_day=-9", "< rep 2 lower"],
    "hold": [SHORT, "knows screened_on_day=-9", "< rep 2 hold"],
    "check_in, a question": [SHORT, "knows screened_on_day=-9", "< line check_in.back", "person silent", "< question check_in.back"],
    "rest": [SHORT, "knows screened_on_day=-9", "< phase rest", "~ 8"],
    "cool_down, breathing": [QUICK, "knows screened_on_day=-9", "< phase cool_down", "< line breath.in"],
    "cool_down, a question": [QUICK, "knows screened_on_day=-9", "< line cool_down.pain", "person silent", "< question cool_down.pain"],
    "paused": [SHORT, "knows screened_on_day=-9", "< rep 2 hold", "> pause", "~ 8"],
    "stopped, advice": [SHORT, "knows screened_on_day=-9", "< rep 2 hold", "> stop"],
    "stopped, a question": [SHORT, "knows screened_on_day=-9", "< rep 2 hold", "person silent", "> stop", "< question stop.all_right"],
    "finished": [QUICK, "knows screened_on_day=-9", "person silent", "< end *"],
}
"""A state by the script that leads there; its name begins with the phase."""
WITH_FAULTS = tuple(next(state for state in reversed(STATES) if state.partition(",")[0] == phase) for phase in Phase)
"""One state of every phase, in which every fault comes too."""
WHATS = ("microphone", "recognizer", "speaker", "voice", "sound", "disk", "recording", "clock", "standstill", "inaudible")
PLAIN, BEFORE = "no fault", "before"
FAULTS = {PLAIN: ()} | {f"{what} fails {when} it": (what,) for what in WHATS for when in (BEFORE, "after")}
HEAD = "# What every word does at once, in every state, with every fault. Written by python -m tests.simulation.product.\n"
WRAPPED = textwrap.TextWrapper(width=140, initial_indent="    ", subsequent_indent="        ", break_long_words=False)
NUMBER = 3
TOPICS = {Intent.DISTRESS: ("grave",), Intent.EASIER: ("one_leg",), Intent.SETTING: ("name", "metric"), Intent.ROUTINE: ("minimal",)}
"""Where the topic decides what is done, beside the word without one."""
GRAVE_LINES = ("fault.", "stop.", "pain.", "distress.", "unsure.", "paused.", "emergency.")
NEEDS_TOPIC = {Intent.QUESTION: "how_high", Intent.SETTING: "voice", Intent.ROUTINE: "full", Intent.NAME: "anna"}


@dataclass(frozen=True)
class Word:
    """Something that is heard, and what it is called in the table."""

    name: str
    event: Meant | Unclear | Recovered | Interrupted


def _meant(intent: Intent, stage: Stage = Stage.CONFIRMED, topic: str = "") -> Meant:
    phrase = next(iter(PHRASEBOOK.phrases(intent)), "three")
    return Meant(intent, stage, phrase, phrase, NUMBER if intent is Intent.NUMBER else None, topic or NEEDS_TOPIC.get(intent, ""))


WORDS: tuple[Word, ...] = (
    *(Word(intent.value, _meant(intent)) for intent in Intent),
    *(Word(f"{intent.value}.{topic}", _meant(intent, topic=topic)) for intent, topics in TOPICS.items() for topic in topics),
    *(Word(f"{intent.value}?", _meant(intent, Stage.SUSPECTED)) for intent in sorted(URGENT)),
    *(Word(f"{intent.value}-", _meant(intent, Stage.WITHDRAWN)) for intent in sorted(URGENT)),
    Word("mumble", Unclear("mumble")),
    Word("mumble!", Unclear("mumble", worrying=True)),
    Word("interrupted", Interrupted()),
    *(Word(f"{what}+", Recovered(what)) for what in ("microphone", "speaker")),
)
"""Every intent; "?" only suspected, "-" taken back, "mumble!" may have been a safety word, "+" a part is back."""


@dataclass(frozen=True)
class Way:
    """How a state is reached: all that the session is handed until then."""

    plan: Plan
    memory: Memory
    events: tuple[tuple[Event, float], ...]

    def gone(self) -> Session:
        """A session that has gone it."""
        session = Session(self.plan, CURRICULUM, self.memory)
        for event, at_s in self.events:
            session.handle(event, at_s)
        return session


@cache
def way(state: str) -> Way:
    """The way to a state, under the eyes of all the rules."""
    played = Played()
    for line in STATES[state]:
        if problem := played.take(line):
            raise ValueError(f"{state}: {line}: {problem}")
    if played.evening is None or played.evening.session.phase.value != state.partition(",")[0]:
        raise ValueError(f"{state} is not reached")
    course = played.evening.session.course
    return Way(course.plan, course.memory, tuple(played.evening.taken))


def reaction(state: str, fault: str, word: Word) -> str:
    """What the word leads to, at once. A fault comes in the same moment; after the word, what both lead to counts."""
    there = way(state)
    session, at_s = there.gone(), there.events[-1][1] + 0.01
    events: list[Event] = [word.event, *(Fault(what, "at this moment") for what in FAULTS[fault])]
    if BEFORE in fault:
        session.handle(events.pop(), at_s)
    before = session.phase
    actions = [action for event in events for action in session.handle(event, at_s)]
    told = [text for action in actions for text in _told(action, plain=fault == PLAIN)]
    told += ["held"] if session._performer.frozen else []
    told += [f"to {session.phase}"] if session.phase is not before else []
    return ", ".join(dict.fromkeys(told)) or "goes on"


def _told(action: Action, *, plain: bool) -> Iterator[str]:
    """In words; beside a fault only what tells of it, of a stop or of the way."""
    match action:
        case Hush():
            yield "hushed"
        case Record("answer", fields):
            yield f"answer {fields['value']}"
        case Record("remembered", fields) if plain:
            yield f"remembered {fields['fact']}"
        case Tone(name) if plain:
            yield f"tone {name}"
        case Say(_, line, form=form) if plain or line.id.startswith(GRAVE_LINES):
            yield f"says {line.id}" + (" for why" if form is Form.WHY else "")
        case End(outcome):
            yield f"end {outcome}"
        case _:
            pass


def cells() -> Iterator[tuple[str, str, str, str]]:
    """State, fault, reaction, word."""
    for fault in FAULTS:
        for state in STATES if fault == PLAIN else WITH_FAULTS:
            yield from ((state, fault, reaction(state, fault, word), word.name) for word in WORDS)


def table() -> str:
    """All of it. Faults that make everything the same stand together, and under them the states in which they do."""
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for state, fault, what, word in cells():
        found.setdefault(fault, {}).setdefault(state, {}).setdefault(what, []).append(word)
    told: dict[str, list[str]] = {}
    for fault, by_state in found.items():
        told.setdefault(_together({state: _reactions(reactions) for state, reactions in by_state.items()}, "[{}]"), []).append(fault)
    return HEAD + "".join(f"\n== {' | '.join(faults)}\n{text}" for text, faults in told.items())


def _reactions(reactions: dict[str, list[str]]) -> str:
    return "".join(WRAPPED.fill(f"{what}: {' '.join(words)}") + "\n" for what, words in reactions.items())


def _together(texts: dict[str, str], heading: str) -> str:
    """Each text once, under all that it holds for."""
    told: dict[str, list[str]] = {}
    for name, text in texts.items():
        told.setdefault(text, []).append(name)
    return "".join(f"{heading.format(' | '.join(names))}\n{text}" for text, names in told.items())


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
