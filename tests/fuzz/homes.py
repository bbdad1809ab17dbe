"""Settings and prompts: what somebody may edit at home."""

import shutil
from functools import cache
from pathlib import Path

from tests.coach.stage import KNOWN, PROMPTS
from tests.fuzz.editing import mangled_toml
from tests.fuzz.evening import lived
from tests.fuzz.mangling import Luck, once_in, placed
from tests.fuzz.trial import Kind
from voicecoach import places
from voicecoach.app import Parts
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.house import open_house
from voicecoach.messages.memory import Memory
from voicecoach.notes import remembered
from voicecoach.wording import check_vocabulary

ROOT = PROMPTS.parent
SETTINGS = """
locale = "en"
voice = "en-us+f5"
words_per_minute = 155
microphone = "USB"
speaker = "Jabra"

[plan]
sets = 2
reps = 8
lift_s = 2.0
top_s = 2.0
lower_s = 3.0
settle_s = 2.5
rest_s = 30
lead_in_s = 8
warm_up_s = 0
cool_down_s = 0
answer_s = 8
legs = "both"
talk = "usual"
level = "both_2x10"
routine = "usual"
kind = "strength"
emergency = "112"

[[people]]
name = "Anna"
level = "both_3x10"
usual_pain = 2
units = "metric"
talk = "less"
voice = "en-gb"
words_per_minute = 140

[[people]]
number = 3
name = "Ben"
"""
AT = "2026-11-24T18:03:00+01:00"
FILES = sorted(path.name for path in PROMPTS.glob("*.toml"))
LAYERS = ("en", "en-GB", "base-less", "over en", "over itself", "over nothing")


@cache
def _model() -> SpeechModel | None:
    """The speech model, where it was fetched."""
    folder = places.model(Path("nowhere"))
    return SpeechModel(folder) if folder.is_dir() else None


def _use(luck: Luck, folder: Path) -> None:
    house = open_house(folder)
    with Parts(house) as parts:
        model = _model()
        if model is not None:
            check_vocabulary(house.prompts, parts.phrasebook, model)
        memory = luck.choice((KNOWN, Memory(KNOWN.today), remembered(house, None, AT)))
        lived(luck, house.settings.plan, parts.curriculum, parts.script, parts.phrasebook, memory)


def _spoil_settings(luck: Luck, folder: Path) -> None:
    path = folder / "settings.toml"
    if once_in(luck, 25):
        placed(luck, path)
    else:
        text = (
            SETTINGS if once_in(luck, 3) else "\n".join(line for line in SETTINGS.split("\n") if line.startswith("[") or once_in(luck, 3))
        )
        path.write_bytes(mangled_toml(luck, text))


def _spoil_prompts(luck: Luck, folder: Path) -> None:
    """One file of a locale: laid over what came along, or in a locale of somebody's own."""
    layer = luck.choice(LAYERS)
    name = luck.choice(FILES)
    own = folder / "prompts" / (layer if layer.startswith("en") else "xx")
    own.mkdir(parents=True)
    if layer == "base-less":
        shutil.copytree(PROMPTS, own, dirs_exist_ok=True)
    elif not layer.startswith("en"):
        base = {"over en": "en", "over itself": "xx", "over nothing": "yy"}[layer]
        (own / "locale.toml").write_text(f'name = "X"\nbase = "{base}"\n')
    (folder / "settings.toml").write_text(f'locale = "{own.name}"\n')
    shipped = (PROMPTS / name).read_text(encoding="utf-8")
    if once_in(luck, 25):
        placed(luck, own / name)
    else:
        (own / name).write_bytes(mangled_toml(luck, _part_of(luck, shipped) if layer != "base-less" and not once_in(luck, 4) else shipped))


def _part_of(luck: Luck, text: str) -> str:
    """A few of its tables: a home changes little."""
    lines = text.split("\n")
    heads = [n for n, line in enumerate(lines) if line.startswith("[")]
    if not heads:
        return text
    n = luck.randrange(len(heads))
    end = heads[min(n + luck.choice((1, 2, 5)), len(heads) - 1)]
    return "\n".join(lines[heads[n] : end if end > heads[n] else len(lines)])


def _named_settings(folder: Path) -> str:
    return "settings.toml"


def _named_prompts(folder: Path) -> str:
    return "prompts"


SETTINGS_KIND = Kind("settings", _spoil_settings, _use, _named_settings)
PROMPTS_KIND = Kind("prompts", _spoil_prompts, _use, _named_prompts)
