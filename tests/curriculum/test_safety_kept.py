"""What keeps somebody safe can be added to, at home and in a locale of one's own, and not weakened."""

import re
import shutil
from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK, PROMPTS, SCRIPT
from voicecoach import safety
from voicecoach.app import Parts
from voicecoach.errors import Unreadable
from voicecoach.house import open_house
from voicecoach.messages.intents import Intent
from voicecoach.tables import read_table

RULES = read_table(PROMPTS / safety.FILE)
SPEAKING = ("emergency.", "refuse.", "pain.advice", "distress.advice", "mat.pain", "mat.stop", "greeting.words")
"""How the lines begin that nobody may lose the sense of."""
PHRASES = {intent: list(PHRASEBOOK.phrases(intent)) for intent in Intent}


def at_home(home: Path, name: str, text: str) -> None:
    path = home / "prompts" / "en" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def of_its_own(home: Path, name: str, old: str, new: str) -> None:
    """A whole locale that lies over nothing, with one file changed."""
    shutil.copytree(PROMPTS, home / "prompts" / "xx")
    (home / "settings.toml").write_text('locale = "xx"')
    path = home / "prompts" / "xx" / name
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.DOTALL)
    path.write_text(re.sub(old, lambda _: new, text, count=1, flags=re.DOTALL), encoding="utf-8")


def refusal(home: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        Parts(open_house(home))
    return str(refused.value)


def moved(phrase: str, old: Intent, new: Intent) -> str:
    """What a home writes to have `phrase` mean `new`."""
    kept = [one for one in PHRASES[old] if one != phrase]
    return f"[intents.{old}]\nphrases = {kept}\n[intents.{new}]\nphrases = {[*PHRASES[new], phrase]}"


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("hears.toml", "[worrying]\nsigns = []", '"pain" is missing'),
        ("hears.toml", '[worrying]\nsigns = ["pain"]', '"hurts" is missing'),
        ("hears.toml", "[typed]\nstop = []", '"stopp" is missing'),
        ("hears.toml", '[typed]\ngrave = ["911"]', "can't breathe"),
        ("hears.toml", "[emphasis]\nstop = 1", "Leave it at 20"),
        ("hears.toml", f'[intents.yes]\nphrases = {[*PHRASES[Intent.YES], "nope"]}\n[intents.no]\nphrases = ["no"]', '"nope" means no'),
        ("hears.toml", moved("wait", Intent.PAUSE, Intent.RESUME), '"wait" means pause'),
        ("hears.toml", moved("not ready", Intent.MORE_REST, Intent.NEXT_SET), '"not ready" means more_rest'),
        ("hears.toml", moved("close it", Intent.CLOSE, Intent.GO_ON), '"close it" means close'),
        ("hears.toml", "[numbers.words]\nnine = 1", '"nine" is 9'),
        ("hears.toml", f"[intents.louder]\nphrases = {[*PHRASES[Intent.LOUDER], 'stop whispering']}", 'safety phrase "stop"'),
        ("says.toml", '["greeting.words"]\nsay = "I am here for you."', '"pain"'),
        ("says.toml", '["mat.stop"]\nsay = "Good. Now say cheese once."', '"stop"'),
        ("says.toml", '["screen.nerve"]\nsay = "Do you like tea?"', '"numb"'),
        ("says.toml", '["screen.nerve"]\nbrief = "Tea?"', '"numb"'),
        ("says.toml", '["pain.advice"]\nsay = ["See a doctor before you try again.", "Carry on."]', '"doctor" or "gp"'),
        ("says.toml", '["cut_off.pain"]\nsay = "Are you well?"\nbrief = "Well?"', '"pain"'),
        ("says.toml", '["cut_off.go_on"]\nsay = "Here we go."', '"go on"'),
        ("says.toml", '["stop.all_right"]\nsay = "Does it hurt?"\nbrief = "Does it?"', '"all right"'),
        ("safety.toml", '["greeting.words"]\nkeep = []', "it is empty"),
        ("names.toml", '[numbered]\n2 = ["number one"]', "already means 1"),
    ],
)
def test_a_home_does_not_weaken_it(file: str, text: str, told: str, tmp_path: Path) -> None:
    at_home(tmp_path, file, text)
    said = refusal(tmp_path)
    assert told in said
    assert str(tmp_path / "prompts" / "en" / file) in said


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("hears.toml", r"signs = \[.*?\]", "signs = []", "it is empty"),
        ("hears.toml", "grave = ", "other = ", "no grave"),
        ("hears.toml", r"\nwho = .*?\]", "", 'no "who"'),
        ("hears.toml", "\nten = 10", "\nten = 9", "nothing means 10"),
        ("safety.toml", r'\["emergency.chest"\].*?\n\n', "", "emergency.chest"),
        ("screening.toml", r'\["screen.heart"\].*?\n\n', "", "screen.heart"),
        ("screening.toml", 'concern = "urgent"', 'concern = "clearance"', "can't be changed"),
        ("mat.toml", r'\["mat.pain"\].*?\n\n', "", "mat.pain"),
        ("mat.toml", 'word = "stop"', 'word = "tea"', '"tea" is no safety word'),
        ("says.toml", r'\["emergency.chest"\].*?\n\n', "", "emergency.chest"),
        ("names.toml", "\n9 = .*?\n", "\n", "number 9"),
    ],
)
def test_a_locale_without_a_base_has_all_of_it(file: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    of_its_own(tmp_path, file, old, new)
    assert told in refusal(tmp_path)


def test_a_locale_without_a_base_says_it_in_its_own_words(tmp_path: Path) -> None:
    of_its_own(tmp_path, "safety.toml", r'keep = \["sharp", "shooting"\]', 'keep = ["spitz"]')
    path = tmp_path / "prompts" / "xx" / "says.toml"
    path.write_text(path.read_text().replace("Above all if it is sharp or shooting, or does not go away.", "Vor allem, wenn es spitz ist."))
    with Parts(open_house(tmp_path)) as parts:
        assert parts.script.entry("pain.advice_when").say == ("Vor allem, wenn es spitz ist.",)


def test_a_home_words_it_otherwise_and_adds_to_it(tmp_path: Path) -> None:
    at_home(tmp_path, "says.toml", '["pain.advice"]\nsay = "Let a doctor look at it before the next time."')
    at_home(tmp_path, "safety.toml", '["pain.advice"]\nkeep = ["look"]')
    at_home(tmp_path, "hears.toml", f"[intents.stop]\nphrases = {[*PHRASES[Intent.STOP], 'finish now']}\n[emphasis]\nstop = 30")
    with Parts(open_house(tmp_path)) as parts:
        assert parts.phrasebook.meaning("finish now", "set") is not None


def test_what_a_home_adds_holds_for_it(tmp_path: Path) -> None:
    at_home(tmp_path, "safety.toml", '["closing.goodbye"]\nkeep = ["walrus"]')
    assert "walrus" in refusal(tmp_path)


def test_every_line_that_warns_has_a_rule() -> None:
    bound = {line for line in SCRIPT.ids() if line.startswith(SPEAKING)} - {"refuse.silence", "refuse.urgent_number"}
    assert bound - set(RULES) == set()


def test_every_safety_question_has_a_rule() -> None:
    with Parts(open_house(Path("nowhere"))) as parts:
        asked = {line for question in parts.curriculum.screening for line in (question.id, *question.parts)}
    assert asked - set(RULES) == set()


def test_no_rule_is_about_a_line_that_is_not_there() -> None:
    assert set(RULES) - SCRIPT.ids() == set()
