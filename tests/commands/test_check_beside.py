"""What is set beside a session is looked at only where it is set, and keeps nobody from beginning."""

from pathlib import Path

import pytest

from voicecoach.commands.checks import beside
from voicecoach.commands.checks.looks import Better
from voicecoach.house import open_house

SET = """
[button]
usb = "no such button"
[mqtt]
host = "127.0.0.1"
port = 1
id = "test"
"""


def test_where_nothing_is_set_nothing_is_looked_at(tmp_path: Path) -> None:
    assert beside.looks(open_house(tmp_path)) == ()


@pytest.mark.parametrize(
    ("name", "told"),
    [("USB button", 'no USB button with "no such button" in its name'), ("broker", "broker 127.0.0.1 isn't there")],
)
def test_what_is_set_and_absent_is_told_as_something_that_could_be_better(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "settings.toml").write_text(SET)
    looks = {look.name: look for look in beside.looks(open_house(tmp_path))}
    assert list(looks) == ["USB button", "broker"]
    with pytest.raises(Better, match=told):
        looks[name].see()
