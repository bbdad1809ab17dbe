"""calibrations.json: what the sound devices were like the last time."""

import json
from pathlib import Path

from tests.fuzz.mangling import Luck, mangled, once_in, placed
from tests.fuzz.trial import Kind
from voicecoach.commands.first_words import in_short
from voicecoach.journal.calibrations import Calibrations
from voicecoach.messages.calibration import Figures

DEVICES = "Jabra Speak > Jabra Speak"
FIGURES = {
    "noise_dbfs": -60.0, "coach_dbfs": -30.0, "echo_loss_db": 20.0, "delay_ms": 80.0, "drift_ppm": 30.0, "peak_dbfs": -6.0,
    "clipped_share": 0.0, "zero_share": 0.0,
}  # fmt: skip
VALUES = (
    "null", "true", "0", "-1", "1e308", "1e999", "NaN", "Infinity", "9" * 400, "9" * 5000, '""', '"x"', "[]", "{}", "[" * 100_000,
    '{"a":' * 3000,
    '"\\ud800"', '"\\u0000"', '"' + "x" * 5000 + '"', "'x'", "", "1,", "0.5", "-120", "999999",
)  # fmt: skip
NEW = Figures(-55.0, None, None, None, None, -6.0, 0.0, 0.0)


def _spoil(luck: Luck, folder: Path) -> None:
    path = folder / "calibrations.json"
    text = json.dumps({name: {"at": "2026-11-24", "figures": FIGURES} for name in (DEVICES, "another > one")}, indent=1)
    if once_in(luck, 15):
        placed(luck, path)
        return
    for _ in range(luck.choice((0, 1, 1, 2, 5))):
        lines = text.split("\n")
        n = luck.randrange(len(lines))
        key, colon, _ = lines[n].partition(":")
        what = luck.random()
        if what < 0.7 and colon:
            lines[n] = f"{key}: {luck.choice(VALUES)}{',' if once_in(luck, 2) else ''}"
        elif what < 0.85:
            del lines[n]
        else:
            lines.insert(n, lines[luck.randrange(len(lines))])
        text = "\n".join(lines)
    path.write_bytes(mangled(luck, text.encode()) if once_in(luck, 2) else text.encode())


def _use(luck: Luck, folder: Path) -> None:
    kept = Calibrations(folder / "calibrations.json")
    told = [kept.trouble or ""]
    for name in (DEVICES, "another > one", "nothing > none"):
        if found := kept.last(name):
            told += [in_short(found), kept.last_at(name), f"{found.over_noise_db} {found.residue_dbfs} {found.drift_ppm or 0.0:.1f}"]
    told.append(kept.keep(DEVICES, NEW, "2026-11-25") or "")
    assert all(len(text) < 1000 and text.isprintable() for text in told), told
    assert kept.last(DEVICES) == NEW
    again = Calibrations(folder / "calibrations.json")
    assert told[-1] or (again.last(DEVICES) == NEW and again.trouble is None), again.trouble


def _named(folder: Path) -> str:
    return "calibrations.json"


KIND = Kind("calibrations", _spoil, _use, _named)
