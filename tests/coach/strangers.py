"""People whom nobody has met: seeded evenings with the pure coach, and what must hold of every one.

`python -m tests.coach.strangers COUNT [FIRST]` lives through many more than the tests do, and prints the evenings that went wrong.
"""

import random
import sys
from dataclasses import replace
from itertools import pairwise

from tests.coach.stage import CURRICULUM, PHRASEBOOK, TODAY, Rehearsed, plan
from voicecoach.coach.agreeing import WEIGHTS
from voicecoach.coach.phases import MOVING, Phase
from voicecoach.coach.plan import CHOICES
from voicecoach.coach.steps import READY_WORDS
from voicecoach.messages.events import Fault, Recovered, Unclear
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import URGENT
from voicecoach.messages.memory import Memory, PastSession, Person

MOVEMENT = ("rep ", "line set.", "line warm_up.", "line lead_in", "line countdown", "line breath.", "line up.", "line teach.", "tone l")
MOVING_PHASES = ("phase warm_up", "phase set", "phase teach", "phase hold")
LEVELS = tuple(level.id for level in CURRICULUM.training.levels)
RARELY = 0.4
LONGEST_S = 3 * 3600.0
STEPS = 400
FAULTS = ("microphone", "speaker", "recognizer", "standstill", "inaudible", "disk")
SHOWN = 40
YEAR_DAYS = 366.0


class Stranger:
    """One evening, from a seed."""

    def __init__(self, seed: int) -> None:
        self._luck = random.Random(seed)  # noqa: S311 - the same seed has to give the same evening
        self.wrong: list[str] = []
        agreed = plan(warm_up_s=self._luck.choice([0, 60]))
        for name, values in (("sets", (1, 2)), ("reps", (2, 4)), ("rest_s", (10, 30)), ("cool_down_s", (0, 20))):
            agreed = agreed.with_value(name, self._luck.choice(values))
        for wish in ("routine", "kind"):
            agreed = agreed.with_value(wish, self._luck.choice(CHOICES[wish])) if self._luck.random() < RARELY else agreed
        if self._luck.random() < RARELY:
            agreed = replace(agreed, sets=None, reps=None)
            agreed = agreed.with_value("level", self._luck.choice(LEVELS)) if self._luck.random() < RARELY else agreed
        elif self._luck.random() < RARELY:
            agreed = agreed.with_value("legs", self._luck.choice(("one", "both")))
        self._answers = self._luck.choice([0.0, 0.5, 0.9, 1.0])
        self._talks = self._luck.choice([0.0, 0.05, 0.3])
        self._cries = self._luck.choice([0.0, 0.01, 0.05])
        self.evening = Rehearsed(agreed, healthy=False, memory=Memory(TODAY, people_met(self._luck)))

    def live(self) -> None:
        """To the end of the evening, or until it has lost its way."""
        for _ in range(STEPS):
            if self.evening.outcome is not None:
                break
            self._step()
            self._look_at_amounts()
        self.evening.healthy = True
        while self.evening.outcome is None and self.evening.now_s < LONGEST_S and self.evening.run_to("*", 600):
            pass
        if self.evening.outcome is None:
            self.wrong.append(f"no end after {self.evening.now_s:.0f} s in {self.evening.session.phase}")
        self._look_back()

    def _step(self) -> None:
        evening, luck = self.evening, self._luck
        evening.healthy = luck.random() < self._answers
        what = luck.random()
        if what < self._cries:
            self._cry()
        elif what < self._cries + self._talks:
            self._talk()
        elif what < self._cries + self._talks + 0.01:
            evening.tell(Fault(luck.choice(FAULTS), "by luck"))
        elif what < self._cries + self._talks + 0.03:
            evening.tell(Recovered(luck.choice(FAULTS)))
        else:
            evening.run_until(evening.now_s + luck.choice([0.2, 1.0, 5.0, 20.0]))

    def _cry(self) -> None:
        """A safety word, sometimes suspected first, sometimes taken back."""
        evening, luck = self.evening, self._luck
        phrase = luck.choice([phrase for intent in sorted(URGENT) for phrase in PHRASEBOOK.phrases(intent)])
        if luck.random() < 0.5:
            evening.hear(phrase, Stage.SUSPECTED)
            evening.run_until(evening.now_s + luck.choice([0.1, 0.6, 3.0, 6.0]))
            if luck.random() < 0.4:
                evening.hear(phrase, Stage.WITHDRAWN)
                return
        evening.run_until(evening.now_s + 0.5)
        asked = [text for _, text in evening.happened if text.startswith(("question", "answer", "line mat."))]
        tested = asked[-1:] in ([f"line mat.{phrase}"], [f"question mat.{phrase}"])  # the very word that is asked for, to try it
        mark, before = len(evening.happened), evening.session.phase
        if before is Phase.FINISHED:
            return
        evening.hear(phrase)
        if evening.outcome is not None or tested:
            return
        if evening.session.phase not in (Phase.STOPPED, Phase.FINISHED):
            self.wrong.append(f"{evening.now_s:.1f}: {phrase!r} in {before} leads to {evening.session.phase}")
        if before is not Phase.STOPPED and not any(text.startswith("hush") for text in evening.since(mark)):
            self.wrong.append(f"{evening.now_s:.1f}: {phrase!r} in {before} is not hushed for")

    def _talk(self) -> None:
        evening, luck = self.evening, self._luck
        if luck.random() < 0.2:
            evening.tell(Unclear("mumble", worrying=luck.random() < 0.5))
            return
        intents = sorted(PHRASEBOOK.intents_at(evening.moment) - URGENT)
        phrases = PHRASEBOOK.phrases(luck.choice(intents))
        phrase = luck.choice(phrases) if phrases else luck.choice(("one", "four", "nine"))
        evening.happened.append((evening.now_s, f"> {phrase}"))
        evening.hear(phrase)

    def _look_back(self) -> None:
        happened = [text for _, text in self.evening.happened]
        if sum(text.startswith("end ") for text in happened) > 1:
            self.wrong.append("ends more than once")
        if "phase stopped" in happened:
            after = happened[happened.index("phase stopped") :]
            self.wrong += [f"after the stop: {text}" for text in after if text.startswith((*MOVEMENT, *MOVING_PHASES))]
        self._look_at_pauses(happened)
        self.wrong += missing_before_movement(happened, self.evening.session.course.memory)
        for said, again in pairwise(text for text in happened if text.startswith(("rep ", "phase paused", "phase check_in"))):
            if said == again and said.startswith("rep "):
                self.wrong.append(f"counted twice: {said}")

    def _look_at_amounts(self) -> None:
        """Never more than was agreed on, and with one leg never more on a side."""
        course = self.evening.session.course
        left = course.set_lifts - course.done_reps
        sides = 2 if course.legs == "one" or course.left_until else 1
        if course.set_n > course.sets or course.reps > course.amounts.reps or left > sides * course.amounts.reps:
            self.wrong.append(f"{left} lifts left, {course.reps} of {course.amounts.reps}, in set {course.set_n} of {course.sets}")
        if course.amounts.level.weight and self.evening.session.phase in MOVING and course.answers.get(WEIGHTS) not in READY_WORDS:
            self.wrong.append("weights without a word")

    def _look_at_pauses(self, happened: list[str]) -> None:
        """Whatever ends a pause and moves was said by the person."""
        paused, allowed = False, False
        for text in happened:
            if text == "phase paused":
                paused, allowed = True, False
            elif text.startswith("> "):
                allowed = allowed or PHRASEBOOK.meaning(text[2:], "paused") is not None
            elif text.startswith("phase "):
                if paused and not allowed and text in MOVING_PHASES:
                    self.wrong.append("moves after a pause without a word")
                paused = False

    def story(self) -> str:
        """What went wrong, and the last of what happened."""
        told = [f"{at_s:8.2f}  {text}" for at_s, text in self.evening.happened[-SHOWN:]]
        return "\n".join([*self.wrong, *told])


def people_met(luck: random.Random) -> tuple[Person, ...]:
    """Whom the speaker knows."""
    return tuple(
        Person(
            id=n,
            name=luck.choice([None, "", "Anna", "Ben"]),
            screened_on_day=luck.choice([None, TODAY - 3, TODAY - 3, TODAY - 400, TODAY + 40]),
            heard_on_mat=luck.random() < 0.6,
            taught=luck.random() < 0.6,
            level=luck.choice(["", "", *LEVELS]),
            units=luck.choice(["", "metric"]),
            seen_on_day=luck.choice([None, None, TODAY - 2]),
            usual_pain=luck.choice([None, 0, 2, 4]),
            sessions=tuple(
                PastSession(
                    on_day=TODAY - 2 * days,
                    outcome=luck.choice(["finished", "finished", "finished", "pain", "stopped", "emergency"]),
                    level=luck.choice(["", "both_2x10", *LEVELS]),
                    reps=20,
                    sets=2,
                    failed_sets=luck.choice([0, 0, 2]),
                    pain_before=luck.randrange(5),
                    pain_after=luck.randrange(6),
                    spare_reps=luck.choice([None, 0, 2, 4]),
                    morning=luck.choice(["", "same", "worse", "better"]),
                )
                for days in range(luck.randrange(4), 0, -1)
            ),
        )
        for n in range(1, luck.choice([1, 2, 2, 2, 3]))
    )


def missing_before_movement(happened: list[str], memory: Memory) -> list[str]:
    """Whoever is moved was screened, or had been, and was heard from the mat; both since they became known."""
    first = next((n for n, text in enumerate(happened) if text in MOVING_PHASES), None)
    if first is None:
        return []
    became = max(n for n, text in enumerate(happened[:first]) if text.startswith("person "))
    since = happened[became:first]
    wrong: list[str] = []
    person = next((one for one in memory.people if f"person {one.id}" == happened[became]), Person())
    screened = person.screened_on_day
    if "answer screen.news no" not in since or screened is None or not 0 <= memory.today - screened <= YEAR_DAYS:
        unasked = [one.id for one in CURRICULUM.screening if not any(text.startswith(f"answer {one.id} ") for text in since)]
        wrong += [f"moves without {question}" for question in unasked]
    tests = () if person.heard_on_mat else CURRICULUM.mat
    wrong += [f"moves without {test.id}" for test in tests if f"answer {test.id} {test.word}" not in since]
    if not any(text.startswith("answer screen.pain ") for text in since):
        wrong.append("moves without a word about pain")
    return wrong


def lived(seed: int) -> Stranger:
    """The evening of `seed`, over."""
    stranger = Stranger(seed)
    stranger.live()
    return stranger


def main(count: int, first: int = 0) -> int:
    """Prints how many evenings went wrong, and the first five of them."""
    wrong = {seed: stranger for seed in range(first, first + count) if (stranger := lived(seed)).wrong}
    for seed, stranger in list(wrong.items())[:5]:
        print(f"--- seed {seed}\n{stranger.story()}")  # noqa: T201 - a program
    print(f"{count} evenings, {len(wrong)} went wrong: {list(wrong)[:20]}")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
