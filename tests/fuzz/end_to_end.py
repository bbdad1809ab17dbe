"""The same files, given to the program as somebody would."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.coach.stage import PROMPTS
from tests.fuzz.kinds import KINDS
from tests.fuzz.trial import HANGS_S, LONGEST_MESSAGE, Kind, Verdict, tried

Words = list[str | Path]
ROOT = PROMPTS.parents[1]
CODES = range(5)
"""Done, a check failed, wrong input, something missing, a fault."""
COMMANDS: dict[str, tuple[Callable[[Path], Words], ...]] = {
    "settings": (lambda home: ["say", "--home", home],),
    "prompts": (lambda home: ["say", "--home", home],),
    "scenarios": (lambda home: ["rehearse", home / "scenario.toml", "--home", home / "home"],),
    "journals": (
        lambda home: ["history", "--json", "--home", home],
        lambda home: ["history", "--html", home / "page.html", "--home", home],
        lambda home: ["forget", "Anna", "--home", home],
    ),
    "sounds": (lambda home: ["hear", home / "sound.wav", "--home", home / "home"],),
}
"""What reads such a file. A model would be installed into this checkout, so the models are not among them; the figures are read
where there are sound devices."""


def ran(kind: Kind, seed: int) -> Verdict:
    """The file of `seed`, and one command that reads it."""
    if kind.name == "scenarios" and not tried(kind, seed).said:
        return Verdict(kind.name, seed, "", "")  # a whole evening in sound would come of it
    luck = random.Random(f"{kind.name} {seed}")  # noqa: S311 - the same file as `tried` makes
    with tempfile.TemporaryDirectory(prefix="voicecoach-fuzz-", ignore_cleanup_errors=True) as folder:
        kind.spoil(luck, Path(folder))
        command = COMMANDS[kind.name][seed % len(COMMANDS[kind.name])](Path(folder))
        try:
            done = subprocess.run(
                [sys.executable, "-m", "voicecoach", *command],
                cwd=ROOT,
                env=os.environ | {"PYTHONWARNINGS": "default"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=HANGS_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Verdict(kind.name, seed, "", f"{command} hangs")
    said = done.stderr.decode("utf-8", "backslashreplace").removesuffix("\n")
    flaws = {
        f"exit code {done.returncode}": done.returncode not in CODES,
        "a traceback": "Traceback" in said or b"Traceback" in done.stdout,
        "something unexpected": "Something unexpected" in said,
        "more than a sentence on stderr": not said.isprintable() or len(said) > LONGEST_MESSAGE,
        "an error without a sentence": bool(done.returncode) and not said,
        "a sentence without an error": bool(said) and not done.returncode,
    }
    wrong = "; ".join(name for name, is_so in flaws.items() if is_so)
    return Verdict(kind.name, seed, said, wrong and f"{command}: {wrong}: {said[:400]!r}")


ENDED = tuple(kind for kind in KINDS if kind.name in COMMANDS)
"""The kinds that this can be done with."""
