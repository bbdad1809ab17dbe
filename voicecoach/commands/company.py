"""Who watches a live session in this house, as its settings have it."""

from collections.abc import Iterator
from contextlib import ExitStack

from voicecoach.commands.options import tell
from voicecoach.house import House
from voicecoach.onlookers import wired
from voicecoach.onlookers.broker import announcing
from voicecoach.onlookers.onlooker import Hands, Onlooker


def company(house: House, hands: Hands, ends: ExitStack) -> Iterator[Onlooker]:
    """Everybody; what has to be ended with the session is put into `ends`. What isn't there is left out without a word."""
    yield from announcing.begin(house.settings.mqtt, house.outbox, hands, ends, tell)
    yield from wired.begin(house.settings.wired, hands, ends)
