"""Whether the words of a locale can be used: told before a session, for on the mat it would be too late."""

import difflib
from collections.abc import Iterable
from pathlib import Path

from voicecoach import places
from voicecoach.coach.curriculum import Curriculum
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.errors import Unreadable
from voicecoach.messages.heard import Grammar
from voicecoach.messages.lines import IN_THE_AIR
from voicecoach.own_lines import own_lines
from voicecoach.tables import LOCALE_FILE, known, place_of
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.understanding.waking import WAKE_FILE, wake_grammar
from voicecoach.voice.script import Script

PHRASE_FILES = ("hears.toml", "questions.toml", "names.toml")
EMERGENCY = "emergency"
"""The place where the number to call comes."""


def whole(script: Script, phrasebook: Phrasebook, learned: Curriculum) -> Script:
    """The script, if it has the lines that a session may need and no others; better told now than on the mat."""
    shipped = Script.load(places.language())
    own = {f"{kind}.{topic}" for topic in phrasebook.topics for kind in ("answer", "more")}
    own |= {line for question in learned.screening for line in (question.id, *question.parts)} | {test.id for test in learned.mat}
    calls = {line for question in learned.screening for line in (question.if_yes, question.if_unsure) if line}
    own |= calls
    taught, moving = own_lines(learned, lambda line: shipped.places(line) if line in shipped.ids() else None)
    commands = phrasebook.grammar("set").phrases
    for line in sorted(shipped.ids() | own):
        script.entry(line)
    for line in sorted(script.ids()):
        if line not in shipped.ids() | own | set(taught):
            near = ", ".join(difflib.get_close_matches(line, sorted(shipped.ids()), 3, 0.0))
            raise Unreadable(
                f'{script.at(line)}: no part of a session says "{line}".', f"Allowed are only the lines there are; nearest: {near}."
            )
        if (line.startswith(IN_THE_AIR) or line in moving) and (word := next((one for one in commands if script.says(line, one)), "")):
            raise Unreadable(
                f'{script.at(line)} has "{word}" in it, which is also a command.', "It is said while the legs move: find another word."
            )
        filled = shipped.places(line) if line in shipped.ids() else frozenset[str]()
        filled |= {EMERGENCY} if line in calls else set()
        may_be_filled = filled | taught.get(line, frozenset())
        strange = sorted(script.places(line) - may_be_filled)
        if strange:
            allowed = ", ".join(f"{{{place}}}" for place in sorted(may_be_filled)) or "none"
            raise Unreadable(f"{script.at(line)} has a place {{{strange[0]}}} that nothing fills.", f"Allowed there: {allowed}.")
        _filled(script, line, filled)
    return script


def no_strangers(folder: Path) -> list[Path]:
    """Give the files of somebody's own in `folder`, which holds their locales. Raises Unreadable for one that nobody would ever read."""
    files = {path.name for path in places.language().iterdir()}
    locales = known(folder / places.LANGUAGE)
    found = sorted(folder.rglob("*.toml")) if folder.is_dir() else []
    for path in found:
        where = path.relative_to(folder)
        if len(where.parts) != 2 or where.parts[0] not in locales:
            raise Unreadable(f"{path} is in no folder that is read.", f"Put it into one of {folder}/{{{','.join(locales)}}}.")
        if path.name not in files | {LOCALE_FILE}:
            raise Unreadable(f"{path} is no file that is read.", f"Allowed are: {', '.join(sorted(files))}.")
    return found


def _filled(script: Script, line: str, places: frozenset[str]) -> None:
    """Each of `places` has to be in the line, for what comes there would have nowhere to go; the number to call in all that is said."""
    missing = sorted(places - script.places(line))
    if not missing and EMERGENCY in places and not script.always(line, EMERGENCY):
        missing = [EMERGENCY]
    if missing:
        raise Unreadable(f"{script.at(line)} has no place {{{missing[0]}}}.", "Keep it: what is told there differs from time to time.")


def check_vocabulary(folder: Path, phrasebook: Phrasebook, model: SpeechModel) -> None:
    """Raises Unreadable if a phrase has a word that the model can't hear: that phrase could be said for ever."""
    _check_heard(folder, PHRASE_FILES, phrasebook.every_phrase(), model)


def heard_waiting(folder: Path, phrasebook: Phrasebook, model: SpeechModel) -> Grammar:
    """What wakes the coach. Raises Unreadable for what can't, be it only that the model can't hear it."""
    grammar = wake_grammar(folder, phrasebook)
    _check_heard(folder, (WAKE_FILE,), grammar.phrases, model)
    return grammar


def _check_heard(folder: Path, names: Iterable[str], phrases: Iterable[str], model: SpeechModel) -> None:
    """For `phrases`, which stand in the files `names` of the locale in `folder`."""
    if unknown := model.unknown(phrases):
        where = place_of(folder, names, unknown[0])
        raise Unreadable(f"{where}: the speech model doesn't know these words: {', '.join(unknown)}.", "Replace them by others.")
