"""A machine that slept."""

from voicecoach.messages.events import Fault, Recovered
from voicecoach.sound.standstill import LONGEST_S, Standstill, awake_or_not_s


def test_time_that_passed_without_a_look_is_told_once_and_is_over_at_once() -> None:
    times = iter([100.0, 100.1, 100.1 + LONGEST_S - 0.1, 940.0, 940.1])
    standstill = Standstill(lambda: next(times))
    told = [standstill.look() for _ in range(5)]
    assert told[:3] == [[], [], []]
    assert told[3] == [Fault("standstill", "Nothing moved for 837 s: the machine slept, or was too busy."), Recovered("standstill")]
    assert told[4] == []


def test_its_clock_goes_on() -> None:
    assert 0 < awake_or_not_s() <= awake_or_not_s()
