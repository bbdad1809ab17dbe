"""Microphone in, Heard out, 20 ms at a time: the canceller, the recognisers and the judge joined."""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.evidence import Moment
from voicecoach.ears.hearing import Hearing
from voicecoach.ears.loudness import Loudness
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, Samples

STEP_BLOCKS = 2
"""Vosk computes every 200 ms of sound; 40 ms divides them, and costs less than 20."""

KEPT_BLOCKS = 2000 // BLOCK_MS
"""Sound kept for a second look and for a change of grammar: longer than any one-breath command, shorter than the talk before it."""

REPLAY_S = 0.5
"""Of the sound before a change of grammar that the new recognisers hear too: a word that began just before it."""

PAUSE_S = 0.3
"""A pause in which recognisers may be changed is that long: they are up to half a second behind, and a word may have begun already."""

PATIENCE_S = 1.5
"""How long a change of grammar waits for the end of what is being said. All of it is replayed then."""

RENEW_S = 5.0
"""Recognisers older than this are renewed in the first pause. In a long quiet they come to hear words in the room's noise, and a real word
then drowns among those; and after ten minutes Vosk rebuilds itself and loses a piece of sound."""

OVERDUE_S = 1.5
"""A hypothesis that stands for so long into the calm is such a word of the noise: any utterance would have ended."""

GAIN_OFF_DB = 6.0
SECOND_LOOK_S = 0.2
"""Recognisers whose gain turns out to be so far from what the voice needs are renewed so soon after it, and hear it again."""

RENEW_ANYWAY_S = 30.0
"""Without a pause, in music or a noise that comes and goes, they are renewed all the same, with a replay."""


class Ears:
    """Hears one grammar at a time, and nothing before the first `scope`. Cheap to make anew on a loaded model.

    `emphasis` says how many times likelier than the other one-word safety phrases some are to be said: {"stop": 20}. Those named are
    believed on the narrow recogniser's word alone. `patience` is how many times as long as usual a safety phrase has to hold: benchmarks
    draw a curve with it. One thread feeds; `scope` may be called from another.
    """

    def __init__(self, model: SpeechModel, canceller: EchoCanceller | None, emphasis: Mapping[str, int], patience: float = 1.0) -> None:
        self._model = model
        self._canceller = canceller
        self._emphasis = dict(emphasis)
        self._patience = patience
        self._wanted: tuple[Grammar, float] | None = None
        self._hearing: Hearing | None = None
        self._sound: deque[Samples] = deque(maxlen=KEPT_BLOCKS)
        self._loudness = Loudness()
        self._blocks = 0
        self._fed_blocks = 0
        self.cleaned: Samples = np.zeros(0, np.float32)
        """The last block without the coach's echo, as far as the canceller could take it out."""

    @property
    def at_s(self) -> float:
        """How much sound has been consumed, in seconds."""
        return self._blocks * BLOCK_MS / 1000

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on; while something is being said, from its end. Any thread."""
        self._wanted = (grammar, self.at_s)

    def feed(self, microphone: Samples, played: Samples) -> list[Heard]:
        """Take the next block of both, 320 samples each at 16 kHz, and say what was heard."""
        self._blocks += 1
        self.cleaned = self._canceller.cancel(microphone, played) if self._canceller else microphone
        self._sound.append(self.cleaned)
        talking = self._canceller is not None and self._canceller.playing
        self._loudness.add(self.cleaned, talking=talking)
        if self._blocks % STEP_BLOCKS:
            return []
        self._change()
        if self._hearing is None:
            return []
        step = self._since(self._fed_blocks)
        self._fed_blocks = self._blocks
        loud = self._loudness
        found = self._hearing.feed(step, Moment(self.at_s, loud.calm_s(), loud.alone(), talking, loud.spoken_s()))
        return [replace(heard, level=loud.level()) if heard.stage is Stage.CONFIRMED else heard for heard in found]

    def _change(self) -> None:
        """Put new recognisers in place of those at work, if a new grammar is wanted or they are old, and the moment is good."""
        hearing, wanted = self._hearing, self._wanted
        if hearing is None:
            if wanted:
                self._wanted = None
                self._begin(wanted[0], REPLAY_S, 0.0)
            return
        pause = self._loudness.calm_s() >= (PAUSE_S if hearing.idle else OVERDUE_S)
        replay_s = REPLAY_S if pause else PATIENCE_S
        if wanted and (pause or self.at_s - wanted[1] >= PATIENCE_S):
            if self._wanted is wanted:
                self._wanted = None
            self._begin(wanted[0], replay_s, hearing.used_up_s)
        elif self._gain_is_off(hearing):
            self._begin(hearing.grammar, PATIENCE_S, hearing.used_up_s)
        elif hearing.age_s(self.at_s) >= (RENEW_S if pause else RENEW_ANYWAY_S):
            self._begin(hearing.grammar, replay_s, hearing.used_up_s)

    def _gain_is_off(self, hearing: Hearing) -> bool:
        calm = self._loudness.calm_s() >= SECOND_LOOK_S and not hearing.suspecting
        return calm and abs(hearing.gain_db - self._loudness.gain_db()) > GAIN_OFF_DB

    def _begin(self, grammar: Grammar, replay_s: float, used_up_s: float) -> None:
        """New recognisers, which first hear the last `replay_s` again, but nothing that has already been acted upon."""
        self._hearing = Hearing(self._model, grammar, self._emphasis, self.at_s, self._patience, self._loudness.gain_db())
        self._hearing.used_up_s = used_up_s
        self._fed_blocks = max(self._blocks - STEP_BLOCKS - round(replay_s * 1000 / BLOCK_MS), round(used_up_s * 1000 / BLOCK_MS), 0)

    def _since(self, blocks: int) -> Samples:
        """The sound since `blocks` blocks had been consumed, as far as it has been kept."""
        new = min(self._blocks - blocks, len(self._sound))
        return np.concatenate([self._sound[len(self._sound) - new + n] for n in range(new)])
