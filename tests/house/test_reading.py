"""What people edit is read only if it is an ordinary file of a sensible size; what is wrong is told in words that can be shown."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.errors import LONGEST, Unreadable
from voicecoach.house import open_house
from voicecoach.journal.calibrations import Calibrations
from voicecoach.tables import read_table


def refusal(home: Path, content: bytes) -> str:
    (home / "settings.toml").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        open_house(home)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"reps = " + b"[" * 3000 + b"]" * 3000, "far too long"),
        (b"plan = " + b"{ a = " * 30 + b"1" + b" }" * 30, "tables within tables"),
        (b"words_per_minute = " + b"9" * 5000, "far too long"),
        (b"words_per_minute = " + b"9" * 400, "far too large"),
        (b"[plan]\nsets = 1\nreps = 9223372036854775808", "far too large"),
        (b"#" * 600_000, "far too large"),
        (b"locale = 'en'\nvoice = '\xff'", "UTF-8"),
        ("locale = 'en'".encode("utf-16"), "UTF-8"),
        (b"locale = 'en'\0", "line 1"),
        (b"locale = 'en'\nlocale = 'en'", "line 2"),
        (b'"\\u0000" = 1', r"\x00"),
        (b'"\\u202e" = 1', r"\u202e"),
        (b'"\\u001b[2J" = 1', r"\x1b"),
        (b"locale = 'klingon'", "locale: There are no prompts"),
        (b"words_per_minute = 7", "from 80 to 450"),
        (b"[plan]\nlevel = 'moon'", "level: There is no level"),
        (b"[plan]\nreps = nan", "whole number"),
    ],
)
def test_settings_that_nobody_would_write_are_refused_by_name(content: bytes, told: str, tmp_path: Path) -> None:
    said = refusal(tmp_path, content)
    assert told in said
    assert said.startswith(str(tmp_path / "settings.toml"))
    assert said.isprintable()


def test_what_a_refusal_quotes_is_cut_in_its_middle(tmp_path: Path) -> None:
    said = refusal(tmp_path, b"[plan]\nlegs = '" + b"x" * 100_000 + b"'")
    assert len(said) < 2 * LONGEST
    assert "[plan] legs" in said
    assert said.endswith("Choose one of: both, one.")


@pytest.mark.parametrize("content", [b"\xef\xbb\xbflocale = 'en-GB'", b"locale = 'en-GB'\r\n[plan]\r\nreps = 8\r\n"])
def test_what_other_editors_leave_is_read(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    assert open_house(tmp_path).settings.locale == "en-GB"


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _ring(path: Path) -> None:
    path.symlink_to(path.name)


def _failing(path: Path) -> None:
    path.symlink_to("/proc/self/mem")


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 20_000_000_000)


PLACES = (Path.mkdir, os.mkfifo, _dangling, _endless, _ring, _failing, _sparse)


@pytest.mark.parametrize("put", PLACES)
@pytest.mark.parametrize("name", ["settings.toml", "prompts/en/says.toml", "prompts/en/hears.toml"])
def test_what_is_no_file_is_refused_and_not_waited_for(put: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    put(tmp_path / name)
    with pytest.raises(Unreadable, match=re.escape(str(tmp_path / name))):
        read_table(tmp_path / name)


@pytest.mark.parametrize("put", PLACES)
def test_settings_that_are_no_file_are_not_passed_over(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path / "settings.toml")
    with pytest.raises(Unreadable, match=r"settings\.toml"):
        open_house(tmp_path)


@pytest.mark.parametrize("put", [os.mkfifo, _endless, _ring, _failing, _sparse])
def test_sound_figures_that_are_no_file_are_done_without(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path / "calibrations.json")
    kept = Calibrations(tmp_path / "calibrations.json")
    assert kept.trouble is not None
    assert "done without" in kept.trouble
    assert kept.last("any") is None


def test_a_thousand_headers_are_still_told_by_their_line(tmp_path: Path) -> None:
    (tmp_path / "many.toml").write_text("[[a]]\n" * 30_000 + "wings = 1\n")
    table = read_table(tmp_path / "many.toml")
    last = table["a"]
    assert isinstance(last, list)
    assert last[-1].at("wings") == f"{tmp_path / 'many.toml'}, line 30001, [[a]] 30000 wings"


@pytest.mark.parametrize("base", ["../en", "/", "xx", "nowhere", ".."])
def test_a_base_that_is_no_other_locale_is_refused(base: str, tmp_path: Path) -> None:
    (tmp_path / "prompts" / "xx").mkdir(parents=True)
    (tmp_path / "prompts" / "xx" / "locale.toml").write_text(f'base = "{base}"')
    (tmp_path / "settings.toml").write_text('locale = "xx"')
    with pytest.raises(Unreadable, match="is no other locale"):
        open_house(tmp_path)
