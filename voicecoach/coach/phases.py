"""Where a session can be, and every way from one place to another.

The rules: STOPPED can be reached from everywhere and leads only to the end. Nothing leads from PAUSED to movement but a word of the
person's. A session that was not screened reaches neither TEACH nor WARM_UP. The table says where one may go; session.py and
commands.py say why.
"""

from enum import StrEnum


class Phase(StrEnum):
    """The states of a session, as they stand in the event log."""

    SCREEN = "screen"
    TEACH = "teach"
    WARM_UP = "warm_up"
    SET = "set"
    HOLD = "hold"
    CHECK_IN = "check_in"
    REST = "rest"
    COOL_DOWN = "cool_down"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"


MOVING = frozenset({Phase.TEACH, Phase.WARM_UP, Phase.SET, Phase.HOLD})
"""Where the person's legs may be in the air."""

PAUSABLE = frozenset({Phase.SCREEN, Phase.TEACH, Phase.WARM_UP, Phase.SET, Phase.HOLD, Phase.CHECK_IN, Phase.REST, Phase.COOL_DOWN})

_S, _L, _W, _T, _H, _C, _R, _D, _P = (
    Phase.SCREEN,
    Phase.TEACH,
    Phase.WARM_UP,
    Phase.SET,
    Phase.HOLD,
    Phase.CHECK_IN,
    Phase.REST,
    Phase.COOL_DOWN,
    Phase.PAUSED,
)

MOVES: tuple[tuple[str, tuple[Phase, ...], Phase], ...] = (
    # name, from, to
    ("teach", (_S,), Phase.TEACH),
    ("warm up", (_L,), Phase.WARM_UP),
    ("work", (_W, _R), Phase.SET),
    ("top", (_T,), Phase.HOLD),
    ("lower", (_H,), Phase.SET),
    ("check in", (_T, _H), Phase.CHECK_IN),
    ("rest", (_C,), Phase.REST),
    ("cool down", (_C,), Phase.COOL_DOWN),
    ("pause", (_S, _L, _W, _T, _H, _C, _R, _D), Phase.PAUSED),
    ("resume", (_P,), Phase.SCREEN),
    ("resume", (_P,), Phase.TEACH),
    ("resume", (_P,), Phase.WARM_UP),
    ("resume", (_P,), Phase.SET),
    ("resume", (_P,), Phase.CHECK_IN),
    ("resume", (_P,), Phase.REST),
    ("resume", (_P,), Phase.COOL_DOWN),
    ("stop", (_S, _L, _W, _T, _H, _C, _R, _D, _P), Phase.STOPPED),
    ("finish", (_S, _D, _P, Phase.STOPPED), Phase.FINISHED),
)
"""One row a way; one that isn't here is refused. The diagram in README is drawn from it."""


def scripted(phase: Phase) -> Phase:
    """The phase whose script is going on in `phase`: a hold is part of its set."""
    return Phase.SET if phase is Phase.HOLD else phase


def diagram() -> str:
    """MOVES as a mermaid state diagram, one arrow a way; README shows it, and a test keeps the two equal."""
    arrows = [f"    {source.value} --> {to.value}: {name}" for name, sources, to in MOVES for source in sources]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {Phase.SCREEN.value}", *arrows, f"    {Phase.FINISHED.value} --> [*]"])
