"""What may be ordered from elsewhere."""

import pytest

from voicecoach.messages.intents import Intent
from voicecoach.onlookers.broker.orders import DONE, Orders


def obeyed(*orders: tuple[str, float], kept: bool = False) -> tuple[list[Intent], list[str]]:
    done: list[Intent] = []
    there = Orders(done.append)
    return done, [there.obey(order, at_s, kept=kept) for order, at_s in orders]


@pytest.mark.parametrize(
    ("order", "intent"), [("stop", Intent.STOP), ("STOP", Intent.STOP), (" Stop\n", Intent.STOP), ("pause", Intent.PAUSE)]
)
def test_a_stop_and_a_pause_are_obeyed(order: str, intent: Intent) -> None:
    assert obeyed((order, 0.0)) == ([intent], [DONE])


@pytest.mark.parametrize("order", ["start", "resume", "continue", "yes", "stopped", ""])
def test_nothing_else_is_and_nothing_makes_anything_begin_or_go_on(order: str) -> None:
    done, (answer,) = obeyed((order, 0.0))
    assert done == []
    assert answer.startswith("ignored: ")


@pytest.mark.parametrize("order", ["stop", "pause", "start"])
def test_what_the_broker_kept_from_before_is_no_order(order: str) -> None:
    done, (answer,) = obeyed((order, 0.0), kept=True)
    assert done == []
    assert "kept by the broker" in answer


def test_a_button_that_bounces_orders_once_and_a_second_press_again() -> None:
    done, answers = obeyed(("pause", 0.0), ("pause", 0.1), ("pause", 0.2), ("pause", 3.0))
    assert len(done) == 2
    assert [answer == DONE for answer in answers] == [True, False, False, True]


def test_a_stop_right_after_a_pause_is_obeyed() -> None:
    assert obeyed(("pause", 0.0), ("stop", 0.01))[0] == [Intent.PAUSE, Intent.STOP]
