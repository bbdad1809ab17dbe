"""A setting that is chosen is read by the next session, and all else in the file stays as somebody wrote it."""

from pathlib import Path

import pytest

from voicecoach.chosen import keep_chosen
from voicecoach.errors import Missing, Unreadable
from voicecoach.settings import read_settings

WRITTEN = """# mine
microphone = "USB"   # the one on the shelf

[plan]
reps = 8             # for now

[[people]]
name = "Anna"
"""


def test_without_a_file_or_a_folder_both_are_made_for_their_owner_only(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    path = keep_chosen(home, {"voice": "en-gb", "words_per_minute": 140})
    settings = read_settings(home)
    assert (settings.voice, settings.words_per_minute) == ("en-gb", 140)
    assert path.stat().st_mode & 0o777 == 0o600


def test_comments_tables_and_other_settings_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(WRITTEN)
    keep_chosen(tmp_path, {"voice": "en-gb"})
    assert path.read_text().replace('voice = "en-gb"\n', "") == WRITTEN
    settings = read_settings(tmp_path)
    assert (settings.voice, settings.microphone, settings.plan.reps) == ("en-gb", "USB", 8)
    assert [person.name for person in settings.people] == ["Anna"]


def test_what_was_chosen_before_is_replaced_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('voice = "en-us"   # loud\n')
    keep_chosen(tmp_path, {"voice": 'odd "one"\n'})
    assert (tmp_path / "settings.toml").read_text() == 'voice = "odd \\"one\\"\\n"   # loud\n'


def test_a_setting_of_the_plan_is_kept_in_its_table_and_taken_out_of_it(tmp_path: Path) -> None:
    path = keep_chosen(tmp_path, {"plan.reps": 6, "voice": "en-gb"})
    assert read_settings(tmp_path).plan.reps == 6
    keep_chosen(tmp_path, {"plan.reps": None})
    assert read_settings(tmp_path).plan.reps is None
    assert 'voice = "en-gb"' in path.read_text()


def test_a_file_that_is_no_toml_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("voice = ")
    with pytest.raises(Unreadable, match="not valid TOML"):
        keep_chosen(tmp_path, {"voice": "en-gb"})
    assert (tmp_path / "settings.toml").read_text() == "voice = "


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Missing, match="can't be written"):
        keep_chosen(tmp_path / "file" / "home", {"voice": "en-gb"})
