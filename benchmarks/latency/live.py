"""Live, through a sound server's null sinks: the first sound, and interruptions over the coach's own echo."""

import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.latency.interruptions import AFTER_S, SER_DB, Interruption, Outcome, answer_to, cut_before, signs_before
from benchmarks.latency.sounding import Event, Rendered, first_sound, last_sound, samples_of
from tests.live_session import Person, kept_events, living, quiet_room, sentence
from tests.recorded import found_at, tracks
from tests.sound_server import SoundServer
from voicecoach.messages.sound import EARS_RATE_HZ, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.rehearsal.levels import gain, word_end
from voicecoach.sound.recording import read_recording
from voicecoach.sound.resampling import resampled
from voicecoach.voice.finish import ACTIVE_DBFS

SHORT = ("sets=1", "reps=2", "warm_up_s=0")
HEADER_BYTES, BYTES_A_FRAME = 44, 2
LONGEST_S = 45.0
"""A session of which only the beginning is needed doesn't last so long."""
SENTENCES = 3
"""So many begin after a word, at most, before it is given up: the same again after a suspicion, and those after it."""
TAIL_S = 1.0
"""Of the recording, after what was waited for."""
WITHIN = 5 * VOICE_RATE_HZ
HEAD = VOICE_RATE_HZ // 2
"""Of the answer: the session is left while it is being said."""
LOUD = gain(-50)


def start_s(server: SoundServer, home: Path, folder: Path) -> float:
    """Seconds from the start of the process to the first sample that isn't silent.

    By where the recording had got to when the process was started; its own delay of some 20 ms is counted as the coach's.
    """
    wav = folder / "start.wav"
    wav.unlink(missing_ok=True)
    with server.recording_speaker(wav):
        before = (wav.stat().st_size - HEADER_BYTES) // BYTES_A_FRAME
        with living(server, home, SHORT) as session, _ended_in_time(session):
            for line in session.stdout or ():
                if sentence(line):
                    break
            _leave(session)
    return (first_sound(tracks(wav)[0], before) - before) / VOICE_RATE_HZ


def interrupted(server: SoundServer, one: Interruption, folder: Path, text: str, rendered: Rendered) -> Outcome:
    """One safety word over the coach's own echo, while it says `text`."""
    wav, home = folder / "both.wav", folder / "home"
    wav.unlink(missing_ok=True)
    person = Person(server, folder, {}, lambda _: 0.0, lambda _: read_recording(one.wav))
    with (
        server.echo(),
        quiet_room(server, folder, 1),
        server.recording_both(wav),
        living(server, home, SHORT) as session,
        _ended_in_time(session),
    ):
        begun: list[str] = []
        for said in filter(None, map(sentence, session.stdout or ())):
            if said == text and not begun:
                person.say(one.word, AFTER_S, ACTIVE_DBFS + SER_DB)
            if begun or said == text:
                begun.append(said)
            if len(begun) > SENTENCES or (begun and said.startswith("Stop")):
                break
        _leave(session)
    person.finish()
    return _judged(one, kept_events(home), wav, rendered)


def offset_in(coach: Samples, events: Sequence[Event], rendered: Rendered) -> int:
    """Which sample of the recording is the log's beginning, by the first line."""
    hello = next(event for event in events if event["event"] == "line_started")
    at, _ = found_at(coach, rendered(hello["text"]), WITHIN, WITHIN)
    return at - samples_of(hello["at_s"])


def _judged(one: Interruption, events: Sequence[Event], wav: Path, rendered: Rendered) -> Outcome:
    coach, person = tracks(wav)
    begun_s = next((event["at_s"] for event in events if event["event"] == "line_started" and event["line"] == one.line), float("inf"))
    signs = signs_before(events, begun_s)
    answer = answer_to(events, begun_s)
    if answer is None:
        return Outcome(one, None, signs=signs)
    offset = offset_in(coach, events, rendered)
    word = word_end(resampled(Pcm(person, VOICE_RATE_HZ), EARS_RATE_HZ).samples) * VOICE_RATE_HZ // EARS_RATE_HZ
    answered, _ = found_at(coach, rendered(answer["text"])[:HEAD], samples_of(answer["at_s"]) + offset, VOICE_RATE_HZ)
    silent = last_sound(coach, samples_of(begun_s) + offset, answered - VOICE_RATE_HZ // 100)
    return Outcome(one, (silent - word) / VOICE_RATE_HZ, talking=cut_before(events, answer, begun_s) is not None, signs=signs)


def _leave(session: "subprocess.Popen[str]") -> None:
    threading.Event().wait(TAIL_S)
    session.terminate()
    # What it prints while it ends must not fill the pipe.
    session.communicate()


@contextmanager
def _ended_in_time(session: "subprocess.Popen[str]") -> Iterator[None]:
    timer = threading.Timer(LONGEST_S, session.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
