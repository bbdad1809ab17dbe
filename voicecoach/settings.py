"""Everything that can be set, in one frozen place: what settings.toml in the home folder says, over what the locale says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach import curriculum
from voicecoach.coach.plan import NAMES, Plan
from voicecoach.errors import Unreadable
from voicecoach.tables import Placed, only_keys, read_table, subtable, text, whole

FILE_NAME = "settings.toml"
PROMPTS = "prompts"
"""The folder in the home that holds what somebody has changed there, one folder a locale."""
USUAL_LOCALE = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """`microphone` and `speaker` are parts of device names, None for the best there is. `voice` is an espeak-ng voice."""

    plan: Plan
    locale: str
    voice: str
    words_per_minute: int
    microphone: str | None = None
    speaker: str | None = None


def read_settings(home: Path) -> Settings:
    """The settings in `home`; without the file all is as the locale has it. Raises Unreadable, naming the file and what is allowed."""
    path = home / FILE_NAME
    table = read_table(path) if path.exists() else Placed({}, ())
    only_keys(table, ("plan", *Settings.__dataclass_fields__))
    name = text(table, "locale", USUAL_LOCALE)
    taught = curriculum.load(home / PROMPTS / name)
    return Settings(
        plan=with_plan(taught.numbers.plan, subtable(table, "plan")),
        locale=name,
        voice=text(table, "voice", taught.locale.voice),
        words_per_minute=whole(table, "words_per_minute") if "words_per_minute" in table else taught.locale.words_per_minute,
        microphone=text(table, "microphone") if "microphone" in table else None,
        speaker=text(table, "speaker") if "speaker" in table else None,
    )


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
