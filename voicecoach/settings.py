"""Everything that can be set, in one frozen place: what settings.toml in the home folder says, over what the locale says.

[[people]] says something of somebody. It counts before what was remembered from sessions: a file that is there and does nothing would be
worse than a word that holds for one session only.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from voicecoach import curriculum, places
from voicecoach.coach.amounts import level_set
from voicecoach.coach.course import LOUDEST_DB, QUIETEST_DB
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.personal import FASTEST_WPM, SLOWEST_WPM
from voicecoach.coach.plan import NAMES, Plan
from voicecoach.coach.training import Training
from voicecoach.errors import Unreadable
from voicecoach.messages.memory import TALK, UNITS, Person
from voicecoach.onlookers.broker.terms import Terms, read_terms
from voicecoach.onlookers.wired import Wired, read_wired
from voicecoach.tables import Placed, layers, only_keys, read_table, subtable, subtables, text, words
from voicecoach.voice import renderer

FILE_NAME = "settings.toml"
PROMPTS = "prompts"
"""The folder in the home that holds what somebody has changed there, one folder a locale."""
BLANK = Person()
WITHIN = {"usual_pain": (0, 10), "words_per_minute": (SLOWEST_WPM, FASTEST_WPM)}
AMONG = {"units": UNITS, "talk": TALK}
PERSONAL = ("name", "voice", "level", *AMONG, *WITHIN)
"""What can be set of somebody."""
MOST_PEOPLE = 99
LOUDNESS = (round(QUIETEST_DB), round(LOUDEST_DB))
"""In dB, against the voice as it is made."""
NOTHING_WIRED = Wired()
TABLES = ("plan", "button", "lights")
RATES = (renderer.SLOWEST_WPM, renderer.FASTEST_WPM)
"""In words a minute, of any voice; who is on the mat chooses among fewer."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`microphone` and `speaker` are parts of device names, None for the best there is. `voice` is an espeak-ng voice."""

    plan: Plan
    locale: str
    voice: str
    words_per_minute: int
    microphone: str | None = None
    speaker: str | None = None
    loudness_db: int = 0
    """What "louder" and "quieter" begin from."""
    units: str = ""
    """One of UNITS, for whoever has not asked for others; "": the locale's."""
    set_up: tuple[str, ...] = ()
    """What `voicecoach setup` has done already."""
    people: tuple[Person, ...] = ()
    """What was set of each; a field that is as in a blank Person was not."""
    mqtt: Terms | None = None
    """The broker that is told of sessions; None: nobody is."""
    wired: Wired = NOTHING_WIRED

    def known(self, people: tuple[Person, ...]) -> tuple[Person, ...]:
        """`people`, and what was set of them; whoever is only in the settings comes too."""
        by_id = {person.id: person for person in people}
        for person in self.people:
            given = {name: getattr(person, name) for name in PERSONAL if getattr(person, name) != getattr(BLANK, name)}
            by_id[person.id] = replace(by_id.get(person.id, Person(person.id)), **given)
        return tuple(by_id[number] for number in sorted(by_id))


def read_settings(home: Path) -> Settings:
    """The settings in `home`; without the file all is as the locale has it. Raises Unreadable, naming the file and what is allowed."""
    path = home / FILE_NAME
    table = read_table(path) if os.path.lexists(path) else Placed({}, ())
    only_keys(table, (*TABLES, *(name for name in Settings.__dataclass_fields__ if name != "wired")))
    name = text(table, "locale", places.LANGUAGE)
    taught = _taught(table, home / PROMPTS / name)
    agreed = subtable(table, "plan")
    plan = with_plan(taught.numbers.plan, agreed)
    if plan.level:
        _on_the_ladder(agreed, plan.level, taught.training)
    return Settings(
        plan=plan,
        locale=name,
        voice=text(table, "voice", taught.locale.voice),
        words_per_minute=_within(table, "words_per_minute", RATES) if "words_per_minute" in table else taught.locale.words_per_minute,
        microphone=text(table, "microphone") if "microphone" in table else None,
        speaker=text(table, "speaker") if "speaker" in table else None,
        loudness_db=_within(table, "loudness_db", LOUDNESS) if "loudness_db" in table else 0,
        units=_among(table, "units") if "units" in table else "",
        set_up=words(table, "set_up"),
        people=_people(table, taught.training),
        mqtt=read_terms(table, home),
        wired=read_wired(table),
    )


def _taught(table: Placed, folder: Path) -> Curriculum:
    try:
        return curriculum.load(folder)
    except Unreadable as error:
        if layers(folder):
            raise
        raise Unreadable(f"{table.at('locale')}: {error.what}", error.next_step) from None


def with_plan(plan: Plan, values: Placed) -> Plan:
    """`plan` with the values of one [plan] table. Raises Unreadable, naming the place and the limit."""
    for name, value in values.items():
        try:
            plan = plan.with_value(name, value)
        except Unreadable as error:
            raise Unreadable(f"{values.at(name)}: {error.what}", error.next_step) from None
    return plan


def with_assignments(settings: Settings, assignments: Sequence[str]) -> Settings:
    """`settings` with each "name=value" of `--set` put into the plan. Raises Unreadable."""
    plan = settings.plan
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            raise Unreadable(f'--set {assignment} has no "=".', f"Write --set name=value, with a name out of: {', '.join(NAMES)}.")
        plan = plan.with_value(name.strip(), value.strip())
    return replace(settings, plan=plan)


def _people(table: Placed, training: Training) -> tuple[Person, ...]:
    found: list[Person] = []
    for place, one in enumerate(subtables(table, "people"), 1):
        only_keys(one, ("number", *PERSONAL))
        facts: dict[str, Any] = {name: _fact(one, name, training) for name in one if name != "number"}
        found.append(replace(Person(_within(one, "number", (1, MOST_PEOPLE)) if "number" in one else place), **facts))
    for what, given in (("number", [str(person.id) for person in found]), ("name", [person.name for person in found if person.name])):
        if twice := [one for n, one in enumerate(given) if one in given[:n]]:
            raise Unreadable(f"{table.at('people')}: two have the {what} {twice[0]}.", f"Give each a {what} of their own.")
    return tuple(found)


def _fact(table: Placed, name: str, training: Training) -> str | int:
    if name in WITHIN:
        return _within(table, name, WITHIN[name])
    value = _among(table, name)
    if name == "level":
        _on_the_ladder(table, value, training)
    return value


def _among(table: Placed, name: str) -> str:
    value = text(table, name)
    if value not in AMONG.get(name, (value,)):
        raise Unreadable(f'{table.at(name)}: {name} can\'t be "{value}".', f"Choose one of: {', '.join(AMONG[name])}.")
    return value


def _on_the_ladder(table: Placed, level: str, training: Training) -> None:
    try:
        level_set(training, level)
    except Unreadable as error:
        raise Unreadable(f"{table.at('level')}: {error.what}", error.next_step) from None


def _within(table: Placed, name: str, limits: tuple[int, int]) -> int:
    least, most = limits
    value = table[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Unreadable(f"{table.at(name)}: {name} can't be {value}.", f"It has to be a whole number from {least} to {most}.")
    return value
