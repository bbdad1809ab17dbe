"""What the greeting told, in words; and how it gets from one session to the next."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.coach.stage import SCRIPT, SETTINGS
from tests.coach.test_placing import BAD, GOOD, UNHEARD
from voicecoach.coach.placing import LINE_OF, UNSAFE, Flaw
from voicecoach.commands.first_words import FirstWords, in_short, remarks
from voicecoach.ears.calibration import Calibration
from voicecoach.house import House
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated
from voicecoach.messages.lines import Line


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_is_told_with_what_to_do_and_keeps_from_beginning_only_where_safety_words_would_be_lost(flaw: Flaw) -> None:
    told = list(remarks(Calibrated(BAD[flaw], GOOD if flaw is Flaw.LOUDER else None), SCRIPT))
    assert [remark.advice for remark in told if remark.advice] == [SCRIPT.sentence(Line(LINE_OF[flaw]))]
    assert any(remark.unsafe for remark in told) == (flaw in UNSAFE)


def test_where_all_is_well_every_figure_is_told_and_nothing_is_to_be_done() -> None:
    told = {remark.name: remark for remark in remarks(Calibrated(GOOD, None), SCRIPT)}
    assert set(told) == {"room noise", "own voice", "clipping", "echo", "delay", "clocks"}
    assert not any(remark.advice or remark.unsafe for remark in told.values())
    assert told["own voice"].figure == "-30 dBFS at the microphone, 30 dB above the room"
    assert told["echo"].figure == "25 dB of it taken out"
    assert told["delay"].figure == "80 ms"
    assert told["clocks"].figure == "+1 ppm between microphone and speaker"


def test_figures_fit_one_line_also_without_an_echo() -> None:
    assert "delay 80 ms" in in_short(GOOD)
    assert in_short(UNHEARD) == "room noise -60 dBFS, own voice not heard"
    assert "lost in the room's noise" in in_short(replace(GOOD, coach_dbfs=-58.0))


class Measured(Calibration):
    """Has measured `figures`."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._figures = figures


def looked(home: Path, figures: Figures, devices: str | None, told: list[str]) -> Calibrated | None:
    words = FirstWords(Measured(figures), House(home, SETTINGS), devices, "today", told.append)
    found = words.look()
    assert words.look() is None, "once"
    return found


def test_the_figures_of_one_session_are_the_last_ones_of_the_next_on_the_same_devices(tmp_path: Path) -> None:
    told: list[str] = []
    assert looked(tmp_path, GOOD, "usb", told) == Calibrated(GOOD, None)
    assert looked(tmp_path, UNHEARD, "usb", told) == Calibrated(UNHEARD, GOOD)
    assert looked(tmp_path, GOOD, "another", told) == Calibrated(GOOD, None)
    assert told == []


def test_the_clocks_drift_is_known_from_the_last_time_on_these_devices(tmp_path: Path) -> None:
    told: list[str] = []
    looked(tmp_path, replace(GOOD, drift_ppm=42.0), "usb", told)
    house = House(tmp_path, SETTINGS)
    known = {name: FirstWords(Measured(GOOD), house, name, "today", told.append).drift_ppm for name in ("usb", "another", None)}
    assert known == {"usb": 42.0, "another": 0.0, None: 0.0}


def test_a_rehearsal_neither_keeps_nor_compares(tmp_path: Path) -> None:
    told: list[str] = []
    assert looked(tmp_path, GOOD, None, told) == Calibrated(GOOD, None)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_file_and_a_full_place_are_told_and_the_session_goes_on(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "calibrations.json").write_text("{")
    for n in range(16):  # whatever it would write first is in the way
        (tmp_path / f"calibrations.json.part{n or ''}").mkdir()
    assert looked(tmp_path, GOOD, "usb", told) == Calibrated(GOOD, None)
    assert [word in sentence for word, sentence in zip(("set aside", "can't be kept"), told, strict=True)] == [True, True]
