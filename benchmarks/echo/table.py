"""The figures beside the bars, one line for all front ends."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.echo.front_ends import OURS
from benchmarks.echo.tasks import Found
from voicecoach.messages.heard import Stage

WORD_BARS = {"SER +0 dB": "98%", "SER -10 dB": "95%", "SER -18 dB": "75%", "SER -10 dB, 50 ppm": "80%"}
DELAY_BAR = "0.15 / 0.35 s"


def rows(found: Sequence[Found]) -> Iterator[tuple[str, str, str]]:
    """What is measured, its bar, and the figures of every front end."""
    for kind, told in (("loss", _losses), ("moved", _moved)):
        for name, per_end in _by_name(found, kind):
            yield name, "3 s" if kind == "moved" else "", "; ".join(f"{end}: {told(parts)}" for end, parts in per_end.items())
    for name, per_end in _by_name(found, "words"):
        for what, recorded in (("“stop”, recorded", True), ("safety phrases, synthetic", False)):
            figures = "; ".join(f"{end}: {_heard(parts, recorded=recorded)}" for end, parts in per_end.items())
            yield f"{what}, {name}: hushed, obeyed", WORD_BARS[name], figures
        yield f"the coach's own doing meanwhile, {name}", "0", "; ".join(f"{end}: {_own(parts)}" for end, parts in per_end.items())
        yield f"word end to hush p50 / p95, {name}", DELAY_BAR, "; ".join(f"{end}: {_delays(parts)}" for end, parts in per_end.items())
    for name, per_end in _by_name(found, "own"):
        for end, parts in per_end.items():
            yield f"{name}, two rooms, three levels, two drifts, {end}", "0 confirmed, 1 suspected in 1,000", _own(parts)
            for one in (own for part in parts for own in part.own if end == OURS):
                yield f"    “{one.line}”", "", f"{one.heard.stage.value} “{one.heard.phrase or one.heard.text}” at {one.heard.at_s:.1f} s"


def _by_name(found: Sequence[Found], kind: str) -> list[tuple[str, dict[str, list[Found]]]]:
    table: dict[str, dict[str, list[Found]]] = {}
    for one in found:
        if one.task.kind == kind:
            table.setdefault(one.task.name, {}).setdefault(one.task.front_end, []).append(one)
    return list(table.items())


def _losses(parts: list[Found]) -> str:
    return ", ".join(f"{one.loss.first_db:.0f} dB in the first 5 s, then {one.loss.settled_db:.0f} dB" for one in parts if one.loss)


def _moved(parts: list[Found]) -> str:
    backs = [one.back for one in parts if one.back]
    return ", ".join(f"10 dB out after {back.useful_s:.1f} s, as before but for 3 dB after {back.as_before_s:.1f} s" for back in backs)


def _heard(parts: list[Found], *, recorded: bool) -> str:
    said = [word for one in parts for word in one.said if (word.name == "recorded") is recorded]
    hushed, sure = (sum(getattr(word, name) is not None for word in said) for name in ("hushed_s", "sure_s"))
    return f"{hushed / len(said):.1%}, {sure / len(said):.1%} (n={len(said)})" if said else "none said"


def _own(parts: list[Found]) -> str:
    urgent = [own.heard for one in parts for own in one.own if own.urgent]
    sure = sum(heard.stage is Stage.CONFIRMED for heard in urgent)
    asked = sum(own.asked for one in parts for own in one.own)
    others = sum(not own.urgent and not own.asked for one in parts for own in one.own)
    lines = sum(one.lines for one in parts)
    return f"{sure} confirmed, {len(urgent) - sure} suspected, {others} other commands, {asked} pauses to ask in {lines} lines"


def _delays(parts: list[Found]) -> str:
    delays_s = [word.hushed_s for one in parts for word in one.said if word.hushed_s is not None]
    return " / ".join(f"{value:.2f}" for value in np.percentile(delays_s, [50, 95])) + " s" if delays_s else "none"
