"""What must never be said, in any text of any file of any locale."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach.stage import PROMPTS

NEVER = (
    r"push(ing)? (on |yourself )?(through|past|it)",
    r"no pain,? no gain",
    r"feel the burn",
    r"tough(en)? (it out|up)",
    r"work(ing)? through (the|it|your)",
    r"(just|(is|it's|that's) only) (a )?(muscle|muscles|muscular|soreness|pain)",
    r"(nothing serious|don't worry|you are fine|you're fine)",
    r"(is|are|it's|you're|perfectly|completely|totally|quite) (perfectly |completely )?safe",
    r"(safe|harmless) for (you|everybody|everyone)",
    r"hold(ing)? (your|the) breath",
    r"hold it in",
    r"(treat|treats|treated|treatment|therapy for)",
    r"(cure|cures|cured|heal|heals|healed|healing|fix|fixes)",
    r"diagnos(e|ed|es|is|ing)",
    r"(?<!do )(?<!if )you (probably |may |might |must )?have (a|an)",
    r"(?<!do )(?<!if )you (probably |may |might |must )?have (sciatica|arthritis|slipped|herniated|bulging|pinched|torn)",
    r"you('re| are) suffering",
    r"(you|this|it) (probably|surely|certainly|clearly) (have|has|is|are)",
    r"(this|that|it|these|those) (is|are|must be) (a sign|signs) of",
    r"(par q|par-q|parq)",
    r"(guarantee\w*|nothing can happen|can't hurt you|cannot hurt you|will not hurt)",
    r"(a bit of|a little|some) pain is (fine|normal|okay|good)",
    r"ignore (the|your|it)",
)
"""coaching.md, "Never say", and what comes to the same: playing pain down, promising safety, naming an illness, promising a cure.
Signs may be "signs of" something; that they are is for a doctor to say. A question may ask what somebody has been told they have."""
FILES = sorted(PROMPTS.parent.glob("*/*.toml"))
"""Those of the locales; rows.toml beside them quotes what must not be said."""


def texts(value: object) -> Iterator[str]:
    """Every text in a TOML value, also the names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def forbidden_in(text: str) -> list[str]:
    plain = " " + " ".join(re.sub(r"[^a-z' ]", " ", text.lower().replace("’", "'")).split()) + " "
    return [words for words in NEVER if re.search(rf"(?<![a-z'])(?:{words})(?![a-z'])", plain)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_text_of_a_prompts_file_says_what_must_never_be_said(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {text: found for text in texts(table) if (found := forbidden_in(text))} == {}


def test_there_are_files_to_read() -> None:
    assert {"says.toml", "hears.toml", "screening.toml"} <= {path.name for path in FILES}


@pytest.mark.parametrize(
    "text",
    [
        "Push through it.",
        "No pain, no gain!",
        "It's just muscle.",
        "This is safe for you.",
        "Hold your breath.",
        "It treats back pain.",
        "You have a slipped disc.",
        "You probably have a slipped disc.",
        "You may have sciatica.",
        "It is only soreness.",
        "Don’t worry.",
        "Feel the burn!",
        "These are signs of a torn muscle.",
        "Our PAR-Q+ comes first.",
        "A little pain is normal.",
    ],
)
def test_what_must_never_be_said_is_noticed(text: str) -> None:
    assert forbidden_in(text)


def test_a_question_about_an_illness_names_none() -> None:
    assert not forbidden_in("Do you have a slipped disc, or did a doctor say that you have had one?")
