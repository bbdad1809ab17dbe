"""Microphone in, Heard out, 20 ms at a time: the canceller, the recognisers and the judge joined."""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from voicecoach.ears.calibration import Calibration
from voicecoach.ears.echo import Canceller
from voicecoach.ears.evidence import Moment
from voicecoach.ears.hearing import Birth, Hearing, Means
from voicecoach.ears.loudness import Loud, Loudness
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.stirring import STEP_BLOCKS, Stirring
from voicecoach.ears.word_model import Spotter, WordModel
from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK, Samples

KEPT_BLOCKS = 2000 // BLOCK_MS
"""Sound kept for a second look and for a change of grammar: longer than any one-breath command, shorter than the talk before it."""

REPLAY_S = 0.5
"""Of the calm before a change of recognisers the new ones hear so much too: a word may have begun in it quietly. They hear nothing from
before the calm: of half a word they make a whole one ("pressed" became "chest pain")."""

PAUSE_S = 0.6
"""A pause in which recognisers may be changed is that long: in noise they are up to half a second behind, and have yet to say a word that
is over."""

PATIENCE_S = 1.5
"""How long a change of grammar waits for the end of what is being said. So much of it is replayed then."""

RENEW_S = 5.0
"""Recognisers older than this are renewed in the first pause. Where the room is never quite still they come to hear words in its noise, and
a real word then drowns among those; and after ten minutes Vosk rebuilds itself and loses a piece of sound."""

OVERDUE_S = 1.5
"""A hypothesis that stands for so long into the calm is such a word of the noise: any utterance would have ended."""

OFFSET_SHARE = 0.1
"""A microphone's own offset is followed in a fifth of a second, or it would be taken for the room's noise."""

GAIN_OFF_DB = 6.0
SECOND_LOOK_S = 0.2
"""Recognisers whose gain turns out to be so far from what the voice needs are renewed so soon after it, and hear it again."""

STORY_S = 2.0
STORY_OVER_S = 0.45
"""After more sound than any answer has, so long a pause is a sentence's end: the recognisers begin anew, so that a word after it isn't
taken for the sentence's last."""

YOUNG_S = 0.4
"""Whatever the reason, recognisers are not renewed sooner: a replay costs as much as the sound that it plays."""

AWAKE_S = 2.0
"""After nothing has stirred for so long the recognisers rest: Vosk has ended the utterance by then, and decided on it. They begin anew with
the next sound, and hear REPLAY_S before it too."""

RENEW_ANYWAY_S = 30.0
"""Without a pause, in music or a noise that comes and goes, they are renewed all the same, with a replay."""

HISS_DBFS = -80.0
"""A microphone that suppresses noise, or that is a program's, gives exact zeros between words. What is measured by the room's noise then
has nothing to go by: of ears that had heard nothing else yet a "stop" over the coach was lost (0 of 6 heard; with a hiss of -90 or more, 6
of 6). This stands in the zeros' place, 20 dB below a quiet room."""
HISS: Samples = np.random.default_rng(0).normal(0.0, 10 ** (HISS_DBFS / 20), (50, EARS_BLOCK)).astype(np.float32)
"""A second of it, heard over and over."""


def mended(microphone: Samples) -> Samples:
    """Without what is no number, or beyond full scale."""
    return np.clip(np.nan_to_num(microphone, nan=0.0, posinf=1.0, neginf=-1.0), -1.0, 1.0)


class Ears:
    """Hears one grammar at a time, and nothing before the first `scope`. Cheap to make anew on a loaded model.

    `emphasis` says how many times likelier than the other one-word safety phrases some are to be said: {"stop": 20}. Those named are
    believed on the narrow recogniser's or the word model's word alone. `patience` is how many times as long as usual a safety phrase has
    to hold: benchmarks draw a curve with it. `calibration` is shown all the sound. One thread feeds; `scope` may be called from another.
    Missing when the word model's library can't be loaded.
    """

    def __init__(
        self,
        model: SpeechModel,
        words: WordModel,
        canceller: Canceller | None,
        emphasis: Mapping[str, int],
        patience: float = 1.0,
        calibration: Calibration | None = None,
    ) -> None:
        self._means = Means(model, Spotter(words), dict(emphasis), patience)
        self._canceller = canceller
        self._calibration = calibration
        self._wanted: tuple[Grammar, float] | None = None
        self._taken: tuple[Grammar, float] | None = None
        self._hearing: Hearing | None = None
        self._before = Birth(0.0)
        self._sound: deque[Samples] = deque(maxlen=KEPT_BLOCKS)
        self._loudness = Loudness()
        self._stirring = Stirring()
        self._stirred_at_s = 0.0
        self._blocks = 0
        self._fed_blocks = 0
        self._offset = 0.0
        self.renewed = 0
        """How often other recognisers have taken over from some that were at work."""
        self.cleaned: Samples = np.zeros(0, np.float32)
        """The last block without the coach's echo, as far as the canceller could take it out."""

    @property
    def at_s(self) -> float:
        """How much sound has been consumed, in seconds."""
        return self._blocks * BLOCK_MS / 1000

    @property
    def awake(self) -> bool:
        """Whether recognisers are at work: something was heard lately, or the coach talks."""
        return self._hearing is not None

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on; while something is being said, from its end, or PATIENCE_S later. Any thread."""
        self._wanted = (grammar, self.at_s)

    def forget(self) -> None:
        """Sound was missing: begin anew, but for what the canceller knows of the echo. The feeding thread."""
        self._loudness, self._stirring = Loudness(), Stirring()
        if self._hearing is not None and not self._hearing.suspecting:
            self._before, self._hearing = replace(self._hearing.heir(self.at_s), used_up_s=self.at_s), None

    def unsaid(self, phrase: str) -> None:
        """What was confirmed was the coach's own. The feeding thread."""
        if self._hearing is not None:
            self._hearing.unsaid(phrase)

    def feed(self, microphone: Samples, played: Samples) -> list[Heard]:
        """Take the next block of both, 320 samples each at 16 kHz, and say what was heard. What is no number is mended."""
        microphone = mended(microphone)
        self._blocks += 1
        self._offset += (float(np.mean(microphone)) - self._offset) * OFFSET_SHARE
        centred = microphone - np.float32(self._offset) if microphone.any() else HISS[self._blocks % len(HISS)]
        self.cleaned = self._canceller.cancel(centred, played) if self._canceller else centred
        if self._calibration is not None:
            self._calibration.add(microphone, played, self.cleaned, self._canceller.drift_ppm if self._canceller else None)
        self._sound.append(self.cleaned)
        talking = self._canceller is not None and self._canceller.playing
        self._loudness.add(self.cleaned, talking=talking)
        if self._blocks % STEP_BLOCKS:
            return []
        step = self._since(self._blocks - STEP_BLOCKS)
        self._means.spotter.add(step)
        if self._stirring.stirs(step) or talking:
            self._stirred_at_s = self.at_s
        if not self._listens():
            return []
        return self._listen(talking=talking)

    def _listens(self) -> bool:
        """Whether there is anything to listen for and anything to hear. Lets the recognisers rest when there isn't."""
        hearing, wanted, stirring = self._hearing, self._wanted, self.at_s - self._stirred_at_s <= AWAKE_S
        if hearing is None and wanted and stirring:
            self._begin(wanted, REPLAY_S, replace(self._before, at_s=self.at_s))
        elif hearing and not stirring and hearing.idle:
            self._before, self._hearing = hearing.heir(self.at_s), None
        return self._hearing is not None

    def _listen(self, *, talking: bool) -> list[Heard]:
        loud = self._loudness.now()
        hearing = self._change(loud)
        if hearing is None:
            return []
        step = self._since(self._fed_blocks)
        self._fed_blocks = self._blocks
        found = hearing.feed(step, Moment(self.at_s, loud.calm_s, loud.alone, talking, loud.spoken_s, loud.burst_s, loud.begun_s))
        return [replace(heard, level=self._loudness.level()) if heard.stage is Stage.CONFIRMED else heard for heard in found]

    def _change(self, loud: Loud) -> Hearing | None:
        """Those at work, or new recognisers in their place, if a new grammar is wanted or they are old, and the moment is good.

        While something is suspected it never is: others would hear too little of it to decide.
        """
        hearing, wanted, taken = self._hearing, self._wanted, self._taken
        if hearing is None or hearing.suspecting or wanted is None or taken is None:
            return hearing
        pause, due = loud.calm_s >= self._long_enough_s(hearing, loud), wanted is not taken
        if self._gain_is_off(hearing, loud):
            pause, taken = False, wanted
        elif due and (pause or self.at_s - wanted[1] >= PATIENCE_S):
            taken = wanted
        elif hearing.age_s(self.at_s) < self._old_s(hearing, pause=pause):
            return hearing
        self.renewed += 1
        return self._begin(taken, min(REPLAY_S, loud.calm_s) if pause else PATIENCE_S, hearing.heir(self.at_s))

    def _old_s(self, hearing: Hearing, *, pause: bool) -> float:
        """From what age on recognisers are renewed."""
        if not pause:
            return RENEW_ANYWAY_S
        return RENEW_S if hearing.idle else YOUNG_S

    def _long_enough_s(self, hearing: Hearing, loud: Loud) -> float:
        """How long it has to be calm before recognisers may be changed without a long replay."""
        if hearing.idle:
            return PAUSE_S
        story = loud.spoken_s > STORY_S and not hearing.grammar.free
        return STORY_OVER_S if story else OVERDUE_S

    def _gain_is_off(self, hearing: Hearing, loud: Loud) -> bool:
        if loud.calm_s < SECOND_LOOK_S or hearing.age_s(self.at_s) < YOUNG_S:
            return False
        return abs(hearing.gain_db - self._loudness.gain_db()) > GAIN_OFF_DB

    def _begin(self, taken: tuple[Grammar, float], replay_s: float, born: Birth) -> Hearing:
        """New recognisers, which first hear the last `replay_s` again, but nothing that has already been acted upon."""
        self._taken = taken
        self._hearing = Hearing(self._means, taken[0], self._loudness.gain_db(), born)
        self._fed_blocks = max(self._blocks - STEP_BLOCKS - round(replay_s * 1000 / BLOCK_MS), round(born.used_up_s * 1000 / BLOCK_MS), 0)
        return self._hearing

    def _since(self, blocks: int) -> Samples:
        """The sound since `blocks` blocks had been consumed, as far as it has been kept."""
        new = min(self._blocks - blocks, len(self._sound))
        return np.concatenate([self._sound[len(self._sound) - new + n] for n in range(new)])
