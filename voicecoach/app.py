"""Builds the stages from the settings and joins them. Where sound comes from and goes to is the commands' business."""

from collections.abc import Callable, Mapping
from typing import Self

from voicecoach import curriculum, places
from voicecoach.coach.amounts import level_set
from voicecoach.coach.session import Session
from voicecoach.ears.calibration import Calibration
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.house import House
from voicecoach.loop import Conductor
from voicecoach.own_voice import GuardedEars, OwnWords
from voicecoach.safety import with_all_safety, with_every_warning
from voicecoach.speech import Sounding, Voice
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf
from voicecoach.voice.speaker import Speaker
from voicecoach.voice.tones import Tones
from voicecoach.wording import check_vocabulary, whole

COUNTED = ("set.count", "set.count_stay", "set.count_long", "set.squeeze", "countdown", "warm_up.squeeze")
"""Cues that have nothing but a number in them."""


class Parts:
    """The stages of one session, built once and closed once: a context manager."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.phrasebook = with_all_safety(Phrasebook.load(house.prompts), house.prompts)
        self.curriculum = curriculum.load(house.prompts)
        if house.settings.plan.level:
            level_set(self.curriculum.training, house.settings.plan.level)
        script = whole(Script.load(house.prompts), self.phrasebook, self.curriculum)
        self.script = with_every_warning(script, self.curriculum.mat, self.phrasebook, house.prompts)
        self.tones = Tones.load(house.prompts)
        self.speaker = Speaker()
        self.calibration = Calibration()
        self._own = OwnWords({value: word for word, value in self.phrasebook.numbers.words.items()})
        self._renderers: dict[tuple[str, int], Renderer] = {}
        self.shelf = self.shelf_of()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for renderer in self._renderers.values():
            renderer.close()

    def shelf_of(self, voice: str = "", words_per_minute: int = 0) -> Shelf:
        """Sentences spoken by `voice`, at that rate, kept on disk; "" and 0: as it is set."""
        manner = (voice or self.house.settings.voice, words_per_minute or self.house.settings.words_per_minute)
        if manner not in self._renderers:
            self._renderers[manner] = Renderer(*manner)
        return Shelf(self.house.cache, self._renderers[manner])

    def ears(self, model: SpeechModel, drift_ppm: float = 0.0) -> GuardedEars:
        """Ears on a loaded model, deaf to the coach's own words; who speaks over the coach lowers its voice. Unreadable: unknown words.

        `drift_ppm`: what is known of the clocks of microphone and speaker.
        """
        check_vocabulary(self.house.prompts, self.phrasebook, model)
        words = WordModel.load(places.word_model())
        ears = Ears(model, words, EchoCanceller(drift_ppm=drift_ppm), self.phrasebook.emphasis, calibration=self.calibration)
        return GuardedEars(ears, self._own, self.speaker.duck)

    def conductor(
        self,
        coach: Session,
        scope: Callable[[str], None],
        log: Callable[[Mapping[str, object]], None],
        shelf_of: Callable[[str, int], Sounding] | None = None,
    ) -> Conductor:
        """The loop for one session; `shelf_of` in the place of this object's own."""
        voice = Voice(self.script, self.tones, shelf_of or self.shelf_of, self.speaker, self._own, self.curriculum.locale.units)
        return Conductor(coach, voice, self.phrasebook, scope, log)

    def stock(self, enough: Callable[[], bool] = lambda: False) -> None:
        """Renders what is to be stocked, so that no cue has to wait for its sound in a session; until it is `enough`. Any one thread."""
        for _ in self.shelf.stock(self.stocked()):
            if enough():
                return

    def stocked(self) -> list[str]:
        """The sentences that need no values, and the counting."""
        texts = [text for _, text in self.script.every_sentence() if "{" not in text]
        counted = [text for line, text in self.script.every_sentence() if line in COUNTED]
        training = self.curriculum.training
        most = max(self.house.settings.plan.reps or 0, training.most_counted, *(level.reps for level in training.levels))
        return texts + [text.format(n=n) for n in range(1, most + 1) for text in counted]
