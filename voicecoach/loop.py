"""The only loop: brings what happened to the coach, in order of time, and does what the coach asks for.

`Conductor` has no clock: a live session hands it the audio clock, a rehearsal a virtual one. All its methods belong to one thread.
"""

from collections.abc import Callable, Mapping

from voicecoach.coach.session import Session
from voicecoach.errors import CoachError
from voicecoach.messages.actions import Action, End, Hush, Listen, Loudness, Manner, Record, Say, Tone
from voicecoach.messages.events import Event, Fault, HardToHear, LineEnded, LineStarted, Recovered, Started, Unclear, Wake
from voicecoach.messages.heard import Heard, Level, Stage
from voicecoach.messages.intents import URGENT, Meant
from voicecoach.messages.sound import VOICE_RATE_HZ
from voicecoach.speech import Voice
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import SpeakerEvent

Log = Callable[[Mapping[str, object]], None]
JUST_NOW_S = 0.5
"""A line that was cut this long ago was cut by the hush that is being logged now: the ears hush before they report."""
NAMES = {Stage.SUSPECTED: "suspected", Stage.CONFIRMED: "heard", Stage.WITHDRAWN: "withdrawn"}


class Conductor:
    """One session. `scope` is told the moment to listen for, `log` every event in order of time."""

    def __init__(self, coach: Session, voice: Voice, phrasebook: Phrasebook, scope: Callable[[str], None], log: Log) -> None:
        self._coach = coach
        self._voice = voice
        self._phrasebook = phrasebook
        self._scope = scope
        self._log = log
        self._moment = coach.moment
        self._open: dict[int, tuple[str, str]] = {}
        self._playing: dict[int, tuple[str, str, float]] = {}
        self._cut: tuple[str, float] | None = None
        self._suspected: Meant | None = None
        self._now_s = 0.0

    @property
    def outcome(self) -> str | None:
        """Set when the session is over."""
        return self._coach.outcome

    def begin(self, about: Mapping[str, object] | None = None) -> None:
        """Opens the log with `about` and starts the coach."""
        self._write("session_started", about or {}, 0.0)
        self._scope(self._moment)
        self._hand_over(Started(), 0.0)

    def hear(self, heard: Heard) -> None:
        """Takes what the ears heard, after all that came before it."""
        self.advance(heard.at_s)
        meant = interpret(heard, self._moment, self._phrasebook)
        if isinstance(meant, Unclear):
            if heard.stage is Stage.WITHDRAWN and self._suspected:
                meant = Meant(self._suspected.intent, Stage.WITHDRAWN, heard.phrase, heard.text)
            elif heard.stage is not Stage.CONFIRMED:
                return
        self._take_in(meant, heard.level)
        if heard.level and heard.level.trouble and not isinstance(meant, Unclear):
            self._hand_over(HardToHear(heard.level.trouble), self._now_s)

    def tell(self, event: Event, at_s: float) -> None:
        """Takes what happened that was not heard."""
        self.advance(at_s)
        if isinstance(event, Fault | Recovered):
            self._write("fault" if isinstance(event, Fault) else "recovered", {"what": event.what, "detail": event.detail}, at_s)
        elif isinstance(event, HardToHear):
            self.note("hard_to_hear", {"trouble": event.trouble.value}, at_s)
        self._hand_over(event, at_s)

    def note(self, event: str, fields: Mapping[str, object], at_s: float) -> None:
        """Logs what the coach has nothing to decide about."""
        self.advance(at_s)
        self._write(event, fields, at_s)

    def advance(self, now_s: float) -> None:
        """Does all that is due up to `now_s`: what the speaker played, and the moments that the coach asked to be woken at."""
        for played in self._voice.speaker.events(round(now_s * VOICE_RATE_HZ)):
            at_s = played.at_sample / VOICE_RATE_HZ
            self._wake_until(at_s)
            self._played(played, at_s)
        self._wake_until(now_s)
        self._now_s = max(self._now_s, now_s)

    def _wake_until(self, now_s: float) -> None:
        while self.outcome is None and (due_s := self._coach.wake_at_s) is not None and due_s <= now_s:
            self._hand_over(Wake(), max(due_s, self._now_s))

    def _take_in(self, meant: Meant | Unclear, level: Level | None) -> None:
        if self.outcome is not None:
            return
        if isinstance(meant, Unclear):
            self._write("unclear", {"text": meant.text, "worrying": meant.worrying}, self._now_s)
        else:
            if meant.intent in URGENT and meant.stage is not Stage.WITHDRAWN:
                self._voice.hush(self._now_s)
            self._write(NAMES[meant.stage], _fields(meant, level), self._now_s)
            self._suspected = meant if meant.stage is Stage.SUSPECTED else None
        self._hand_over(meant, self._now_s)

    def _played(self, played: SpeakerEvent, at_s: float) -> None:
        line, text = self._open.get(played.say_id, ("", ""))
        if played.kind == "ducked":
            self._write("ducked", {"line": line or None}, at_s)
        if not line or played.kind == "ducked":
            return
        if played.kind == "started":
            self._playing[played.say_id] = (line, text, at_s)
            self._write("line_started", {"line": line, "text": text}, at_s)
            self._hand_over(LineStarted(played.say_id), at_s)
            return
        del self._open[played.say_id]
        if begun := self._playing.pop(played.say_id, None):
            self._write("line_ended", {"line": line, "text": text, "cut_short": played.cut_short}, at_s)
            if played.cut_short:
                self._cut = (line, at_s)
                self._voice.cut(line, text, at_s - begun[2])
        self._hand_over(LineEnded(played.say_id, played.cut_short), at_s)

    def _hand_over(self, event: Event, now_s: float) -> None:
        self._now_s = max(self._now_s, now_s)
        for action in self._coach.handle(event, self._now_s):
            self._perform(action)

    def _perform(self, action: Action) -> None:
        match action:
            case Say():
                self._say(action)
            case Tone(name, at_s):
                self._voice.tone(name, at_s)
            case Hush(why):
                interrupted = self._interrupted()
                self._voice.hush(self._now_s)
                self._write("hushed", {"why": why, "interrupted": interrupted}, self._now_s)
            case Listen(moment):
                self._moment = moment
                self._scope(moment)
            case Record(event, fields, at_s):
                self._write(event, fields, at_s)
            case Loudness() | Manner():
                self._voice.turn_to(action)
            case End(outcome):
                self._close(outcome)

    def _say(self, say: Say) -> None:
        try:
            text = self._voice.say(say, self._now_s)
        except CoachError as error:
            self.tell(Fault("voice", str(error)), self._now_s)
            self._hand_over(LineEnded(say.say_id, cut_short=False), self._now_s)
            return
        if text:
            self._open[say.say_id] = (say.line.id, text)
        else:
            self._hand_over(LineEnded(say.say_id, cut_short=True), self._now_s)

    def _interrupted(self) -> str | None:
        if self._playing:
            return next(iter(self._playing.values()))[0]
        return self._cut[0] if self._cut and self._now_s - self._cut[1] < JUST_NOW_S else None

    def _close(self, outcome: str) -> None:
        for line, text, _ in self._playing.values():
            self._write("line_ended", {"line": line, "text": text, "cut_short": True}, self._now_s)
        self._playing.clear()
        self._open.clear()
        self._write("session_ended", {"outcome": outcome, **self._coach.summary}, self._now_s)

    def _write(self, event: str, fields: Mapping[str, object], at_s: float) -> None:
        self._log({"at_s": round(at_s, 6), "event": event, **fields})


def _fields(meant: Meant, level: Level | None) -> dict[str, object]:
    """What the log tells of it."""
    fields: dict[str, object] = {"intent": meant.intent.value, "phrase": meant.phrase, "text": meant.text}
    fields |= {"topic": meant.topic} if meant.topic else {}
    fields |= {"value": meant.value} if meant.value is not None else {}
    fields |= {"voice_dbfs": level.voice_dbfs, "over_room_db": level.over_room_db} if level else {}
    return fields
