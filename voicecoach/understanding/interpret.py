"""From what was heard to what was meant."""

from voicecoach.messages.events import Unclear
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.understanding.numbers import number_in
from voicecoach.understanding.phrasebook import Phrasebook


def interpret(heard: Heard, moment: str, phrasebook: Phrasebook) -> Meant | Unclear:
    """What `heard` means at `moment`. Unclear when it means nothing there."""
    meaning = phrasebook.meaning(heard.phrase, moment)
    if meaning and meaning.intent is not Intent.NUMBER:
        return Meant(meaning.intent, heard.stage, heard.phrase, heard.text, topic=meaning.topic)
    if heard.stage is Stage.CONFIRMED and not heard.worrying and Intent.NUMBER in phrasebook.intents_at(moment):
        value = number_in(heard.phrase or heard.text, phrasebook.numbers)
        if value is not None:
            return Meant(Intent.NUMBER, heard.stage, heard.phrase or heard.text, heard.text, value=value)
    return Unclear(heard.text, heard.worrying)
