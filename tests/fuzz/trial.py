"""One spoilt file, and what the program makes of it."""

import faulthandler
import random
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tests.fuzz.mangling import Luck
from voicecoach.errors import CoachError

HANGS_S = 60
"""Nothing takes so long on a machine that eight share; a file that does hangs."""
LONGEST_MESSAGE = 1000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `spoil` puts one into an empty folder; `use` does with that folder what the program would, and raises what comes.

    Both get their luck from the same seed. `named`: what every refusal has to say, so that one knows where to look.
    """

    name: str
    spoil: Callable[[Luck, Path], None]
    use: Callable[[Luck, Path], None]
    named: Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file: `wrong` is "" where it was accepted or refused as it should be; `said` the refusal."""

    kind: str
    seed: int
    said: str
    wrong: str


class HangsError(BaseException):
    """It takes too long. Nothing may catch it that catches exceptions."""


def tried(kind: Kind, seed: int) -> Verdict:
    """The file of `seed`, made and used."""
    luck = random.Random(f"{kind.name} {seed}")  # noqa: S311 - the same seed has to give the same file
    with tempfile.TemporaryDirectory(prefix="voicecoach-fuzz-", ignore_cleanup_errors=True) as folder:
        kind.spoil(luck, Path(folder))
        try:
            with _watched():
                kind.use(luck, Path(folder))
        except CoachError as refusal:
            return Verdict(kind.name, seed, str(refusal), flaw(refusal, kind.named(Path(folder))))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return Verdict(kind.name, seed, "", "".join(traceback.format_exception(error)[-12:]))
    return Verdict(kind.name, seed, "", "")


def flaw(refusal: CoachError, named: str) -> str:
    """What is wrong with a refusal: it is one sentence that says what, and one that says what to do, and can be shown."""
    text = str(refusal)
    flaws = {
        "is too long": len(text) > LONGEST_MESSAGE,
        "can't be printed": not text.isprintable(),
        "has no next step": not refusal.next_step.strip(),
        "is no sentence": not refusal.what.rstrip().endswith((".", "!", "?", ":")),
        f"doesn't name {named}": named not in text,
    }
    return "; ".join(f"the refusal {name}: {text[:400]!r}" for name, wrong in flaws.items() if wrong)


@contextmanager
def _watched() -> Iterator[None]:
    """Raises HangsError after HANGS_S; what doesn't come back even then ends the process, and shows where it was."""
    faulthandler.dump_traceback_later(2 * HANGS_S, exit=True)
    before = signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(HANGS_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


def _hangs(_signal: int, _frame: FrameType | None) -> None:
    raise HangsError
