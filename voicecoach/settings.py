"""Everything that can be set, with its default, in one frozen place; read from settings.toml in the home folder.

[[people]] says something of somebody. It counts before what was remembered from sessions: a file that is there and does nothing would be
worse than a word that holds for one session only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from voicecoach.coach.course import TALK_LEVELS
from voicecoach.coach.personal import FASTEST_WPM, SLOWEST_WPM
from voicecoach.coach.plan import NAMES, Plan
from voicecoach.errors import Unreadable
from voicecoach.messages.memory import Person
from voicecoach.tables import only_keys, read_table, subtable

FILE_NAME = "settings.toml"
BLANK = Person()
WITHIN = {"usual_pain": (0, 10), "words_per_minute": (SLOWEST_WPM, FASTEST_WPM)}
AMONG = {"units": ("imperial", "metric"), "talk": TALK_LEVELS}
PERSONAL = ("name", "voice", "level", *AMONG, *WITHIN)
"""What can be set of somebody."""
TEXTS = ("microphone", "speaker", "voice", "locale")


@dataclass(frozen=True, slots=True)
class Settings:
    """`microphone` and `speaker` are parts of device names, None for the best there is. `voice` is an espeak-ng voice."""

    plan: Plan = field(default_factory=Plan)
    microphone: str | None = None
    speaker: str | None = None
    voice: str = "en-us+f5"
    words_per_minute: int = 155
    locale: str = "en"
    people: tuple[Person, ...] = ()
    """What was set of each; a field that is as in a blank Person was not."""

    def known(self, people: tuple[Person, ...]) -> tuple[Person, ...]:
        """`people`, and what was set of them; whoever is only in the settings comes too."""
        by_id = {person.id: person for person in people}
        for person in self.people:
            given = {name: getattr(person, name) for name in PERSONAL if getattr(person, name) != getattr(BLANK, name)}
            by_id[person.id] = replace(by_id.get(person.id, Person(person.id)), **given)
        return tuple(by_id[number] for number in sorted(by_id))


def read_settings(home: Path) -> Settings:
    """The settings in `home`, or the defaults when there is no file. Raises Unreadable, naming the file and what is allowed."""
    path = home / FILE_NAME
    if not path.exists():
        return Settings()
    table = read_table(path)
    only_keys(table, ("plan", "words_per_minute", "people", *TEXTS), str(path))
    plan = with_plan(Plan(), subtable(table, "plan", str(path)), f"{path} [plan]")
    settings = replace(Settings(), plan=plan)
    given = {name: _text(table[name], name, path) for name in TEXTS if name in table}
    return replace(
        settings,
        microphone=given.get("microphone"),
        speaker=given.get("speaker"),
        voice=given.get("voice", settings.voice),
        locale=given.get("locale", settings.locale),
        words_per_minute=_rate(table["words_per_minute"], path) if "words_per_minute" in table else settings.words_per_minute,
        people=_people(table.get("people", []), path),
    )


def with_plan(plan: Plan, values: dict[str, object], place: str) -> Plan:
    """`plan` with the values of one [plan] table. Raises Unreadable, naming the place and the limit."""
    for name, value in values.items():
        try:
            plan = plan.with_value(name, value)
        except Unreadable as error:
            raise Unreadable(f"{place}: {error.what}", error.next_step) from None
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


def _people(tables: object, path: Path) -> tuple[Person, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise Unreadable(f"{path}: people has to be a list of tables.", "Write [[people]] above each.")
    found: list[Person] = []
    for place, table in enumerate(tables, 1):
        where = f"{path} [[people]] {place}"
        only_keys(table, ("number", *PERSONAL), where)
        facts: dict[str, Any] = {name: _fact(name, value, where) for name, value in table.items() if name != "number"}
        found.append(replace(Person(_within(table.get("number", place), (1, 99), "number", where)), **facts))
    for what, given in (("number", [str(person.id) for person in found]), ("name", [person.name for person in found if person.name])):
        if twice := [one for n, one in enumerate(given) if one in given[:n]]:
            raise Unreadable(f"{path} [[people]]: two have the {what} {twice[0]}.", f"Give each a {what} of their own.")
    return tuple(found)


def _fact(name: str, value: object, where: str) -> str | int:
    if name in WITHIN:
        return _within(value, WITHIN[name], name, where)
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{where}: {name} has to be a text.", f'Write {name} = "…".')
    if value not in AMONG.get(name, (value,)):
        raise Unreadable(f'{where}: {name} can\'t be "{value}".', f"Choose one of: {', '.join(AMONG[name])}.")
    return value


def _within(value: object, limits: tuple[int, int], name: str, where: str) -> int:
    least, most = limits
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Unreadable(f"{where}: {name} can't be {value}.", f"It has to be a whole number from {least} to {most}.")
    return value


def _text(value: object, name: str, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{path}: {name} has to be a text.", f'Write {name} = "…".')
    return value


def _rate(value: object, path: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable(f"{path}: words_per_minute has to be a whole number.", "155 is the default.")
    return value
