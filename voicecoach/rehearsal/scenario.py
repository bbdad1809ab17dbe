"""The scenario of a rehearsal: a TOML file, read strictly into frozen dataclasses.

[plan] is handed on as it stands: its settings are checked where settings are known. [history] is that of history.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from voicecoach.coach.phases import Phase
from voicecoach.errors import Unreadable
from voicecoach.rehearsal.history import History, read_history
from voicecoach.rehearsal.loudspeaker import MOST_PERCENT
from voicecoach.rehearsal.table import Table
from voicecoach.rehearsal.trigger import Trigger, as_text
from voicecoach.sound.recording import read_recording
from voicecoach.tables import Placed, read_table, subtable

EVENTS = (
    "session_started", "session_ended", "phase", "line_started", "line_ended", "question", "answer", "suspected", "heard", "withdrawn",
    "rep", "hushed", "fault", "recovered", "user_spoke", "unclear", "ducked",
)  # fmt: skip
"""What a trigger's `event` may name. A pattern that fits none of them could never fire, so it is refused."""

_PHASES = tuple(phase.value for phase in Phase)
VALUES = {
    ("phase", "from"): _PHASES,
    ("phase", "to"): _PHASES,
    ("rep", "moment"): ("brace", "lift", "hold", "lower"),
}
"""What a field of an event can be, where that is known beforehand."""

FAULTS = (
    "microphone_lost",
    "microphone_silent",
    "microphone_faint",
    "speaker_lost",
    "speaker_off",
    "recognizer_stuck",
    "voice_lost",
    "sound_lost",
    "standstill",
    "held_up",
    "disk_full",
    "clock_jump",
    "killed",
)
"""Lost: the device is gone, and the program is told. Silent, faint, off: the device is there, and it is for the program to notice.
voice_lost: no sentence can be made that wasn't made before. sound_lost: the sound stands still for good, and the clock with it.
standstill: the machine slept, which the clock leaves out. held_up: whoever decides is kept from it, while sound and ears go on.
clock_jump: of the clock on the wall, by which nothing in a session is timed."""
ANSWERS = ("healthy", "none")

_DELAY_MAX_MS = 1000.0
# Real sound cards stay within 100 ppm of each other; a clock 1000 ppm out is broken.
_DRIFT_MAX_PPM = 1000.0


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """[room]. Levels in dB as in the scenario format; `echo_db` None: the microphone doesn't hear the coach."""

    echo_db: float | None = None
    echo_delay_ms: float = 80.0
    clock_drift_ppm: float = 0.0
    impulse_response: Path | None = None
    noise: Path | None = None
    snr_db: float = 10.0
    near_db: float = -26.0
    distortion_percent: float = 0.0


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """[person]. `after_s`: between the end of a question and the person's own answer. `place` names the table in complaints."""

    answers: str = "healthy"
    voice: str = "en-gb-scotland"
    after_s: float = 0.5
    place: str = field(default="[person]", compare=False)


@dataclass(frozen=True, slots=True)
class Saying:
    """A [[say]]. `words` is the text, rendered with `voice`, or names the recording `wav` as the scenario does. `place`: for complaints."""

    place: str
    on: Trigger
    after_s: float
    words: str
    voice: str
    wav: Path | None = None


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """A [[fault]]: `what` breaks at `at_s`, or `after_s` after an event that `on` fires on, `for_s` long (None: for good)."""

    what: str
    at_s: float | None = None
    on: Trigger | None = None
    after_s: float = 0.0
    for_s: float | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario file."""

    path: Path
    plan: Placed
    room: RoomPlan
    person: PersonPlan
    says: tuple[Saying, ...]
    faults: tuple[FaultPlan, ...]
    history: History | None = None
    """What is remembered of the person; None: what the journal knows, or nothing at all."""

    def refuse_voice(self, coach_voice: str) -> None:
        """Raise Unreadable if anybody speaks with the coach's own voice: the ears could not be blamed for mixing them up."""
        speakers = [(f"{self.person.place}, voice", self.person.voice)] if self.person.answers == "healthy" else []
        speakers += [(f"{say.place}, voice", say.voice) for say in self.says if say.wav is None]
        for place, voice in speakers:
            if voice.lower() == coach_voice.lower():
                raise Unreadable(f"{place}: {voice!r} is the coach's own voice.", "Allowed: any other espeak-ng voice.")


def read_scenario(path: Path) -> Scenario:
    """The scenario in `path`. Raises Unreadable with the file, the table, the key and what is allowed."""
    raw = read_table(path)
    top = Table(raw, str(path), ("plan", "room", "person", "say", "fault", "history"))
    person = _person(Table(top.value("person") or {}, f"{path}, [person]", ("answers", "voice", "after_s")))
    return Scenario(
        path=path,
        plan=subtable(raw, "plan"),
        room=_room(Table(top.value("room") or {}, f"{path}, [room]", RoomPlan.__dataclass_fields__), path.parent),
        person=person,
        says=tuple(_saying(table, person, path.parent) for table in _tables(top, "say", ("text", "wav", "voice"))),
        faults=tuple(_fault(table) for table in _tables(top, "fault", ("what", "at_s", "for_s"))),
        history=read_history(top.value("history"), str(path)),
    )


def _tables(top: Table, name: str, own: tuple[str, ...]) -> list[Table]:
    raw = top.value(name)
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise top.refuse(name, "it is not a list of tables", f"[[{name}]], in any number")
    return [Table(one, f"{top.place}, [[{name}]] {number}", (*own, "on", "nth", "every", "after_s")) for number, one in enumerate(raw, 1)]


def _room(table: Table, folder: Path) -> RoomPlan:
    room = RoomPlan(
        echo_db=table.number("echo_db", -60, 40),
        impulse_response=_sound(table, "impulse_response", folder),
        noise=_sound(table, "noise", folder),
    )
    return replace(
        room,
        echo_delay_ms=_given(table.number("echo_delay_ms", 0, _DELAY_MAX_MS), room.echo_delay_ms),
        clock_drift_ppm=_given(table.number("clock_drift_ppm", -_DRIFT_MAX_PPM, _DRIFT_MAX_PPM), room.clock_drift_ppm),
        distortion_percent=_given(table.number("distortion_percent", 0, MOST_PERCENT), room.distortion_percent),
        snr_db=_given(table.number("snr_db", -30, 100), room.snr_db),
        near_db=_given(table.number("near_db", -70, -6), room.near_db),
    )


def _person(table: Table) -> PersonPlan:
    person = PersonPlan()
    return PersonPlan(
        answers=table.choice("answers", ANSWERS, person.answers),
        voice=table.text("voice") or person.voice,
        after_s=_given(table.number("after_s", 0), person.after_s),
        place=table.place,
    )


def _saying(table: Table, person: PersonPlan, folder: Path) -> Saying:
    text, wav = table.text("text"), table.text("wav")
    if (text is None) == (wav is None):
        raise Unreadable(f"{table.place}: it needs either text or wav.", 'Allowed: text = "…", or wav = "FILE", one of them.')
    if wav is not None and "voice" in table:
        raise table.refuse("voice", "a recording has its own voice", "voice beside text only")
    return Saying(
        place=table.place,
        on=_trigger(table),
        after_s=_given(table.number("after_s", 0), person.after_s),
        words=text or wav or "",
        voice=table.text("voice") or person.voice,
        wav=_sound(table, "wav", folder),
    )


def _fault(table: Table) -> FaultPlan:
    at_s = table.number("at_s", 0)
    if (at_s is None) == ("on" not in table):
        raise Unreadable(f"{table.place}: it needs either at_s or on.", "Allowed: at_s = SECONDS, or on = { event = … }, one of them.")
    return FaultPlan(
        what=table.choice("what", FAULTS),
        at_s=at_s,
        on=None if at_s is not None else _trigger(table),
        after_s=_given(table.number("after_s", 0), 0.0),
        for_s=table.number("for_s", 0),
    )


def _trigger(table: Table) -> Trigger:
    raw = table.value("on")
    allowed = '{ event = "…", FIELD = "PATTERN" }'
    if not isinstance(raw, Mapping) or "event" not in raw:
        raise table.refuse("on", "it names no event" if isinstance(raw, Mapping) else "it is missing or no table", allowed)
    for name, pattern in raw.items():
        if not isinstance(pattern, str | int | float):
            raise table.refuse(f"on.{name}", f"{pattern!r} is not a pattern", "a text, a number, true or false")
    trigger = Trigger(tuple((field, as_text(pattern)) for field, pattern in raw.items()), table.count("nth", 1), table.flag("every"))
    event = Trigger((("event", as_text(raw["event"])),))
    if not any(event.matches({"event": name}) for name in EVENTS):
        raise table.refuse("on.event", f"there is no event {raw['event']!r}", ", ".join(EVENTS))
    for (name, field_name), known in VALUES.items():
        pattern = as_text(raw.get(field_name, "*"))
        if pattern and raw["event"] == name and not any(Trigger(((field_name, pattern),)).matches({field_name: value}) for value in known):
            raise table.refuse(f"on.{field_name}", f"there is no {pattern!r}", ", ".join(known))
    return trigger


def _sound(table: Table, key: str, folder: Path) -> Path | None:
    path = table.file(key, folder)
    if path is not None:
        try:
            read_recording(path)
        except Unreadable as error:
            raise table.refuse(key, error.what.rstrip("."), "a sound file: WAV, FLAC or OGG") from error
    return path


def _given(value: float | None, default: float) -> float:
    return default if value is None else value
