"""The simulated person: hears of every logged event, and speaks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicecoach.errors import Missing, Unreadable
from voicecoach.messages.sound import EARS_RATE_HZ, Pcm, Samples
from voicecoach.record.inputs import OUTSIDE
from voicecoach.rehearsal.levels import word_end
from voicecoach.rehearsal.scenario import PersonPlan, Saying
from voicecoach.rehearsal.trigger import Logged, Watch, at_s
from voicecoach.sound.recording import read_recording
from voicecoach.sound.resampling import resampled

_BREATH_S = 0.2
"""Between two utterances that would have overlapped: without it they would be one to any listener."""


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Speech that begins at `at_sample` of the microphone's stream (EARS_RATE_HZ), at whatever level it was rendered or recorded."""

    samples: Samples
    at_sample: int
    kind: str
    words: str

    def event(self) -> dict[str, object]:
        """The `user_spoke` of the event log."""
        from_s = self.at_sample / EARS_RATE_HZ
        to_s = (self.at_sample + word_end(self.samples)) / EARS_RATE_HZ
        return {"at_s": from_s, "event": "user_spoke", self.kind: self.words, "from_s": from_s, "to_s": to_s, OUTSIDE: "person"}


@dataclass(frozen=True, slots=True, eq=False)
class _Due:
    samples: Samples
    due_sample: int
    kind: str
    words: str


class Person:
    """Answers questions and says what the scenario wants said.

    `healthy` gives a healthy, cleared, ready person's answer to a question id ("": none). `render` speaks a text in a voice; Missing from
    it, for a voice that isn't there, is raised here as Unreadable with its place in the scenario.
    """

    def __init__(self, plan: PersonPlan, says: Sequence[Saying], healthy: Callable[[str], str], render: Callable[[str, str], Pcm]) -> None:
        self._plan = plan
        self._says = [(say, Watch(say.on)) for say in says]
        self._outspoken: dict[str, str] = {}
        self._healthy = healthy
        self._render = render
        self._sounds: dict[tuple[str, str], Samples] = {}
        self._due: list[_Due] = []
        self._free_at_sample = 0
        if plan.answers == "healthy":
            self._try(plan.place, "yes", plan.voice)
        for say in says:
            if say.wav is None:
                self._try(say.place, say.words, say.voice)

    def notice(self, event: Logged) -> None:
        """Something was logged: decide whether to say something because of it."""
        speaking = [(say, watch) for say, watch in self._says if watch.sees(event)]
        if speaking:
            say, watch = speaking[-1]
            watch.fired = True
            self._outspoken |= {other.place: say.place for other, _ in speaking[:-1]}
            kind = "text" if say.wav is None else "wav"
            self._plan_to_say(self._sound(say), at_s(event) + say.after_s, kind, say.words)
        elif event.get("event") == "question" and self._plan.answers == "healthy":
            words = self._healthy(str(event.get("id", "")))
            if words:
                self._plan_to_say(self._spoken(words, self._plan.voice), at_s(event) + self._plan.after_s, "text", words)

    def begin(self, from_sample: int, to_sample: int) -> list[Utterance]:
        """The utterances that begin in `from_sample` (inclusive) to `to_sample` (exclusive): those that are due, one after the other."""
        begun: list[Utterance] = []
        while self._due:
            due = min(self._due, key=lambda one: one.due_sample)
            at_sample = max(due.due_sample, self._free_at_sample, from_sample)
            if at_sample >= to_sample:
                break
            self._due.remove(due)
            self._free_at_sample = at_sample + len(due.samples) + round(_BREATH_S * EARS_RATE_HZ)
            begun.append(Utterance(due.samples, at_sample, due.kind, due.words))
        return begun

    def unsaid(self) -> list[str]:
        """A sentence for each saying of the scenario that was never said: why."""
        return [self._why_unsaid(say) for say, watch in self._says if not watch.fired]

    def _why_unsaid(self, say: Saying) -> str:
        if say.place not in self._outspoken:
            return f"{say.place}: never said, nothing set it off."
        return f"{say.place}: never said, {self._outspoken[say.place]} was set off by the same event, and the last in the file speaks."

    def _plan_to_say(self, samples: Samples, due_s: float, kind: str, words: str) -> None:
        self._due.append(_Due(samples, round(due_s * EARS_RATE_HZ), kind, words))

    def _sound(self, say: Saying) -> Samples:
        return self._spoken(say.words, say.voice) if say.wav is None else read_recording(say.wav, EARS_RATE_HZ).samples

    def _try(self, place: str, text: str, voice: str) -> None:
        try:
            self._spoken(text, voice)
        except Missing as error:
            raise Unreadable(f"{place}, voice: {error.what}", error.next_step) from error

    def _spoken(self, text: str, voice: str) -> Samples:
        if (text, voice) not in self._sounds:
            self._sounds[text, voice] = resampled(self._render(text, voice), EARS_RATE_HZ).samples
        return self._sounds[text, voice]
