"""Builds the stages from the settings and joins them. Where sound comes from and goes to is the commands' business."""

import difflib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from voicecoach import curriculum, places
from voicecoach.coach.amounts import level_set
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.session import Session
from voicecoach.ears.calibration import Calibration
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.errors import Unreadable
from voicecoach.house import House
from voicecoach.loop import Conductor
from voicecoach.messages.intents import URGENT
from voicecoach.own_voice import GuardedEars, OwnWords
from voicecoach.speech import Voice
from voicecoach.tables import layers, place_of, read_prompts, subtable
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf
from voicecoach.voice.speaker import Speaker
from voicecoach.voice.tones import Tones

LANGUAGE = "en"
"""The locale that has every line there is, and every place that is filled."""
COUNTED = ("set.count", "set.count_stay", "set.count_long", "set.squeeze", "countdown", "warm_up.squeeze")
"""Cues that have nothing but a number in them."""
EMERGENCY = "emergency"
"""The place where the number to call comes."""
IN_THE_AIR = (
    "set.", "theme.", "practice.", "warm_up.tilt", "warm_up.squeeze", "warm_up.release", "warm_up.half_lift",
    "breath.", "lead_in", "countdown",
)  # fmt: skip
"""How lines begin that are said while the legs move: the coach must not hear itself command something."""


class Parts:
    """The stages of one session, built once and closed once: a context manager."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.phrasebook = _safe(Phrasebook.load(house.prompts), house.prompts)
        self.curriculum = curriculum.load(house.prompts)
        if house.settings.plan.level:
            level_set(self.curriculum.training, house.settings.plan.level)
        self.script = _whole(Script.load(house.prompts), self.phrasebook, self.curriculum)
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
        check_vocabulary(self.house, self.phrasebook, model)
        words = WordModel.load(places.word_model())
        ears = Ears(model, words, EchoCanceller(drift_ppm=drift_ppm), self.phrasebook.emphasis, calibration=self.calibration)
        return GuardedEars(ears, self._own, self.speaker.duck)

    def conductor(self, coach: Session, scope: Callable[[str], None], log: Callable[[Mapping[str, object]], None]) -> Conductor:
        """The loop for one session."""
        voice = Voice(self.script, self.tones, self.shelf_of, self.speaker, self._own, self.curriculum.locale.units)
        return Conductor(coach, voice, self.phrasebook, scope, log)

    def stock(self) -> None:
        """Renders the sentences that need no values, and the counting, so that no cue has to wait for its sound in a session."""
        texts = [text for _, text in self.script.every_sentence() if "{" not in text]
        counted = [text for line, text in self.script.every_sentence() if line in COUNTED]
        training = self.curriculum.training
        most = max(self.house.settings.plan.reps or 0, training.most_counted, *(level.reps for level in training.levels))
        texts += [text.format(n=n) for n in range(1, most + 1) for text in counted]
        for _ in self.shelf.stock(texts):
            pass


def _safe(phrasebook: Phrasebook, folder: Path) -> Phrasebook:
    """The phrasebook, if every safety phrase of what lies under all changes means the same: more may be added, none taken away."""
    lowest = Phrasebook.load(layers(folder)[-1])
    for intent in sorted(URGENT):
        if missing := [one for one in lowest.phrases(intent) if phrasebook.meaning(one, "set") != lowest.meaning(one, "set")]:
            place = subtable(subtable(read_prompts(folder, "hears.toml"), "intents"), intent).at("phrases")
            raise Unreadable(f'{place}: "{missing[0]}" is missing.', "Safety phrases may be added, but none may be taken away.")
    return phrasebook


def _whole(script: Script, phrasebook: Phrasebook, learned: Curriculum) -> Script:
    """The script, if it has the lines that a session may need and no others; better told now than on the mat."""
    shipped = Script.load(places.prompts() / LANGUAGE)
    own = {f"{kind}.{topic}" for topic in phrasebook.topics for kind in ("answer", "more")}
    own |= {line for question in learned.screening for line in (question.id, *question.parts)} | {test.id for test in learned.mat}
    calls = {line for question in learned.screening for line in (question.if_yes, question.if_unsure) if line}
    own |= calls
    commands = phrasebook.grammar("set").phrases
    for line in sorted(shipped.ids() | own):
        script.entry(line)
    for line in sorted(script.ids()):
        if line not in shipped.ids() | own:
            near = ", ".join(difflib.get_close_matches(line, sorted(shipped.ids()), 3, 0.0))
            raise Unreadable(
                f'{script.at(line)}: no part of a session says "{line}".', f"Allowed are only the lines there are; nearest: {near}."
            )
        if line.startswith(IN_THE_AIR) and (word := next((one for one in commands if script.says(line, one)), "")):
            raise Unreadable(
                f'{script.at(line)} has "{word}" in it, which is also a command.', "It is said while the legs move: find another word."
            )
        filled = shipped.places(line) if line in shipped.ids() else frozenset[str]()
        filled |= {EMERGENCY} if line in calls else set()
        strange = sorted(script.places(line) - filled)
        if strange:
            allowed = ", ".join(f"{{{place}}}" for place in sorted(filled)) or "none"
            raise Unreadable(f"{script.at(line)} has a place {{{strange[0]}}} that nothing fills.", f"Allowed there: {allowed}.")
        _filled(script, line, filled)
    return script


def _filled(script: Script, line: str, places: frozenset[str]) -> None:
    """Each of `places` has to be in the line, for what comes there would have nowhere to go; the number to call in all that is said."""
    missing = sorted(places - script.places(line))
    if not missing and EMERGENCY in places and not script.always(line, EMERGENCY):
        missing = [EMERGENCY]
    if missing:
        raise Unreadable(f"{script.at(line)} has no place {{{missing[0]}}}.", "Keep it: what is told there differs from time to time.")


def check_vocabulary(house: House, phrasebook: Phrasebook, model: SpeechModel) -> None:
    """Raises Unreadable if a phrase has a word that the model can't hear: that phrase could be said for ever."""
    if unknown := model.unknown(phrasebook.every_phrase()):
        where = place_of(house.prompts, ("hears.toml", "questions.toml"), unknown[0])
        raise Unreadable(f"{where}: the speech model doesn't know these words: {', '.join(unknown)}.", "Replace them by others.")
