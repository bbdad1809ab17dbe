"""The card beside the mat says only what is understood, and the words for danger first."""

import html
import re
from pathlib import Path

import pytest

from voicecoach import places
from voicecoach.card import Card, read_card
from voicecoach.cli import main
from voicecoach.errors import Unreadable
from voicecoach.messages.intents import URGENT
from voicecoach.understanding.phrasebook import Phrasebook

PHRASEBOOK = Phrasebook.load(places.language())


@pytest.fixture
def card() -> Card:
    return read_card(places.language(), PHRASEBOOK)


def changed(tmp_path: Path, was: str, now: str) -> Path:
    """A home's own card, with one thing changed."""
    folder = tmp_path / "en"
    folder.mkdir()
    told = (places.language() / "card.toml").read_text(encoding="utf-8")
    assert was in told
    (folder / "card.toml").write_text(told.replace(was, now), encoding="utf-8")
    return folder


def test_its_first_part_has_a_word_for_every_danger(card: Card) -> None:
    meant = {found.intent for row in card.parts[0].rows for say in row.say if (found := PHRASEBOOK.anywhere(say))}
    assert meant == URGENT


def test_the_page_has_every_phrase_and_nothing_from_elsewhere(card: Card) -> None:
    page = card.as_html("en")
    told = html.unescape(re.sub(r"<[^>]+>", "", page))
    for part in card.parts:
        for row in part.rows:
            for say in row.say:
                assert f"“{say}”" in told.replace("“I ", "“i ").replace(" I ", " i "), say
            assert row.means in told
    assert not re.findall(r"(?:src|href|url)\s*[=(]", page)


def test_it_fits_a_terminal(card: Card) -> None:
    lines = card.as_text().splitlines()
    assert "I feel dizzy" in card.as_text()
    assert max(map(len, lines[4:-2])) <= 120


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('"wait"', '"wait for me"', 'nobody would understand "wait for me"'),
        ('"stop", "that\'s enough", "no more"', '"pause"', "nothing to say for stop"),
        ("[[part.row]]", "[[part.rows]]", 'unknown key "rows"'),
        ('title = "At any moment"', "title = 3", "title has to be a text"),
    ],
)
def test_a_card_that_tells_something_else_is_refused_with_its_place(tmp_path: Path, was: str, now: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as refused:
        read_card(changed(tmp_path, was, now), PHRASEBOOK)
    assert "card.toml" in str(refused.value)


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "card.html"
    assert main(["card", "--html", str(page), "--home", str(tmp_path / "home")]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["card", "--home", str(tmp_path / "home")]) == 0
    assert "“pain”, “it hurts”" in capsys.readouterr().out
    assert main(["card", "--html", str(tmp_path / "nowhere" / "card.html"), "--home", str(tmp_path / "home")]) == 2
