"""Where the session stands: what its commands and its turns may know of it."""

from voicecoach.coach.asking import AskTurn
from voicecoach.coach.check_ins import PAIN
from voicecoach.coach.cooling_down import PAIN_AFTER
from voicecoach.coach.course import Course, course_of
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.machine import PhaseMachine
from voicecoach.coach.performer import Performer
from voicecoach.coach.phases import MOVING, Phase, scripted
from voicecoach.coach.plan import Plan
from voicecoach.coach.prompter import Prompter
from voicecoach.coach.requests import Expects
from voicecoach.coach.turns import BeatTurn, SpeakTurn
from voicecoach.messages.memory import Memory

SAID_TWICE_S = 3.0


class Standing:
    """Changes nothing; Floor does."""

    _performer: Performer

    def __init__(self, plan: Plan, curriculum: Curriculum, memory: Memory) -> None:
        self.course: Course = course_of(plan, curriculum, memory)
        self.back_to = Phase.SCREEN
        self.outcome: str | None = None
        self._machine = PhaseMachine()
        self._prompter = Prompter(first_turn=len(self.course.person.sessions))
        self._resumed_at_s = float("-inf")
        self._failed: set[str] = set()
        self._mark: tuple[int, int, str] | None = None
        self._now_s = 0.0

    @property
    def phase(self) -> Phase:
        """Where the session is."""
        return self._machine.phase

    @property
    def under_way(self) -> Phase:
        """The phase whose script is going on, or goes on after the pause."""
        return self.back_to if self.phase is Phase.PAUSED else scripted(self.phase)

    @property
    def moment(self) -> str:
        """What may be said while no question is open."""
        return self.phase.value

    @property
    def just_resumed(self) -> bool:
        """Whether a word to go on was obeyed only now: it may be said twice."""
        return self._now_s - self._resumed_at_s < SAID_TWICE_S

    @property
    def out_of_order(self) -> bool:
        """Whether a part that is needed has failed."""
        return bool(self._failed)

    @property
    def summary(self) -> dict[str, object]:
        """What was done, for the end of the log."""
        before, after = self.course.answers.get(PAIN), self.course.answers.get(PAIN_AFTER)
        pain = {name: value for name, value in (("pain_before", before), ("pain_after", after)) if isinstance(value, int)}
        course = self.course
        reps = course.total_reps - course.taken_up_reps
        left = {course.set_n} if 0 < course.done_reps < course.set_lifts else set()
        return {
            "reps": reps,
            "sets": course.set_n - course.first_set + 1 if reps else 0,
            "level": course.level_done,
            "failed_sets": len(course.failed_sets | left),
            **pain,
        }

    @property
    def expects(self) -> Expects | None:
        """What kind of answer is waited for; None when nothing was asked."""
        turn = self._performer.turn
        return turn.request.expects if isinstance(turn, AskTurn) else None

    @property
    def options(self) -> str:
        """The line that names what can be said to the question that is open; "" when that is just yes or no, or nothing was asked."""
        turn = self._performer.turn
        if not isinstance(turn, AskTurn) or (turn.request.expects is Expects.YES_NO and not turn.request.options):
            return ""
        return turn.options

    @property
    def legs_move(self) -> bool:
        """Whether the person's legs may be in the air: while they are taught, only on the grid."""
        return self.phase in MOVING and (self.phase is not Phase.TEACH or isinstance(self._performer.turn, BeatTurn))

    @property
    def lifts_left(self) -> int:
        """How many lifts of this set still have to be begun, or are on their way up."""
        course = self.course
        lowering = self._mark == (course.set_n, course.done_reps + 1, "lower")
        return course.set_lifts - course.done_reps - lowering

    @property
    def rest_left_s(self) -> float:
        """How long it is at least until the next set."""
        turn = self._performer.turn
        return self.course.rest.left_s - (turn.elapsed_s(self._now_s) if isinstance(turn, BeatTurn) else 0.0)

    @property
    def advising(self) -> bool:
        """Whether something is being said after a safety word that has to be heard."""
        return self.phase is Phase.STOPPED and isinstance(self._performer.turn, SpeakTurn)
