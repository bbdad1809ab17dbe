"""Everything that can be set, with its default, in one frozen place; read from settings.toml in the home folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from voicecoach.coach.plan import NAMES, Plan
from voicecoach.errors import Unreadable
from voicecoach.tables import only_keys, read_table, subtable

FILE_NAME = "settings.toml"
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


def read_settings(home: Path) -> Settings:
    """The settings in `home`, or the defaults when there is no file. Raises Unreadable, naming the file and what is allowed."""
    path = home / FILE_NAME
    if not path.exists():
        return Settings()
    table = read_table(path)
    only_keys(table, ("plan", "words_per_minute", *TEXTS), str(path))
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


def _text(value: object, name: str, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{path}: {name} has to be a text.", f'Write {name} = "…".')
    return value


def _rate(value: object, path: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable(f"{path}: words_per_minute has to be a whole number.", "155 is the default.")
    return value
