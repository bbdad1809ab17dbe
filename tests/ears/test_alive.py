"""Whether the microphone still hears, in a made-up room: the coach talks three quarters of the time, with pauses as in speech."""

from dataclasses import dataclass

import numpy as np
import pytest

from voicecoach.ears.alive import PATIENCE_S, VIRTUAL_PATIENCE_S, Alive, News
from voicecoach.messages.events import Fault, HardToHear, Recovered
from voicecoach.messages.heard import Trouble
from voicecoach.messages.sound import BLOCK_MS, Samples

BLOCK_S = BLOCK_MS / 1000
COACH_DBFS = -20.0
LATE_BLOCKS = 6
"""The echo is 120 ms late."""


@dataclass
class Evening:
    """`room_dbfs` is the noise, `echo_db` what comes back of the coach, None: nothing; `microphone_db` a gain over all of it."""

    room_dbfs: float = -62.0
    echo_db: float | None = -12.0
    microphone_db: float = 0.0
    person_dbfs: float | None = None
    talks: bool = True

    def __post_init__(self) -> None:
        self.told: list[News] = []
        self._alive = Alive(self.told.append)
        self._luck = np.random.default_rng(5)
        self._played = [np.zeros(320, np.float32)] * LATE_BLOCKS
        self._at = 0

    def live(self, seconds: float) -> list[News]:
        """So long; what was told meanwhile."""
        seen = len(self.told)
        for _ in range(round(seconds / BLOCK_S)):
            self._step()
        return self.told[seen:]

    def until_told(self, within_s: float) -> tuple[News | None, float]:
        """The next news, and after how long it came."""
        for block in range(round(within_s / BLOCK_S)):
            seen = len(self.told)
            self._step()
            if len(self.told) > seen:
                return self.told[-1], block * BLOCK_S
        return None, within_s

    def _step(self) -> None:
        self._at += 1
        speaking = self.talks and (self._at // 20) % 4 != 3
        played = self._noise(COACH_DBFS if speaking else None)
        self._played.append(played)
        echo = self._played.pop(0) * self._gain(self.echo_db)
        heard = self._noise(self.room_dbfs) + echo + self._noise(self.person_dbfs)
        step = np.float32(1 / 32768)
        captured: Samples = (np.rint(np.clip(heard * self._gain(self.microphone_db), -1, 1) / step) * step).astype(np.float32)
        self._alive.take(captured, played)

    def _noise(self, level_dbfs: float | None) -> Samples:
        return self._luck.standard_normal(320).astype(np.float32) * self._gain(level_dbfs)

    @staticmethod
    def _gain(level_db: float | None) -> np.float32:
        return np.float32(0 if level_db is None else 10 ** (level_db / 20))


def heard_for_a_while(**about: float | None) -> Evening:
    evening = Evening(**about)  # type: ignore[arg-type]
    assert evening.live(60) == []
    return evening


@pytest.mark.parametrize("echo_db", [-12.0, None])
def test_an_evening_with_all_that_happens_in_a_house_is_none_of_its_business(echo_db: float | None) -> None:
    evening = heard_for_a_while(echo_db=echo_db)
    for room_dbfs in (-30.0, -62.0, -45.0, -68.0):
        evening.room_dbfs = room_dbfs
        assert evening.live(40) == []
    for person_dbfs in (-26.0, None):
        evening.person_dbfs = person_dbfs
        assert evening.live(20) == []
    for talks in (False, True):
        evening.talks = talks
        assert evening.live(60) == []


def test_music_from_the_beginning_that_ends_is_no_dead_microphone() -> None:
    evening = heard_for_a_while(room_dbfs=-35.0)
    evening.room_dbfs = -66.0
    assert evening.live(60) == []


@pytest.mark.parametrize("down_db", [6.0, 12.0, 18.0])
def test_turning_the_volume_down_is_none_of_its_business(down_db: float) -> None:
    evening = heard_for_a_while()
    evening.echo_db = -12.0 - down_db
    assert evening.live(120) == []


def test_turning_the_volume_off_for_a_moment_is_none_of_its_business_either() -> None:
    evening = heard_for_a_while()
    evening.echo_db = None
    assert evening.live(14) == []
    evening.echo_db = -12.0
    assert evening.live(60) == []


def test_a_speaker_that_is_not_heard_any_more_is_told_once_after_twenty_seconds_of_talk() -> None:
    evening = heard_for_a_while()
    evening.echo_db = None
    news, after_s = evening.until_told(60)
    assert isinstance(news, Fault)
    assert news.what == "inaudible"
    assert 18 <= after_s <= 26
    assert evening.live(300) == []


@pytest.mark.parametrize("lost_db", [35.0, 50.0])
def test_a_microphone_that_hears_neither_the_room_nor_the_coach_is_a_fault_and_recovers(lost_db: float) -> None:
    evening = heard_for_a_while()
    evening.microphone_db = -lost_db
    news, after_s = evening.until_told(20)
    assert isinstance(news, Fault)
    assert news.what == "microphone"
    assert after_s <= 6.5
    assert evening.live(30) == []
    evening.microphone_db = 0.0
    assert evening.until_told(3)[0] == Recovered("microphone")
    assert evening.live(60) == []


def test_a_microphone_that_collapses_while_nobody_speaks_is_a_fault_too() -> None:
    evening = heard_for_a_while(echo_db=None)
    evening.talks = False
    evening.microphone_db = -24.0
    news, after_s = evening.until_told(20)
    assert isinstance(news, Fault)
    assert after_s < 9


def test_exact_zeros_are_a_fault_within_two_seconds() -> None:
    evening = heard_for_a_while()
    evening.microphone_db = -200.0
    news, after_s = evening.until_told(20)
    assert isinstance(news, Fault)
    assert after_s == pytest.approx(PATIENCE_S, abs=0.05)
    evening.microphone_db = 0.0
    assert evening.live(30) == [Recovered("microphone")]


def test_a_microphone_that_is_exactly_silent_between_words_is_none_for_two_minutes() -> None:
    evening = Evening(room_dbfs=-200.0, talks=False)
    for _ in range(5):
        evening.person_dbfs = -26.0
        evening.live(1)
        evening.person_dbfs = None
        assert evening.live(8) == []
    assert isinstance(evening.until_told(VIRTUAL_PATIENCE_S)[0], Fault)


def test_a_microphone_that_clips_is_told_once() -> None:
    evening = Evening(microphone_db=40.0)
    assert evening.live(60) == [HardToHear(Trouble.CLIPPED)]


def test_a_virtual_microphone_that_is_exactly_silent_for_most_of_two_seconds_is_measured_without_complaint() -> None:
    told: list[News] = []
    alive, luck = Alive(told.append), np.random.default_rng(1)
    for n in range(200):
        sound = luck.standard_normal(320).astype(np.float32) * np.float32(0.01 * (n % 7))
        alive.take(sound if n % 100 >= 95 else np.zeros(320, np.float32), sound)
    assert told == []
