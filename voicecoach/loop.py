"""The only loop: brings what happened to the coach, in order of time, and does what the coach asks for.

`Conductor` has no clock: a live session hands it the audio clock, a rehearsal a virtual one. All its methods belong to one thread.
"""

from collections.abc import Callable, Mapping

from voicecoach.air import Air
from voicecoach.coach.session import Session
from voicecoach.errors import CoachError
from voicecoach.messages.actions import Action, End, Hush, Listen, Loudness, Manner, Record, Say, Tone
from voicecoach.messages.events import Fault, HardToHear, Input, LineEnded, LineStarted, Started, Unclear
from voicecoach.messages.heard import Heard, Level, Stage
from voicecoach.messages.intents import URGENT, Meant
from voicecoach.messages.sound import VOICE_RATE_HZ
from voicecoach.record.handover import NOTHING, Fields, Handover
from voicecoach.record.inputs import OUTSIDE, as_logged
from voicecoach.record.logbook import Log, Logbook
from voicecoach.speech import Voice
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import SpeakerEvent


class Conductor:
    """One session. `scope` is told the moment to listen for, `log` every event in order of time."""

    def __init__(self, coach: Session, voice: Voice, phrasebook: Phrasebook, scope: Callable[[str], None], log: Log) -> None:
        self._coach = coach
        self._voice = voice
        self._phrasebook = phrasebook
        self._scope = scope
        self._logbook = Logbook(log)
        self._door = Handover(coach, self._tell_log, self._perform)
        self._air = Air()
        self._moment = coach.moment
        self._suspected: Meant | None = None

    @property
    def outcome(self) -> str | None:
        """Set when the session is over."""
        return self._coach.outcome

    def begin(self, about: Mapping[str, object] | None = None) -> None:
        """Opens the log with `about` and starts the coach."""
        self._scope(self._moment)
        about = about or NOTHING
        self._door.hand_over(Started(recorded=bool(about.get("recorded"))), 0.0, about)

    def hear(self, heard: Heard) -> None:
        """Takes what the ears heard, after all that came before it."""
        self._advance(heard.at_s)
        meant = interpret(heard, self._moment, self._phrasebook)
        if isinstance(meant, Unclear):
            if heard.stage is Stage.WITHDRAWN and self._suspected:
                meant = Meant(self._suspected.intent, Stage.WITHDRAWN, heard.phrase, heard.text)
            elif heard.stage is not Stage.CONFIRMED:
                return
        self._take_in(meant, heard.level)
        if heard.level and heard.level.trouble and not isinstance(meant, Unclear):
            self._door.hand_over(HardToHear(heard.level.trouble), self._door.now_s)

    def tell(self, event: Input, at_s: float) -> None:
        """Takes what happened that was not heard."""
        self._advance(at_s)
        self._door.hand_over(event, at_s)

    def note(self, event: str, fields: Mapping[str, object], at_s: float) -> None:
        """Logs what the coach has nothing to decide about."""
        self._advance(at_s)
        self._logbook.write(event, {**fields, OUTSIDE: "sound"}, self._door.now_s)

    def advance(self, now_s: float, hushes: int | None = None) -> None:
        """Does all that is due up to `now_s`: what the speaker played, and the moments that the coach asked to be woken at.

        Called last in each step. `hushes`: of how many hushes of the speaker it is known that what they were for has come in; None: of all.
        """
        self._advance(now_s)
        self._voice.heed(hushes)

    def _advance(self, now_s: float) -> None:
        for played in self._voice.speaker.events(round(now_s * VOICE_RATE_HZ)):
            at_s = played.at_sample / VOICE_RATE_HZ
            self._door.pass_time(at_s)
            self._played(played, at_s)
        self._door.pass_time(now_s)

    def _take_in(self, meant: Meant | Unclear, level: Level | None) -> None:
        if self.outcome is not None:
            return
        if isinstance(meant, Meant):
            if meant.intent in URGENT and meant.stage is not Stage.WITHDRAWN:
                self._voice.hush(self._door.now_s)
                self._voice.heed()
            self._suspected = meant if meant.stage is Stage.SUSPECTED else None
        how = {"voice_dbfs": level.voice_dbfs, "over_room_db": level.over_room_db} if level and isinstance(meant, Meant) else NOTHING
        self._door.hand_over(meant, self._door.now_s, how)

    def _played(self, played: SpeakerEvent, at_s: float) -> None:
        spoken = self._air.find(played.say_id)
        if played.kind == "ducked":
            self._logbook.write("ducked", {"line": spoken.line if spoken else None, OUTSIDE: "ears"}, self._door.now_s)
        elif spoken and played.kind == "started":
            begun = self._air.begin(played.say_id, at_s)
            self._door.hand_over(LineStarted(played.say_id), at_s, begun.told)
        elif spoken:
            self._air.end(played.say_id, at_s, cut_short=played.cut_short)
            if played.cut_short and spoken.begun_at_s is not None:
                self._voice.cut(spoken.line, spoken.text, at_s - spoken.begun_at_s)
            self._door.hand_over(LineEnded(played.say_id, played.cut_short), at_s, spoken.told)

    def _perform(self, action: Action) -> None:
        self._logbook.asked(action)
        match action:
            case Say():
                self._say(action)
            case Tone(name, at_s):
                self._voice.tone(name, at_s)
            case Hush(why):
                interrupted = self._air.interrupted(self._door.now_s)
                self._voice.hush(self._door.now_s)
                self._logbook.write("hushed", {"why": why, "interrupted": interrupted}, self._door.now_s)
            case Listen(moment):
                self._moment = moment
                self._scope(moment)
            case Record(event, fields, at_s):
                self._logbook.write(event, fields, min(at_s, self._door.now_s))
            case Loudness() | Manner():
                self._voice.turn_to(action)
            case End(outcome):
                self._close(outcome)

    def _say(self, say: Say) -> None:
        now_s = self._door.now_s
        try:
            text = self._voice.say(say, now_s)
        except CoachError as error:
            self._door.hand_over(Fault("voice", str(error)), now_s)
            self._door.hand_over(LineEnded(say.say_id, cut_short=False), now_s, {"line": say.line.id})
            return
        if text:
            self._air.put(say.say_id, say.line.id, text)
        else:
            self._door.hand_over(LineEnded(say.say_id, cut_short=True), now_s, {"line": say.line.id})

    def _close(self, outcome: str) -> None:
        for say_id, spoken in self._air.clear().items():
            self._tell_log(LineEnded(say_id, cut_short=True), spoken.told, self._door.now_s)
        self._logbook.write("session_ended", {"outcome": outcome, **self._coach.summary}, self._door.now_s)

    def _tell_log(self, event: Input, more: Fields, at_s: float) -> None:
        """A line that ends without having had words was never begun."""
        name, fields = as_logged(event, left_out=isinstance(event, LineEnded) and "text" not in more)
        self._logbook.write(name, {**fields, **more}, at_s)
