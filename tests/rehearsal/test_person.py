from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.rehearsal.sounds import RENDERED_S, burst, rendered, silence
from voicecoach.errors import Missing, Unreadable
from voicecoach.messages.sound import Pcm
from voicecoach.rehearsal.person import Person, Utterance
from voicecoach.rehearsal.scenario import PersonPlan, Saying
from voicecoach.rehearsal.trigger import Trigger

HEALTHY = {"screen.heart": "no", "ready": "yes"}


def saying(
    text: str, *, after_s: float = 0.0, nth: int = 1, every: bool = False, wav: Path | None = None, place: str = "[[say]]", **fields: str
) -> Saying:
    return Saying(place, Trigger(tuple(fields.items()), nth, every), after_s, text, "en-us", wav)


def person(*says: Saying, answers: str = "healthy", healthy: Callable[[str], str] = lambda question: HEALTHY.get(question, "")) -> Person:
    return Person(PersonPlan(answers=answers, after_s=0.5), says, healthy, rendered)


def asked(question: str, at_s: float = 1.0) -> dict[str, object]:
    return {"at_s": at_s, "event": "question", "id": question, "expects": "yes_no", "line": question}


def all_said(somebody: Person, until_s: float = 20.0) -> list[Utterance]:
    return [one for start in range(0, round(until_s * 16000), 320) for one in somebody.begin(start, start + 320)]


def words(said: list[Utterance]) -> list[str]:
    return [one.words for one in said]


def test_a_healthy_person_answers_each_question_a_moment_after_it() -> None:
    somebody = person()
    somebody.notice(asked("screen.heart", at_s=1.2345))
    (answer,) = all_said(somebody)
    assert answer.words == "no"
    assert answer.at_sample == round(1.7345 * 16000)


def test_a_question_that_nobody_prepared_an_answer_for_is_not_answered() -> None:
    somebody = person()
    somebody.notice(asked("favourite.colour"))
    assert all_said(somebody) == []


def test_a_person_without_answers_says_nothing_but_what_the_scenario_says() -> None:
    somebody = person(saying("stop", event="rep"), answers="none")
    somebody.notice(asked("ready"))
    somebody.notice({"at_s": 3.0, "event": "rep", "n": 1})
    assert words(all_said(somebody)) == ["stop"]


def test_a_say_takes_the_place_of_the_persons_own_answer() -> None:
    somebody = person(saying("maybe", event="question", id="screen.*"))
    somebody.notice(asked("screen.heart"))
    somebody.notice(asked("screen.heart", at_s=5.0))
    assert words(all_said(somebody)) == ["maybe", "no"]


def test_of_several_says_that_match_the_last_in_the_file_speaks() -> None:
    somebody = person(saying("first", every=True, event="rep"), saying("last", event="rep", n="2"))
    for n in (1, 2, 3):
        somebody.notice({"at_s": float(n), "event": "rep", "n": n})
    assert words(all_said(somebody)) == ["first", "last", "first"]
    assert somebody.unsaid() == []


def test_a_say_that_nothing_set_off_can_be_named() -> None:
    never = saying("never", event="rep", n="9")
    somebody = person(never)
    somebody.notice({"at_s": 1.0, "event": "rep", "n": 1})
    assert somebody.unsaid() == ["[[say]]: never said, nothing set it off."]


def test_a_say_whose_event_another_one_took_is_told_which_one() -> None:
    somebody = person(saying("first", place="[[say]] 1", event="phase"), saying("last", place="[[say]] 2", event="phase"))
    somebody.notice({"at_s": 1.0, "event": "phase"})
    assert words(all_said(somebody)) == ["last"]
    (told,) = somebody.unsaid()
    assert told.startswith("[[say]] 1: never said, [[say]] 2 was set off by the same event")


def test_two_utterances_never_overlap() -> None:
    somebody = person(saying("stop", after_s=0.0, event="rep"), saying("pain", after_s=0.1, event="line_started"))
    somebody.notice({"at_s": 1.0, "event": "rep"})
    somebody.notice({"at_s": 1.0, "event": "line_started"})
    first, second = all_said(somebody)
    assert (first.words, second.words) == ("stop", "pain")
    assert second.at_sample >= first.at_sample + round(RENDERED_S * 16000)


def test_the_order_is_that_of_when_they_were_due() -> None:
    somebody = person(saying("later", after_s=2.0, event="rep"), saying("sooner", after_s=0.5, event="phase"))
    somebody.notice({"at_s": 1.0, "event": "rep"})
    somebody.notice({"at_s": 1.0, "event": "phase"})
    assert words(all_said(somebody)) == ["sooner", "later"]


def test_what_would_have_been_due_in_the_past_begins_now() -> None:
    somebody = person(saying("now", event="rep"))
    somebody.notice({"at_s": 1.0, "event": "rep"})
    (said,) = somebody.begin(16320, 16640)
    assert said.at_sample == 16320


def test_the_log_tells_when_the_last_word_of_a_recording_ended(tmp_path: Path) -> None:
    clip = np.concatenate([silence(0.2, 8000), burst(0.4, 8000), silence(0.4, 8000)])
    soundfile.write(tmp_path / "stop.wav", clip, 8000)
    somebody = person(saying("clips/stop.wav", wav=tmp_path / "stop.wav", event="rep"))
    somebody.notice({"at_s": 2.0, "event": "rep"})
    (said,) = all_said(somebody)
    event = said.event()
    assert len(said.samples) == 16000
    assert (event["event"], event["wav"], event["at_s"], event["from_s"]) == ("user_spoke", "clips/stop.wav", 2.0, 2.0)
    assert abs(float(str(event["to_s"])) - 2.6) < 0.02


def test_a_voice_that_is_not_there_is_refused_before_the_session_with_its_place() -> None:
    def render(text: str, voice: str) -> Pcm:
        if voice == "en-moon":
            raise Missing('There is no voice "en-moon".', "Nearest: en-us.")
        return rendered(text, voice)

    lost = Saying("evening.toml, [[say]] 1", Trigger((("event", "rep"),)), 0.0, "stop", "en-moon")
    with pytest.raises(Unreadable, match=r"evening\.toml, \[\[say\]\] 1, voice: .*en-moon"):
        Person(PersonPlan(), [lost], lambda _question: "yes", render)
    with pytest.raises(Unreadable, match=r"\[person\], voice: .*en-moon"):
        Person(PersonPlan(voice="en-moon"), [], lambda _question: "yes", render)
