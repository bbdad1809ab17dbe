"""What the coach says, by name; the words are in prompts/."""

from dataclasses import dataclass

IN_THE_AIR = (
    "set.", "theme.", "practice.", "warm_up.tilt", "warm_up.squeeze", "warm_up.release", "warm_up.half_lift",
    "breath.", "lead_in", "countdown",
)  # fmt: skip
"""How lines begin that are said while the legs move: the coach must not hear itself command something."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of says.toml: its id and what goes into its {places}."""

    id: str
    values: tuple[tuple[str, str | int], ...] = ()
