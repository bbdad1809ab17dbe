"""What may be said when."""

import re
import shutil
from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK, PROMPTS
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.errors import Unreadable
from voicecoach.messages.events import Unclear
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import URGENT, Intent, Meant
from voicecoach.places import MODEL_NAME
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.phrasebook import Phrasebook

MODEL = Path(__file__).resolve().parents[2] / "models" / MODEL_NAME
TABLE_OF_THE_CONTRACT = {
    "stop", "pain", "nerve", "distress", "pause", "resume", "next_set", "repeat", "slower", "faster", "louder", "quieter", "skip", "easier",
    "harder", "left", "more_rest", "help", "yes", "no", "unsure", "number",
}  # fmt: skip


def test_where_it_was_felt_is_never_answered_with_the_beginning_of_a_safety_phrase() -> None:
    answers = [phrase for intent in (Intent.FEEL_RIGHT, Intent.IN_BACK, Intent.ELSEWHERE) for phrase in PHRASEBOOK.phrases(intent)]
    urgent = [phrase for intent in URGENT for phrase in PHRASEBOOK.phrases(intent)]
    assert answers
    assert [(one, other) for one in answers for other in urgent if other.startswith(f"{one} ")] == []


@pytest.mark.parametrize("moment", PHRASEBOOK.moments)
def test_every_safety_phrase_is_listened_for_at_every_moment(moment: str) -> None:
    grammar = PHRASEBOOK.grammar(moment)
    safety = {phrase for intent in URGENT for phrase in PHRASEBOOK.phrases(intent)}
    assert safety <= set(grammar.phrases)
    assert grammar.urgent == safety


STATES = (
    "set", "teach", "step", "feel", "rest", "question", "number", "screen", "warm_up", "hold", "cool_down", "check_in", "paused", "stopped",
)  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_contract_is_a_moment(state: str) -> None:
    assert PHRASEBOOK.grammar(state).phrases


def test_the_names_of_the_contract_are_intents() -> None:
    assert set(Intent) >= TABLE_OF_THE_CONTRACT


def test_yes_and_no_are_heard_only_when_asked() -> None:
    assert PHRASEBOOK.meaning("yes", "set") is None
    assert PHRASEBOOK.meaning("yes", "question") is not None


def test_the_speech_model_knows_every_word() -> None:
    model = SpeechModel(MODEL)
    assert model.unknown(PHRASEBOOK.every_phrase()) == []


def heard(text: str, phrase: str = "", stage: Stage = Stage.CONFIRMED) -> Heard:
    return Heard(stage, phrase, text, 1.0)


def test_no_pain_is_a_number_and_not_a_pain() -> None:
    meant = interpret(heard("no pain", "no pain"), "number", PHRASEBOOK)
    assert isinstance(meant, Meant)
    assert (meant.intent, meant.value) == (Intent.NUMBER, 0)


@pytest.mark.parametrize("part", ["neck", "knee", "foot", "back", "hip", "leg"])
def test_a_part_that_hurts_in_this_exercise_is_pain(part: str) -> None:
    meant = interpret(heard(f"my {part} hurts", f"my {part} hurts"), "set", PHRASEBOOK)
    assert isinstance(meant, Meant)
    assert meant.intent is Intent.PAIN


def test_free_words_are_a_number_only_when_a_number_was_asked() -> None:
    assert interpret(heard("about four"), "number", PHRASEBOOK) == Meant(Intent.NUMBER, Stage.CONFIRMED, "about four", "about four", 4)
    assert interpret(heard("about four"), "question", PHRASEBOOK) == Unclear("about four")


def test_what_may_have_been_a_safety_phrase_is_no_number() -> None:
    doubtful = Heard(Stage.CONFIRMED, "", "no pain", 1.0, worrying=True)
    assert interpret(doubtful, "number", PHRASEBOOK) == Unclear("no pain", worrying=True)


def test_an_emergency_by_itself_is_marked() -> None:
    meant = interpret(heard("chest pain", "chest pain"), "set", PHRASEBOOK)
    assert isinstance(meant, Meant)
    assert (meant.intent, meant.topic) == (Intent.DISTRESS, "grave")


MISTAKES = {
    "[intents.jump]\nphrases = ['jump']": "no known intent",
    "[intents.stop]\nphrases = 'stop'": "list of texts",
    "[intents.stop]\nwords = ['stop']": "unknown key",
    "[wings]\na = 1": "unknown key",
    "[intents.stop\n": "not valid TOML",
    "[intents.stop]\nphrases = ['Stop']": "lower case",
    "[intents.stop]\nphrases = ['stop']\n[intents.pain]\nphrases = ['stop']": "already means",
    "[intents.stop]\nphrases = ['stop']": "no phrases for",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_the_file_is_told_in_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "hears.toml").write_text(text)
    (tmp_path / "questions.toml").write_text("")
    with pytest.raises(Unreadable, match=MISTAKES[text]) as told:
        Phrasebook.load(tmp_path)
    assert str(tmp_path / "hears.toml") in str(told.value)


CHANGES = [
    ("hears.toml", "\n[moments]\n", "\n[moments]\nx = ['fly']\n", "fly"),
    ("hears.toml", 'hold = "set"', 'hold = "nowhere"', "no such moment"),
    ("hears.toml", "zero = 0", "zero = 11", "zero"),
    ("hears.toml", "[typed]", "[typed]\nmaybe = ['perhaps']", "maybe"),
    ("hears.toml", "[emphasis]", "[emphasis]\nwings = 2", "wings = 2 can't be"),
    ("hears.toml", "\nwords = [", '\nwords = ["stop",', '"stop" is a safety phrase'),
    ("questions.toml", "[what]", "[wings]\nsay = 'None.'\n\n[what]", "nobody can ask that"),
    ("names.toml", '\n1 = ["', '\n1 = []\n#["', "nobody can say number 1"),
    ("names.toml", '\n2 = ["', '\n2 = ["number one", "', '"number one" already means 1'),
]


@pytest.mark.parametrize(("file", "before", "after", "told"), CHANGES)
def test_a_changed_file_that_makes_no_sense_is_refused(file: str, before: str, after: str, told: str, tmp_path: Path) -> None:
    for name in ("hears.toml", "questions.toml", "names.toml"):
        shutil.copy(PROMPTS / name, tmp_path)
    whole = (PROMPTS / file).read_text()
    assert before in whole
    (tmp_path / file).write_text(whole.replace(before, after, 1))
    with pytest.raises(Unreadable, match=re.escape(told)):
        Phrasebook.load(tmp_path)


def test_a_phrase_stands_for_the_same_wherever_it_may_not_be_said() -> None:
    asked = PHRASEBOOK.anywhere("how high")
    assert asked == PHRASEBOOK.meaning("how high", "rest")
    assert asked
    assert asked.topic in PHRASEBOOK.topics
    assert PHRASEBOOK.anywhere("how highly") is None


def test_an_unknown_moment_is_refused() -> None:
    with pytest.raises(Unreadable, match="no moment"):
        PHRASEBOOK.grammar("flying")


def test_a_word_that_means_something_only_elsewhere_is_a_decoy_here() -> None:
    grammar = PHRASEBOOK.grammar("set")
    assert {"yes", "no", "seven"} <= set(grammar.decoys)
    assert not set(grammar.decoys) & {*grammar.phrases, *grammar.free}


def test_no_decoy_is_a_number_s_homophone_where_numbers_are_asked_for() -> None:
    assert "to" in PHRASEBOOK.grammar("set").decoys
    assert not {"to", "too", "for", "won", "ate"} & set(PHRASEBOOK.grammar("number").decoys)


def test_vague_words_are_decoys() -> None:
    grammar = PHRASEBOOK.grammar("set")
    assert "the" in grammar.vague
    assert "people" not in grammar.vague, "that one says more"
    assert grammar.vague <= set(grammar.decoys)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ('words = ["two words"]', "two words"),
        ('words = ["Upper"]', "Upper"),
        ('words = ["the"]\nvague = ["that"]', "that"),
        ("more = []", "more"),
    ],
)
def test_a_decoy_that_can_not_be_one_is_named(tmp_path: Path, table: str, names: str) -> None:
    shutil.copy(PROMPTS / "questions.toml", tmp_path)
    text = (PROMPTS / "hears.toml").read_text()
    head, rest = text.split("[decoys]", 1)
    (tmp_path / "hears.toml").write_text(f"{head}[decoys]\n{table}\n\n[moments]{rest.split('[moments]', 1)[1]}")
    with pytest.raises(Unreadable, match=names):
        Phrasebook.load(tmp_path)


def test_a_worrying_sign_that_is_no_piece_of_a_safety_phrase_is_named(tmp_path: Path) -> None:
    shutil.copy(PROMPTS / "questions.toml", tmp_path)
    text = (PROMPTS / "hears.toml").read_text()
    (tmp_path / "hears.toml").write_text(text.replace('"need help", "my leg",', '"need help", "my leg", "bananas",'))
    with pytest.raises(Unreadable, match="bananas"):
        Phrasebook.load(tmp_path)
