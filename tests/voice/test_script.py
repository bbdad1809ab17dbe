from pathlib import Path

import pytest

from voicecoach.errors import Unreadable
from voicecoach.messages.lines import Line
from voicecoach.voice.script import Script

SAYS = """
["set.lift"]
say = ["Lift, and breathe out.", "Breathe out and lift.", "Up, breathing out."]
brief = "Lift."
why = "Breathing out keeps the pressure in your belly low."

["set.start"]
say = "Set {set} of {sets}."
brief = "Set {set}."
"""


@pytest.fixture
def script(tmp_path: Path) -> Script:
    return loaded(tmp_path, SAYS)


def loaded(folder: Path, text: str) -> Script:
    (folder / "says.toml").write_text(text, encoding="utf-8")
    for other in ("questions.toml", "locale.toml"):
        (folder / other).write_text("")
    return Script.load(folder)


def test_variants_are_taken_in_turn(script: Script) -> None:
    said = [script.sentence(Line("set.lift"), turn) for turn in range(4)]
    assert said == ["Lift, and breathe out.", "Breathe out and lift.", "Up, breathing out.", "Lift, and breathe out."]


def test_brief_is_the_short_form_where_there_is_one(script: Script, tmp_path: Path) -> None:
    assert script.sentence(Line("set.lift"), 2, brief=True) == "Lift."
    assert loaded(tmp_path, '[hold]\nsay = "Stay up."').sentence(Line("hold"), brief=True) == "Stay up."


def test_places_are_filled(script: Script) -> None:
    assert script.sentence(Line("set.start", (("set", 2), ("sets", "three")))) == "Set 2 of three."


def test_the_short_form_may_leave_places_out(script: Script) -> None:
    assert script.sentence(Line("set.start", (("set", 2), ("sets", 3))), brief=True) == "Set 2."


@pytest.mark.parametrize(("values", "place"), [((("set", 1),), "sets"), ((), "set"), ((("set", 1), ("sets", 2), ("reps", 3)), "reps")])
def test_values_that_do_not_match_the_places_are_a_bug(script: Script, values: tuple[tuple[str, int], ...], place: str) -> None:
    with pytest.raises(ValueError, match=place):
        script.sentence(Line("set.start", values))


def test_why_gives_the_reason_or_nothing(script: Script) -> None:
    assert script.why("set.lift") == "Breathing out keeps the pressure in your belly low."
    assert script.why("set.start") == ""


def test_every_sentence_of_the_file_is_listed_once(script: Script) -> None:
    assert script.ids() == {"set.lift", "set.start"}
    assert list(script.every_sentence()) == [
        ("set.lift", "Lift, and breathe out."),
        ("set.lift", "Breathe out and lift."),
        ("set.lift", "Up, breathing out."),
        ("set.lift", "Lift."),
        ("set.lift", "Breathing out keeps the pressure in your belly low."),
        ("set.start", "Set {set} of {sets}."),
        ("set.start", "Set {set}."),
    ]


def test_a_missing_line_is_named_with_the_file_and_the_nearest(script: Script, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as of_sentence:
        script.sentence(Line("set.lifts"))
    with pytest.raises(Unreadable) as of_why:
        script.why("set.lifts")
    for part in (str(tmp_path / "says.toml"), '"set.lifts"', "nearest: set.lift"):
        assert part in str(of_sentence.value)
        assert part in str(of_why.value)


def test_braces_in_a_value_are_only_text(script: Script) -> None:
    assert script.sentence(Line("set.start", (("set", "{sets}"), ("sets", "}")))) == "Set {sets} of }."


def test_doubled_braces_are_braces(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[a]\nsay = "A {{b}}."').sentence(Line("a")) == "A {b}."


def test_line_breaks_and_a_byte_order_mark_are_no_mistakes(tmp_path: Path) -> None:
    assert loaded(tmp_path, '\ufeff[a]\nsay = """\nLift,\n  and breathe."""').sentence(Line("a")) == "Lift, and breathe."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('["a"]\nsay = "Up."\nbreif = "Up."', ('["a"]', '"breif"', "line 3", "brief, metric, say, why")),
        ('["a"]\nbrief = "Up."', ('["a"]', "no say")),
        ('["a"]\nsay = 3', ('["a"]', "line 2", "say is 3")),
        ('["a"]\nsay = []', ('["a"]', "empty say")),
        ('["a"]\nsay = ["Up.", 3]', ('["a"]', "number 2 is 3")),
        ('["a"]\nsay = ["Up.", " "]', ('["a"]', "number 2", "no word")),
        ('["a"]\nsay = "..."', ('["a"]', "no word")),
        ('["a"]\nsay = "Up."\nbrief = ["Up."]', ('["a"]', "line 3", "brief is ['Up.']")),
        ('["a"]\nsay = "Up."\nwhy = true', ('["a"]', "line 3", "why is True")),
        ('["a"]\nsay = "Up."\nwhy = "So {n}."', ('["a"]', "why")),
        ('["a"]\nsay = "Up {."', ('["a"]', "bad place", "Up {.")),
        ('["a"]\nsay = "Up {}."', ('["a"]', "bad place")),
        ('["a"]\nsay = "Up {n:03}."', ('["a"]', "bad place")),
        ('["a"]\nsay = "Up {n.real}."', ('["a"]', "bad place")),
        ('["a"]\nsay = "Up {n!r}."', ('["a"]', "bad place")),
        ('a = "Up."', ("line 1", "a has to be a table")),
        ('[set.lift]\nsay = "Up."', ('["set.lift"]', "quotes")),
        ('["a"]\nsay = "Up.\nwhy = "So."', ("line 2",)),
        ('["a"]\nsay = "Up."\n["a"]\nsay = "Down."', ("line 3",)),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_its_line_and_what_is_allowed(tmp_path: Path, text: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as caught:
        loaded(tmp_path, text)
    for part in (str(tmp_path / "says.toml"), *parts):
        assert part in str(caught.value)
    assert caught.value.next_step


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"says\.toml"):
        Script.load(tmp_path / "nowhere")
    (tmp_path / "says.toml").write_bytes(b'["a"]\nsay = "Gr\xfc\xdf"')
    with pytest.raises(Unreadable, match="UTF-8"):
        Script.load(tmp_path)
    (tmp_path / "says.toml").unlink()
    (tmp_path / "says.toml").mkdir()
    with pytest.raises(Unreadable, match=r"says\.toml"):
        Script.load(tmp_path)
