"""What hypotheses over time amount to."""

from collections.abc import Callable, Mapping

import pytest

from voicecoach.ears.evidence import Moment, Opinions
from voicecoach.ears.judge import Judge
from voicecoach.ears.recognizer import Hypothesis
from voicecoach.messages.heard import Grammar, Heard, Stage

GRAMMAR = Grammar(
    "test",
    ("stop", "stop it", "pain", "chest pain", "my back hurts", "help me", "help", "next", "next set", "no pain", "yes", "no"),
    frozenset({"stop", "stop it", "pain", "chest pain", "my back hurts", "help me"}),
    free=("four", "five", "no", "about"),
    decoys=("up", "that", "brown"),
    vague=frozenset({"that"}),
    worrying=frozenset({"my back", "pain"}),
    grave=frozenset({"chest pain"}),
)
STEP_S = 0.04


def nothing(_: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (), ()


class Hearing:
    """A judge that is told the same hypotheses for a while."""

    def __init__(
        self, spoken_s: float = 0.5, *, talking: bool = False, patience: float = 1.0, odds: Mapping[str, float] | None = None
    ) -> None:
        self.judge = Judge(GRAMMAR, ("stop", "yes", "no", "four", "five"), patience)
        self.spoken_s = spoken_s
        self.talking = talking
        self.at_s = 0.0
        self.alone = spoken_s < 2.0
        self.burst_s = 0.4
        self.odds = dict(odds or {})
        self.again: Callable[[float], tuple[tuple[str, ...], tuple[str, ...]]] = nothing
        self.heard: list[Heard] = []

    def told(
        self, wide: str, narrow: str = "", dictated: str = "", for_s: float = 0.4, *, calm: bool = True, final: bool = False
    ) -> "Hearing":
        ask = Opinions(
            lambda: tuple(dictated.split()), self.odds.get, self.odds.get, self.again, frozenset({"stop", "yes", "no", "four", "five"})
        )
        for step in range(round(for_s / STEP_S)):
            self.at_s += STEP_S
            calm_s = step * STEP_S if calm else 0.0
            now = Moment(self.at_s, calm_s, self.alone, self.talking, self.spoken_s, self.burst_s, calm_s + self.burst_s)
            self.heard += self.judge.hear(Hypothesis(wide, final=False), Hypothesis(narrow, final=False), now, ask)
        if final:
            self.at_s += STEP_S
            now = Moment(self.at_s, for_s, self.alone, self.talking, self.spoken_s, self.burst_s, for_s + self.burst_s)
            self.heard += self.judge.hear(Hypothesis(wide, final=True), Hypothesis(narrow, final=True), now, ask)
        return self

    @property
    def stages(self) -> list[tuple[Stage, str]]:
        return [(heard.stage, heard.phrase) for heard in self.heard]


def test_a_safety_word_is_suspected_first_and_confirmed_when_it_stays() -> None:
    assert Hearing().told("stop", "stop").stages == [(Stage.SUSPECTED, "stop"), (Stage.CONFIRMED, "stop")]


def test_a_suspicion_that_turns_into_a_sentence_is_withdrawn() -> None:
    hearing = Hearing().told("stop", "stop", for_s=0.2).told("[unk] the", "[unk]")
    assert hearing.stages == [(Stage.SUSPECTED, "stop"), (Stage.WITHDRAWN, "stop")]


def test_another_command_on_which_wide_and_dictation_agree_is_not_a_safety_word() -> None:
    assert Hearing().told("next", "stop", "next", for_s=0.2).stages == []


def test_another_word_on_which_wide_and_dictation_agree_is_not_a_safety_word() -> None:
    assert Hearing().told("up", "stop", "up").stages == []


def test_a_word_that_recognisers_write_for_anything_does_not_speak_against_a_safety_word() -> None:
    assert (Stage.CONFIRMED, "stop") in Hearing().told("that", "stop", "that").stages


def test_where_dictation_hears_something_else_than_the_wide_recogniser_the_narrow_one_is_believed() -> None:
    assert (Stage.CONFIRMED, "stop") in Hearing().told("up", "stop", "brown").stages


def test_in_a_story_a_safety_word_waits_for_a_pause_and_for_dictation() -> None:
    assert Hearing(spoken_s=2.5).told("stop", "stop", "stop", for_s=0.44).stages == [(Stage.SUSPECTED, "stop")]
    assert (Stage.CONFIRMED, "stop") in Hearing(spoken_s=2.5).told("stop", "stop", "stop", for_s=0.8).stages
    assert Hearing(spoken_s=2.5).told("sharp stop", "stop", "sharp sort", for_s=2.0).stages == []


def test_in_a_story_a_safety_word_among_others_is_none() -> None:
    assert Hearing(spoken_s=2.5).told("please stop it", "[unk]", "please stop it", for_s=2.0).stages == []


def test_what_was_said_lately_does_not_count_as_a_story_while_the_coach_itself_talks() -> None:
    assert (Stage.CONFIRMED, "stop") in Hearing(spoken_s=2.5, talking=True).told("stop", "stop", "", for_s=0.4).stages


def test_a_longer_phrase_may_take_longer() -> None:
    assert (Stage.CONFIRMED, "my back hurts") in Hearing(spoken_s=1.9).told("my back hurts", "", "my bark").stages


def test_more_patience_takes_longer() -> None:
    assert Hearing(patience=3.0).told("stop", "stop", "stop", for_s=0.4).stages == [(Stage.SUSPECTED, "stop")]


def test_a_safety_word_that_all_three_agree_on_is_confirmed() -> None:
    assert (Stage.CONFIRMED, "stop") in Hearing().told("stop", "stop", "stop").stages


@pytest.mark.parametrize("said", ["please stop it", "oh my back hurts now"])
def test_a_safety_phrase_in_a_short_sentence_counts(said: str) -> None:
    assert [stage for stage, _ in Hearing().told(said, "[unk]", said).stages] == [Stage.SUSPECTED, Stage.CONFIRMED]


def test_a_safety_word_deep_inside_a_story_does_not_count() -> None:
    story = "and then he told me i should not stop there but go on"
    assert Hearing().told("[unk] stop", "[unk] stop", story, final=True).stages == []


def test_a_repeated_word_is_that_word_once() -> None:
    hearing = Hearing().told("stop stop stop", "stop stop stop", "stop stop stop", for_s=0.8, final=True)
    assert hearing.stages == [(Stage.CONFIRMED, "stop")]


def test_a_word_said_again_and_again_is_believed_whatever_is_heard_between() -> None:
    assert (Stage.CONFIRMED, "stop") in Hearing(spoken_s=3.0).told(
        "[unk] stop [unk] stop pain stop", "stop [unk] stop [unk] stop", ""
    ).stages


def test_a_suspicion_that_goes_on_and_on_is_confirmed() -> None:
    assert Hearing(spoken_s=2.5).told("stop", "stop", "stop", for_s=3.0, calm=False).stages == [
        (Stage.SUSPECTED, "stop"),
        (Stage.CONFIRMED, "stop"),
    ]


def test_a_sentence_that_stands_alone_and_ends_in_a_safety_word_counts() -> None:
    said = "okay that is really too much stop"
    assert (Stage.CONFIRMED, "stop") in Hearing(spoken_s=1.8).told(said, "[unk] stop", said).stages


def test_another_judge_knows_what_was_said() -> None:
    before = Hearing().told("stop", "stop", "stop")
    after = Judge(GRAMMAR, ("stop",), said=before.judge.said)
    stop = Hypothesis("stop", final=True)
    heard = after.hear(
        stop, stop, Moment(before.at_s + 0.2, 0.5, alone=True), Opinions(lambda: ("stop",), lambda _: None, lambda _: None, nothing)
    )
    assert not [one for one in heard if one.phrase]


def test_stop_and_then_stop_it_is_acted_upon_once() -> None:
    hearing = Hearing().told("stop", "stop", "stop", for_s=0.5).told("stop it", "stop", "stop it", final=True)
    assert hearing.stages.count((Stage.CONFIRMED, "stop")) == 1
    assert (Stage.CONFIRMED, "stop it") not in hearing.stages


def test_no_pain_is_not_pain_where_it_may_be_said() -> None:
    assert Hearing().told("no pain", "pain", "no pain", for_s=0.8).stages == [(Stage.CONFIRMED, "no pain")]


def test_an_ordinary_phrase_that_may_go_on_waits_for_its_end() -> None:
    assert Hearing().told("next", "", "next", for_s=0.4).told("next set", "", "next set").stages == [(Stage.CONFIRMED, "next set")]


def test_help_is_not_acted_upon_before_help_me_could_have_been_said() -> None:
    hearing = Hearing().told("help", "", "help", for_s=0.4).told("help me", "", "help me")
    assert (Stage.CONFIRMED, "help me") in hearing.stages
    assert (Stage.CONFIRMED, "help") not in hearing.stages


def test_an_ordinary_phrase_in_a_sentence_is_not_a_command() -> None:
    assert Hearing().told("next", "", "the next day was fine", for_s=0.8).stages == []


def test_numbers_arrive_whole_at_the_end_and_without_a_phrase() -> None:
    hearing = Hearing().told("four no five", "no", "four no five", final=True)
    assert [(heard.stage, heard.phrase, heard.text) for heard in hearing.heard] == [(Stage.CONFIRMED, "", "four no five")]


def test_a_few_unknown_words_by_themselves_are_handed_on_without_a_phrase() -> None:
    hearing = Hearing().told("[unk]", "[unk]", "what was that", final=True)
    assert [(heard.phrase, heard.text) for heard in hearing.heard] == [("", "what was that")]


def test_a_noise_without_words_is_not_handed_on() -> None:
    assert Hearing().told("[unk]", "[unk]", "", final=True).stages == []


def test_in_the_middle_of_sound_a_safety_word_is_neither_suspected_nor_confirmed_at_once() -> None:
    hearing = Hearing().told("stop", "stop", for_s=0.2, calm=False)
    assert hearing.stages == []
    assert hearing.told("stop", "stop", for_s=0.6, calm=False).stages == [(Stage.SUSPECTED, "stop"), (Stage.CONFIRMED, "stop")]


def test_a_word_of_which_the_word_model_has_heard_nothing_is_not_even_suspected_while_somebody_talks() -> None:
    assert Hearing(spoken_s=2.2, odds={"stop": -5.0}).told("stop", "stop", "stop", for_s=2.0).stages == []
    assert (Stage.CONFIRMED, "stop") in Hearing(spoken_s=2.2, odds={"stop": 1.0}).told("stop", "stop", "stop", for_s=2.0).stages


def test_a_word_that_stands_alone_is_believed_though_the_word_model_is_not_sure() -> None:
    assert (Stage.CONFIRMED, "stop") in Hearing(odds={"stop": -5.0}).told("stop", "stop", "stop").stages


def test_a_phrase_is_asked_for_by_its_last_word_and_hardly_ever_denied_if_no_real_voice_has_taught_it() -> None:
    assert Hearing(spoken_s=2.2, odds={"hurts": -7.0}).told("my back hurts", "", "a bark", for_s=2.0).stages == []
    assert (Stage.CONFIRMED, "my back hurts") in Hearing(spoken_s=1.9, odds={"hurts": -4.0}).told("my back hurts", "", "a bark").stages
    assert (Stage.CONFIRMED, "my back hurts") in Hearing(odds={"hurts": -20.0}).told("my back hurts", "", "a bark").stages


def test_what_has_been_suspected_is_not_doubted_again_by_the_word_model() -> None:
    hearing = Hearing(spoken_s=2.2, odds={"stop": 1.0}).told("stop", "stop", "stop", for_s=0.2)
    hearing.odds["stop"] = -9.0
    assert hearing.told("stop", "stop", "stop", for_s=2.0).stages == [(Stage.SUSPECTED, "stop"), (Stage.CONFIRMED, "stop")]


def test_a_safety_word_that_only_the_word_model_hears_counts_where_it_stands_alone() -> None:
    assert Hearing(odds={"stop": 6.0}).told("", "", "", for_s=0.6).stages == [(Stage.SUSPECTED, "stop"), (Stage.CONFIRMED, "stop")]
    assert Hearing(odds={"stop": 6.0}).told("up", "", "up", for_s=0.6).stages == []


def test_amid_talk_the_word_model_has_to_be_surer_and_a_pause_to_follow() -> None:
    story = "and then he told me that we should go on"
    assert (Stage.CONFIRMED, "stop") in Hearing(spoken_s=2.2, odds={"stop": 4.0}).told("then me [unk]", "[unk]", story, for_s=0.6).stages
    assert Hearing(spoken_s=2.2, odds={"stop": 2.5}).told("then me [unk]", "[unk]", story, for_s=0.6).stages == [(Stage.SUSPECTED, "stop")]
    assert Hearing(spoken_s=2.2, odds={"stop": 1.0}).told("then me [unk]", "[unk]", story, for_s=0.6).stages == []
    assert Hearing(spoken_s=2.2, odds={"stop": 4.0}).told("then me [unk]", "[unk]", story, for_s=0.3, calm=False).stages == []
    flowing = Hearing(spoken_s=2.2, odds={"stop": 4.0})
    flowing.burst_s = 1.6
    assert flowing.told("then me [unk]", "[unk]", story, for_s=0.6).stages == []


def test_while_the_coach_talks_the_word_model_alone_has_to_be_as_sure_as_amid_talk() -> None:
    assert Hearing(talking=True, odds={"stop": 1.5}).told("", "", "", for_s=0.6).stages == []
    assert (Stage.CONFIRMED, "stop") in Hearing(talking=True, odds={"stop": 4.0}).told("", "", "", for_s=0.6).stages
    assert Hearing(talking=True, odds={"yes": 6.0}).told("", "", "", for_s=0.6).stages == []


def test_an_answer_that_only_the_word_model_hears_counts() -> None:
    assert Hearing(odds={"yes": 6.0, "no": -9.0}).told("[unk]", "[unk]", "", for_s=0.6).stages == [(Stage.CONFIRMED, "yes")]


def test_an_answer_that_only_the_narrow_recogniser_hears_is_not_met_by_a_pardon_first() -> None:
    hearing = Hearing().told("brown", "no", "brown up", for_s=0.2, final=False)
    step = Moment(hearing.at_s + STEP_S, 0.5, alone=True, burst_s=0.4, begun_s=0.9)
    ask = Opinions(lambda: ("brown", "up"), lambda _: None, lambda _: None, nothing)
    assert hearing.judge.hear(Hypothesis("brown", final=True), Hypothesis("no", final=False), step, ask) == []


def test_a_number_that_only_the_word_model_hears_is_handed_on_once_when_it_is_over() -> None:
    hearing = Hearing(odds={"four": 6.0})
    hearing.told("", "", "", for_s=0.6)
    assert hearing.stages == []
    hearing.odds["four"] = -9.0
    hearing.told("", "", "", for_s=2.0)
    assert [(heard.phrase, heard.text) for heard in hearing.heard] == [("", "four")]


def test_a_number_is_no_answer_seconds_later() -> None:
    hearing = Hearing(odds={"four": 6.0})
    hearing.told("", "", "", for_s=0.2)
    hearing.alone, hearing.odds["four"] = False, -9.0
    hearing.told("and so they went", "[unk]", "and so they went", for_s=3.0, calm=False)
    assert hearing.told("", "", "", for_s=2.0).stages == []


def test_a_number_that_was_spotted_long_ago_is_no_answer() -> None:
    hearing = Hearing(odds={"four": 6.0}).told("", "", "", for_s=0.2, calm=False)
    hearing.odds["four"] = -9.0
    hearing.told("", "", "", for_s=3.0, calm=False).told("five", "five", "five", for_s=0.4, final=True)
    assert [heard.text for heard in hearing.heard] == ["five"]


def test_of_two_numbers_the_one_that_the_word_model_hears_counts_if_it_has_heard_nothing_of_the_other() -> None:
    doubted = Hearing(odds={"four": 6.0, "five": -8.0}).told("five", "five", "five", final=True)
    assert [heard.text for heard in doubted.heard] == ["four"]


def test_what_the_word_model_heard_of_a_number_is_remembered_until_vosk_says_it() -> None:
    hearing = Hearing(odds={"four": 2.5, "five": 4.0}).told("five", "five", "five", for_s=0.2)
    hearing.odds |= {"four": 2.5, "five": -8.0}
    assert [heard.text for heard in hearing.told("five", "five", "five", final=True).heard] == ["five"]


def test_a_safety_word_that_the_word_model_is_not_sure_of_is_only_suspected() -> None:
    assert Hearing(odds={"stop": 1.0}).told("", "", "", for_s=0.6).stages == [(Stage.SUSPECTED, "stop")]


def test_in_talk_a_safety_word_is_suspected_sooner_than_it_is_acted_upon() -> None:
    hearing = Hearing(spoken_s=2.2, odds={"stop": -2.0}).told("stop", "stop", "stop", for_s=1.0)
    assert hearing.stages == [(Stage.SUSPECTED, "stop")]
    hearing.odds["stop"] = 0.0
    assert hearing.told("stop", "stop", "stop", for_s=0.8).stages[-1] == (Stage.CONFIRMED, "stop")


def test_a_suspicion_that_lasts_is_believed_even_if_the_word_model_is_not_sure() -> None:
    assert Hearing(spoken_s=2.2, odds={"stop": -2.0}).told("stop", "stop", "stop", for_s=3.0).stages[-1] == (Stage.CONFIRMED, "stop")


def test_a_number_in_which_one_recogniser_hears_pain_is_not_pain_but_both_are_believed() -> None:
    assert Hearing(odds={"four": 6.0, "pain": -7.0}).told("pain", "four", "pain", for_s=0.2).stages == []
    assert (Stage.CONFIRMED, "pain") in Hearing(odds={"four": 6.0, "pain": -7.0}).told("pain", "pain", "pain", for_s=0.6).stages


def test_what_the_narrow_recogniser_and_the_word_model_hear_is_believed_whatever_the_others_hear() -> None:
    assert (Stage.CONFIRMED, "stop") in Hearing(odds={"stop": 2.2}).told("up", "stop", "up", for_s=0.6).stages


def test_where_little_has_been_said_a_noisy_room_is_no_talk() -> None:
    hearing = Hearing(odds={"stop": -3.0})
    hearing.alone = False
    assert (Stage.CONFIRMED, "stop") in hearing.told("stop", "stop", "stop", for_s=0.6).stages


def test_no_other_command_is_made_of_the_sound_of_a_safety_word() -> None:
    hearing = Hearing().told("stop", "stop", "stop", for_s=0.5).told("help", "", "help", for_s=0.8)
    assert hearing.stages[-1] == (Stage.CONFIRMED, "stop")


def test_an_answer_of_which_the_word_model_has_heard_nothing_is_none() -> None:
    assert Hearing(odds={"no": -3.0}).told("no", "no", "no", for_s=0.8).stages == []
    assert Hearing(odds={"no": 2.0}).told("no", "no", "no", for_s=0.8).stages == [(Stage.CONFIRMED, "no")]


def after_talk(wide: str, narrow: str, heard_again: tuple[str, str], burst_s: float = 0.8) -> list[tuple[Stage, str]]:
    """Told the first two at the end of a story, and the others when its last words are heard again by themselves."""
    hearing = Hearing(spoken_s=2.2)
    hearing.burst_s, (alone, dictated) = burst_s, heard_again
    hearing.again = lambda _: (tuple(alone.split()), tuple(dictated.split()))
    return hearing.told(f"and that other time {wide}", f"[unk] {narrow}", "and then he told me all of it", for_s=0.8).stages


def test_what_is_said_after_talk_and_a_pause_is_heard_again_by_itself() -> None:
    both = [(Stage.SUSPECTED, "my back hurts"), (Stage.CONFIRMED, "my back hurts")]
    assert after_talk("my back hurts", "", ("my back hurts", "my mac hurts")) == both
    assert after_talk("up", "pain", ("pain", "the pain")) == [(Stage.SUSPECTED, "pain"), (Stage.CONFIRMED, "pain")]
    assert after_talk("up", "pain", ("pain", "praise")) == []


def test_the_end_of_a_story_is_no_safety_phrase_by_itself() -> None:
    assert after_talk("my back hurts", "", ("up my back hurts", "and my back hurts")) == []
    assert after_talk("my back hurts", "", ("my back hurts", "he ran and told my mac again")) == []


def test_only_a_short_utterance_that_ends_like_a_safety_phrase_is_heard_again() -> None:
    assert after_talk("up", "", ("my back hurts", "my back hurts")) == []
    assert after_talk("my back hurts", "", ("my back hurts", "my back hurts"), burst_s=1.8) == []
    assert after_talk("my back hurts", "", ("my back hurts", "my back hurts"), burst_s=0.1) == []


def test_nothing_is_heard_again_while_the_coach_talks_or_has_talked() -> None:
    hearing = Hearing()
    hearing.again = lambda _: (("pain",), ("pain",))
    hearing.talking = True
    hearing.told("up", "pain", "up", for_s=0.4, calm=False)
    hearing.talking = False
    assert hearing.told("up", "pain", "up", for_s=0.8).stages == []


def test_one_pause_is_looked_at_once() -> None:
    hearing, looks = Hearing(), []

    def again(last_s: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        looks.append(last_s)
        return (), ()

    hearing.again = again
    hearing.told("up", "", "up", for_s=0.8)
    assert len(looks) == 1
    hearing.told("up", "", "up", for_s=0.1, calm=False).told("up", "", "up", for_s=0.8)
    assert len(looks) == 2


def test_what_was_heard_again_and_acted_upon_is_not_heard_a_third_time() -> None:
    hearing = Hearing()
    hearing.again = lambda _: (("my", "back", "hurts"), ("my", "mac", "hurts"))
    hearing.told("up", "", "brown", for_s=2.4)
    assert [heard.phrase for heard in hearing.heard if heard.stage is Stage.CONFIRMED] == ["my back hurts"]


def test_pain_is_none_after_a_command_either_where_no_pain_may_be_said() -> None:
    assert Hearing().told("next set no pain", "", "next set no pain").stages == []


def test_an_emergency_is_acted_upon_though_a_piece_of_it_was_taken_for_pain() -> None:
    hearing = Hearing().told("pain", "pain", "pain", for_s=0.5).told("chest pain", "pain", "chest pain", final=True)
    assert (Stage.CONFIRMED, "pain") in hearing.stages
    assert (Stage.CONFIRMED, "chest pain") in hearing.stages


@pytest.mark.parametrize(("text", "worrying"), [("my back is", True), ("up that", False), ("my backup", False)])
def test_what_means_nothing_is_worrying_if_a_piece_of_a_safety_phrase_is_in_it(text: str, worrying: bool) -> None:
    last = Hearing().told(text, "", text, for_s=1.0, final=True).heard[-1]
    assert (last.text, last.worrying) == (text, worrying)


@pytest.mark.parametrize("for_s", [0.0, 0.4])
@pytest.mark.parametrize(("phrase", "worrying"), [("pain", True), ("stop", False)])
def test_a_suspicion_that_the_word_model_could_not_decide_is_worrying_if_nothing_else_was_said(
    phrase: str, worrying: bool, for_s: float
) -> None:
    hearing = Hearing().told(phrase, phrase, "", for_s=0.2).told("brown up", "[unk]", "brown up", for_s=for_s, final=True)
    assert [heard.worrying for heard in hearing.heard if heard.stage is Stage.CONFIRMED] == [worrying]


def test_a_suspicion_that_fades_into_silence_is_worrying() -> None:
    hearing = Hearing().told("pain", "pain", "", for_s=0.2).told("", "", "", for_s=0.8)
    assert [(heard.stage, heard.worrying) for heard in hearing.heard[-2:]] == [(Stage.WITHDRAWN, False), (Stage.CONFIRMED, True)]
    hearing = Hearing().told("stop", "stop", "", for_s=0.2).told("", "", "", for_s=0.8)
    assert hearing.heard[-1].worrying


def test_what_dictation_hears_is_worrying_too() -> None:
    assert Hearing().told("up", "", "my back is up", for_s=1.0, final=True).heard[-1].worrying


def test_a_second_look_does_not_hold_up_what_is_sure_already() -> None:
    plain, looked = Hearing(), Hearing()
    looked.again = lambda _: (("stop", "it"), ("stop", "it"))
    for hearing in (plain, looked):
        hearing.told("stop", "stop", "stop", for_s=0.2, calm=False).told("stop", "stop", "stop", for_s=0.8)
    when = [next(heard.at_s for heard in hearing.heard if heard.stage is Stage.CONFIRMED) for hearing in (plain, looked)]
    assert when[0] == when[1]


def test_what_was_suspected_is_worrying_once() -> None:
    hearing = Hearing().told("pain", "pain", "", for_s=0.2).told("brown up", "[unk]", "brown up", final=True)
    assert [heard.worrying for heard in hearing.heard if heard.stage is Stage.CONFIRMED] == [True]
    hearing.told("", "", "", for_s=0.5).told("brown that", "[unk]", "brown that", final=True)
    assert [heard.worrying for heard in hearing.heard if heard.stage is Stage.CONFIRMED] == [True, False]


def test_a_doubt_is_told_though_the_recognisers_go_on_a_moment_later() -> None:
    hearing = Hearing().told("pain", "pain", "", for_s=0.2).told("", "", "", for_s=0.08, calm=False)
    assert hearing.judge.suspecting
    hearing.told("", "", "", for_s=0.4)
    assert [heard.worrying for heard in hearing.heard if heard.stage is Stage.CONFIRMED] == [True]
    assert not hearing.judge.suspecting


def test_a_piece_of_a_safety_phrase_is_told_though_an_answer_is_still_pending() -> None:
    hearing = Hearing()
    hearing.told("my back is", "yes", "my back is", for_s=0.2)
    ask = Opinions(lambda: ("my", "back", "is"), lambda _: -4.0, lambda _: -4.0, nothing, frozenset({"yes"}))
    step = Moment(hearing.at_s + STEP_S, 0.5, alone=True, burst_s=0.4, begun_s=0.9)
    found = hearing.judge.hear(Hypothesis("my back is", final=True), Hypothesis("yes", final=False), step, ask)
    assert [heard.worrying for heard in found] == [True]


def test_fillers_after_a_doubt_are_told_with_it_and_a_number_is_a_number() -> None:
    for words, worrying in (("about", True), ("about four", False)):
        hearing = Hearing().told("pain", "pain", "", for_s=0.2).told(words, "[unk]", words, for_s=0.4, final=True)
        assert [(heard.text, heard.worrying) for heard in hearing.heard if heard.stage is Stage.CONFIRMED] == [(words, worrying)]


def test_no_suspicion_outlives_its_time_whatever_else_keeps_it() -> None:
    hearing = Hearing(spoken_s=2.2, odds={"stop": -2.0}).told("pain", "pain", "pain", for_s=0.4)
    assert hearing.stages == [(Stage.SUSPECTED, "pain")]
    hearing.told("stop", "stop", "stop", for_s=4.0)
    assert hearing.stages == [(Stage.SUSPECTED, "pain"), (Stage.CONFIRMED, "stop")]


def test_what_follows_an_utterance_that_was_acted_upon_is_one_of_its_own() -> None:
    hearing = Hearing().told("next set", "[unk]", "next set", for_s=0.6)
    hearing.at_s += STEP_S
    found: list[Heard] = []
    for text, final in (("next set", True), ("my back is", False), ("my back is", True)):
        hearing.at_s += STEP_S
        ask = Opinions(lambda: ("my", "back", "is"), lambda _: None, lambda _: None, nothing)
        step = Moment(hearing.at_s, 0.6, alone=True, burst_s=0.4, begun_s=1.0)
        found = hearing.judge.hear(Hypothesis(text, final=final), Hypothesis("[unk]", final=False), step, ask)
    assert [heard.worrying for heard in found] == [True]
