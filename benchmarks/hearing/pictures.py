"""Two plots, as SVG: what patience costs and brings, and acceptance against noise."""

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

from benchmarks.hearing.tasks import LOUDER_NOISES, PATIENCES, patient_line

RHINO_MEAN, RHINO_AT_6_DB, DIALOGFLOW_MEAN = 97.6, (91.0, 96.0), 77.6
"""Acceptance of whole commands to a coffee machine, in percent, as Picovoice publishes it: another task, with 6 to 24 dB of noise."""

BAR_MISSED, BAR_FALSE_AN_HOUR = 2.0, 0.3
"""The bars for "stop" in a quiet room and for false stops in talk."""

Results = dict[str, dict[str, Any]]


def trade_off(results: Results, path: Path) -> None:
    """False safety stops an hour of read speech against missed "stop", one point for each patience."""
    figure, axes = plt.subplots(figsize=(7, 5))
    for stage, name in (("confirmed", "not confirmed"), ("suspected", "not even suspected")):
        for condition, style in (("clean", "-"), ("kitchen10", "--")):
            missed = [results[patient_line(f"stop, {condition}", patience)][f"not_{stage}_%"] for patience in PATIENCES]
            alarms = [
                results[patient_line("talk: librispeech", patience)]["per_hour"].get(f"{stage} safety", 0.0) for patience in PATIENCES
            ]
            axes.plot(alarms, missed, style, marker="o", label=f"stop {name}, {condition}")
            chosen = PATIENCES.index(1.0)
            axes.plot(alarms[chosen], missed[chosen], marker="*", markersize=16, color=axes.lines[-1].get_color())
    axes.axhline(BAR_MISSED, color="grey", linewidth=0.5)
    axes.axvline(BAR_FALSE_AN_HOUR, color="grey", linewidth=0.5)
    axes.set(
        xlabel="false alarms an hour of read speech", ylabel="missed, %", title="Patience: stars are the coach's ears, grey lines the bars"
    )
    axes.set_xscale("symlog", linthresh=1)
    axes.legend()
    figure.savefig(path)
    plt.close(figure)


def acceptance(results: Results, path: Path) -> None:
    """Words confirmed against the ratio of voice to kitchen noise, the ears beside plain Vosk."""
    figure, axes = plt.subplots(figsize=(7, 5))
    levels_db = [int(noise.removeprefix("kitchen")) for noise in LOUDER_NOISES]
    for engine, style in (("", "-"), ("plain vosk: ", "--")):
        for colour, word in enumerate(("stop", "yes", "no")):
            shares = [100 - results[f"{engine}{word}, {noise}"]["not_confirmed_%"] for noise in LOUDER_NOISES]
            axes.plot(levels_db, shares, style, color=f"C{colour}", marker="o", label=f"{engine}{word}")
    axes.axhline(RHINO_MEAN, color="grey", linewidth=0.5)
    axes.axhline(DIALOGFLOW_MEAN, color="grey", linewidth=0.5)
    axes.vlines(6, *RHINO_AT_6_DB, color="grey", linewidth=3)
    axes.text(15, RHINO_MEAN, "Rhino, another task: mean; bar: at 6 dB", fontsize="small", va="bottom")
    axes.text(15, DIALOGFLOW_MEAN, "Dialogflow, another task: mean", fontsize="small", va="bottom")
    axes.set(xlabel="kitchen noise, dB below the voice", ylabel="confirmed, %", title="Acceptance against noise")
    axes.invert_xaxis()
    axes.legend()
    figure.savefig(path)
    plt.close(figure)
