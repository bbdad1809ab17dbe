"""The coach doesn't obey itself, and hears everybody else."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.coach.stage import PHRASEBOOK
from voicecoach.ears.residue import Residue
from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import Samples
from voicecoach.own_voice import EARLY_S, LATE_S, GuardedEars, OwnWords

NUMBERS = {number: word for word, number in PHRASEBOOK.numbers.words.items()}
TEXT = "Say pain or stop at any moment, and I fall silent."


class Scripted:
    """Ears that hear what they are told to."""

    def __init__(self, *heard: Heard, after_blocks: int = 0) -> None:
        self._heard = list(heard)
        self._after_blocks = after_blocks
        self.cleaned: Samples = np.zeros(320, np.float32)
        self.unsaid_phrases: list[str] = []

    def scope(self, grammar: Grammar) -> None:
        raise AssertionError(grammar)

    def forget(self) -> None:
        raise AssertionError

    def unsaid(self, phrase: str) -> None:
        self.unsaid_phrases.append(phrase)

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        self._after_blocks -= 1
        return [self._heard.pop(0)] if self._heard and self._after_blocks < 0 else []


def heard_by_others(own: OwnWords, *heard: Heard) -> list[Heard]:
    ears, nothing = GuardedEars(Scripted(*heard), own, lambda: None), np.zeros(320, np.float32)
    return [one for _ in heard for one in ears.feed(nothing, nothing)]


def saying(text: str = TEXT, from_s: float = 10.0, to_s: float = 15.0) -> OwnWords:
    own = OwnWords(NUMBERS)
    own.saying(text, from_s, to_s)
    return own


@pytest.mark.parametrize(("phrase", "at_s"), [("pain", 10.6), ("stop", 11.4), ("stop", 12.2)])
def test_a_word_that_the_coach_is_saying_is_the_coachs(phrase: str, at_s: float) -> None:
    for stage in (Stage.SUSPECTED, Stage.CONFIRMED):
        assert heard_by_others(saying(), Heard(stage, phrase, phrase, at_s)) == []


@pytest.mark.parametrize(
    ("phrase", "at_s"),
    [("stop", 10.2), ("stop", 13.6), ("pain", 12.6), ("it hurts", 11.4), ("help me", 11.0), ("stop", 9.0), ("stop", 30.0)],
)
def test_the_same_word_at_another_time_and_another_word_are_somebody_elses(phrase: str, at_s: float) -> None:
    said = Heard(Stage.CONFIRMED, phrase, phrase, at_s)
    assert heard_by_others(saying(), said) == [said]


@pytest.mark.parametrize("text", ["Stopped. Lower your legs slowly.", "Stopping. Lower your legs slowly."])
def test_a_word_that_goes_on_from_a_command_is_the_coachs_too(text: str) -> None:
    assert heard_by_others(saying(text), Heard(Stage.SUSPECTED, "stop", "stop", 10.7)) == []
    unlike = Heard(Stage.CONFIRMED, "no", "no", 10.7)
    assert heard_by_others(saying("Now we breathe. Not long."), unlike) == [unlike]


def test_of_several_words_the_coach_has_to_say_them_all() -> None:
    own = "We are done, no more lifts today."
    assert heard_by_others(saying(own), Heard(Stage.CONFIRMED, "no more", "no more", 12.6)) == []
    unlike = Heard(Stage.CONFIRMED, "no pain", "no pain", 12.6)
    assert heard_by_others(saying(own), unlike) == [unlike]


def test_a_number_that_the_coach_is_saying_is_no_answer() -> None:
    for text in ("The pain, from zero to ten?", "The pain, from 0 to 10?"):
        assert heard_by_others(saying(text, 10.0, 12.0), Heard(Stage.CONFIRMED, "", "ten", 12.6)) == []
        answer = Heard(Stage.CONFIRMED, "", "four", 12.6)
        assert heard_by_others(saying(text, 10.0, 12.0), answer) == [answer]


def test_words_that_were_hushed_were_not_said() -> None:
    own = saying("One two three four five six seven stop.")
    own.hushed(11.0)
    said = Heard(Stage.SUSPECTED, "stop", "stop", 14.9)
    assert heard_by_others(own, said) == [said]


COUNTING = "One two three four five six seven eight."


@pytest.mark.parametrize(("word", "at_s", "said"), [("one", 10.2, True), ("two", 11.0, True), ("five", 13.0, True), ("six", 13.0, False)])
def test_of_a_line_that_was_hushed_the_coach_said_what_it_had_begun_and_no_more(word: str, at_s: float, said: bool) -> None:
    own = saying(COUNTING)
    own.hushed(12.5)
    assert own.said(word, at_s) is said


@pytest.mark.parametrize("at_s", [9.0, 10.0])
def test_of_a_line_that_was_hushed_before_it_began_the_coach_said_nothing(at_s: float) -> None:
    own = saying(COUNTING)
    own.hushed(at_s)
    assert not own.said("one", 10.2)


def test_a_line_that_was_over_before_the_hush_was_said() -> None:
    own = saying(COUNTING)
    own.hushed(15.2)
    assert own.said("eight", 15.5)


def test_the_last_word_of_a_line_ends_where_the_line_ends() -> None:
    own = saying(COUNTING)
    assert own.said("eight", 15.0 + LATE_S - 0.05)
    assert not own.said("eight", 15.0 + LATE_S + 0.05)


def test_the_first_word_of_a_line_begins_where_the_line_begins() -> None:
    own = saying(COUNTING)
    assert own.said("one", 10.0 - EARLY_S + 0.05)
    assert not own.said("one", 10.0 - EARLY_S - 0.05)


def test_what_to_listen_for_and_that_sound_was_missing_reaches_the_ears() -> None:
    told: list[object] = []

    class Told(Scripted):
        def scope(self, grammar: Grammar) -> None:
            told.append(grammar)

        def forget(self) -> None:
            told.append("forget")

    grammar = PHRASEBOOK.grammar("set")
    ears = GuardedEars(Told(), OwnWords(NUMBERS), lambda: None)
    ears.scope(grammar)
    ears.forget()
    assert told == [grammar, "forget"]


def test_a_suspicion_that_was_told_is_taken_back_when_it_turns_out_to_be_the_coach() -> None:
    suspected, confirmed = Heard(Stage.SUSPECTED, "stop", "stop", 10.2), Heard(Stage.CONFIRMED, "stop", "stop", 11.4)
    assert [one.stage for one in heard_by_others(saying(), suspected, confirmed)] == [Stage.SUSPECTED, Stage.WITHDRAWN]


def test_a_word_of_the_coachs_that_is_told_a_second_time_is_still_the_coachs_and_only_so_long() -> None:
    first, second, third = (Heard(Stage.CONFIRMED, "stop", "stop", at_s) for at_s in (12.3, 13.7, 15.3))
    assert heard_by_others(saying(), second) == [second]
    assert heard_by_others(saying(), first, second, third) == [third]


def test_a_suspicion_is_always_withdrawn_also_when_the_word_is_the_coachs() -> None:
    suspected, withdrawn = Heard(Stage.SUSPECTED, "stop", "stop", 10.2), Heard(Stage.WITHDRAWN, "stop", "", 11.4)
    assert heard_by_others(saying(), suspected, withdrawn) == [suspected, withdrawn]


def test_the_ears_hear_that_what_they_confirmed_was_the_coachs_so_that_a_person_who_says_the_same_is_no_repetition() -> None:
    ears = Scripted(Heard(Stage.CONFIRMED, "stop", "stop", 11.4))
    GuardedEars(ears, saying(), lambda: None).feed(np.zeros(320, np.float32), np.zeros(320, np.float32))
    assert ears.unsaid_phrases == ["stop"]


def test_of_a_suspicion_that_was_not_told_the_end_is_not_told_either() -> None:
    suspected, withdrawn = Heard(Stage.SUSPECTED, "stop", "stop", 11.4), Heard(Stage.WITHDRAWN, "stop", "", 12.4)
    assert heard_by_others(saying(), suspected, withdrawn) == []


class Deciding(Scripted):
    """Ears whose canceller takes out so large a `share` of what is played, and which take in what they should listen for."""

    def __init__(self, *heard: Heard, after_blocks: int, share: float) -> None:
        super().__init__(*heard, after_blocks=after_blocks)
        self._share = share

    def scope(self, grammar: Grammar) -> None:
        pass

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        self.cleaned = microphone - np.float32(self._share) * played
        return super().feed(microphone, played)


def after_talk(talk_s: float, echo: float, share: float, *heard: Heard, own: OwnWords | None = None) -> list[Heard]:
    """What the ears heard after the coach has talked for so long, saying TEXT, with so much of it in the microphone."""
    before = round(talk_s * 50)
    guarded = GuardedEars(Deciding(*heard, after_blocks=before, share=share * echo), own or saying(), lambda: None)
    guarded.scope(PHRASEBOOK.grammar("set"))
    found, hiss = [], noise(0.0005, talk_s + 1)
    for n in range(before + len(heard)):
        played = ECHO if n % 50 >= 5 else np.zeros_like(ECHO)
        found += guarded.feed(hiss[n] + np.float32(echo) * played, played)
    return found


SUSPECTED, CONFIRMED = (Heard(stage, "stop", "stop", 11.4) for stage in (Stage.SUSPECTED, Stage.CONFIRMED))


def test_in_the_coachs_first_sentence_a_safety_word_hushes_and_is_asked_about_since_nobody_knows_whose_it_is() -> None:
    first, second, third = after_talk(2.0, 1.0, 0.3, SUSPECTED, CONFIRMED)
    assert first == SUSPECTED
    assert (second.stage, second.phrase) == (Stage.WITHDRAWN, "stop")
    assert (third.stage, third.phrase, third.worrying) == (Stage.CONFIRMED, "", True)


@pytest.mark.parametrize(("phrase", "text"), [("no", "no"), ("", "four"), ("", "not now")])
def test_in_the_coachs_first_sentence_any_other_word_is_left_out_as_nothing_has_been_asked_for(phrase: str, text: str) -> None:
    said = Heard(Stage.CONFIRMED, phrase, text, 11.4)
    assert after_talk(2.0, 1.0, 0.3, said) == []
    assert after_talk(12.0, 1.0, 0.3, said) == [said]


def test_ears_that_are_renewed_amid_a_session_leave_out_no_word_though_they_have_to_learn_anew() -> None:
    own = saying()
    for n in (1, 2):
        own.saying("Lift.", 15.0 + n, 16.0 + n)
    no = Heard(Stage.CONFIRMED, "no", "no", 25.0)
    assert after_talk(2.0, 1.0, 0.3, no, own=own) == [no]


def test_when_the_canceller_has_settled_the_coachs_own_word_is_left_out() -> None:
    assert after_talk(6.0, 1.0, 0.98, SUSPECTED, CONFIRMED) == []


@pytest.mark.parametrize("talk_s", [4.0, 12.0])
def test_where_the_coach_is_not_in_the_microphone_a_word_is_the_persons_also_when_the_coach_says_it(talk_s: float) -> None:
    assert after_talk(talk_s, 0.0, 0.0, SUSPECTED, CONFIRMED) == [SUSPECTED, CONFIRMED]


def noise(level: float, seconds: float) -> list[Samples]:
    return [np.random.default_rng(n).standard_normal(320).astype(np.float32) * np.float32(level) for n in range(round(seconds * 50))]


ECHO = np.random.default_rng(77).standard_normal(320).astype(np.float32) * np.float32(0.1)


def add(heard: Residue, block: Samples, talking: bool, loud: float = 1.0) -> None:
    """The next block behind the canceller, which took ECHO out while the coach talked."""
    echo = ECHO * np.float32(loud if talking else 0.0)
    heard.add(block + echo, block, echo)


def residue(*parts: tuple[list[Samples], bool]) -> Residue:
    """What is behind the canceller, part after part, with the coach talking or not. Before it a quiet room."""
    heard = Residue()
    for blocks, talking in ((noise(0.0005, 1), False), *parts):
        for block in blocks:
            add(heard, block, talking)
    return heard


def test_a_person_over_the_remains_of_the_coach_stands_out() -> None:
    assert residue((noise(0.003, 4), True), (noise(0.03, 0.4), True)).exceeded()


def test_the_coachs_own_remains_do_not_stand_out() -> None:
    assert not residue((noise(0.01, 4), True), (noise(0.015, 0.4), True)).exceeded()


def test_what_is_left_of_a_coach_that_grows_louder_does_not_stand_out() -> None:
    heard = residue((noise(0.003, 4), True))
    for block in noise(0.009, 2):
        add(heard, block, talking=True, loud=3.0)
        assert not heard.exceeded()


def test_without_an_echo_everything_said_stands_out() -> None:
    assert residue((noise(0.0005, 4), True), (noise(0.05, 0.4), True)).exceeded()


def blocks_over(*parts: tuple[list[Samples], bool]) -> list[bool]:
    """For each block of the last part whether somebody speaks over the coach."""
    heard = residue(*parts[:-1])
    blocks, talking = parts[-1]
    over = []
    for block in blocks:
        add(heard, block, talking)
        over.append(heard.spoken_over)
    return over


COACH = (noise(0.003, 4), True)


def test_who_speaks_over_the_coach_is_noticed_in_a_quarter_of_a_second_and_until_it_is_quiet_again() -> None:
    assert any(blocks_over(COACH, (noise(0.03, 0.26), True)))
    after = blocks_over(COACH, (noise(0.03, 0.5), True), (noise(0.003, 3), True))
    assert after[0]
    assert 0.5 < sum(after) * 0.02 < 1.0
    assert not after[-1]


@pytest.mark.parametrize(
    "parts",
    [
        (COACH, (noise(0.003, 3), True)),
        (COACH, (noise(0.0005, 1), False), (noise(0.03, 0.5), False)),
        (COACH, (noise(0.0005, 1), False), (noise(0.03, 0.5), False), (noise(0.003, 1), True)),
        (COACH, (noise(0.03, 0.08), True), (noise(0.003, 1), True)),
        ((noise(0.003, 0.5), True), (noise(0.03, 0.5), True)),
        ((noise(0.000001, 4), True), (noise(0.0005, 0.5), True)),
    ],
    ids=["the coach alone", "after the coach", "an answer before the coach", "a knock", "nothing known yet", "too faint for a voice"],
)
def test_nothing_else_is_spoken_over_the_coach(parts: tuple[tuple[list[Samples], bool], ...]) -> None:
    assert not any(blocks_over(*parts))


def test_what_goes_on_and_on_is_nobody_who_speaks_to_the_coach() -> None:
    over = blocks_over(COACH, (noise(0.03, 12), True))
    assert 1.0 < sum(over) * 0.02 < 3.0
    assert not any(over[len(over) // 2 :])


def test_a_coach_that_speaks_lower_and_then_as_loud_as_ever_is_nobody_else() -> None:
    heard = residue(COACH)
    for _ in range(6):
        for block in [*noise(0.03, 0.16), *noise(0.0008, 1.0)]:
            add(heard, block, talking=True, loud=0.25)
        for block in noise(0.0002, 0.4):
            add(heard, block, talking=False)
    for block in noise(0.003, 1):
        add(heard, block, talking=True)
    for block in noise(0.003, 2):
        add(heard, block, talking=True)
        assert not heard.spoken_over


def test_the_voice_is_lowered_for_who_speaks_over_it() -> None:
    asked: list[None] = []

    class Through(Scripted):
        def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
            self.cleaned = microphone - played
            return []

    guarded, before = GuardedEars(Through(), OwnWords(NUMBERS), lambda: asked.append(None)), []
    for n, block in enumerate([*noise(0.0005, 1), *noise(0.003, 4), *noise(0.03, 0.5), *noise(0.003, 2)]):
        before.append(len(asked))
        played = ECHO if n >= 50 else np.zeros_like(ECHO)
        guarded.feed(block + played, played)
    ducked = np.flatnonzero(np.diff(before))
    assert 250 < ducked[0] < 263
    assert ducked[-1] < 325


@pytest.mark.parametrize(
    ("parts", "may_be_all"),
    [
        ([(noise(0.0005, 4), False)], False),
        ([(noise(0.003, 4), True), (noise(0.0005, 0.6), False)], True),
        ([(noise(0.003, 4), True), (noise(0.03, 0.4), True), (noise(0.0005, 0.6), False)], False),
        ([(noise(0.003, 4), True), (noise(0.0005, 3.0), False), (noise(0.003, 0.6), False)], False),
        (
            [
                (noise(0.003, 4), True),
                (noise(0.0005, 5), False),
                (noise(0.03, 0.6), False),
                (noise(0.0005, 1), False),
                (noise(0.003, 0.3), True),
            ],
            False,
        ),
        ([(noise(0.003, 0.5), True), (noise(0.03, 0.4), True)], False),
    ],
)
def test_what_is_heard_while_the_coach_talks_and_does_not_stand_out_may_be_the_coach(
    parts: list[tuple[list[Samples], bool]], may_be_all: bool
) -> None:
    assert residue(*parts).may_be_all() is may_be_all


def heard_in_a_room(said: dict[int, Heard], *parts: tuple[list[Samples], bool]) -> list[Heard]:
    """What is let through of what the ears hear, block by block. Before the parts a second of a quiet room."""

    blocks = [(block, talking) for part, talking in ((noise(0.0005, 1), False), *parts) for block in part]

    class Cancelling(Scripted):
        def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
            self.cleaned = microphone - played
            self.fed += 1
            return [said[self.fed - 1]] if self.fed - 1 in said else []

        fed = 0

    guarded = GuardedEars(Cancelling(), OwnWords(NUMBERS), lambda: None)
    found = []
    for block, talking in blocks:
        played = ECHO if talking else np.zeros_like(ECHO)
        found += guarded.feed(block + played, played)
    return found


@pytest.mark.parametrize("phrase", ["pain", "hurts", ""])
@pytest.mark.parametrize("stands_out", [False, True])
def test_what_does_not_stand_out_of_the_coachs_remains_is_the_coachs_whatever_the_words(phrase: str, stands_out: bool) -> None:
    """Also where it doesn't say them: of "buttocks" the ears made "hurts"."""
    said = Heard(Stage.CONFIRMED, phrase, phrase or "my leg is", 5.0, worrying=not phrase)
    parts = [(noise(0.003, 4), True), (noise(0.03 if stands_out else 0.003, 0.4), True), (noise(0.003, 0.02), True)]
    found = heard_in_a_room({270: said}, *parts)
    assert found == ([said] if stands_out else [])


@pytest.mark.parametrize("stands_out", [False, True])
def test_what_comes_after_a_command_that_was_understood_has_to_stand_out_by_itself(stands_out: bool) -> None:
    """The coach goes on as soon as it has its "yes": of "Lift only about a fist high" the ears made "stop", and the session was paused."""
    yes = Heard(Stage.CONFIRMED, "yes", "yes", 6.2)
    stop = Heard(Stage.SUSPECTED, "stop", "stop", 7.0)
    answer = [(noise(0.003, 4), True), (noise(0.03, 0.6), False), (noise(0.0005, 0.4), False)]
    goes_on = [(noise(0.003, 0.3), True), (noise(0.03 if stands_out else 0.003, 0.2), True), (noise(0.003, 0.3), True)]
    assert heard_in_a_room({299: yes, 338: stop}, *answer, *goes_on) == ([yes, stop] if stands_out else [yes])


def test_who_speaks_on_after_a_command_is_not_taken_for_the_coach() -> None:
    """ "Yes, stop" in one breath: the first word is understood while the second is being said."""
    yes = Heard(Stage.CONFIRMED, "yes", "yes", 5.9)
    stop = Heard(Stage.SUSPECTED, "stop", "stop", 6.1)
    assert heard_in_a_room({295: yes, 300: stop}, (noise(0.003, 4), True), (noise(0.03, 0.86), False), (noise(0.003, 0.5), True)) == [
        yes,
        stop,
    ]


def test_nothing_is_known_before_the_coach_was_heard() -> None:
    assert not residue((noise(0.0005, 4), False), (noise(0.05, 0.4), True)).exceeded()
