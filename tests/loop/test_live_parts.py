"""What a live session is made of beside its loop: the watches over the ears and the sound, the keyboard."""

import io

import pytest

from tests.coach.stage import PHRASEBOOK
from voicecoach.ears.stuck import MOST_RENEWALS, PATIENCE_S, EarsWatch
from voicecoach.live import POLL_S, STANDSTILL_S, GapsWatch, Inbox, Live, Typed, read_keyboard
from voicecoach.messages.events import Event, Fault, Interrupted, Recovered
from voicecoach.messages.sound import VOICE_RATE_HZ, Gaps
from voicecoach.voice.speaker import Speaker


class Listening:
    """Ears that only count."""

    def __init__(self) -> None:
        self.heartbeat = 0
        self.waiting = 0
        self.failure: Exception | None = None


@pytest.mark.parametrize("how", ["hangs", "died"])
def test_ears_that_stand_still_are_a_fault_once_and_recover(how: str) -> None:
    listening = Listening()
    watch = EarsWatch(listening, lambda: None)  # type: ignore[arg-type]
    assert watch.look(0.0) is None
    listening.waiting = 5 if how == "hangs" else 0
    listening.failure = RuntimeError("gone") if how == "died" else None
    assert watch.look(PATIENCE_S) is None
    news = watch.look(PATIENCE_S + 0.1)
    assert isinstance(news, Fault)
    assert news.what == "recognizer"
    assert watch.look(PATIENCE_S + 5) is None
    listening.heartbeat += 1
    assert watch.look(PATIENCE_S + 6) == Recovered("recognizer")


def test_ears_that_stand_still_are_replaced_after_that_was_told_and_not_for_ever() -> None:
    listening = Listening()
    renewed: list[float] = []
    watch = EarsWatch(listening, lambda: renewed.append(now_s))  # type: ignore[arg-type]
    listening.waiting = 5
    told_at_s = None
    for tenths in range(600):
        now_s = tenths / 10
        if watch.look(now_s):
            told_at_s = now_s
    assert told_at_s is not None
    assert len(renewed) == MOST_RENEWALS
    assert renewed[0] > told_at_s
    listening.heartbeat += 1
    assert watch.look(61.0) == Recovered("recognizer")


def test_what_is_lost_of_the_sound_is_told_when_it_grows_and_not_more_often_than_every_five_seconds() -> None:
    watch = GapsWatch()
    assert watch.look(Gaps(), 0, 0.0) is None
    assert watch.look(Gaps(underflows=2), 0, 1.0) == {"overflows": 0, "underflows": 2, "slips": 0, "unheard": 0}
    assert watch.look(Gaps(underflows=9, slips=1), 0, 5.9) is None
    assert watch.look(Gaps(underflows=9, slips=1), 4, 6.0) == {"overflows": 0, "underflows": 9, "slips": 1, "unheard": 4}
    assert watch.look(Gaps(underflows=9, slips=1), 4, 60.0) is None


class Deciding:
    """A conductor that only notes what it is told, and ends after so many steps."""

    def __init__(self, steps: int) -> None:
        self.notes: list[tuple[str, object, float]] = []
        self.come_in: list[int] = []
        self._steps = steps

    @property
    def outcome(self) -> str | None:
        return None if self._steps > 0 else "finished"

    def begin(self, about: object) -> None:
        pass

    def tell(self, event: Event, at_s: float) -> None:
        self.notes.append(("told", event.what if isinstance(event, Fault | Recovered) else event, at_s))

    def note(self, event: str, fields: dict[str, int], at_s: float) -> None:
        self.notes.append((event, fields, at_s))

    def advance(self, now_s: float, hushes: int) -> None:
        self.come_in.append(hushes)
        self._steps -= 1


class Streaming:
    """A sound thread whose clock jumps whenever the inbox is looked into."""

    gaps = Gaps(underflows=3)

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


class Jumping(Inbox):
    """Nothing comes in, and between two looks some time passes."""

    def __init__(self, speaker: Speaker, *seconds: float) -> None:
        super().__init__()
        self._speaker = speaker
        self._seconds = list(seconds)

    def take(self) -> None:
        self._speaker.position_samples += round(self._seconds.pop(0) * VOICE_RATE_HZ)


def test_what_was_due_while_nothing_could_be_decided_is_not_done_afterwards_as_if_nothing_had_been() -> None:
    speaker = Speaker()
    deciding = Deciding(steps=4)
    live = Live(deciding, Jumping(speaker, 0.02, 0.02, 4.0, 0.02), speaker, PHRASEBOOK, EarsWatch(None, lambda: None), lambda: None)  # type: ignore[arg-type]
    assert live.run(Streaming(), {}) == "finished"
    told = [note for note in deciding.notes if note[0] == "told"]
    assert told == [("told", "standstill", 0.04), ("told", "standstill", 0.04)]


def test_nor_is_what_was_due_while_the_log_of_a_word_was_written() -> None:
    speaker = Speaker()
    deciding = Deciding(steps=2)
    inbox = Jumping(speaker, 0.02, 0.02)
    slow = iter((0.0, 4.0))

    def calibrated() -> None:
        speaker.position_samples += round(next(slow) * VOICE_RATE_HZ)

    Live(deciding, inbox, speaker, PHRASEBOOK, EarsWatch(None, lambda: None), calibrated).run(Streaming(), {})  # type: ignore[arg-type]
    assert [note for note in deciding.notes if note[0] == "told"] == [("told", "standstill", 0.04), ("told", "standstill", 0.04)]


@pytest.mark.parametrize(("share", "told"), [(0.9, []), (1.1, ["sound"])])
def test_a_sound_thread_that_stands_still_is_told_before_nothing_is_ever_due_again(share: float, told: list[str]) -> None:
    speaker = Speaker()
    steps = round(STANDSTILL_S / POLL_S * share)
    deciding = Deciding(steps)
    inbox, watch = Jumping(speaker, *[0.0] * steps), EarsWatch(None, lambda: None)
    Live(deciding, inbox, speaker, PHRASEBOOK, watch, lambda: None).run(Streaming(), {})  # type: ignore[arg-type]
    assert [what for kind, what, _ in deciding.notes if kind == "told"][:1] == told


class Hushing(Inbox):
    """While somebody looks into it, the speaker is hushed, or something else comes in, or nothing."""

    def __init__(self, speaker: Speaker, *happens: str) -> None:
        super().__init__()
        self._speaker = speaker
        self._happens = list(happens)

    def take(self) -> Recovered | None:
        happens = self._happens.pop(0)
        if happens == "hush":
            self._speaker.hush()
        return Recovered("disk") if happens == "news" else None


def test_what_the_speaker_was_hushed_for_has_come_in_only_when_nothing_more_has() -> None:
    speaker = Speaker()
    deciding = Deciding(steps=5)
    inbox = Hushing(speaker, "", "hush", "news", "", "")
    Live(deciding, inbox, speaker, PHRASEBOOK, EarsWatch(None, lambda: None), lambda: None).run(Streaming(), {})  # type: ignore[arg-type]
    assert deciding.come_in == [0, 0, 0, 1, 1]


def test_what_is_lost_of_the_sound_stands_in_the_log() -> None:
    speaker = Speaker()
    deciding = Deciding(steps=3)
    inbox = Jumping(speaker, 0.02, 0.02, 0.02)
    Live(deciding, inbox, speaker, PHRASEBOOK, EarsWatch(None, lambda: None), lambda: None).run(Streaming(), {})  # type: ignore[arg-type]
    assert deciding.notes == [("sound_gap", {"overflows": 0, "underflows": 3, "slips": 0, "unheard": 0}, 0.02)]


def test_the_keyboard_says_what_is_typed() -> None:
    inbox = Inbox()
    hushed: list[str] = []
    read_keyboard(io.StringIO("Stop!\n"), inbox, hushed.append, alone=True)
    assert came(inbox) == Typed("Stop!\n")
    assert hushed == ["Stop!\n"], "before it comes in"
    assert PHRASEBOOK.knows("stop")
    assert came(inbox) == Interrupted(), "nobody could stop it any more"


def came(inbox: Inbox) -> object:
    """What comes next."""
    item = None
    while item is None:
        item = inbox.take()
    return item
