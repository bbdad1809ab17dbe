"""What else was set: a button, lights, a broker. Nothing of it keeps a session from beginning."""

from collections.abc import Callable, Iterator
from functools import partial

from voicecoach.commands.checks import wired
from voicecoach.commands.checks.looks import Better, Look
from voicecoach.errors import CoachError, Missing
from voicecoach.house import House
from voicecoach.onlookers.broker.connection import Connection
from voicecoach.onlookers.broker.terms import Terms


def looks(house: House) -> tuple[Look, ...]:
    """One for each thing that is set; mostly none."""
    set_up = (*wired.looks(house.settings.wired), *_broker(house.settings.mqtt))
    return tuple(Look(name, partial(_not_needed, see)) for name, see in set_up)


def _not_needed(see: Callable[[], str]) -> str:
    try:
        return see()
    except CoachError as error:
        raise Better(error.what, error.next_step) from None


def _broker(terms: Terms | None) -> Iterator[tuple[str, Callable[[], str]]]:
    if terms is not None:
        yield "broker", lambda: _there(terms)


def _there(terms: Terms) -> str:
    try:
        with Connection(terms, f"voicecoach-check-{terms.id}", lambda *_: None):
            return f"{terms.host} is there"
    except OSError as error:
        raise Missing(f"The broker {terms.host} isn't there ({error}).", "Look at [mqtt] in settings.toml, and at the broker.") from None
