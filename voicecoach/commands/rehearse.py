"""`voicecoach rehearse`: a whole session with a simulated person in a simulated room, in virtual time."""

import argparse
from dataclasses import replace
from pathlib import Path

from voicecoach.app import Parts
from voicecoach.coach.session import Session
from voicecoach.commands.first_words import FirstWords
from voicecoach.commands.options import Commands, add_home, exit_code, house_of, tell
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.house import House, ensure_model
from voicecoach.journal.store import Journal
from voicecoach.messages.lines import Line
from voicecoach.notes import Began, Notes, about, day, now, open_journal, remembered, troubles
from voicecoach.rehearsal.evening import Evening
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.healthy import healthy_answers
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.results import Results
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import Scenario, read_scenario
from voicecoach.rehearsal.shelf_only import ShelfOnly
from voicecoach.settings import with_plan

CALIBRATION = Line("greeting.hello")
"""The coach's level in the room is set by this sentence, which every session begins with."""


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("rehearse", help="a session with a simulated person, from a scenario file", description=__doc__)
    parser.add_argument(
        "scenario", type=Path, metavar="SCENARIO.toml", help="who says what when; an example is voicecoach/rehearsal/demo.toml"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where events.jsonl, speaker.wav, microphone.wav, transcript.txt and timeline.svg go; without it it only prints who said what",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the noise; the same scenario and seed give the same events")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Reads the scenario, lives through it. With --home the session is kept in that home's journal too."""
    scenario = read_scenario(options.scenario)
    house = house_of(options)
    journal = open_journal(house) if options.home else None
    outcome = rehearse(house, scenario, options.out, options.seed, journal)
    for trouble in troubles(journal) if journal else ():
        tell(trouble)
    return 0 if outcome == "interrupted" else exit_code(outcome)


def rehearse(house: House, scenario: Scenario, out: Path | None, seed: int, journal: Journal | None) -> str:
    """One session from a scenario. Returns its outcome."""
    settings = replace(house.settings, plan=with_plan(house.settings.plan, scenario.plan))
    scenario.refuse_voice(settings.voice)
    house = House(house.home, settings)
    ensure_model(house, tell)
    with Parts(house, tell) as parts, Results(out, tell) as results:
        history, start = scenario.history, parts.curriculum.training.start
        started_at = now()
        memory = history.remembered(day(started_at), start) if history else remembered(house, journal, started_at, rehearsed=True)
        memory = history.going_on(memory, settings.plan, parts.curriculum) if history else memory
        notes = Notes(journal, settings, started_at)
        person = Person(
            scenario.person, scenario.says, healthy_answers(parts.phrasebook), lambda text, voice: parts.shelf_of(voice).pcm(text)
        )
        room = Room(scenario.room, parts.shelf.pcm(parts.script.sentence(CALIBRATION)), seed)
        shelf_only = ShelfOnly(parts.shelf_of, parts.stocked())
        switches = {"disk_full": notes.refuse, "voice_lost": shelf_only.refuse}
        evening = Evening(room, person, Breakages(scenario.faults), results, notes.keep, switches)
        ears = parts.ears(SpeechModel(house.model))
        coach = Session(settings.plan, parts.curriculum, memory)
        conductor = parts.conductor(coach, lambda moment: ears.scope(parts.phrasebook.grammar(moment)), evening.log, shelf_only)
        first_words = FirstWords(parts.calibration, house, None, notes.started_at, tell)
        began = Began(memory, made_up=journal is None or history is not None, level=coach.course.level.id)
        told = about(house, began, started_at) | {"rehearsed": True}
        outcome = evening.run(conductor, ears, parts.speaker, told, calibrated=first_words.look)
        notes.close()
        for sentence in person.unsaid():
            results.note(sentence)
        return outcome
