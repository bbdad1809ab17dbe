"""Seeded sessions in a home's journal, as the program keeps them."""

import datetime as dt
from dataclasses import replace
from itertools import count
from pathlib import Path

from tests.coach.stage import CURRICULUM
from tests.replay.lived import Lived
from voicecoach.house import House, open_house
from voicecoach.messages.memory import Memory
from voicecoach.notes import Began, Notes, about, open_journal, remembered
from voicecoach.replay.origins import Origin
from voicecoach.settings import read_settings


def beginning(lived: Lived) -> Origin:
    """What it began from."""
    nowhere = Path("/nowhere")
    return Origin(House(nowhere, read_settings(nowhere)), lived.plan, CURRICULUM, lived.memory, ())


def worked(memory: Memory) -> Lived:
    """The first seeded session with these people in which somebody lifted to the end."""
    return next(lived for lived in (Lived(seed, memory) for seed in count()) if lived.coach.outcome == "finished" and lived.lifts)


def lived_in(home: Path, seed: int, started_at: str) -> Lived:
    """A session with whomever that home's journal knows, kept in it."""
    house = open_house(home)
    journal = open_journal(house)
    memory = remembered(house, journal, started_at)
    notes = Notes(journal, house.settings, started_at)
    lived = Lived(
        seed,
        memory,
        lambda plan: about(replace(house, settings=replace(house.settings, plan=plan)), Began(memory, made_up=False, level=""), started_at),
    )
    for event in lived.log:
        notes.keep(event)
    notes.close()
    return lived


def days_ago(days: int) -> str:
    """A moment, as the journal has it."""
    return (dt.datetime(2026, 11, 24, 18, 3, 5, tzinfo=dt.UTC) - dt.timedelta(days=days)).isoformat()
