"""What was agreed on before the session: how much, how fast, how long a rest."""

from dataclasses import dataclass, fields, replace
from typing import Final

from voicecoach.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that a number of the plan may be."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers of one session. Sources: the seed article for repetitions, sets, hold and breath; [J] our judgement for the rest.

    `reps`, `sets`, `top_s` and `legs` are those of the level unless they are set.
    """

    reps: int | None = None
    sets: int | None = None
    lift_s: float = 2.0
    top_s: float | None = None
    lower_s: float = 3.0
    settle_s: float = 1.0
    rest_s: float = 60.0
    lead_in_s: float = 5.0
    warm_up_s: float = 240.0
    cool_down_s: float = 180.0
    answer_s: float = 8.0
    legs: str | None = None
    talk: str = "usual"
    level: str = ""
    """A rung of the ladder in exercises.toml; "": the person's own."""
    routine: str = "usual"
    kind: str = "strength"
    emergency: str = "112"
    """What to call where this person lives."""

    def with_value(self, name: str, value: object) -> "Plan":
        """This plan with one setting changed. Raises Unreadable for an unknown name, a wrong type or a value outside its limits."""
        if name not in NAMES:
            raise Unreadable(f'There is no setting "{name}" in the plan.', f"Known are: {', '.join(NAMES)}.")
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise Unreadable(f'{name} can\'t be "{value}".', f"Choose one of: {', '.join(CHOICES[name])}.")
            return _replaced(self, name, value)
        if name == "level":
            return _replaced(self, name, str(value))
        whole = name in WHOLE
        number = _number(name, value, whole=whole)
        limits = LIMITS[name]
        if not limits.least <= number <= limits.most:
            raise Unreadable(f"{name} = {number:g} is out of range.", f"It has to be from {limits.least:g} to {limits.most:g}.")
        return _replaced(self, name, int(number) if whole else number)


LIMITS: Final[dict[str, Range]] = {
    "reps": Range(1, 30),
    "sets": Range(1, 5),
    "lift_s": Range(1.5, 5),
    "top_s": Range(0, 5),
    "lower_s": Range(2, 6),
    "settle_s": Range(0.5, 3),
    "rest_s": Range(5, 180),
    "lead_in_s": Range(3, 20),
    "warm_up_s": Range(0, 600),
    "cool_down_s": Range(0, 600),
    "answer_s": Range(4, 20),
}
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "legs": ("both", "one"),
    "talk": ("more", "usual", "less"),
    "emergency": ("112", "911", "999"),
    "routine": ("minimal", "usual", "full"),
    "kind": ("strength", "warm_up", "rehab", "cool_down"),
}
WHOLE: Final = frozenset({"reps", "sets"})
USUAL_TOP_S = 2.0
NAMES: Final[tuple[str, ...]] = tuple(field.name for field in fields(Plan))
FASTEST_LIFT_S = 1.5
FASTEST_LOWER_S = 2.0
SHORTEST_TOP_S = 1.0
SHORTEST_SETTLE_S = 0.8
"""Enough for a spoken number and for "brace"."""
LEAST_CHANGE = 1.01
SLOWEST_REPETITION_S = 12.0


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

    def slower(self) -> "Tempo":
        """A quarter slower, never beyond 12 s a repetition; the same tempo when it's there already."""
        by = min(1.25, SLOWEST_REPETITION_S / self.repetition_s)
        return self._scaled(by) if by >= LEAST_CHANGE else self

    def faster(self) -> "Tempo":
        """A fifth faster, never under 1.5 s for the lift and 2 s for lowering: slower is what keeps momentum out."""
        quick = self._scaled(0.8)
        return replace(
            quick,
            lift_s=max(quick.lift_s, min(FASTEST_LIFT_S, self.lift_s)),
            top_s=max(quick.top_s, min(SHORTEST_TOP_S, self.top_s)),
            lower_s=max(quick.lower_s, min(FASTEST_LOWER_S, self.lower_s)),
        )

    def _scaled(self, by: float) -> "Tempo":
        settle_s = max(self.settle_s * by, min(SHORTEST_SETTLE_S, self.settle_s))
        return Tempo(round(settle_s, 3), round(self.lift_s * by, 3), round(self.top_s * by, 3), round(self.lower_s * by, 3))


def tempo_of(plan: Plan) -> Tempo:
    """The tempo that a session with `plan` begins with, before a level says how long the top is."""
    return Tempo(plan.settle_s, plan.lift_s, USUAL_TOP_S if plan.top_s is None else plan.top_s, plan.lower_s)


def _number(name: str, value: object, *, whole: bool) -> float:
    kind = "a whole number" if whole else "a number"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(f"{name} has to be {kind}.", f"Write for example {name}={LIMITS[name].least:g}.")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")) or (whole and number != int(number)):  # noqa: PLR0124
        raise Unreadable(f'{name} has to be {kind}, not "{value}".', f"It can be from {LIMITS[name].least:g} to {LIMITS[name].most:g}.")
    return number


def _replaced(plan: Plan, name: str, value: object) -> Plan:
    return replace(plan, **{name: value})  # type: ignore[arg-type]
