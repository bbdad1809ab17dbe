"""What must never happen to whoever lies on the mat. Each rule sees every event of a session and says what is wrong, or nothing."""

from tests.simulation.seen import NEEDED, Ledger, Seen
from voicecoach.coach import aftermath
from voicecoach.coach.performer import LONGEST_FREEZE_S
from voicecoach.coach.phases import MOVING, PAUSABLE, Phase
from voicecoach.messages.actions import Action, End, Hush, Record, Say, Tone
from voicecoach.messages.events import Fault
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import IN_THE_AIR
from voicecoach.messages.memory import Person

CUES = (*IN_THE_AIR, "teach.", "try.", "warm_up.", "set.")
"""How the lines begin that make somebody move, or tell of it."""
ANSWERING_TONES = frozenset({"heard", "not_heard"})
YEAR_DAYS = 366.0
SLACK_S = 0.05
"""Less than one block of sound."""


def moves(action: Action) -> bool:
    """Whether it makes somebody move, or counts."""
    match action:
        case Say(_, line):
            return line.id.startswith(CUES)
        case Tone(name):
            return name not in ANSWERING_TONES
        case Record("rep"):
            return True
        case Record("phase", fields):
            return fields["to"] in {phase.value for phase in MOVING}
        case _:
            return False


def shown(action: Action) -> str:
    """In a few words."""
    match action:
        case Say(_, line):
            return f"line {line.id}"
        case Tone(name):
            return f"tone {name}"
        case Record(event, fields):
            return f"{event} {' '.join(str(value) for value in fields.values())}"
        case _:
            return type(action).__name__.lower()


class ASafetyWordHushesAndStops:
    """At once, in every phase, whatever is going on; what is graver than any before it comes through also when stopped."""

    def __init__(self) -> None:
        self._gravest = -1

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if not ledger.cries(seen) or not isinstance(seen.event, Meant):
            return ""
        rank, before = aftermath.rank(seen.event), self._gravest
        self._gravest = max(rank, before)
        if seen.after not in (Phase.STOPPED, Phase.FINISHED):
            return f'"{seen.event.text}" in {seen.before} leads to {seen.after}'
        if seen.before is Phase.STOPPED and rank <= before:
            return ""
        first = next((action for action in seen.actions if not isinstance(action, Record)), None)
        return "" if isinstance(first, Hush) else f'"{seen.event.text}" in {seen.before} is not hushed for first'


class NothingMovesAfterASafetyWord:
    """No cue, no tone of counting, no repetition, and no phase but the end."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if not (ledger.stopped or ledger.cries(seen)):
            return ""
        wrong = [shown(action) for action in seen.actions if moves(action)]
        if not wrong and seen.after not in (Phase.STOPPED, Phase.FINISHED) and seen.session.outcome is None:
            wrong = [f"phase {seen.after}"]
        return f"after the stop: {wrong[0]}" if wrong else ""


class ASuspicionHushesAndHolds:
    """Silence at once, and nothing that moves until the ears are sure; where they never are, a pause."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if seen.over_before or ledger.stopped:
            return ""
        if seen.suspected:
            loud = [shown(action) for action in seen.actions if isinstance(action, Say | Tone)]
            return "not hushed for a suspicion" if not seen.hushed else f"a suspicion is answered: {loud[0]}" if loud else ""
        if ledger.doubt_since_s is None or isinstance(seen.event, Meant):
            return ""
        if wrong := [shown(action) for action in seen.actions if moves(action)]:
            return f"while in doubt: {wrong[0]}"
        late = seen.now_s > ledger.doubt_since_s + LONGEST_FREEZE_S + SLACK_S
        return f"in doubt for too long, in {seen.after}" if late and seen.after in PAUSABLE else ""


class OnlyADeliberateWordEndsAPause:
    """Never the news that a part is back, never what was suspected, never while a part is missing; and nothing ends a stop."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        for fields in seen.records("phase"):
            way = f"{fields['from']} to {fields['to']}"
            if fields["from"] == "stopped" and fields["to"] != "finished":
                return f"from {way}"
            if fields["from"] == "paused" and fields["to"] not in ("stopped", "finished"):
                if seen.confirmed is not Intent.RESUME:
                    return f"from {way} by {type(seen.event).__name__} {seen.confirmed or ''}"
                if ledger.failed:
                    return f"from {way} without {', '.join(sorted(ledger.failed))}"
        return ""


class NothingMovesUnheard:
    """With a microphone, recogniser or speaker out of order, or after a standstill, nothing moves before somebody says so."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if seen.over_before or ledger.stopped or not isinstance(seen.event, Fault):
            return self._moving(seen, ledger)
        what = seen.event.what
        held = ledger.doubt_since_s is not None  # silence already, until the ears are sure: then the news are told
        quiet = seen.hushed or seen.before is Phase.PAUSED
        if held or ("voice" in ledger.failed and what != "voice"):
            return self._moving(seen, ledger)
        if what == "voice":
            ended = any(isinstance(action, End) for action in seen.actions)
            return "" if quiet and (ended or seen.after is Phase.PAUSED) else "goes on without a voice"
        if what in NEEDED and what not in ledger.failed:
            return "" if quiet and seen.after is Phase.PAUSED else f"{what} lost in {seen.before} leads to {seen.after}"
        if what in ("standstill", "inaudible") and seen.before in PAUSABLE - {Phase.SCREEN}:
            return "" if seen.hushed and seen.after is Phase.PAUSED else f"{what} in {seen.before} leads to {seen.after}"
        return self._moving(seen, ledger)

    def _moving(self, seen: Seen, ledger: Ledger) -> str:
        missing = ", ".join(sorted(ledger.failed - ({seen.event.what} if hasattr(seen.event, "what") else set())))
        wrong = [shown(action) for action in seen.actions if moves(action)] if missing else []
        return f"without {missing}: {wrong[0]}" if wrong else ""


class NothingMovesUnscreened:
    """Whoever is moved has answered the safety questions, or had within the year, tells of their pain and was heard from the mat."""

    def __init__(self) -> None:
        self._answers: dict[str, object] = {}
        self._person: Person | None = None
        self._cut_off = False

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        for action in seen.actions:
            if isinstance(action, Record) and action.event == "person":
                self._answers, self._cut_off = {}, False
                known = seen.session.course.memory.people
                self._person = next((person for person in known if person.id == action.fields["id"]), Person())
            elif isinstance(action, Record) and action.event == "answer" and action.fields["value"] is not None:
                self._answers[str(action.fields["id"])] = action.fields["value"]
            elif isinstance(action, Record) and action.event == "cut_off":
                self._cut_off = True  # whoever had got so far was screened before the power failed
            elif moves(action) and (missing := self._missing(seen, ledger)):
                return f"{shown(action)} without {missing}"
        return ""

    def _missing(self, seen: Seen, ledger: Ledger) -> str:
        person = self._person
        if person is None:
            return "anybody"
        on_day, today = person.screened_on_day, seen.session.course.memory.today
        valid = on_day is not None and 0 <= today - on_day <= YEAR_DAYS and self._answers.get("screen.news") == "no"
        valid = valid or (self._cut_off and self._answers.get("cut_off.pain") == "no" and "cut_off.go_on" in self._answers)
        needed = ["screen.pain", *([] if valid else [question.id for question in ledger.curriculum.screening])]
        needed += [] if person.heard_on_mat else [test.id for test in ledger.curriculum.mat]
        return ", ".join(name for name in needed if name not in self._answers)


class NothingBeyondWhatWasAgreed:
    """Never more lifts, sets or weight than were agreed on, and with one leg never more on a side."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if seen.after not in MOVING:
            return ""
        course = seen.session.course
        left = course.set_lifts - course.done_reps
        sides = 2 if course.legs == "one" or course.left_until else 1
        if course.set_n > course.sets or course.reps > course.amounts.reps or left > sides * course.amounts.reps:
            return f"{left} lifts left, {course.reps} of {course.amounts.reps}, in set {course.set_n} of {course.sets}"
        if course.amounts.level.weight and course.answers.get("weights.on") not in ("resume", "yes", "next_set"):
            return "weights without a word"
        return ""


RULES = (
    ASafetyWordHushesAndStops,
    NothingMovesAfterASafetyWord,
    ASuspicionHushesAndHolds,
    OnlyADeliberateWordEndsAPause,
    NothingMovesUnheard,
    NothingMovesUnscreened,
    NothingBeyondWhatWasAgreed,
)
