"""What was agreed on before the session: how much, how fast, how long a rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final

from voicecoach.errors import Unreadable
from voicecoach.messages.memory import TALK


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that a number of the plan may be."""

    least: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The numbers of one session. What they are without anybody's wish, and within what limits they may be, stands in numbers.toml.

    `reps`, `sets`, `top_s` and `legs` are those of the level unless they are set.
    """

    reps: int | None = None
    sets: int | None = None
    lift_s: float
    top_s: float | None = None
    lower_s: float
    settle_s: float
    rest_s: float
    lead_in_s: float
    warm_up_s: float
    cool_down_s: float
    answer_s: float
    legs: str | None = None
    talk: str
    level: str = ""
    """A rung of the ladder in exercises.toml; "": the person's own."""
    routine: str
    kind: str
    emergency: str
    """What to call where this person lives."""
    limits: Mapping[str, Range] = field(repr=False, compare=False)
    """Of every number among them."""

    @property
    def spelled_emergency(self) -> str:
        """Digit by digit, as it is said and dialled: a voice makes nine hundred and ninety-nine of it otherwise."""
        return " ".join(self.emergency)

    @property
    def settings(self) -> dict[str, int | float | str | None]:
        """Everything that can be set, by name."""
        return {name: getattr(self, name) for name in NAMES}

    def with_value(self, name: str, value: object) -> "Plan":
        """This plan with one setting changed. Raises Unreadable for an unknown name, a wrong type or a value outside its limits."""
        if name not in NAMES:
            raise Unreadable(f'There is no setting "{name}" in the plan.', f"Known are: {', '.join(NAMES)}.")
        if name == "emergency":
            return replace(self, emergency=emergency_number(value))
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise Unreadable(f'{name} can\'t be "{value}".', f"Choose one of: {', '.join(CHOICES[name])}.")
            return _replaced(self, name, value)
        if name == "level":
            return _replaced(self, name, str(value))
        whole = name in WHOLE
        limits = self.limits[name]
        number = _number(name, value, limits, whole=whole)
        if not limits.least <= number <= limits.most:
            raise Unreadable(f"{name} = {number:g} is out of range.", f"It has to be from {limits.least:g} to {limits.most:g}.")
        return _replaced(self, name, int(number) if whole else number)


CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "legs": ("both", "one"),
    "talk": TALK,
    "routine": ("minimal", "usual", "full"),
    "kind": ("strength", "warm_up", "rehab", "cool_down"),
}
WHOLE: Final = frozenset({"reps", "sets"})
BY_LEVEL: Final = frozenset({"reps", "sets", "top_s", "legs"})
"""The level says how much, unless it is set."""
NAMES: Final[tuple[str, ...]] = tuple(field.name for field in fields(Plan) if field.name != "limits")
EMERGENCY_DIGITS = 3
"""112, 911, 999, 000: a longer or a shorter number is a slip of the finger."""
LEAST_CHANGE = 1.01


def emergency_number(value: object) -> str:
    """`value`, if it can be one. Raises Unreadable."""
    if isinstance(value, str) and value.isdecimal() and len(value) == EMERGENCY_DIGITS:
        return value
    raise Unreadable(f'emergency can\'t be "{value}".', 'It has to be three digits in quotes, as "112", "911" or "999".')


@dataclass(frozen=True, slots=True)
class Pace:
    """How "slower" and "faster" change a tempo, and how far."""

    slower_by: float
    faster_by: float
    slowest_repetition_s: float
    fastest_lift_s: float
    fastest_lower_s: float
    shortest_top_s: float
    shortest_settle_s: float


@dataclass(frozen=True, slots=True)
class Tempo:
    """One repetition: settle and brace, lift, stay at the top, lower. Seconds."""

    settle_s: float
    lift_s: float
    top_s: float
    lower_s: float

    @property
    def repetition_s(self) -> float:
        """From one brace to the next."""
        return self.settle_s + self.lift_s + self.top_s + self.lower_s

    def slower(self, pace: Pace) -> "Tempo":
        """A step slower; the same tempo when it is the slowest already."""
        by = min(pace.slower_by, pace.slowest_repetition_s / self.repetition_s)
        return self._scaled(by, pace) if by >= LEAST_CHANGE else self

    def faster(self, pace: Pace) -> "Tempo":
        """A step faster, never under the shortest times for lift and lowering: slower is what keeps momentum out."""
        quick = self._scaled(pace.faster_by, pace)
        return replace(
            quick,
            lift_s=max(quick.lift_s, min(pace.fastest_lift_s, self.lift_s)),
            top_s=max(quick.top_s, min(pace.shortest_top_s, self.top_s)),
            lower_s=max(quick.lower_s, min(pace.fastest_lower_s, self.lower_s)),
        )

    def _scaled(self, by: float, pace: Pace) -> "Tempo":
        settle_s = max(self.settle_s * by, min(pace.shortest_settle_s, self.settle_s))
        return Tempo(round(settle_s, 3), round(self.lift_s * by, 3), round(self.top_s * by, 3), round(self.lower_s * by, 3))


def tempo_of(plan: Plan, top_s: float) -> Tempo:
    """The tempo that a session with `plan` begins with, at a level with so long a top."""
    return Tempo(plan.settle_s, plan.lift_s, top_s, plan.lower_s)


def _number(name: str, value: object, limits: Range, *, whole: bool) -> float:
    kind = "a whole number" if whole else "a number"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(f"{name} has to be {kind}.", f"Write for example {name}={limits.least:g}.")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")) or (whole and number != int(number)):  # noqa: PLR0124
        raise Unreadable(f'{name} has to be {kind}, not "{value}".', f"It can be from {limits.least:g} to {limits.most:g}.")
    return number


def _replaced(plan: Plan, name: str, value: object) -> Plan:
    return replace(plan, **{name: value})  # type: ignore[arg-type]
