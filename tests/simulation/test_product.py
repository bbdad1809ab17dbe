"""Every state, word and fault has a decided answer: the one in product.txt."""

import difflib

from tests.simulation.product import STATES, TABLE, WITH_FAULTS, WORDS, table
from voicecoach.coach.phases import Phase
from voicecoach.messages.intents import URGENT, Intent, Meant


def test_every_word_in_every_state_with_every_fault_does_what_the_table_says() -> None:
    decided, done = TABLE.read_text(encoding="utf-8"), table()
    changed = "\n".join(difflib.unified_diff(decided.splitlines(), done.splitlines(), "decided", "done", lineterm="", n=4))
    assert not changed, f"{changed}\nIf that is right: python -m tests.simulation.product"


def test_the_table_has_every_phase_and_every_intent() -> None:
    assert [state.partition(",")[0] for state in WITH_FAULTS] == [phase.value for phase in Phase]
    assert {word.event.intent for word in WORDS if isinstance(word.event, Meant)} == set(Intent)
    assert set(WITH_FAULTS) <= set(STATES)


def test_a_safety_word_is_decided_on_in_one_way_wherever_nothing_is_over() -> None:
    for section in TABLE.read_text(encoding="utf-8").split("\n["):
        states = section.partition("]")[0]
        if "finished" in states or "stopped" in states or "screen, the word" in states or not states.startswith(tuple(STATES)):
            continue
        for line in section.splitlines()[1:]:
            reaction, _, words = line.strip().partition(": ")
            if URGENT & set(words.split()):
                assert "to stopped" in reaction or "end stopped" in reaction or "end pain" in reaction or "end emergency" in reaction, line
