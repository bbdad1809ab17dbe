"""Every sentence of every locale, of says.toml and questions.toml: plain, and speakable. What must never be said: test_never.py."""

import re

import pytest

from tests.prompts.sentences import LOCALES, MOST_WORDS, Sentence, every_sentence, hard_to_read, parts, reading_ease, syllables, words

SENTENCES = [sentence for locale in LOCALES for sentence in every_sentence(locale)]
PLACES = re.compile(r"{\w+}")
SAID_WRONG = {
    "a number of three figures or more, which the voice reads as one number": re.compile(r"\d{3}"),
    "figures with a sign between them": re.compile(r"\d\s*[-–/:.x×]\s*\d"),
    "a unit that clings to its figure": re.compile(r"\d[a-z]|}[a-z]"),
    "a sign that has to be a word": re.compile(r"[%°+=#*@_<>~|^\\/…]|\.\.\."),
    "an abbreviation": re.compile(
        r"\b(lbs?|kgs?|cms?|mms?|ft|mins?|secs?|hrs?|approx|dept|no\.\s?\d|e\.g|i\.e|etc|vs|dr\.|mr\.|st\.|physio\.|max\.)(?![a-z])",
        re.IGNORECASE,
    ),
    "a word without a vowel, which is spelled out": re.compile(r"(?<!['’])\b[b-df-hj-np-tv-xz]{2,}\b"),
    "a character that no voice knows": re.compile(r"[^A-Za-z0-9 '’,.;:?!&()\"“”\-éèàöüç]"),
}


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_a_sentence_is_short_enough_to_be_remembered(sentence: Sentence) -> None:
    assert max(len(words(part)) for part in parts(sentence.text)) < MOST_WORDS


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_a_sentence_is_easy_to_follow_by_ear(sentence: Sentence) -> None:
    assert not hard_to_read(sentence), reading_ease(sentence.text)


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_the_voice_has_nothing_to_stumble_over(sentence: Sentence) -> None:
    spoken = PLACES.sub("", sentence.template)
    found = [what for what, pattern in SAID_WRONG.items() if pattern.search(sentence.template if "clings" in what else spoken)]
    assert found == []


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_a_sentence_begins_and_ends_as_one_so_that_the_voice_falls_at_its_end(sentence: Sentence) -> None:
    assert re.match(r"[A-Z{0-9\"“]", sentence.template)
    assert sentence.template.endswith((".", "?", "!"))


@pytest.mark.parametrize("sentence", [one for one in SENTENCES if one.id.startswith("set.") and one.key != "why"], ids=str)
def test_no_cue_says_hold_which_invites_to_hold_the_breath(sentence: Sentence) -> None:
    assert "hold" not in words(sentence.text)


@pytest.mark.parametrize(
    "text", ["Call 112 now.", "Rest 30-60 seconds.", "Stay up 5s.", "About 50 % less.", "One lb. more.", "In 5 or 6 wks."]
)
def test_what_the_voice_says_wrong_is_found(text: str) -> None:
    assert any(pattern.search(text) for pattern in SAID_WRONG.values())


@pytest.mark.parametrize(
    ("word", "count"),
    [("lift", 1), ("squeeze", 1), ("ready", 2), ("buttocks", 2), ("muscles", 2), ("breathe", 1), ("inches", 2), ("lying", 2),
     ("session", 2), ("emergency", 4), ("area", 3), ("numbness", 2)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_prompts_say_something() -> None:
    assert "en" in LOCALES
    assert len(SENTENCES) > 250
