"""What somebody has changed at home lies over what came along, and a locale over its base."""

import re
from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK, PROMPTS, SCRIPT
from voicecoach.app import Parts
from voicecoach.curriculum import load
from voicecoach.errors import Unreadable
from voicecoach.house import open_house
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.settings import read_settings
from voicecoach.tables import known, layers, read_prompts, subtable
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.script import Script
from voicecoach.voice.tones import Tones

DISTRESS = list(PHRASEBOOK.phrases(Intent.DISTRESS))


def changed(home: Path, name: str, text: str) -> Path:
    """A folder of somebody's own with one file in it."""
    path = home / "prompts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.parent


def test_a_folder_at_home_needs_only_what_was_changed(tmp_path: Path) -> None:
    folder = changed(tmp_path, "en/says.toml", '["greeting.hello"]\nsay = "Good evening."')
    script = Script.load(folder)
    assert script.sentence(Line("greeting.hello")) == "Good evening."
    assert script.ids() == SCRIPT.ids()
    assert script.sentence(Line("set.brace")) == SCRIPT.sentence(Line("set.brace"))


def test_what_is_not_said_of_a_line_stays_as_it_came(tmp_path: Path) -> None:
    script = Script.load(changed(tmp_path, "en/says.toml", '["screen.pain"]\nsay = "Any pain now, from zero to ten?"'))
    assert script.sentence(Line("screen.pain"), brief=True) == SCRIPT.sentence(Line("screen.pain"), brief=True)
    assert script.why("screen.pain") == SCRIPT.why("screen.pain")


def test_a_home_without_prompts_has_those_that_came_along(tmp_path: Path) -> None:
    assert Script.load(tmp_path / "prompts" / "en").ids() == SCRIPT.ids()


def test_a_locale_lies_over_its_base_and_what_is_one_s_own_over_both(tmp_path: Path) -> None:
    british = tmp_path / "prompts" / "en-GB"
    assert "GP" in Script.load(british).sentence(Line("pain.advice"))
    changed(tmp_path, "en/says.toml", '["set.brace"]\nsay = "Firm up."\n["pain.advice"]\nsay = "Ask somebody."')
    assert Script.load(british).sentence(Line("set.brace")) == "Firm up."
    assert Script.load(british).sentence(Line("pain.advice")) == "Ask somebody."
    changed(tmp_path, "en-GB/says.toml", '["set.brace"]\nsay = "Tummy in."')
    assert Script.load(british).sentence(Line("set.brace")) == "Tummy in."


def test_what_belongs_to_a_country_is_that_of_the_locale_whatever_its_base_was_changed_to(tmp_path: Path) -> None:
    changed(tmp_path, "en/locale.toml", 'emergency = "112"')
    assert load(tmp_path / "prompts" / "en-GB").locale.emergency == "999"


def test_a_locale_of_one_s_own_is_a_folder_with_a_base(tmp_path: Path) -> None:
    folder = changed(tmp_path, "en-AU/locale.toml", 'base = "en-GB"\nemergency = "000"\nurgent = ""')
    here = load(folder).locale
    assert (here.emergency, here.urgent, here.units) == ("000", "", "metric")
    assert here.voice == load(PROMPTS.with_name("en-GB")).locale.voice
    assert [path.name for path in layers(folder)] == ["en-AU", "en-GB", "en"]


@pytest.mark.parametrize("base", ["en-XX", "mine"])
def test_a_base_that_is_no_other_locale_is_refused_with_those_there_are(base: str, tmp_path: Path) -> None:
    folder = changed(tmp_path, "mine/locale.toml", f'base = "{base}"')
    with pytest.raises(Unreadable, match=r"mine/locale\.toml.*en, en-GB, en-US"):
        Script.load(folder)


def test_a_locale_changes_what_a_country_calls_differently() -> None:
    british, american = (load(PROMPTS.with_name(name)).locale for name in ("en-GB", "en-US"))
    assert (british.emergency, british.urgent, british.units) == ("999", "111", "metric")
    assert (american.emergency, american.urgent, american.units) == ("911", "", "imperial")
    assert british.voice != american.voice


def test_british_sentences_have_british_words_and_the_same_places() -> None:
    british = Script.load(PROMPTS.with_name("en-GB"))
    texts = [text for _, text in british.every_sentence()]
    assert not [text for text in texts if "physical therapist" in text or "belly" in text.lower() or "emergency department" in text]
    assert any("physiotherapist" in text for text in texts)
    assert any(text.startswith("Tummy") for text in texts)
    assert all(british.places(line) == SCRIPT.places(line) for line in SCRIPT.ids())


@pytest.mark.parametrize("name", known(PROMPTS))
def test_every_locale_hears_every_safety_phrase(name: str) -> None:
    phrasebook = Phrasebook.load(PROMPTS.with_name(name))
    for intent in (Intent.STOP, Intent.PAIN, Intent.NERVE, Intent.DISTRESS):
        assert phrasebook.phrases(intent) == PHRASEBOOK.phrases(intent)


def test_the_locale_brings_its_voice_and_its_number_and_settings_win(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('locale = "en-GB"\n[plan]\nreps = 8')
    settings = read_settings(tmp_path)
    assert (settings.plan.emergency, settings.plan.reps) == ("999", 8)
    assert settings.voice == load(PROMPTS.with_name("en-GB")).locale.voice
    (tmp_path / "settings.toml").write_text('locale = "en-GB"\nvoice = "en-us"\n[plan]\nemergency = "112"')
    settings = read_settings(tmp_path)
    assert (settings.plan.emergency, settings.voice) == ("112", "en-us")


@pytest.mark.parametrize("number", ["9999", "12", "help", "", 112])
def test_an_emergency_number_that_can_be_none_is_refused(number: object, tmp_path: Path) -> None:
    folder = changed(tmp_path, "en/locale.toml", f"emergency = {number!r}")
    with pytest.raises(Unreadable, match=r"locale\.toml, line 1, emergency: .*three digits"):
        load(folder)


@pytest.mark.parametrize(
    ("file", "text", "parts"),
    [
        ("locale.toml", '\nunits = "ells"', ("line 2", "imperial, metric")),
        ("locale.toml", "name = 3", ("line 1", "text")),
        ("locale.toml", 'words_per_minute = "fast"', ("line 1", "whole number")),
        ("locale.toml", 'vioces = ["en-us"]', ("line 1", "vioces", "voices")),
        ("locale.toml", "voices =", ("line 1", "TOML")),
        ("locale.toml", "voices = []", ("line 1", "no voice")),
        ("locale.toml", "[words]\nBelly = 'tummy'", ("line 2", "lower case")),
        ("numbers.toml", "[plan]\nrest_s = { value = 400 }", ("line 2", "[plan] rest_s.value", "from 5 to 180")),
        ("numbers.toml", "[progress]\nspare_reps = { value = 2.5 }", ("line 2", "whole number")),
        ("numbers.toml", '[progress]\nspare_reps = { value = "ten" }', ("line 2", "whole number")),
        ("numbers.toml", "[plan]\nlift_s = { value = true }", ("line 2", "a number")),
        ("numbers.toml", "[plan]\nreps = 10", ("line 2", "table")),
        ("numbers.toml", "[plan]\nwings = { value = 2 }", ("line 2", "wings", "reps")),
        ("numbers.toml", '[plan]\ntalk = { value = "loud" }', ("line 2", "less, usual, more")),
        ("numbers.toml", "[plan]\nlegs = { value = 'one' }", ("line 2", "value", "source")),
        ("numbers.toml", "\n\n[wings]\nn = 1", ("line 3", "wings", "tempo")),
        ("numbers.toml", "[rest]\nlonger_by_s = { least = 50, most = 40 }", ("line 2", "order")),
        ("earcons.toml", "[lift]\nnotes = [{ start_ms = 0, length_ms = 300, from_hz = 480 }]", ("line 2", "300 ms", "80 to 250")),
        ("earcons.toml", "[lift]\nnotes = [{ start_ms = 0, length_ms = 100, from_hz = 200 }]", ("line 2", "200", "300 to 1500")),
        ("earcons.toml", "[lift]\nnotes = [{ start_ms = 0, length_ms = 80, from_hz = 900 }]", ("[heard]", '"lift"')),
        ("earcons.toml", "[lift]\nnotes = []", ("line 2", "no notes")),
        ("earcons.toml", "[lift]\nnotes = [{ start_ms = 0, length_ms = 0, from_hz = 900 }]", ("line 2", "0 ms")),
        ("earcons.toml", "[lift]\nnotes = [{ start_ms = 9, length_ms = 90, from_hz = 900 }]", ("line 2", "starts at 0")),
        ("earcons.toml", "[gong]\nnotes = []", ("line 1", "gong", "heard, lift")),
        ("questions.toml", "[hurt]\nask = []", ("line 2", "nobody can ask")),
        ("questions.toml", "[how_high]\nsay = 3", ("line 2", "say is 3")),
        ("questions.toml", '[wings]\nask = ["what wings"]\nsay = "None."', ("line 1", "no more")),
        ("questions.toml", '\n[wings]\nask = ["stop"]\nsay = "None."\nmore = "None."', ("line 3", "already means stop")),
        ("questions.toml", '[wings]\nask = ["how high"]\nsay = "None."\nmore = "None."', ("line 2", "already means question how_high")),
        ("questions.toml", '[wings]\nask = ["what wings"]\nsay = "{n} wings."\nmore = "None."', ("line 3", "{n}", "no {places}")),
        ("questions.toml", '["a b"]\nask = ["what wings"]\nsay = "No."\nmore = "None."', ("line 1", "one word")),
        ("questions.toml", '[how_high]\nsays = "No."', ("line 2", "says", "metric, more, say, source, why")),
        ("hears.toml", '[intents.stop]\nphrases = [\n    "halt",\n    "Halt",\n]', ("line 4", "lower case")),
        ("hears.toml", '[moments]\nset = ["question.wings"]', ("line 2", "wings", "how_high")),
        ("hears.toml", '[moments]\nset = ["fly"]', ("line 2", "fly", "pause")),
        ("hears.toml", '[same_as]\nhold = "bed"', ("line 2", "bed", "set")),
        ("hears.toml", "[emphasis]\nstop = 1000", ("line 2", "1 to 100")),
        ("hears.toml", "[numbers.words]\nzero = 11", ("line 2", "0 to 10")),
        ("says.toml", '["stop.stopped"]\nsay = "Stopped."\nwho = "me"', ("line 3", "who", "brief, metric, say, why")),
        ("says.toml", '["pardon"]\nsay = [\n    "Pardon?",\n    "?!",\n]', ("line 4", "no word")),
        ("says.toml", '["more.how_high"]\nsay = "Low."', ("line 1", "questions.toml")),
        ("says.toml", '["set.count"]\nsay = "{n"', ("line 2", "bad place")),
    ],
)  # fmt: skip
def test_a_mistake_at_home_is_told_with_its_file_its_line_and_what_is_allowed(
    file: str, text: str, parts: tuple[str, ...], tmp_path: Path
) -> None:
    folder = changed(tmp_path, f"en/{file}", text)
    with pytest.raises(Unreadable) as told:
        everything(folder)
    for part in (*([] if "[heard]" in parts else [str(folder / file)]), *parts):
        assert part in str(told.value)
    assert told.value.next_step


def everything(folder: Path) -> None:
    load(folder)
    Phrasebook.load(folder)
    Script.load(folder)
    Tones.load(folder)


def test_a_table_that_is_written_in_another_one_s_line_is_found_by_that_line() -> None:
    distress = subtable(subtable(read_prompts(PROMPTS, "hears.toml"), "intents"), "distress")
    line = int(distress.at("topics").split("line ")[1].split(",")[0])
    assert (PROMPTS / "hears.toml").read_text().splitlines()[line - 1].startswith("topics = { grave")


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("says.toml", '["emergency.call"]\nsay = "Call for help."', "{emergency}"),
        ("says.toml", '["emergency.call"]\nsay = ["Call {emergency}.", "Call for help."]', "{emergency}"),
        ("hears.toml", f"[intents.distress]\nphrases = {DISTRESS}\ntopics = {{ grave = [] }}", "missing"),
        ("hears.toml", '[decoys]\nwords = ["stop"]\nvague = ["stop"]', "is a safety phrase"),
        ("screening.toml", '["screen.nerve"]\nclear = "yes"', "clear"),
        ("screening.toml", '["screen.ill"]\nconcern = "clearance"', "concern"),
        ("screening.toml", '["screen.nerve"]\nparts = ["screen.nerve_legs", "screen.nerve_numb"]', "screen.nerve_bladder"),
        ("screening.toml", '["screen.nerve"]\nif_yes = "closing.goodbye"', "if_yes"),
        ("screening.toml", '["screen.tea"]\nconcern = "urgent"\nsource = "me"', "screen.tea"),
        (
            "screening.toml",
            '["screen.tea"]\nconcern = "emergency"\nif_yes = "closing.no_lifts"\nif_unsure = "emergency.chest"\nsource = "me"',
            "tea",
        ),
        ("mat.toml", '["mat.stop"]\nword = "dizzy"', "word"),
    ],
)
def test_what_keeps_somebody_safe_is_not_weakened_at_home(file: str, text: str, told: str, tmp_path: Path) -> None:
    changed(tmp_path, f"en/{file}", text)
    with pytest.raises(Unreadable, match=re.escape(told)):
        Parts(open_house(tmp_path))


def test_a_safety_question_is_added_at_home(tmp_path: Path) -> None:
    changed(tmp_path, "en/screening.toml", '["screen.tea"]\nconcern = "urgent"\nsource = "me"')
    changed(tmp_path, "en/says.toml", '["screen.tea"]\nsay = "Did you spill hot tea?"')
    with Parts(open_house(tmp_path)) as parts:
        assert parts.curriculum.screening[-1].id == "screen.tea"
