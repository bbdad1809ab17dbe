"""The table for README: each bar beside the ears' figure, plain Vosk's and, where it was published, Home Assistant's stop word."""

from collections.abc import Mapping
from typing import Any

from benchmarks.hearing.figures import poisson

SUSPECTED, CONFIRMED = "not_suspected_%", "not_confirmed_%"
STOPS = (
    ("clean", 1, 2, "1.3"),
    ("kitchen10", 4, 5, "5.3"),
    ("kitchen5", 10, 12, "14.8"),
    ("exercise_bike10", 3, 4, "2.5"),
    ("music10", 5, 6, "6.6"),
)
"""Condition, bars for not suspected and not confirmed in percent, and what Home Assistant's "stop" model misses there."""

PLAIN = "plain vosk: "


def table(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Rows in Markdown: of what there are results for."""
    rows = [*_words(results), *_talk(results), *_cost(results)]
    head = "| figure | n | bar | ears | plain Vosk | Home Assistant's stop word |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)


Row = tuple[object, ...]


def _words(results: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    bars: dict[str, tuple[object, object, str]] = {
        f"stop, {condition}": (suspected, confirmed, theirs) for condition, suspected, confirmed, theirs in STOPS
    }
    bars |= {f"{word}, {condition}": ("", bar, "") for word in ("yes", "no") for condition, bar in (("clean", 2), ("kitchen10", 5))}
    bars |= {"digits, clean": ("", 3, "")}
    bars |= {f"safety phrases (synthetic), {name}": ("", bar, "") for name, bar in (("clean", 1), ("kitchen10", 5), ("muffled", 8))}
    for line, figures in results.items():
        if line.startswith(PLAIN) or CONFIRMED not in figures:
            continue
        suspected, confirmed, theirs = bars.get(line, ("", "", ""))
        plain = results.get(PLAIN + line, {})
        if "stop" in line or "safety" in line:
            rows.append((f"{line}: not suspected, %", figures["n"], suspected, _range(figures, SUSPECTED), plain.get(SUSPECTED, ""), ""))
        rows.append((f"{line}: not confirmed, %", figures["n"], confirmed, _range(figures, CONFIRMED), plain.get(CONFIRMED, ""), theirs))
        if "safety" in line:
            rows.append((f"{line}: neither confirmed nor asked about, %", figures["n"], "", figures["nor_asked_about_%"], "", ""))
        rows.append((f"{line}: wrong command, %", figures["n"], 1, figures["wrong_%"], plain.get("wrong_%", ""), ""))
    if stop := results.get("stop, clean"):
        first, confirmed = stop["first_sign_p50_p95_s"], stop["confirmed_p50_p95_s"]
        plain = results.get(f"{PLAIN}stop, clean", {})
        rows.append(("word end to suspected, p50 / p95, s", stop["n"], "0.10 / 0.30", f"{first[0]} / {first[1]}", _pair(plain), ""))
        rows.append(("word end to confirmed, p95, s", stop["n"], 0.9, confirmed[1], "", ""))
    return rows


def _talk(results: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    for line, figures in results.items():
        plain = results.get(PLAIN + line, {})
        if line == "other single words":
            cells = ("taken_for_safety_%", "taken_for_a_command_%", "asked_about_%")
            rows += [
                (f"{line}: {cell}", figures["n"], bar, figures[cell], plain.get(cell, ""), "")
                for cell, bar in zip(cells, (2, "", ""), strict=True)
            ]
        if not line.startswith("talk"):
            continue
        for name, bar, theirs in (
            ("confirmed safety", 0.3, "3.0"),
            ("suspected safety", 6, ""),
            ("command or asked about", 2, ""),
            ("of these asked about", "", ""),
            ("confirmed unclear", "", ""),
        ):
            rate, other = figures["per_hour"].get(name, 0.0), plain.get("per_hour", {}).get(name, 0.0)
            low, high = figures["per_hour_interval"].get(name, poisson(0, figures["hours"]))
            mine = f"{rate} [{low}, {high}]"
            rows.append((f"{line}: {name}, an hour", f"{figures['hours']} h", bar, mine, other, theirs if "librispeech" in line else ""))
    return rows


def _cost(results: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    bars = {"real_time_factor, read speech": 0.08, "real_time_factor, quiet room": 0.08, "resident_mb": 250}
    plain = results.get(f"{PLAIN}cost", {})
    return [(name, "", bars[name], figure, plain.get(name, ""), "") for name, figure in results.get("cost", {}).items()]


def _range(figures: Mapping[str, Any], cell: str) -> str:
    low, high = figures[cell.replace("_%", "_interval_%")]
    return f"{figures[cell]} [{low}, {high}]"


def _pair(figures: Mapping[str, Any]) -> str:
    return " / ".join(str(delay) for delay in figures.get("first_sign_p50_p95_s", ()))
