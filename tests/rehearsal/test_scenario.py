from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.errors import Unreadable
from voicecoach.rehearsal.scenario import PersonPlan, RoomPlan, Scenario, read_scenario


def scenario(folder: Path, text: str) -> Scenario:
    path = folder / "evening.toml"
    path.write_text(text, encoding="utf-8")
    return read_scenario(path)


def sound(path: Path) -> None:
    soundfile.write(path, np.full(1600, 0.1), 16000)


def test_an_empty_file_is_a_healthy_person_in_a_quiet_room(tmp_path: Path) -> None:
    read = scenario(tmp_path, "")
    assert read.room == RoomPlan()
    assert read.person == PersonPlan(answers="healthy")
    assert (read.plan, read.says, read.faults) == ({}, (), ())


def test_everything_that_is_written_is_read(tmp_path: Path) -> None:
    for name in ("room.wav", "noise.wav", "stop.wav"):
        sound(tmp_path / name)
    read = scenario(
        tmp_path,
        """
        [plan]
        sets = 1
        [room]
        echo_db = -6
        echo_delay_ms = 120
        clock_drift_ppm = -30
        impulse_response = "room.wav"
        noise = "noise.wav"
        snr_db = 5
        near_db = -30
        [person]
        answers = "none"
        voice = "en-us"
        after_s = 0.8
        [[say]]
        on = { event = "rep", n = 2, moment = "l*" }
        nth = 3
        every = true
        wav = "stop.wav"
        [[say]]
        on = { event = "question", id = "screen.*" }
        text = "no"
        voice = "en-gb"
        after_s = 0
        [[fault]]
        at_s = 40
        what = "killed"
        [[fault]]
        on = { event = "phase", to = "rest" }
        what = "disk_full"
        for_s = 5
        """,
    )
    assert read.plan == {"sets": 1}
    assert read.room == RoomPlan(-6, 120, -30, tmp_path / "room.wav", tmp_path / "noise.wav", 5, -30)
    assert read.person == PersonPlan("none", "en-us", 0.8)
    recorded, spoken = read.says
    assert recorded.wav == tmp_path / "stop.wav"
    assert (recorded.words, recorded.after_s, recorded.on.nth, recorded.on.every) == ("stop.wav", 0.8, 3, True)
    assert (spoken.words, spoken.after_s, spoken.voice, spoken.wav) == ("no", 0, "en-gb", None)
    killed, full = read.faults
    assert (killed.what, killed.at_s, killed.for_s) == ("killed", 40, None)
    assert (full.what, full.at_s, full.for_s) == ("disk_full", None, 5)


def test_says_without_a_voice_take_the_persons(tmp_path: Path) -> None:
    read = scenario(tmp_path, '[person]\nvoice = "en-us"\n[[say]]\non = { event = "rep" }\ntext = "stop"\n')
    assert read.says[0].voice == "en-us"


SAY = '[[say]]\non = { event = "rep" }\ntext = "stop"\n'


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[plan", ["TOML"]),
        ("[room]\necho_db = \n", ["line 2"]),
        ("wings = 2", ["wings", "plan", "room", "say"]),
        ("plan = 2", ["plan"]),
        ("room = 2", ["[room]"]),
        ("say = 2", ["[[say]]"]),
        ("[[room]]", ["[room]"]),
        ("[room]\necho = 2", ["[room]", "echo", "echo_db"]),
        ('[room]\necho_db = "loud"', ["[room]", "echo_db", "number"]),
        ("[room]\necho_db = true", ["echo_db", "number"]),
        ("[room]\necho_db = nan", ["echo_db"]),
        ("[room]\necho_delay_ms = -1", ["echo_delay_ms", "0", "1000"]),
        ("[room]\nclock_drift_ppm = 50000", ["clock_drift_ppm", "1000"]),
        ('[room]\nnoise = "absent.wav"', ["[room]", "noise", "absent.wav"]),
        ('[room]\nimpulse_response = "evening.toml"', ["[room]", "impulse_response", "evening.toml"]),
        ('[person]\nanswers = "maybe"', ["[person]", "answers", "maybe", "healthy", "none"]),
        ('[person]\nvoice = ""', ["[person]", "voice"]),
        ("[person]\nafter_s = -1", ["[person]", "after_s"]),
        (SAY + SAY + "nht = 2", ["[[say]] 2", "nht", "nth"]),
        (SAY + "nth = 0", ["[[say]] 1", "nth"]),
        (SAY + "nth = 1.5", ["[[say]] 1", "nth"]),
        (SAY + 'every = "yes"', ["[[say]] 1", "every", "true", "false"]),
        (SAY + 'wav = "evening.toml"', ["[[say]] 1", "text", "wav"]),
        ('[[say]]\non = { event = "rep" }', ["[[say]] 1", "text", "wav"]),
        ('[[say]]\non = { event = "rep" }\nwav = "absent.wav"', ["[[say]] 1", "wav", "absent.wav"]),
        ('[[say]]\ntext = "stop"', ["[[say]] 1", "on", "event"]),
        ('[[say]]\non = "rep"\ntext = "stop"', ["[[say]] 1", "on", "event"]),
        ('[[say]]\non = { line = "set.*" }\ntext = "stop"', ["[[say]] 1", "on", "event"]),
        ('[[say]]\non = { event = "reps" }\ntext = "stop"', ["[[say]] 1", "reps", "rep", "line_started"]),
        ('[[say]]\non = { event = "rep", n = [2] }\ntext = "stop"', ["[[say]] 1", "on.n"]),
        ('[[say]]\non = { event = "phase", to = "sett" }\ntext = "stop"', ["[[say]] 1", "on.to", "sett", "warm_up", "rest"]),
        ('[[say]]\non = { event = "rep", moment = "up" }\ntext = "stop"', ["[[say]] 1", "on.moment", "brace", "lower"]),
        ('[[fault]]\non = { event = "phase", from = "bed" }\nwhat = "killed"', ["[[fault]] 1", "on.from", "bed", "cool_down"]),
        ('[[fault]]\nwhat = "killed"', ["[[fault]] 1", "at_s", "on"]),
        ('[[fault]]\nat_s = 1\non = { event = "rep" }\nwhat = "killed"', ["[[fault]] 1", "at_s", "on"]),
        ("[[fault]]\nat_s = 1", ["[[fault]] 1", "what", "microphone_lost"]),
        ('[[fault]]\nat_s = 1\nwhat = "fire"', ["[[fault]] 1", "fire", "disk_full"]),
        ('[[fault]]\nat_s = 1\nwhat = "killed"\nfor_s = -1', ["[[fault]] 1", "for_s"]),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_what_is_allowed(tmp_path: Path, text: str, named: list[str]) -> None:
    with pytest.raises(Unreadable) as refused:
        scenario(tmp_path, text)
    for word in ("evening.toml", *named):
        assert word in str(refused.value)


def test_a_scenario_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"absent\.toml"):
        read_scenario(tmp_path / "absent.toml")


def test_a_recording_that_is_no_sound_is_refused_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "stop.wav").write_text("stop")
    with pytest.raises(Unreadable, match=r"line 3, \[\[say\]\] 1 wav: .*stop\.wav"):
        scenario(tmp_path, '[[say]]\non = { event = "rep" }\nwav = "stop.wav"')


def test_nobody_may_speak_with_the_coachs_own_voice(tmp_path: Path) -> None:
    person = scenario(tmp_path, '[person]\nvoice = "en-gb"')
    with pytest.raises(Unreadable, match=r"evening\.toml, \[person\], voice.*coach's own"):
        person.refuse_voice("en-GB")
    person.refuse_voice("en-us")
    saying = scenario(tmp_path, SAY + 'voice = "en-us"')
    with pytest.raises(Unreadable, match=r"\[\[say\]\] 1, voice"):
        saying.refuse_voice("en-us")


def test_a_silent_persons_voice_may_be_anything(tmp_path: Path) -> None:
    scenario(tmp_path, '[person]\nanswers = "none"\nvoice = "en-gb"').refuse_voice("en-gb")
