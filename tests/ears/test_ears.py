"""Real voices through the real recogniser."""

import numpy as np
import pytest

from tests.coach.stage import PHRASEBOOK
from tests.ears.rooms import blocks, confirmed, ears, hear, model, quiet, room, words
from voicecoach.ears.ears import RENEW_ANYWAY_S, RENEW_S, Ears
from voicecoach.messages.heard import Stage, Trouble
from voicecoach.messages.sound import EARS_RATE_HZ


@pytest.mark.parametrize("name", ["stop_1", "stop_2"])
@pytest.mark.parametrize("moment", ["set", "question", "number"])
def test_stop_is_suspected_and_then_confirmed_once_at_every_moment(name: str, moment: str) -> None:
    found = hear(ears(moment), room(4.0, (1.5, name)))
    assert [heard.stage for heard in found if heard.phrase == "stop"] == [Stage.SUSPECTED, Stage.CONFIRMED]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_is_heard_when_asked(answer: str) -> None:
    assert confirmed(hear(ears("question"), room(4.0, (1.5, answer)))) == [answer]


def test_down_is_no_answer() -> None:
    assert confirmed(hear(ears("question"), room(4.0, (1.5, "down")))) == []


def test_an_answer_is_nothing_during_a_set() -> None:
    assert "yes" not in confirmed(hear(ears("set"), room(4.0, (1.5, "yes"))))


def test_a_sentence_that_is_no_command_is_not_acted_upon() -> None:
    assert confirmed(hear(ears("set"), room(16.0, (0.5, "talk")))) == []


@pytest.mark.parametrize("talk_s", [2.5, 3.0, 4.1])
def test_who_talks_and_then_says_that_it_hurts_is_heard(talk_s: float) -> None:
    story = room(0.5 + talk_s, (0.5, "talk"))
    listening = ears("set")
    assert confirmed(hear(listening, story)) == []
    assert confirmed(hear(listening, room(4.0, (0.45, "it_hurts")))) == ["it hurts"]


def test_a_quiet_room_says_nothing() -> None:
    assert hear(ears("set"), quiet(20.0)) == []


def test_nothing_is_heard_before_it_is_said_what_to_listen_for() -> None:
    listening = Ears(model(), words(), None, {})
    assert hear(listening, room(3.0, (1.0, "stop_1"))) == []


@pytest.mark.parametrize("switch_s", [1.2, 1.4, 1.6, 1.8, 2.0, 2.2])
def test_a_change_of_what_may_be_said_loses_no_word_and_doubles_none(switch_s: float) -> None:
    listening, found = ears("set"), []
    for at, block in enumerate(blocks(room(5.0, (1.5, "stop_1")))):
        if at == round(switch_s * 50):
            listening.scope(PHRASEBOOK.grammar("question"))
        found += listening.feed(block, np.zeros_like(block))
    assert confirmed(found) == ["stop"]


@pytest.mark.parametrize("said_at_s", [9.0, 9.9, 10.7, 11.4, 12.1])
def test_a_word_in_a_room_that_is_never_still_is_heard_whenever_the_recognisers_are_renewed(said_at_s: float) -> None:
    listening, restless = ears("question"), room(said_at_s + 3.0, (said_at_s, "stop_1"))
    for second in range(1, round(said_at_s)):
        restless[second * EARS_RATE_HZ : second * EARS_RATE_HZ + EARS_RATE_HZ // 20] *= np.float32(4.0)
    before = hear(listening, restless[: round((said_at_s - 0.5) * EARS_RATE_HZ)])
    assert listening.awake
    assert listening.renewed >= 1
    rest = restless[round((said_at_s - 0.5) * EARS_RATE_HZ) :]
    assert confirmed([*before, *hear(listening, rest)]) == ["stop"]


def test_a_word_in_a_noise_without_a_pause_is_heard_while_the_recognisers_are_renewed() -> None:
    for early_s in (0.9, 0.6, 0.3):
        rumble = room(RENEW_ANYWAY_S + 3.0, (RENEW_ANYWAY_S - early_s, "stop_1"))
        rumble += (
            np.float32(0.02) * np.sin(np.arange(len(rumble)) * 2e-3).astype(np.float32) ** 2 * quiet(RENEW_ANYWAY_S + 3.0) * np.float32(300)
        )
        assert "stop" in confirmed(hear(ears("set"), rumble))


def test_recognisers_are_renewed_long_before_vosk_rebuilds_itself() -> None:
    assert RENEW_S < RENEW_ANYWAY_S <= 300.0


def test_the_clock_counts_sound() -> None:
    listening = ears("set")
    hear(listening, quiet(2.0))
    assert listening.at_s == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("gain_db", "noise_db", "trouble"), [(0, -60, None), (-40, -75, Trouble.FAINT), (0, -24, Trouble.NOISY), (24, -60, Trouble.CLIPPED)]
)
def test_a_confirmed_word_says_how_loud_it_was_and_what_is_wrong_with_that(
    gain_db: float, noise_db: float, trouble: Trouble | None
) -> None:
    sound = room(4.0, (1.5, "stop_1")) * np.float32(10 ** (gain_db / 20)) + quiet(4.0) * np.float32(10 ** ((noise_db + 60) / 20))
    word = next(heard for heard in hear(ears("set"), np.clip(sound, -1, 1)) if heard.stage is Stage.CONFIRMED)
    assert word.level
    assert word.level.trouble is trouble


def test_a_suspicion_has_no_level_yet() -> None:
    assert [heard.level for heard in hear(ears("set"), room(4.0, (1.5, "stop_1"))) if heard.stage is Stage.SUSPECTED] == [None]


@pytest.mark.parametrize("begins_s", [0.0, 0.1, 0.2])
def test_a_word_is_heard_from_the_first_moment_on(begins_s: float) -> None:
    assert confirmed(hear(ears("set"), room(3.0, (begins_s, "stop_1")))) == ["stop"]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
def test_a_sample_that_is_no_number_makes_nobody_deaf(bad: float) -> None:
    sound = room(9.0, (6.0, "stop_1"))
    sound[2 * EARS_RATE_HZ] = bad
    assert confirmed(hear(ears("set"), sound)) == ["stop"]
