"""How much is done today: what the level says, within the limits of routine and kind of session, or what the settings say instead."""

from dataclasses import dataclass

from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import Plan
from voicecoach.coach.training import Level, Style, Training
from voicecoach.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Wish:
    """What makes today different from the level that was agreed on."""

    routine: str = "usual"
    kind: str = "strength"
    eased: bool = False
    """One level easier, and two sets at most: a day that begins with some pain."""
    easiest: bool = False
    """The easiest level: somebody who was cleared for it by a professional."""
    unguided: bool = False
    """The easiest level for today: who wanted rehabilitation, and has nobody who guides it."""
    fewer: bool = False
    """Two repetitions less: hardly any were left in the person last time."""

    @property
    def gentler(self) -> bool:
        """Whether today is easier than what was agreed on."""
        return self.eased or self.easiest or self.unguided


@dataclass(frozen=True, slots=True)
class Amounts:
    """A session's sets, repetitions and legs, how long the top is, and the shares of what is set for warm-up, rest and cool-down."""

    level: Level
    sets: int
    reps: int
    legs: str
    top_s: float
    warm_up: float
    rest: float
    cool_down: float
    parts: tuple[str, ...]
    slower: bool
    tells: bool
    """Whether the session tells something about the level."""


def level_named(training: Training, name: str) -> Level | None:
    """The level with that id; None when there is none."""
    return next((level for level in training.levels if level.id == name), None)


def level_set(training: Training, name: str) -> Level:
    """The level that a setting names. Raises Unreadable when there is none."""
    level = level_named(training, name)
    if level is None:
        raise Unreadable(f'There is no level "{name}".', f"Choose one of: {', '.join(level.id for level in training.levels)}.")
    return level


def beside(training: Training, level: Level, by: int) -> Level:
    """The level so many rungs above; the last one at the ends of the ladder."""
    rung = training.levels.index(level) + by
    return training.levels[min(max(rung, 0), len(training.levels) - 1)]


def overridden(plan: Plan) -> bool:
    """Whether settings say how much is done, whatever the level is."""
    return (plan.reps, plan.sets, plan.legs, plan.top_s) != (None, None, None, None)


def amounts_of(plan: Plan, curriculum: Curriculum, agreed: Level, wish: Wish) -> Amounts:
    """What `agreed` and `wish` come to. Settings win over level, routine and kind; easing takes from them too."""
    training, less = curriculum.training, curriculum.numbers.easier
    styles = (_style(training.routines, wish.routine), _style(training.kinds, wish.kind))
    level = _today(training, agreed, styles, wish)
    reps = min(level.reps, *(style.most_reps for style in styles)) if plan.reps is None else plan.reps
    sets = min(level.sets, *(style.most_sets for style in styles)) if plan.sets is None else plan.sets
    if wish.fewer or (wish.gentler and plan.reps is not None):
        reps = max(min(reps, less.fewest_reps), reps - less.fewer_reps)
    return Amounts(
        level=level,
        sets=min(sets, less.most_sets) if wish.gentler else sets,
        reps=reps,
        legs=plan.legs or level.legs,
        top_s=level.top_s if plan.top_s is None else plan.top_s,
        warm_up=styles[0].warm_up * styles[1].warm_up,
        rest=styles[0].rest * styles[1].rest,
        cool_down=styles[0].cool_down * styles[1].cool_down,
        parts=styles[0].parts or styles[1].parts,
        slower=any(style.slower for style in styles),
        tells=all(style.trains for style in styles) and not (overridden(plan) or wish.fewer),
    )


def _style(styles: tuple[Style, ...], name: str) -> Style:
    return next(style for style in styles if style.id == name)


def _today(training: Training, agreed: Level, styles: tuple[Style, ...], wish: Wish) -> Level:
    if wish.easiest or wish.unguided:
        return training.levels[0]
    level = beside(training, agreed, -1) if wish.eased else agreed
    limits = [training.levels.index(level_set(training, style.heaviest)) for style in styles if style.heaviest]
    return training.levels[min([training.levels.index(level), *limits])]
