"""Outcomes of single clips and of talk, and what they add up to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from benchmarks.hearing.engines import ASKED, Engine, Sign
from benchmarks.hearing.recordings import Clip
from voicecoach.messages.heard import Stage
from voicecoach.messages.sound import EARS_RATE_HZ, Samples


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one clip: seconds from the word's end to its first sign and to its confirmation, None if there was none.

    `wrong` is what else was confirmed, `safety` whether any safety phrase was. `asked`: the coach would have paused and asked.
    """

    first_s: float | None
    confirmed_s: float | None
    wrong: tuple[str, ...]
    safety: bool
    asked: bool


@dataclass(slots=True)
class Heard:
    """What talk was taken for: detections by stage and kind ("confirmed safety"), in how many seconds of sound."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def outcome(engine: Engine, clip: Clip, moment: str, meaning: str, *, urgent: bool) -> Outcome:
    """Play one clip.

    For an urgent meaning any safety phrase is right: what counts is that it ends the set. What comes before the word is wrong in any case.
    """
    signs = [sign for sign in engine(clip.samples, moment) if sign.stage is not Stage.WITHDRAWN and sign.meaning]
    right = [sign for sign in signs if sign.at_s > clip.begin_s and (sign.meaning == meaning or (urgent and sign.urgent))]
    acted = [sign for sign in right if sign.stage is Stage.CONFIRMED]
    asked = [sign for sign in signs if sign.meaning == ASKED and sign.at_s > clip.begin_s]
    fine = [*right, *(asked if urgent else ())]
    wrong = {sign.meaning for sign in signs if sign not in fine and sign.stage is Stage.CONFIRMED}
    safety = any(sign.urgent and sign.stage is Stage.CONFIRMED for sign in signs)
    return Outcome(_delay(right, clip), _delay(acted, clip), tuple(sorted(wrong)), safety, bool(asked))


def _delay(signs: Sequence[Sign], clip: Clip) -> float | None:
    return signs[0].at_s - clip.end_s if signs else None


def talk(engine: Engine, samples: Samples) -> Heard:
    """Play talk that means nothing to the coach, in a set."""
    heard = Heard(seconds=len(samples) / EARS_RATE_HZ)
    for sign in engine(samples, "set"):
        asked = sign.meaning == ASKED
        kind = "safety" if sign.urgent else "command" if sign.meaning and not asked else "unclear"
        heard.counts[f"{sign.stage} {kind}"] += not asked
        heard.counts["of these asked about"] += asked
        heard.counts["command or asked about"] += asked or (kind == "command" and sign.stage is Stage.CONFIRMED)
    return heard


def word_figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """One line of the table for clips of a word."""
    n = len(outcomes)
    unsuspected = sum(one.first_s is None for one in outcomes)
    unconfirmed = sum(one.confirmed_s is None for one in outcomes)
    return {
        "n": n,
        "not_suspected_%": percent(unsuspected, n),
        "not_suspected_interval_%": wilson(unsuspected, n),
        "not_confirmed_%": percent(unconfirmed, n),
        "not_confirmed_interval_%": wilson(unconfirmed, n),
        "nor_asked_about_%": percent(sum(one.confirmed_s is None and not one.asked for one in outcomes), n),
        "wrong_%": percent(sum(bool(one.wrong) for one in outcomes), n),
        "wrong": dict(Counter(meaning for one in outcomes for meaning in one.wrong).most_common(4)),
        "first_sign_p50_p95_s": _percentiles(one.first_s for one in outcomes),
        "confirmed_p50_p95_s": _percentiles(one.confirmed_s for one in outcomes),
    }


def other_figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """One line of the table for words that are none of the coach's."""
    n, safety = len(outcomes), sum(one.safety for one in outcomes)
    wrong, asked = sum(bool(set(one.wrong) - {ASKED}) for one in outcomes), sum(one.asked for one in outcomes)
    return {
        "n": n,
        "taken_for_safety_%": percent(safety, n),
        "interval_%": wilson(safety, n),
        "taken_for_a_command_%": percent(wrong, n),
        "asked_about_%": percent(asked, n),
    }


def talk_figures(parts: Sequence[Heard]) -> dict[str, object]:
    """One line of the table for talk."""
    counts, hours = sum((part.counts for part in parts), Counter[str]()), sum(part.seconds for part in parts) / 3600
    return {
        "hours": round(hours, 3),
        "per_hour": {name: round(count / hours, 1) for name, count in sorted(counts.items())},
        "per_hour_interval": {name: poisson(count, hours) for name, count in sorted(counts.items())},
        "counts": dict(sorted(counts.items())),
    }


def percent(hits: int, n: int) -> float:
    """A share in percent."""
    return round(100 * hits / n, 1)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95% interval of a proportion, in percent, after Wilson."""
    p, z = hits / n, 1.96
    centre, half, scale = p + z * z / 2 / n, z * float(np.sqrt(p * (1 - p) / n + z * z / 4 / n / n)), 1 + z * z / n
    return round(max(0.0, 100 * (centre - half) / scale), 1), round(100 * (centre + half) / scale, 1)


def poisson(count: int, hours: float) -> tuple[float, float]:
    """95% interval of an hourly rate, exact."""
    low = float(stats.chi2.ppf(0.025, 2 * count)) / 2 if count else 0.0
    return round(low / hours, 1), round(float(stats.chi2.ppf(0.975, 2 * count + 2)) / 2 / hours, 1)


def _percentiles(delays: Iterable[float | None]) -> list[float]:
    known = [delay for delay in delays if delay is not None]
    return [round(float(np.percentile(known or [np.nan], q)), 2) for q in (50, 95)]
