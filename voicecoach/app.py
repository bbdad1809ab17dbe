"""Builds the stages from the settings and joins them. Where sound comes from and goes to is the commands' business."""

from collections.abc import Callable, Iterator, Mapping
from typing import Self, TypeAlias

from voicecoach import curriculum, places
from voicecoach.coach.amounts import level_set
from voicecoach.coach.session import Session
from voicecoach.ears.calibration import Calibration
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.errors import CoachError
from voicecoach.house import House
from voicecoach.loop import Conductor
from voicecoach.own_voice import GuardedEars, OwnWords
from voicecoach.safety import with_all_safety, with_every_warning
from voicecoach.speech import Voice
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.beside import Beside
from voicecoach.voice.renderer import Renderer, is_neural
from voicecoach.voice.script import Script, places_in
from voicecoach.voice.shelf import Shelf, Sounding
from voicecoach.voice.spare import Spared
from voicecoach.voice.speaker import Speaker
from voicecoach.voice.tones import Tones
from voicecoach.wording import check_vocabulary, whole

Manner: TypeAlias = tuple[str, int]
"""A voice and a rate."""

PLAIN = "en-us"
"""The voice of espeak-ng that is always there."""

COUNTED = ("set.count", "set.count_stay", "set.count_long", "set.squeeze", "countdown", "warm_up.squeeze")
"""Cues that have nothing but a number in them."""


class Parts:
    """The stages of one session, built once and closed once: a context manager."""

    def __init__(self, house: House, tell: Callable[[str], None] = lambda _: None) -> None:
        """`tell` is told, in a sentence, of a voice that fails and of who speaks in its place."""
        self.house = house
        self._tell = tell
        self._told: set[str] = set()
        self.phrasebook = with_all_safety(Phrasebook.load(house.prompts), house.prompts)
        self.curriculum = curriculum.load(house.prompts)
        if house.settings.plan.level:
            level_set(self.curriculum.training, house.settings.plan.level)
        script = whole(Script.load(house.prompts), self.phrasebook, self.curriculum)
        self.script = with_every_warning(script, self.curriculum.mat, self.phrasebook, house.prompts)
        self.tones = Tones.load(house.prompts)
        self.speaker = Speaker(usual_db=house.settings.loudness_db)
        self.calibration = Calibration()
        self._own = OwnWords({value: word for word, value in self.phrasebook.numbers.words.items()})
        self._renderers: dict[Manner, Renderer] = {}
        self._besides: dict[Manner, Beside] = {}
        self.shelf = self.shelf_of()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for beside in self._besides.values():
            beside.end()
        for renderer in self._renderers.values():
            renderer.close()

    def shelf_of(self, voice: str = "", words_per_minute: int = 0) -> Sounding:
        """Sentences spoken by `voice`, at that rate, kept on disk; "" and 0: as it is set. Who asks waits until they are made."""
        manner = self._manner(voice, words_per_minute)
        return self._spared(manner, self._shelf(manner)) if is_neural(manner[0]) else self._shelf(manner)

    def shelf_beside(self, voice: str = "", words_per_minute: int = 0) -> Sounding:
        """The same for a session that can't wait: a voice that takes its time is made beside it."""
        manner = self._manner(voice, words_per_minute)
        return self._spared(manner, self.beside(*manner)) if is_neural(manner[0]) else self._shelf(manner)

    def beside(self, voice: str = "", words_per_minute: int = 0, left: Callable[[int], None] = lambda _: None) -> Beside:
        """Begins to make sentences spoken so, until these parts are closed; as it is set, also all that is stocked.

        `left` is told how many of those are still to be looked at, on the thread that makes them.
        """
        manner = self._manner(voice, words_per_minute)
        if manner not in self._besides:
            for other in self._besides:
                if other != self._manner("", 0):
                    self._besides[other].let_go()
            stocked = self.stocked() if manner == self._manner("", 0) else ()
            self._besides[manner] = Beside(self.house.cache, Renderer(*manner), stocked, left)
        return self._besides[manner]

    @property
    def spare(self) -> str:
        """Who speaks where a voice that takes its time has none in time, or fails."""
        return next((voice for voice in self.curriculum.locale.voices if not is_neural(voice)), PLAIN)

    def _manner(self, voice: str, words_per_minute: int) -> Manner:
        return voice or self.house.settings.voice, words_per_minute or self.house.settings.words_per_minute

    def _shelf(self, manner: Manner) -> Shelf:
        if manner not in self._renderers:
            self._renderers[manner] = Renderer(*manner)
        return Shelf(self.house.cache, self._renderers[manner])

    def _spared(self, manner: Manner, first: Sounding) -> Spared:
        return Spared(first, self._shelf((self.spare, manner[1])), self._instead)

    def _instead(self, error: CoachError) -> None:
        sentence = f'{error} Until then the voice "{self.spare}" speaks.'
        if sentence not in self._told:
            self._told.add(sentence)
            self._tell(sentence)

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
        """The loop for one session, which never waits long for a voice; or as long as `shelf_of` does, in its place."""
        units = self.house.settings.units or self.curriculum.locale.units
        voice = Voice(self.script, self.tones, shelf_of or self.shelf_beside, self.speaker, self._own, units)
        return Conductor(coach, voice, self.phrasebook, scope, log)

    def stock(self) -> Iterator[int]:
        """Makes what is stocked and isn't kept yet, one sentence a step, each of which gives how many are left. Raises as Shelf.pcm."""
        return self._shelf(self._manner("", 0)).stock(self.stocked())

    def unmade(self) -> list[str] | None:
        """Those that are to be stocked and don't lie on the disk yet; None where nothing can be kept there."""
        shelf = self._shelf(self._manner("", 0))
        return None if shelf.unwritable else shelf.missing(self.stocked())

    def stocked(self) -> list[str]:
        """The sentences that need no values, those with a number to call, and the counting."""
        plan, urgent = self.house.settings.plan, self.curriculum.locale.urgent
        calls = {"emergency": plan.spelled_emergency} | ({"urgent": " ".join(urgent)} if urgent else {})
        texts = [text.format(**calls) for _, text in self.script.every_sentence() if set(places_in(text)) <= set(calls)]
        counted = [text for line, text in self.script.every_sentence() if line in COUNTED]
        training = self.curriculum.training
        most = max(self.house.settings.plan.reps or 0, training.most_counted, *(level.reps for level in training.levels))
        return texts + [text.format(n=n) for n in range(1, most + 1) for text in counted]
