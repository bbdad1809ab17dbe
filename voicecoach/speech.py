"""Lines to sound on the speaker: words from the script, sound from the shelf, places on the sample clock."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from voicecoach.errors import CoachError
from voicecoach.messages.actions import Form, Loudness, Manner, Say
from voicecoach.messages.lines import Line
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm
from voicecoach.own_voice import OwnWords
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Sounding
from voicecoach.voice.speaker import GAP_MS, Speaker
from voicecoach.voice.tones import Tones

NO_REASON = Line("why.none")
PERSONAL = frozenset({"name", "names"})
"""Places for what somebody is called: a sentence with one of them isn't kept, so that whoever wants to be forgotten is."""
BREATH_S = 0.1
"""Between a remark and the cue that follows it; more than a loaded machine is late by."""
SHORT_S = 3.0
"""A line no longer than that is said again from its beginning: half of it makes less sense than all of it."""
FULL_STOP_LETTERS = 5
"""The pause between two sentences, in letters: 0.3 s."""
SURELY_BEGUN_S = 0.4
"""Where a sentence begins is reckoned by letters. It begins at most 0.3 s later than that in the lines of says.toml; so much further on,
the one before it has been heard to its end."""
SENTENCE = re.compile(r"(?<=[.?!;])\s+")


class Voice:
    """Says lines, and their rest when they were cut. `shelf_of` a voice and a rate is where they sound so; "" and 0: as set."""

    def __init__(
        self, script: Script, tones: Tones, shelf_of: Callable[[str, int], Sounding], speaker: Speaker, own: OwnWords, units: str
    ) -> None:
        self._script = script
        self._tones = tones
        self._own = own
        self._shelf_of = shelf_of
        self._shelf = shelf_of("", 0)
        self._usual_units = self._units = units
        self.speaker = speaker
        self._heeded = speaker.hushes
        self._free_at_s = 0.0
        self._lasts_s: dict[str, float] = {}
        self._rests: dict[str, str] = {}

    def turn_to(self, how: Loudness | Manner) -> None:
        """Speaks so from now on; where there is no such voice, as before."""
        if isinstance(how, Loudness):
            self.speaker.gain_db = how.gain_db
            return
        self._units = how.units or self._usual_units
        with suppress(CoachError):
            shelf = self._shelf_of(how.voice, how.words_per_minute)
            shelf.pcm(self._script.sentence(NO_REASON))
            self._shelf = shelf

    def say(self, say: Say, now_s: float) -> str:
        """Puts a line on the speaker and returns its words; "" when it was left out.

        A line on the grid that is longer than its place is said in its brief form; one that doesn't fit even so, or would begin while
        another is still spoken, is left out: never late. So is a remark that would not be over in time, and whatever the speaker was hushed
        for by others, before that has come in.
        """
        if say.at_s is None:
            return self._say_next(say, now_s)
        for form in (say.form, Form.BRIEF):
            text = self._words(replace(say, form=form))
            pcm = self._pcm(text, say)
            if pcm is None or round(say.at_s * VOICE_RATE_HZ) < self.speaker.position_samples:
                break
            if say.at_s >= self._free_at_s and (say.room_s is None or pcm.duration_s <= say.room_s):
                self._take(text, say.at_s, pcm)
                self.speaker.say(say.say_id, pcm, round(say.at_s * VOICE_RATE_HZ))
                return text
        return ""

    def _say_next(self, say: Say, now_s: float) -> str:
        for form in (say.form,) if say.by_s is None or say.form is Form.WHY else (say.form, Form.BRIEF):
            text = self._words(replace(say, form=form))
            pcm = self._pcm(text, say)
            if pcm is None:
                break
            from_s = max(now_s, self.speaker.position_samples / VOICE_RATE_HZ, self._free_at_s + GAP_MS / 1000)
            if say.by_s is None or from_s + pcm.duration_s <= say.by_s - BREATH_S:
                self._take(text, from_s, pcm)
                self.speaker.say(say.say_id, pcm)
                return text
        return ""

    def _pcm(self, text: str, say: Say) -> Pcm | None:
        """The sound of `text`; None where others have hushed the speaker: what the ears heard has yet to be obeyed."""
        pcm = self._shelf.pcm(text, kept=not any(place in PERSONAL for place, _ in say.line.values))
        return None if self._hushed_by_others else pcm

    @property
    def _hushed_by_others(self) -> bool:
        return self.speaker.hushes != self._heeded

    def heed(self, hushes: int | None = None) -> None:
        """What others hushed the speaker for has come in, or for the first `hushes` of it.

        Until then nothing is put on it: a log may take long to write, and the word that it was hushed for may lie behind others.
        """
        self._heeded = max(self._heeded, self.speaker.hushes if hushes is None else hushes)

    def _take(self, text: str, from_s: float, pcm: Pcm) -> None:
        self._free_at_s = from_s + pcm.duration_s
        self._lasts_s[text] = pcm.duration_s
        self._own.saying(text, from_s, self._free_at_s)

    def _words(self, say: Say) -> str:
        if say.goes_on and say.line.id in self._rests:
            return self._rests.pop(say.line.id)
        if say.form is Form.WHY:
            return self._script.why(say.line.id) or self._script.sentence(NO_REASON)
        return self._script.sentence(say.line, say.turn, brief=say.form is Form.BRIEF, metric=self._units == "metric")

    def tone(self, name: str, at_s: float | None) -> None:
        """Puts an earcon on the speaker; one whose moment is past is left out, as a cue is, and one that others have hushed it for."""
        at_sample = None if at_s is None else round(at_s * VOICE_RATE_HZ)
        if not self._hushed_by_others and (at_sample is None or at_sample >= self.speaker.position_samples):
            self.speaker.tone(self._tones.tone(name), at_sample)

    def cut(self, line: str, text: str, played_s: float) -> None:
        """Remembers where `line`, said as `text`, was cut: the rest of it is said when it goes on."""
        self._rests[line] = rest_of(text, played_s, self._lasts_s[text])

    def hush(self, now_s: float) -> None:
        """Silence at once; nothing queued survives it."""
        self._free_at_s = now_s
        self._own.hushed(now_s)
        self._heeded += 1
        self.speaker.hush()


def rest_of(text: str, played_s: float, lasts_s: float) -> str:
    """What is left of a text that lasts `lasts_s` and was cut after `played_s`: the sentence in which it was cut, and all that follow."""
    sentences = SENTENCE.split(text)
    if lasts_s <= SHORT_S:
        return text
    ends = [sum(len(one) + FULL_STOP_LETTERS for one in sentences[:n]) for n in range(len(sentences) + 1)]
    begun = [n for n, end in enumerate(ends[:-1]) if lasts_s * end / ends[-1] + SURELY_BEGUN_S <= played_s]
    return " ".join(sentences[max(begun, default=0) :])
