"""`voicecoach say`: one command checks what was changed, shows it and lets it be heard."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
import soundfile

from voicecoach import places
from voicecoach.cli import main

README = Path(__file__).resolve().parents[2] / "prompts" / "README.md"


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    code = main([str(word) for word in words])
    return code, "".join(capsys.readouterr())


def at_home(home: Path, file: str, text: str) -> Path:
    path = home / "prompts" / "en" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_line_it_only_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(capsys, "say", "--home", tmp_path)
    assert code == 0
    assert "ok" in told
    assert "lines" in told


def test_a_changed_sentence_is_shown_with_its_place_and_can_be_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = at_home(tmp_path, "says.toml", '\n["set.brace"]\nsay = ["Firm up.", "Belly in."]')
    code, told = said(capsys, "say", "set.brace", "--out", tmp_path / "brace.wav", "--home", tmp_path)
    assert code == 0
    for part in (f"{path}, line 2", "Firm up.", "Belly in.", "why"):
        assert part in told
    assert soundfile.info(tmp_path / "brace.wav").duration > 2


def test_a_pattern_means_many_lines_and_a_sentence_is_said_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(capsys, "say", "countdown", "up.*", "Lift your legs.", "--out", tmp_path / "some.wav", "--home", tmp_path)
    assert code == 0
    assert "up.step_1" in told
    assert "up.step_6" in told
    assert "{n}" in told
    assert soundfile.info(tmp_path / "some.wav").duration > 8


def test_a_number_to_call_is_said_as_this_country_has_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text('locale = "en-GB"')
    code, told = said(capsys, "say", "emergency.call", "--out", tmp_path / "call.wav", "--home", tmp_path)
    assert code == 0
    assert "United Kingdom" in told


@pytest.mark.parametrize(
    ("file", "text", "parts"),
    [
        ("says.toml", '["set.brace"]\nsay = "And stop."', ("line 1", '"stop"', "another word")),
        ("says.toml", '["set.brase"]\nsay = "Brace."', ("line 1", "set.brase", "set.brace")),
        ("says.toml", '["set.brace"]\nsay = "Brace {n}."', ("line 1", "{n}", "none")),
        ("questions.toml", '[wings]\nask = ["have i zzwings"]\nsay = "None."\nmore = "None."', ("line 2", "zzwings", "Replace")),
        ("hears.toml", '[intents.why]\nphrases = ["why", "zzwhy"]', ("line 2", "zzwhy", "Replace")),
        ("hears.toml", '[intents.stop]\nphrases = ["stop", "halt"]', ("line 2", '"stop now" is missing', "added")),
        ("say.toml", "", ("no file that is read", "says.toml")),
        ("../says.toml", "", ("no folder that is read", "en-GB")),
        ("../EN/says.toml", "", ("no folder that is read", "en-GB")),
        ("teaching.toml", 'themes = ["high", "tempo"]', ("theme.tempo", "says.toml")),
        ("wake.toml", 'phrases = ["hello zzcoach"]', ("line 1", "zzcoach", "Replace")),
        ("wake.toml", 'phrases = ["stop now"]', ("line 1", "means something in a session", "another phrase")),
        ("numbers.toml", "[rest]\nlonger_by_s = 45", ("line 2", "longer_by_s = { … }")),
        ("numbers.toml", "[pain]\nplanned = { value = 3 }", ("line 2", "from 0 to 2")),
    ],
)
def test_a_mistake_is_told_by_say_and_by_check(
    file: str, text: str, parts: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = at_home(tmp_path, file, text).resolve()
    for command in ("say", "check"):
        code, told = said(capsys, command, "--home", tmp_path)
        assert code != 0
        for part in (str(path), *parts):
            assert part in told, command


def test_what_the_read_me_shows_can_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = [dedent(block) for block in re.findall(r"\n\n((?:    .*\n)+)", README.read_text(encoding="utf-8"))]
    files = ("en/says.toml", "en/hears.toml", "en/questions.toml", "en/numbers.toml", "en-AU/locale.toml")
    for file, block in zip(files, blocks[1:], strict=True):
        at_home(tmp_path, f"../{file}", block)
    (tmp_path / "settings.toml").write_text('locale = "en-AU"')
    code, told = said(capsys, "say", "answer.shoes", "set.brace", "emergency.nerve", "--out", tmp_path / "x.wav", "--home", tmp_path)
    assert code == 0
    for part in ("Australia", "Better not.", "Tummy in.", "an emergency room"):
        assert part in told


def test_a_line_that_is_not_there_is_told_with_the_nearest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(capsys, "say", "set.lif", "--out", tmp_path / "x.wav", "--home", tmp_path)
    assert code == 2
    assert "nearest: set.lift" in told


def test_a_pattern_that_fits_no_line_and_a_lone_word_are_told_what_can_be_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wanted in ("zzz.*", "Hello"):
        code, told = said(capsys, "say", wanted, "--out", tmp_path / "x.wav", "--home", tmp_path)
        assert code == 2
        assert "with a blank in it" in told


def test_nothing_to_write_and_nowhere_to_write_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "say", "--out", tmp_path / "x.wav", "--home", tmp_path)[0] == 2
    code, told = said(capsys, "say", "countdown", "--out", tmp_path / "no" / "x.wav", "--home", tmp_path)
    assert code == 2
    assert "x.wav" in told


def test_without_a_speaker_the_way_to_hear_it_all_the_same_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text('speaker = "a device that nobody has"')
    code, told = said(capsys, "say", "countdown", "--home", tmp_path)
    assert code == 3
    assert "--out FILE.wav" in told


def test_an_exercise_and_a_theme_of_one_s_own_have_sentences_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = (places.language() / "exercises.toml").read_text(encoding="utf-8")
    level = '[[level]]\nid = "bent_2x8"\nlegs = "both"\nsets = 2\nreps = 8\ntop_s = 2\nsay = "level.bent"\noffer = "offer.bent"\n'
    at_home(tmp_path, "exercises.toml", f"{shipped}\n{level}")
    at_home(tmp_path, "teaching.toml", 'themes = ["high", "swing", "back", "glutes", "breath", "tempo"]')
    lines = {
        "level.bent": "Today with bent knees, {sets} sets of {reps}.",
        "level.bent_once": "Today with bent knees, one set of {reps}.",
        "offer.bent": "Shall we bend the knees?",
        "theme.tempo": "Now mind the time.",
        "set.form.tempo": "Slowly.",
    }
    says = at_home(tmp_path, "says.toml", "\n".join(f'["{line}"]\nsay = "{say}"' for line, say in lines.items()))
    code, told = said(capsys, "say", "level.bent", "theme.tempo", "--out", tmp_path / "x.wav", "--home", tmp_path)
    assert code == 0, told
    assert "Now mind the time." in told
    assert "en/says.toml" in told
    says.write_text(says.read_text().replace("Slowly.", "Slower."))
    code, told = said(capsys, "say", "--home", tmp_path)
    assert code == 2
    assert "said while the legs move" in told


def test_a_sentence_of_one_s_own_counts_in_each_locale_that_is_made_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at_home(tmp_path, "says.toml", '["pain.advice"]\nsay = "See my own doctor or a physical therapist before you try again."')
    (tmp_path / "settings.toml").write_text('locale = "en-GB"')
    code, told = said(capsys, "say", "pain.advice", "--out", tmp_path / "x.wav", "--home", tmp_path)
    assert code == 0, told
    assert "my own doctor" in told
