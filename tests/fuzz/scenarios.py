"""Scenarios of a rehearsal."""

import shutil
from pathlib import Path

import numpy as np

from tests.coach.stage import CURRICULUM, PHRASEBOOK, PROMPTS, SCRIPT, TODAY
from tests.fuzz.editing import mangled_toml
from tests.fuzz.evening import lived
from tests.fuzz.mangling import Luck, once_in, placed
from tests.fuzz.trial import Kind
from voicecoach.messages.memory import Memory
from voicecoach.messages.sound import EARS_RATE_HZ, VOICE_RATE_HZ, Pcm
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import read_scenario
from voicecoach.rehearsal.trigger import Watch
from voicecoach.settings import with_plan

ROOT = PROMPTS.parents[1]
SOUND = ROOT / "tests" / "sounds" / "stop_1.flac"
SEEDS = (ROOT / "voicecoach" / "rehearsal" / "demo.toml", *sorted((ROOT / "tests" / "evenings").glob("*.toml")))
EVERYTHING = """
[plan]
sets = 1
reps = 3
rest_s = 10

[room]
echo_db = -6
echo_delay_ms = 80
clock_drift_ppm = 30
impulse_response = "stop.flac"
noise = "stop.flac"
snr_db = 10
near_db = -26
distortion_percent = 3

[person]
answers = "healthy"
voice = "en-gb-scotland"
after_s = 0.5

[[say]]
on = { event = "question", id = "screen.*" }
every = true
text = "no"
after_s = 0.4

[[say]]
on = { event = "line_started", line = "set.*" }
nth = 3
wav = "stop.flac"
after_s = 0.3

[[fault]]
at_s = 40.0
what = "microphone_lost"
for_s = 5.0

[[fault]]
on = { event = "rep", n = 2, moment = "lift" }
what = "clock_jump"
after_s = 1

[history]
sessions = 9
every_days = 2
last_days_ago = 2
name = "Anna"
usual_pain = 2
units = "metric"
talk = "less"
level = "both_2x10"
screened_days_ago = 20
others = ["Ben"]
today = 2026-11-24T18:00:00

[history.each]
spare_reps = 3
pain_before = 1

[[history.past]]
days_ago = 1
outcome = "pain"
morning = "worse"
"""
HELLO = Pcm(np.full(VOICE_RATE_HZ // 2, 0.1, np.float32), VOICE_RATE_HZ)


def _spoil(luck: Luck, folder: Path) -> None:
    path = folder / "scenario.toml"
    shutil.copy(SOUND, folder / "stop.flac")
    if once_in(luck, 25):
        placed(luck, path)
    else:
        path.write_bytes(mangled_toml(luck, EVERYTHING if once_in(luck, 2) else luck.choice(SEEDS).read_text(encoding="utf-8")))


def _use(luck: Luck, folder: Path) -> None:
    scenario = read_scenario(folder / "scenario.toml")
    plan = with_plan(CURRICULUM.numbers.plan, scenario.plan)
    scenario.refuse_voice(CURRICULUM.locale.voice)
    broken = Breakages(scenario.faults)
    watches = [Watch(say.on) for say in scenario.says]
    for event in ({"event": "rep", "n": 2, "moment": "lift", "at_s": 3.0}, {"event": "question", "id": "screen.pain", "at_s": 4.0}):
        broken.notice(event)
        for watch in watches:
            watch.sees(event)
    broken.news(50.0)
    room = Room(scenario.room, HELLO, 1)
    room.say(np.zeros(EARS_RATE_HZ, np.float32), 0)
    history = scenario.history
    memory = history.remembered(TODAY, CURRICULUM.training.start) if history else Memory(TODAY)
    lived(luck, plan, CURRICULUM, SCRIPT, PHRASEBOOK, memory)


def _named(folder: Path) -> str:
    return "scenario.toml"


KIND = Kind("scenarios", _spoil, _use, _named)
