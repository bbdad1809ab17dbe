"""What the mat experiences of each fault, as a table for people who don't program: `python -m tests.faults` writes prompts/FAULTS.md."""

from tests.coach.stage import CURRICULUM, SCRIPT
from tests.faults.expected import EXPECTED, PLUG, WORD, Expected
from tests.rows import ROOT
from voicecoach.messages.lines import Line

TABLE = ROOT / "prompts" / "FAULTS.md"
PAUSE = CURRICULUM.numbers.pause
OVER_S = PAUSE.reminder_s + PAUSE.again_s + PAUSE.over_s
HEAD = f"""# What breaks, and what the mat hears of it

Made from tests/faults/expected.py by `python -m tests.faults`; change it there. Each kind can be broken on purpose in a rehearsal:
`[[fault]]` with `what`, when (`at_s`, or `on` an event and `after_s`) and `for_s`.

The rules, in every phase:
- What is being said is cut, and the person is told to lower the legs and rest. A full disk and a clock cut nothing.
- Nothing goes on by itself: only on "continue", and not before the part works again. A lift in which it broke is begun again.
- Without that the session is given up. A part that stays out of order is told again after {PAUSE.fault_reminder_s:g} s, and ends the
  session {PAUSE.fault_over_s:g} s later; a pause without a word ends after {OVER_S:g} s and two reminders.
- While a safety word is suspected, a doubt about what was heard or done waits until the ears are sure. A word that is sure stops, whatever
  is broken, and no part that comes back says anything after that.
- The log has `fault` and `recovered` with `what`; what the journal can't write waits in memory and is all there in the end.
- In a pause it is the same: what failed is said, and the pause goes on to be one. After the goodbye there is nothing to break.
"""


def table() -> str:
    """The whole file."""
    columns = ("kind", "what breaks", "noticed within", "said", "waits for", "else the outcome", "in the first questions", "once stopped")
    rows = [" | ".join(columns), " | ".join("---" for _ in columns), *(" | ".join(_cells(one)) for one in EXPECTED)]
    return HEAD + "\n" + "\n".join(f"| {row} |" for row in rows) + "\n"


def _cells(one: Expected) -> tuple[str, ...]:
    said = f'"{SCRIPT.sentence(Line(one.says))}"' if one.says else "nothing"
    noticed = f"{one.within_s:g} s" if one.part else "the next start"
    in_screen = one.in_screen if one.waits_for in (PLUG, WORD) else "the same"
    return f"`{one.kind}`", one.breaks, noticed, said, one.waits_for, one.outcome or "none: it goes on", in_screen, one.when_stopped


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
