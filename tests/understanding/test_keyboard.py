"""What is typed is understood as if it had been said."""

import pytest

from tests.coach.stage import PHRASEBOOK
from voicecoach.messages.events import Unclear
from voicecoach.messages.intents import Intent, Meant
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.keyboard import typed


def meant(line: str, moment: str) -> Meant | Unclear:
    heard = typed(line, PHRASEBOOK, 1.0)
    assert heard is not None
    return interpret(heard, moment, PHRASEBOOK)


@pytest.mark.parametrize(
    ("line", "value"), [("7", 7), ("7/10", 7), ("about 7/10.", 7), ("10/10", 10), ("0/10", 0), ("4, no, 5", 5), ("No pain!", 0)]
)
def test_a_number_is_what_it_looks_like(line: str, value: int) -> None:
    understood = meant(line, "number")
    assert isinstance(understood, Meant)
    assert (understood.intent, understood.value) == (Intent.NUMBER, value)


@pytest.mark.parametrize("line", ["7 10", "7/8", "7/100", "11", "3-4"])
def test_a_number_that_is_not_clear_is_asked_again(line: str) -> None:
    assert isinstance(meant(line, "number"), Unclear)


@pytest.mark.parametrize("line", ["STOP!!", "please, stop.", "I said stop it"])
def test_a_safety_word_counts_in_any_spelling_and_inside_a_sentence(line: str) -> None:
    understood = meant(line, "set")
    assert isinstance(understood, Meant)
    assert understood.intent is Intent.STOP


@pytest.mark.parametrize("line", ["my elbow hurts a bit", "that hurt!", "ouch, my toe", "there is an ache in my shin", "still some pain"])
def test_a_line_about_pain_is_pain_whatever_hurts(line: str) -> None:
    understood = meant(line, "set")
    assert isinstance(understood, Meant)
    assert understood.intent is Intent.PAIN


@pytest.mark.parametrize(("line", "moment", "intent"), [("no pain", "number", "number"), ("should it hurt?", "set", "question")])
def test_a_known_phrase_about_pain_keeps_its_meaning(line: str, moment: str, intent: str) -> None:
    understood = meant(line, moment)
    assert isinstance(understood, Meant)
    assert understood.intent.value == intent


@pytest.mark.parametrize(
    ("line", "intent", "topic"),
    [
        ("stop the session i can't breathe", Intent.DISTRESS, "grave"),
        ("please stop, chest pain", Intent.DISTRESS, "grave"),
        ("I feel dizzy and my back really hurts", Intent.DISTRESS, ""),
        ("end the session, my leg is numb", Intent.NERVE, ""),
        ("my back really hurts and my foot is numb", Intent.NERVE, ""),
        ("stop/pain", Intent.PAIN, ""),
        ("please stop, it hurts", Intent.PAIN, ""),
    ],
)
def test_of_several_things_in_a_line_the_gravest_counts(line: str, intent: Intent, topic: str) -> None:
    understood = meant(line, "set")
    assert isinstance(understood, Meant)
    assert (understood.intent, understood.topic) == (intent, topic)


IN_A_HURRY = {
    (Intent.DISTRESS, "grave"): ["i cant breathe", "can't breathe", "I cannot breathe!", "chest pains", "call 911", "get an ambulance"],
    (Intent.DISTRESS, ""): ["i am fainting", "im dizzy", "I’m lightheaded"],
    (Intent.NERVE, ""): ["numb", "numbness", "my foot is numb", "i feel numb", "my legs are weak", "pins & needles"],
    (Intent.PAIN, ""): ["cramps", "sore", "i'm a bit sore", "im in pain"],
    (Intent.STOP, ""): ["thats enough", "im done", "STOPP"],
}


@pytest.mark.parametrize(("meaning", "line"), [(meaning, line) for meaning, lines in IN_A_HURRY.items() for line in lines])
def test_what_is_typed_in_a_hurry_is_understood(meaning: tuple[Intent, str], line: str) -> None:
    understood = meant(line, "set")
    assert isinstance(understood, Meant)
    assert (understood.intent, understood.topic) == meaning


def test_an_apostrophe_may_be_missing_in_any_phrase() -> None:
    understood = meant("im ready", "set")
    assert isinstance(understood, Meant)
    assert understood.intent is Intent.RESUME


@pytest.mark.parametrize(
    ("line", "intent"), [("ok", Intent.YES), ("OK!", Intent.YES), ("y", Intent.YES), ("n", Intent.NO), ("nah", Intent.NO)]
)
def test_what_is_typed_for_yes_and_no_is_understood(line: str, intent: Intent) -> None:
    understood = meant(line, "question")
    assert isinstance(understood, Meant)
    assert understood.intent is intent


def test_a_short_yes_is_none_in_a_longer_line() -> None:
    understood = meant("is that ok", "question")
    assert not isinstance(understood, Meant)


@pytest.mark.parametrize(("line", "intent"), [("no numbness", Intent.NO), ("not numb", Intent.NO), ("no, numb", Intent.NERVE)])
def test_only_a_plain_denial_of_numbness_is_no(line: str, intent: Intent) -> None:
    understood = meant(line, "question")
    assert isinstance(understood, Meant)
    assert understood.intent is intent


def test_an_empty_line_is_nothing() -> None:
    assert typed("  ?! / ", PHRASEBOOK, 1.0) is None


@pytest.mark.parametrize(("line", "worrying"), [("my leg went dead", True), ("I feel sick", True), ("bananas", False), ("it hurts", False)])
def test_a_piece_of_a_safety_phrase_is_worrying_in_what_means_nothing(line: str, worrying: bool) -> None:
    found = typed(line, PHRASEBOOK, 1.0)
    assert found
    assert found.worrying is worrying
