"""A short evening with what was read: whatever a file brought with it, a session runs to its end, and a safety word ends it."""

from dataclasses import replace

from tests.coach.stage import Rehearsed
from tests.fuzz.mangling import Luck, once_in
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Plan
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import URGENT
from voicecoach.messages.memory import Memory
from voicecoach.rehearsal.healthy import healthy_answers
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.script import Script

LONGEST_S = 6 * 3600.0
MOST_STEPS = 20_000


class Evening(Rehearsed):
    """A session with somebody's own words."""

    def __init__(self, plan: Plan, taught: Curriculum, script: Script, phrasebook: Phrasebook, memory: Memory) -> None:
        self.script = script
        self.phrasebook = phrasebook
        self.answers = healthy_answers(phrasebook)
        super().__init__(plan, memory=memory, curriculum=taught)


def lived(luck: Luck, plan: Plan, taught: Curriculum, script: Script, phrasebook: Phrasebook, memory: Memory) -> None:
    """Through it, to the end; in half of the evenings somebody says a safety word on the way. AssertionError: what went wrong."""
    short = replace(plan, sets=min(plan.sets or 1, 1), reps=min(plan.reps or 2, 2), warm_up_s=0, cool_down_s=0)
    evening = Evening(short if once_in(luck, 2) else plan, taught, script, phrasebook, memory)
    cries_at = luck.randrange(250) if once_in(luck, 2) else MOST_STEPS
    for step in range(MOST_STEPS):
        if evening.outcome is not None or evening.now_s > LONGEST_S:
            break
        if step == cries_at:
            _cry(luck, evening)
        elif not evening.run_to("*", 3600):
            break
    assert evening.outcome is not None, f"no end after {evening.now_s:.0f} s in {evening.session.phase}, last {evening.happened[-3:]}"


def _cry(luck: Luck, evening: Evening) -> None:
    """A safety word at whatever moment stops it; the one that is asked for, to try it, doesn't."""
    asked = next((text for _, text in reversed(evening.happened) if text.startswith(("question", "line"))), "")
    intent = luck.choice(sorted(URGENT))
    phrase = luck.choice(evening.phrasebook.phrases(intent))
    evening.run_until(evening.now_s + 0.5 + luck.random())
    if evening.outcome is not None or "mat." in asked or evening.session.phase is Phase.FINISHED:
        return
    mark = len(evening.happened)
    stopped = evening.session.phase is Phase.STOPPED
    evening.tell(interpret(Heard(Stage.CONFIRMED, phrase, phrase, evening.now_s), evening.moment, evening.phrasebook))
    assert evening.session.phase in (Phase.STOPPED, Phase.FINISHED), f"{phrase!r} leads to {evening.session.phase}"
    assert stopped or any(text.startswith("hush") for text in evening.since(mark)), f"{phrase!r} is not hushed for"
