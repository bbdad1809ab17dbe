"""What keeps a session from losing its way. Each rule sees every event of a session and says what is wrong, or nothing."""

from tests.simulation.seen import Ledger, Seen
from voicecoach.coach.asking import MOST_DELAYS, AskTurn
from voicecoach.coach.performer import LONGEST_FREEZE_S
from voicecoach.coach.phases import MOVES, MOVING, Phase
from voicecoach.coach.turns import UNEXPLAINED_HUSH_S, SpeakTurn
from voicecoach.messages.actions import End, Form, Say, Tone
from voicecoach.messages.events import Event, Fault, HardToHear, LineEnded, Recovered, Unclear, Wake
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import IN_THE_AIR, Line
from voicecoach.messages.memory import OUTCOMES, PAIN_STOPS

WAYS = {(source.value, to.value) for _, sources, to in MOVES for source in sources} | {("", "screen")}
MOMENTS = ("brace", "lift", "hold", "lower")
SLACK_S = 0.1
"""A block or two."""
LONGEST_LINE_S = 25.0
"""No line takes longer, nor do those that a question waits for."""
MOST_LINES = 3 * MOST_DELAYS
"""So many are said beside a question and for it before only the time to answer runs on."""


class TheNextWakeIsLater:
    """Whoever is woken asks for a later moment, so that a session never turns in a circle; and it never waits for nothing."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        wake_s = seen.session.wake_at_s
        if wake_s is not None and wake_s <= seen.now_s and isinstance(seen.event, Wake):
            return f"woken at {seen.now_s:.3f} s, and wants to be at {wake_s:.3f} s"
        still_open = {*ledger.open, *(say.say_id for say in seen.says)} - (
            {seen.event.say_id} if isinstance(seen.event, LineEnded) else set()
        )
        if seen.session.outcome is None and wake_s is None and not still_open:
            return f"waits for nothing, in {seen.after}"
        return ""


class MovesAreThoseOfTheTable:
    """Phases follow each other as phases.py says."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        ways = [(str(fields["from"]), str(fields["to"])) for fields in seen.records("phase")]
        return next((f"no way from {source or 'nowhere'} to {to}" for source, to in ways if (source, to) not in WAYS), "")


class CuesComeWhereOneMoves:
    """What is said and played while the legs move is for the phases in which they do, and never for a moment that has passed."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        at = MOVING | {Phase.COOL_DOWN}
        for action in seen.actions:
            said = isinstance(action, Say) and action.form is not Form.WHY and action.line.id.startswith(IN_THE_AIR)
            cue = said or (isinstance(action, Tone) and action.name[:1] == "l")
            if cue and not (seen.after in at or seen.before in at):
                return f"{action} in {seen.after}"
            if isinstance(action, Say | Tone) and action.at_s is not None and action.at_s < seen.now_s:
                return f"{action} comes {seen.now_s - action.at_s:.3f} s late"
        return ""


class CountsGoOnByOne:
    """Repetitions are counted one by one, each from its bracing to its lowering, and none twice but the one that a pause cut off."""

    def __init__(self) -> None:
        self._set, self._n, self._moment = 0, 0, MOMENTS[-1]
        self._cut = False

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        for _ in (fields for fields in seen.records("phase") if fields["to"] == "paused"):
            self._cut = True
        if any(seen.records("person")):
            self._set, self._n = 0, 0
        cut_off = seen.session.course.memory.cut_off
        if cut_off and cut_off.reached and any(seen.records("cut_off")):
            self._set, self._n = cut_off.reached.set, cut_off.reached.done
        for fields in seen.records("rep"):
            if wrong := self._rep(int(str(fields["set"])), int(str(fields["n"])), str(fields["moment"])):
                return wrong
            if self._n > seen.session.course.set_lifts:
                return f"lift {self._n} of {seen.session.course.set_lifts}"
        return next(filter(None, (self._count(say.line, seen) for say in seen.says)), "")

    def _rep(self, set_n: int, n: int, moment: str) -> str:
        at = f"set {set_n} rep {n} {moment}, after set {self._set} rep {self._n} {self._moment}"
        if moment == "brace":
            again = self._cut and (set_n, n) == (self._set, self._n)
            goes_on = (set_n, n) == (self._set, self._n + 1) and self._moment == "lower"
            first = n == 1 and set_n > self._set  # a set may be left out before its first lift
            right = again or goes_on or first
        else:
            right = (set_n, n) == (self._set, self._n) and MOMENTS.index(moment) > MOMENTS.index(self._moment)
        self._set, self._n, self._moment, self._cut = set_n, n, moment, False
        return "" if right else at

    def _count(self, line: Line, seen: Seen) -> str:
        if not line.id.startswith("set.count") or seen.after not in (Phase.SET, Phase.HOLD):
            return ""
        said, course = int(dict(line.values)["n"]), seen.session.course
        lift = course.done_reps + 1
        return "" if said in (lift, lift - course.left_until) else f'"{said}" is said at lift {lift}'


class NoLineIsLost:
    """A line that was cut goes on from its sentence, unless the session turned to something else; what was heard to its end does not."""

    def __init__(self) -> None:
        self._owed: tuple[SpeakTurn, float] | None = None
        self._heard: set[int] = set()
        self._before: tuple[SpeakTurn, int] | None = None

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if isinstance(seen.event, LineEnded) and not seen.event.cut_short:
            self._heard.add(seen.event.say_id)
        turn = seen.session._performer.turn
        before, self._before = self._before, (turn, turn._say_id) if isinstance(turn, SpeakTurn) else None
        if before and turn is before[0] and before[1] in self._heard and any(say.goes_on for say in seen.says):
            return f"{before[0].request.line.id} was heard to its end, and is said again"
        owed = self._owed
        if owed and turn is owed[0] and seen.now_s > owed[1] + LONGEST_FREEZE_S + UNEXPLAINED_HUSH_S + SLACK_S:
            return f"{owed[0].request.line.id} was cut, and for too long not said to its end"
        if not isinstance(turn, SpeakTurn) or turn._say_id in seen.session._prompter.open or seen.session.outcome:
            self._owed = None
        elif owed is None or owed[0] is not turn:
            self._owed = (turn, seen.now_s)
        return ""


class EveryQuestionEnds:
    """Answered, asked once more, or given up, within the time that its window allows."""

    def __init__(self) -> None:
        self._turn: AskTurn | None = None
        self._until_s = 0.0

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        turn = seen.session._performer.turn
        if not isinstance(turn, AskTurn):
            self._turn = None
        elif turn is not self._turn:
            self._turn = turn
            self._until_s = seen.now_s + (2 + MOST_DELAYS) * turn._window_s + MOST_LINES * LONGEST_LINE_S
        elif seen.suspected or isinstance(seen.event, LineEnded):
            self._until_s += LONGEST_FREEZE_S if seen.suspected else 0.0
        if self._turn and seen.now_s > self._until_s:
            return f"{self._turn.request.id} is still open"
        return ""


class OneOutcomeAndNothingAfter:
    """A session ends once, with one of the outcomes, by its last action; nothing comes of what happens then."""

    def __init__(self) -> None:
        self._ended = False

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if self._ended:
            return f"after the end: {seen.actions[0]}" if seen.actions else ""
        ends = [action for action in seen.actions if isinstance(action, End)]
        self._ended = bool(ends)
        if not ends:
            return f"over without an end: {seen.session.outcome}" if seen.session.outcome else ""
        if len(ends) > 1 or seen.actions[-1] is not ends[0] or ends[0].outcome not in OUTCOMES:
            return f"ends with {[*seen.actions[-2:]]}"
        if ends[0].outcome != seen.session.outcome or seen.session.wake_at_s is not None:
            return f"ended as {ends[0].outcome}, and is {seen.session.outcome}"
        return ""


class TheOutcomeTellsTheWorst:
    """Pain or an emergency that was said is never called anything less, and a session that was stopped never finished."""

    def __init__(self) -> None:
        self._said: set[Intent] = set()
        self._grave = False

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        if ledger.cries(seen) and isinstance(seen.event, Meant):
            self._said.add(seen.event.intent)
            self._grave = self._grave or seen.event.topic == "grave" or seen.event.intent is Intent.NERVE
        outcome = next((action.outcome for action in seen.actions if isinstance(action, End)), None)
        if outcome is None or not self._said:
            return ""
        allowed = {"emergency"} if self._grave else PAIN_STOPS if Intent.PAIN in self._said else {*PAIN_STOPS, "stopped", "interrupted"}
        return "" if outcome in allowed else f"{outcome} after {sorted(self._said)}"


class EveryEventIsAnsweredInKind:
    """What only tells of a part, a voice's level or a mumble never begins a movement."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong, or ""."""
        told: tuple[type[Event], ...] = (Fault, Recovered, HardToHear, Unclear)
        withdrawn = isinstance(seen.event, Meant) and seen.event.stage is Stage.WITHDRAWN
        if not (isinstance(seen.event, told) or withdrawn):
            return ""
        entered = [str(fields["to"]) for fields in seen.records("phase")]
        return next((f"{type(seen.event).__name__} leads to {to}" for to in entered if to not in ("paused", "stopped", "finished")), "")


RULES = (
    TheNextWakeIsLater,
    MovesAreThoseOfTheTable,
    CuesComeWhereOneMoves,
    CountsGoOnByOne,
    NoLineIsLost,
    EveryQuestionEnds,
    OneOutcomeAndNothingAfter,
    TheOutcomeTellsTheWorst,
    EveryEventIsAnsweredInKind,
)
