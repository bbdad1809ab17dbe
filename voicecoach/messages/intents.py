"""What a person can mean."""

from dataclasses import dataclass
from enum import StrEnum

from voicecoach.messages.heard import Stage


class Intent(StrEnum):
    """Every name that prompts/*/hears.toml may use for a group of phrases."""

    STOP = "stop"
    PAIN = "pain"
    NERVE = "nerve"
    DISTRESS = "distress"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT_SET = "next_set"
    REPEAT = "repeat"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    QUIETER = "quieter"
    LESS_TALK = "less_talk"
    MORE_TALK = "more_talk"
    SKIP = "skip"
    EASIER = "easier"
    HARDER = "harder"
    LEFT = "left"
    MORE_REST = "more_rest"
    HELP = "help"
    WHY = "why"
    FEEL_BACK = "feel_back"
    QUESTION = "question"
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NUMBER = "number"
    WHICH = "which"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    MORE = "more"
    SOMEBODY_ELSE = "somebody_else"
    NAME = "name"
    SETTING = "setting"
    FORGET = "forget"
    HOW_LONG = "how_long"
    ROUTINE = "routine"
    FEEL_RIGHT = "feel_right"
    IN_BACK = "in_back"
    ELSEWHERE = "elsewhere"
    GO_ON = "go_on"
    CLOSE = "close"


URGENT = frozenset({Intent.STOP, Intent.PAIN, Intent.NERVE, Intent.DISTRESS})
"""Listened for at every moment and obeyed in every state."""


@dataclass(frozen=True, slots=True)
class Meant:
    """An utterance understood. `phrase` and `text`: its words, where they are still known. `value` is 0 to 10 for NUMBER.

    `topic` says more about the intent where hears.toml does: the question asked for QUESTION, "grave" for a DISTRESS that is an
    emergency by itself, "one_leg" for an EASIER.
    """

    intent: Intent
    stage: Stage
    phrase: str = ""
    text: str = ""
    value: int | None = None
    topic: str = ""
