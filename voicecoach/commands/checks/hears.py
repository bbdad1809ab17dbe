"""What it hears with: the models, the microphone, and the greeting as a test of the sound."""

from collections.abc import Callable
from functools import partial

from voicecoach import places, speech_model
from voicecoach.app import Parts
from voicecoach.commands.checks.looks import Fix, Look, Mendable
from voicecoach.commands.checks.speaks import chosen, device_of, loud
from voicecoach.commands.first_words import hear_first_words, remarks
from voicecoach.commands.options import tell
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import Spotter, WordModel
from voicecoach.errors import CheckFailed, CoachError
from voicecoach.house import House
from voicecoach.sound.volume import hears_only_the_coach, other_microphones, take_microphone
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.wording import check_vocabulary, heard_waiting

NEEDED = ("prompts", "voice", "microphone", "speaker", "microphone volume", "speaker volume")
"""For the sound."""


def looks(opened: Callable[[], House]) -> tuple[Look, ...]:
    """All of them. `opened` gives the house as it is set now. The last one takes 20 s, and needs nearly everything else."""
    return (
        Look("model", lambda: _model(opened())),
        Look("word model", _word_model),
        Look("vocabulary", lambda: _vocabulary(opened()), ("prompts", "model")),
        Look("microphone", lambda: chosen(opened(), "microphone")),
        Look("microphone volume", lambda: _volume(opened()), ("microphone",)),
        Look("sound", lambda: _sound(opened()), NEEDED),
    )


def _model(house: House) -> str:
    folder, manifest = places.model(house.home), places.manifest()
    try:
        speech_model.verify(folder, manifest)
    except CoachError as error:
        fix = Fix("fetch the speech model (40 MB)", lambda: speech_model.install_model(folder, manifest, None, tell))
        raise Mendable(error.what, error.next_step, fix) from None
    return f"whole, {folder}"


def _word_model() -> str:
    speech_model.verify_own(places.manifest())
    model = WordModel.load(places.word_model())
    Spotter(model)
    return f"knows {len(model.words)} words"


def _vocabulary(house: House) -> str:
    phrasebook = Phrasebook.load(house.prompts)
    model = SpeechModel(house.model)
    check_vocabulary(house.prompts, phrasebook, model)
    heard_waiting(house.prompts, phrasebook, model)
    return f"the model knows all {len({word for phrase in phrasebook.every_phrase() for word in phrase.split()})} words"


def _volume(house: House) -> str:
    device = device_of(house, "microphone")
    if hears_only_the_coach(device):
        others = other_microphones()
        fix = Fix(f"take {others[0]} instead", partial(_taken, others[0])) if others else None
        raise Mendable(
            "The microphone is only what the speaker plays, so it would never hear you.",
            "Choose a real one in the sound settings, or plug one in.",
            fix,
        )
    return loud(device)


def _taken(name: str) -> str:
    take_microphone(name)
    return f"{name} is the microphone now"


def _sound(house: House) -> str:
    """Raises CheckFailed when something is not safe; every figure has its line then, too."""
    tell("         sound: the coach says its greeting now, to hear itself")
    found = hear_first_words(house, device_of(house, "microphone"), device_of(house, "speaker"))
    with Parts(house) as parts:
        told = list(remarks(found, parts.script))
    for remark in told:
        verdict = "to mend" if remark.unsafe else "better" if remark.advice else "ok"
        tell(f"{verdict:8} {remark.name}: {remark.figure}{remark.advice and f'. {remark.advice}'}")
    if any(remark.unsafe for remark in told):
        raise CheckFailed("A safety word might not be heard.", "Mend what is said above, and check again.")
    advice = sum(bool(remark.advice) for remark in told)
    return "as it should be" if not advice else "good enough to begin, and better with the advice above"
