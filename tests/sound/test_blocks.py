"""What the device worker's callbacks do, with clocks made up to the microsecond: each block is one sample that says which answer it is."""

import struct
from itertools import pairwise
from types import SimpleNamespace

import pytest

from voicecoach.sound.blocks import MICROPHONE_HEADER, NOTHING, SPEAKER_HEADER, OneClock, TwoClocks

LEAD = 3
FINE = SimpleNamespace(input_overflow=False, output_underflow=False)
ANSWERED_AFTER_US = 12_000
BLOCK_US = 20_000


def answer(number: int, sample: float) -> bytes:
    return SPEAKER_HEADER.pack(number) + struct.pack("<f", sample)


class Packets:
    """Reads what a clock has captured."""

    def __init__(self, clock: OneClock) -> None:
        self._clock = clock
        self.last = (0, 0, 0, 0, NOTHING)

    def take(self) -> list[tuple[int, ...]]:
        """Every new packet's header."""
        new = [MICROPHONE_HEADER.unpack_from(self._clock.captured.get()) for _ in range(self._clock.captured.qsize())]
        self.last = new[-1] if new else self.last
        return new


def one_block(clock: OneClock) -> float:
    """A block of a device that does both; what it played."""
    played = bytearray(4)
    clock.both(memoryview(bytes(4)), memoryview(played), 1, None, FINE)
    return float(struct.unpack("<f", played)[0])


def test_an_answer_is_played_with_the_lead_and_reported_with_the_block_in_which_it_was() -> None:
    clock = OneClock(LEAD)
    packets = Packets(clock)
    played = []
    for number in range(10):
        played.append(one_block(clock))
        clock.answer(answer(number, number + 1.0))
    assert played == [0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    assert [packet[4] for packet in packets.take()] == [NOTHING] * 3 + list(range(7))


def test_an_answer_that_came_too_late_is_neither_played_nor_reported_and_is_counted() -> None:
    clock = OneClock(LEAD)
    packets = Packets(clock)
    played = []
    for number in range(12):
        played.append(one_block(clock))
        for late in {7: range(4, 8)}.get(number, [] if 4 <= number < 7 else [number]):
            clock.answer(answer(late, late + 1.0))
    reported = packets.take()
    assert played == [0, 0, 0, 1, 2, 3, 4, 0, 6, 7, 8, 9]
    assert [packet[4] for packet in reported] == [NOTHING] * 3 + [0, 1, 2, 3, NOTHING, 5, 6, 7, 8]
    assert reported[-1][2] == 1


def test_blocks_that_nobody_fetches_are_lost_and_counted_and_the_next_ones_say_so_by_their_numbers() -> None:
    clock = OneClock(LEAD)
    packets = Packets(clock)
    for _ in range(150):
        one_block(clock)
    kept = packets.take()
    one_block(clock)
    (after,) = packets.take()
    assert kept[-1][0] + 1 == 150 - after[1]
    assert after[:2] == (150, 50)


class TwoDevices:
    """A microphone every 20 ms, a speaker `ppm` slower, and somebody who answers each block after 12 ms."""

    def __init__(self, ppm: float, sound: float = 1.0) -> None:
        self.clock = TwoClocks(LEAD)
        self.packets = Packets(self.clock)
        self.played: list[tuple[float, int]] = []
        self.reported: list[tuple[float, int]] = []
        self._sound = sound
        self._speaker_us = BLOCK_US * (1 + ppm * 1e-6)
        self._due = [(0.0, "microphone"), (BLOCK_US / 3, "speaker")]

    def run(self, seconds: float) -> None:
        end_us = self._due[0][0] + seconds * 1e6
        while self._due[0][0] < end_us:
            at_us, what = self._due.pop(0)
            self._happen(at_us, what)
            self._due.sort()

    def _happen(self, at_us: float, what: str) -> None:
        if what == "microphone":
            self.clock.capture(memoryview(bytes(4)), 1, None, FINE)
            for number, _, _, _, played in self.packets.take():
                self.reported.append((at_us, played))
                self._due.append((at_us + ANSWERED_AFTER_US, str(number)))
            self._due.append((at_us + BLOCK_US, what))
        elif what == "speaker":
            block = bytearray(4)
            self.clock.play(memoryview(block), 1, None, FINE)
            self.played.append((at_us, int(struct.unpack("<f", block)[0]) - 1))
            self._due.append((at_us + self._speaker_us, what))
        else:
            self.clock.answer(answer(int(what), (int(what) + 1) * self._sound))


@pytest.mark.parametrize("ppm", [0, 100, -100, 250, -250])
def test_a_speaker_that_drifts_is_kept_in_step_by_slips_and_by_no_more_than_it_takes(ppm: int) -> None:
    devices = TwoDevices(ppm)
    devices.run(600)
    number, overflows, underflows, slips, _ = devices.packets.last
    drifted_blocks = 600e6 * abs(ppm) * 1e-6 / BLOCK_US
    assert (number, overflows, underflows) == (29_999, 0, 0)
    assert drifted_blocks - 2 <= slips <= drifted_blocks + 1
    steps = [late - early for (_, early), (_, late) in pairwise(devices.played[10:]) if early >= 0 <= late]
    assert set(steps) <= {1, 2, 3}


@pytest.mark.parametrize("ppm", [250, -250])
def test_a_slip_waits_for_a_silence_but_not_for_ever(ppm: int) -> None:
    slipped_at_s = []
    for sound in (0.0, 1.0):
        devices = TwoDevices(ppm, sound)
        seconds = 0
        while not devices.packets.last[3]:
            devices.run(1)
            seconds += 1
        slipped_at_s.append(seconds)
    in_silence_s, in_talk_s = slipped_at_s
    assert 10 <= in_talk_s - in_silence_s <= 20


@pytest.mark.parametrize("ppm", [0, 300, -300])
def test_what_is_reported_with_a_block_is_what_is_about_to_be_heard_in_it(ppm: int) -> None:
    devices = TwoDevices(ppm)
    devices.run(600)
    at_us = {number: at_us for at_us, number in devices.played}
    # From a speaker's callback it takes a buffer of 20 ms or more to the loudspeaker, and a block of 20 ms from the microphone.
    delays_ms = [(at_us[number] - reported_us) / 1000 + 40 for reported_us, number in devices.reported[100:] if number in at_us]
    assert len(delays_ms) > 29_500
    assert min(delays_ms) > 0
    assert max(delays_ms) < 100
    # The one answer that a slip leaves out was expected to be played when it was reported.
    never = [number for _, number in devices.reported if number != NOTHING and number not in at_us and number < max(at_us)]
    assert len(never) <= devices.packets.last[3]


def test_two_clocks_settle_again_after_a_hiccup_of_the_speaker() -> None:
    devices = TwoDevices(0)
    devices.run(10)
    before = devices.reported[-1][1] - devices.played[-1][1]
    devices._due = [(at_us + 200_000 * (what == "speaker"), what) for at_us, what in devices._due]
    devices._due.sort()
    devices.run(10)
    assert devices.packets.last[3] == 10
    assert devices.reported[-1][1] - devices.played[-1][1] == before


def test_a_speaker_that_asks_for_nothing_any_more_is_noticed() -> None:
    devices = TwoDevices(0)
    devices.run(2)
    assert not devices.clock.stalled
    devices._due = [(at_us, what) for at_us, what in devices._due if what != "speaker"]
    devices.run(2)
    assert devices.clock.stalled
