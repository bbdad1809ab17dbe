"""How long the coach's lines take to say, about."""

from voicecoach.messages.lines import Line
from voicecoach.voice.script import Script

SECONDS_A_LETTER, SECONDS_A_LINE = 0.064, 0.37
"""Fitted to all of says.toml as the usual voice says it at 155 words a minute; the lines are 0.5 s off it (standard deviation)."""
USUAL_NUMBER = 12
"""Stands for what comes into a {place}."""


def spoken_s(script: Script) -> dict[str, float]:
    """By line id, in the first of its variants."""
    filled = {line: Line(line, tuple((place, USUAL_NUMBER) for place in script.places(line))) for line in script.ids()}
    return {name: SECONDS_A_LINE + SECONDS_A_LETTER * len(script.sentence(line)) for name, line in filled.items()}
