"""`voicecoach say`: checks everything under prompts/, shows what lines say, and speaks them on the speaker or into a file.

Without a line it only checks. Exit code 0 when everything can be used.
"""

import argparse
import difflib
import fnmatch
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from voicecoach.app import Parts
from voicecoach.card import read_card
from voicecoach.commands.options import Commands, add_home, house_of, tell, write
from voicecoach.durable import SHARED
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.errors import CheckFailed, Missing, Unreadable
from voicecoach.exchange import Exchange
from voicecoach.house import House
from voicecoach.live import POLL_S, Inbox
from voicecoach.messages.events import Fault
from voicecoach.messages.sound import VOICE_BLOCK, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.progress import counted
from voicecoach.settings import PROMPTS
from voicecoach.sound.devices import choose
from voicecoach.sound.duplex import DuplexStream
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import wav_of
from voicecoach.voice.speaker import GAP_MS
from voicecoach.wording import check_vocabulary, heard_waiting, no_strangers

EXAMPLE = 8
"""What is said in a place for a number."""
PATIENCE_S = 10.0
"""Beyond what is said: a device that opens slowly."""


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("say", help="check the sentences, and hear them", description=__doc__)
    parser.add_argument(
        "wanted", nargs="*", metavar='LINE|"TEXT"', help='a line of says.toml, many as in "set.*", or a sentence with a blank in it'
    )
    parser.add_argument("--out", type=Path, metavar="FILE.wav", help="write the sound there, and need no speaker")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Checks, shows, speaks."""
    house = house_of(options)
    with Parts(house, tell) as parts:
        model = SpeechModel(house.model)
        check_vocabulary(house.prompts, parts.phrasebook, model)
        waking = heard_waiting(house.prompts, parts.phrasebook, model)
        read_card(house.prompts, parts.phrasebook)
        yours = no_strangers(house.home / PROMPTS)
        tell(f"ok       {in_numbers(parts)}")
        if yours:
            tell(f"yours:   {', '.join(str(path.relative_to(house.home / PROMPTS)) for path in yours)}")
        tell(f"wakes:   {', '.join(waking.phrases)}")
        texts = [text for wanted in options.wanted for text in _texts(wanted, parts)]
        if options.out or texts:
            sound_out(texts, parts, options.out)
    return 0


def sound_out(texts: Sequence[str], parts: Parts, out: Path | None) -> None:
    """Speaks them, into the file `out` or on the speaker. Raises CoachError where that can't be."""
    if out:
        _write(texts, parts, out)
    else:
        _speak(texts, parts, parts.house)


def in_numbers(parts: Parts) -> str:
    """How much there is to say and to understand, and of which locale."""
    script, phrasebook, locale = parts.script, parts.phrasebook, parts.curriculum.locale
    phrases, voice = sum(1 for _ in phrasebook.phrases_and_numbers()), parts.house.settings.voice
    return f"{len(script.ids())} lines, {phrases} phrases, {len(phrasebook.topics)} questions, {locale.name}, voice {voice}"


def _texts(wanted: str, parts: Parts) -> Iterator[str]:
    """The sentences that are meant, shown on the way. Raises Unreadable for a line that isn't there."""
    if " " in wanted.strip():
        yield wanted
        return
    lines = sorted(fnmatch.filter(parts.script.ids(), wanted))
    if not lines:
        near = difflib.get_close_matches(wanted, parts.script.ids(), 3, 0.5)
        hint = f"nearest: {', '.join(near)}" if near else 'as in set.brace, or "set.*"'
        raise Unreadable(f'There is no line "{wanted}".', f"Name one ({hint}), or write a whole sentence, with a blank in it.")
    for line in lines:
        for form, template in _forms(parts.script, line):
            tell(f"  {form:6}  {template}")
            yield template.format(**_example(parts, line))


def _forms(script: Script, line: str) -> Iterator[tuple[str, str]]:
    entry = script.entry(line)
    tell(f"{script.at(line)}")
    for template in entry.say:
        yield "say", template
    for template in entry.metric:
        yield "metric", template
    for form, template in (("brief", entry.brief), ("why", entry.why)):
        if template:
            yield form, template


def _example(parts: Parts, line: str) -> dict[str, object]:
    plan = parts.house.settings.plan
    values = {**plan.settings, "emergency": plan.spelled_emergency}
    return {place: values.get(place, EXAMPLE) for place in parts.script.places(line)}


def _write(texts: Sequence[str], parts: Parts, path: Path) -> None:
    if not texts:
        raise Unreadable("There is nothing to write.", 'Name a line, as in: voicecoach say "set.*" --out set.wav')
    _put(texts, parts)
    said: list[Samples] = []
    while parts.speaker.busy:
        said.append(parts.speaker.pull(VOICE_BLOCK))
    write(path, wav_of(Pcm(np.concatenate(said), VOICE_RATE_HZ)), SHARED)
    tell(f"{path}: {len(texts)} {'sentence' if len(texts) == 1 else 'sentences'}")


def _speak(texts: Sequence[str], parts: Parts, house: House) -> None:
    try:
        device = choose("speaker", house.settings.speaker)
    except Missing as error:
        raise Missing(error.what, "Write it to a file instead: --out FILE.wav") from None
    inbox = Inbox()
    length_s = _put(texts, parts)
    exchange = Exchange(parts.speaker, None, inbox.put)
    stream = DuplexStream(None, device, exchange, exchange.report)
    try:
        stream.start()
        for _ in range(round((length_s + PATIENCE_S) / POLL_S)):
            if isinstance(news := inbox.take(), Fault):
                raise CheckFailed(news.detail, "Look at the plugs and at what else uses the sound, or write it to a file: --out FILE.wav")
            if not parts.speaker.busy:
                return
    finally:
        stream.stop()
    raise CheckFailed("The speaker was opened, but the sound stands still.", "Write it to a file instead: --out FILE.wav")


def _put(texts: Sequence[str], parts: Parts) -> float:
    """Puts all on the speaker. Returns how long that takes, in seconds."""
    sounds: list[Pcm] = [parts.shelf.pcm(text) for text in counted(texts, len(texts), "rendering")]
    for n, pcm in enumerate(sounds):
        parts.speaker.say(n, pcm)
    return sum(pcm.duration_s + GAP_MS / 1000 for pcm in sounds)
