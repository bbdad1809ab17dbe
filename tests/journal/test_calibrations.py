"""What was measured is kept by device, and a bad file is no harm."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.journal.calibrations import Calibrations
from voicecoach.messages.calibration import Figures

FIRST = Figures(
    noise_dbfs=-60.0,
    coach_dbfs=-30.0,
    echo_loss_db=25.0,
    delay_ms=80.0,
    drift_ppm=None,
    peak_dbfs=-10.0,
    clipped_share=0.0,
    zero_share=0.0,
)
SECOND = replace(FIRST, coach_dbfs=None, echo_loss_db=None, delay_ms=None)
AT = "2026-11-24T18:00:00+01:00"


def test_figures_are_kept_for_each_device_until_there_are_newer_ones(tmp_path: Path) -> None:
    path = tmp_path / "home" / "calibrations.json"
    kept = Calibrations(path)
    assert kept.last("usb") is None
    assert kept.keep("usb", FIRST, "earlier") is None
    assert kept.keep("bluetooth", SECOND, AT) is None
    assert kept.keep("usb", replace(FIRST, delay_ms=90.0), AT) is None
    again = Calibrations(path)
    assert again.trouble is None
    assert again.last("usb") == replace(FIRST, delay_ms=90.0)
    assert again.last_at("usb") == AT
    assert again.last("bluetooth") == SECOND
    assert again.last("another") is None
    assert [file.name for file in path.parent.iterdir()] == ["calibrations.json"]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "calibrations.json"
    Calibrations(path).keep("usb", FIRST, AT)
    return path


def test_a_file_torn_anywhere_is_set_aside_with_a_sentence_and_a_new_one_begun(whole: Path) -> None:
    content = whole.read_bytes()
    for length in range(len(content) - 2):
        whole.write_bytes(content[:length])
        kept = Calibrations(whole)
        assert kept.trouble is not None
        assert "set aside" in kept.trouble
        assert kept.last("usb") is None
        assert (whole.parent / "calibrations.json.bad").read_bytes() == content[:length]
        assert kept.keep("usb", FIRST, AT) is None
        assert Calibrations(whole).last("usb") == FIRST


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[]",
        b"7",
        b"[" * 100_000,
        b'{"usb": 3}',
        b'{"usb": {"at": "x"}}',
        b'{"usb": {"at": "x", "figures": []}}',
        b'{"usb": {"at": "x", "figures": {"noise_dbfs": -60}}}',
    ],
)
def test_a_file_that_makes_no_sense_is_set_aside(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "calibrations.json"
    path.write_bytes(content)
    kept = Calibrations(path)
    assert kept.trouble is not None
    assert not path.exists()
    assert (tmp_path / "calibrations.json.bad").read_bytes() == content


@pytest.mark.parametrize("value", [None, "loud", [], float("nan"), float("inf"), 10**400])
def test_a_figure_that_is_no_number_makes_no_sense(value: object, whole: Path) -> None:
    table = json.loads(whole.read_text())
    table["usb"]["figures"]["noise_dbfs"] = value
    whole.write_text(json.dumps(table))
    assert Calibrations(whole).last("usb") is None


def test_figures_that_a_later_version_added_are_passed_over(whole: Path) -> None:
    table = json.loads(whole.read_text())
    table["usb"]["figures"]["phase_of_the_moon"] = "full"
    whole.write_text(json.dumps(table))
    assert Calibrations(whole).last("usb") == FIRST


def test_what_cannot_be_written_is_told_and_known_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    kept = Calibrations(tmp_path / "home" / "calibrations.json")
    assert kept.keep("usb", FIRST, AT) is not None
    assert kept.last("usb") == FIRST


def test_a_folder_in_its_place_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "calibrations.json"
    path.mkdir()
    kept = Calibrations(path)
    assert kept.trouble is not None
    assert kept.keep("usb", FIRST, AT) is not None


def test_a_file_that_cannot_be_set_aside_is_told(tmp_path: Path) -> None:
    path = tmp_path / "calibrations.json"
    path.write_text("{")
    (tmp_path / "calibrations.json.bad").mkdir()
    assert "can't be set aside" in (Calibrations(path).trouble or "")
