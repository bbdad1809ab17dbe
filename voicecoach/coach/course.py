"""How far the session has come: the one place where it is kept."""

from dataclasses import dataclass, field

from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import Plan, Tempo, tempo_of
from voicecoach.coach.requests import Answer
from voicecoach.messages.actions import Form
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Memory, Person

LOUDEST_DB = 6.0
"""The voice's peaks are at -5 dBFS, the limiter begins at -3: up to here a step is still 2.9 dB and bends 2.5% of the waveform; a third
step would add 2.6 dB and bend 8%."""
QUIETEST_DB = -12.0
LOUDNESS_STEP_DB = 3.0
TALK_LEVELS = ("less", "usual", "more")


@dataclass(slots=True)
class Course:
    """Owned by the session; scripts and commands read and change it."""

    plan: Plan
    reps: int
    sets: int
    legs: str
    tempo: Tempo
    talk: str
    curriculum: Curriculum
    memory: Memory
    person: Person
    """Whoever is on the mat, with what this session has learned."""
    met: bool = False
    """Whether it is settled who that is."""
    not_them: set[int] = field(default_factory=set)
    """The ids of those who it was said not to be."""
    set_n: int = 1
    done_reps: int = 0
    total_reps: int = 0
    part: int = 0
    """How many parts of the warm-up are done."""
    breathed: bool = False
    """Whether the breathing of the cool-down is done."""
    rest_left_s: float = 0.0
    extra_rests: int = 0
    felt_in_back: int = 0
    skip_asked: bool = False
    getting_down: bool = False
    """Everything was asked; only the way onto the mat is left."""
    positioned: bool = False
    eased: bool = False
    gain_db: float = 0.0
    say_when: bool = False
    """The person says when the rest is over."""
    resting: bool = False
    felt_sets: set[int] = field(default_factory=set)
    """The sets after which it was felt in the low back."""
    stopped: bool = False
    pained: bool = False
    distressed: bool = False
    emergency: str = ""
    """The line that a sign of an emergency calls for; "" for none."""
    told: set[str] = field(default_factory=set)
    """What was said to its end after a safety word."""
    answers: dict[str, Answer] = field(default_factory=dict)
    deaf: bool = False
    """The microphone gave nothing at all while the coach said its first words."""
    put_off_lines: list[tuple[Line, Form]] = field(default_factory=list)
    """Answers and news that wait until nothing moves."""

    @property
    def last_set(self) -> bool:
        """Whether the current set is the last one."""
        return self.set_n >= self.sets

    @property
    def detail(self) -> str:
        """How much to say in this set: "full" cues first, "brief" ones next, then "counts"; those at once when less is asked."""
        if self.talk == "less":
            return "counts"
        levels = ("full", "full", "brief", "counts")
        return levels[min(max(self.set_n - TALK_LEVELS.index(self.talk) + 1, 0), len(levels) - 1)]

    def put_off(self, line: Line, form: Form = Form.FULL) -> None:
        """Says `line` once nothing moves any more."""
        if (line, form) not in self.put_off_lines:
            self.put_off_lines.append((line, form))

    def ease(self) -> None:
        """One level easier for a day that begins with some pain: two repetitions fewer, two sets at most."""
        self.eased = True
        self.reps = max(min(self.reps, 4), self.reps - 2)
        self.sets = min(self.sets, 2)


def course_of(plan: Plan, curriculum: Curriculum, memory: Memory) -> Course:
    """The beginning of a session with `plan`."""
    person = memory.people[0] if memory.people else Person()
    return Course(
        plan=plan,
        reps=plan.reps,
        sets=plan.sets,
        legs=plan.legs,
        tempo=tempo_of(plan),
        talk=plan.talk,
        curriculum=curriculum,
        memory=memory,
        person=person,
    )
