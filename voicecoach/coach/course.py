"""How far the session has come: the one place where it is kept."""

from dataclasses import dataclass, field, replace

from voicecoach.coach.amounts import Amounts, Wish, amounts_of, level_named, level_set
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.numbers import Numbers
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Plan, Tempo, tempo_of
from voicecoach.coach.requests import Answer
from voicecoach.coach.training import Level
from voicecoach.messages.actions import Form
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Memory, Person

LOUDEST_DB = 6.0
"""The voice's peaks are at -5 dBFS, the limiter begins at -3: up to here a step is still 2.9 dB and bends 2.5% of the waveform; a third
step would add 2.6 dB and bend 8%."""
QUIETEST_DB = -12.0
LOUDNESS_STEP_DB = 3.0


@dataclass(slots=True)
class Break:
    """The rest after the current set."""

    left_s: float = 0.0
    longer: int = 0
    """How often more of it was asked for."""
    begun: bool = False
    until_asked: bool = False
    """The person says when it is over."""


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
    level: Level
    """The level that was agreed on."""
    amounts: Amounts
    """What that comes to today; `reps`, `legs` and `tempo` begin as it says, and may change."""
    wish: Wish = field(default_factory=Wish)
    raised: bool = False
    """A harder level was earned in the middle of the session."""
    next_level: Level | None = None
    """The one that the next set begins with."""
    met: bool = False
    """Whether it is settled who that is."""
    not_them: set[int] = field(default_factory=set)
    """The ids of those who it was said not to be."""
    set_n: int = 1
    set_lifts: int = 0
    """How many lifts the current set has, of both sides."""
    left_until: int = 0
    """After so many of them the right leg takes over; 0: no sides."""
    done_reps: int = 0
    total_reps: int = 0
    taken_up_reps: int = 0
    """So many of them were done in a session that was cut off, and that this one goes on with."""
    first_set: int = 1
    """The set that this session began with."""
    part: int = 0
    """How many parts of the warm-up are done."""
    breathed: bool = False
    """Whether the breathing of the cool-down is done."""
    rest: Break = field(default_factory=Break)
    felt_in_back: int = 0
    arrived: set[str] = field(default_factory=set)
    """The steps of the arrival that are over, and don't come again after a pause. For somebody else on the mat they all do."""
    said: set[tuple[int, str]] = field(default_factory=set)
    """What was said to its end and is not said again after a pause: the set in which that was, and the line."""
    topic: str = ""
    """What was asked about last, as long as there is more to tell of it."""
    lesson: int = 0
    """How many steps of the walk-through are done."""
    steps_down: int = 0
    steps_up: int = 0
    """How many steps of the way onto the mat, and up from it, are done."""
    skips_asked: set[Phase] = field(default_factory=set)
    """What was asked once whether it is to be left out."""
    failed_sets: set[int] = field(default_factory=set)
    """Sets that were begun and left, or made easier."""
    fewer_from: int = 0
    """The set from which on there are fewer repetitions, because hardly any were left in the person."""
    gain_db: float = 0.0
    felt_sets: set[int] = field(default_factory=set)
    """The sets after which it was felt in the low back."""
    pained: bool = False
    distressed: bool = False
    emergency: str = ""
    """The line that a sign of an emergency calls for; "" for none."""
    told: set[str] = field(default_factory=set)
    """What was said to its end after a safety word."""
    answers: dict[str, Answer] = field(default_factory=dict)
    recorded: bool = False
    """The sound of this session is kept."""
    deaf: bool = False
    """The microphone gave nothing at all while the coach said its first words."""
    put_off_lines: list[tuple[Line, Form]] = field(default_factory=list)
    """Answers and news that wait until nothing moves."""

    @property
    def numbers(self) -> Numbers:
        """How much, how long, from when on."""
        return self.curriculum.numbers

    @property
    def last_set(self) -> bool:
        """Whether the current set is the last one."""
        return self.set_n >= self.sets

    @property
    def practised(self) -> int:
        """How many sessions with lifts this person has behind them; none that still count after a long time away."""
        done = [session for session in self.person.sessions if session.sets]
        return len(done) if done and self.memory.today - done[-1].on_day <= self.numbers.frequency.away_days else 0

    @property
    def felt_too_often(self) -> bool:
        """Whether it was felt in the low back so often that somebody should look at the form."""
        return self.felt_in_back + len(self.felt_sets) >= self.numbers.form.felt_in_back_most

    def put_off(self, line: Line, form: Form = Form.FULL) -> None:
        """Says `line` once nothing moves any more."""
        if (line, form) not in self.put_off_lines:
            self.put_off_lines.append((line, form))

    @property
    def eased(self) -> bool:
        """Whether today is easier than what was agreed on."""
        return self.wish.gentler

    @property
    def made_easier(self) -> bool:
        """Whether a set was too much, by what was said or felt in it or after it."""
        return bool(self.failed_sets or self.fewer_from or self.felt_in_back or self.felt_sets)

    @property
    def level_done(self) -> str:
        """The level that this session tells something about; "" when settings, a wish or a change on the way made it another."""
        as_agreed = (self.reps, self.legs) == (self.amounts.reps, self.amounts.legs)
        return self.amounts.level.id if self.amounts.tells and as_agreed and not self.raised else ""

    @property
    def rest_s(self) -> float:
        """How long the rest between sets is."""
        return max(self.plan.rest_s * self.amounts.rest, 1.0)

    def ease(self) -> None:
        """One level easier for a day that begins with some pain, two sets at most."""
        self.measure(wish=replace(self.wish, eased=True))

    def start_easily(self) -> None:
        """At the easiest level, for somebody whom a professional has cleared."""
        self.measure(wish=replace(self.wish, easiest=True))

    def measure(self, level: Level | None = None, wish: Wish | None = None) -> None:
        """Begins with the amounts of `level` and `wish`, which stay as they are where nothing else is given."""
        self.level, self.wish = level or self.level, wish or self.wish
        self.amounts = amounts_of(self.plan, self.curriculum, self.level, self.wish)
        self.reps, self.sets, self.legs = self.amounts.reps, self.amounts.sets, self.amounts.legs
        tempo = tempo_of(self.plan, self.amounts.top_s)
        self.tempo = tempo.slower(self.numbers.tempo) if self.amounts.slower else tempo
        self.lay_out()

    def lay_out(self) -> None:
        """The sides of the set that comes: with one leg all with the left, then all with the right."""
        self.left_until = self.reps if self.legs == "one" else 0
        self.set_lifts = self.reps + self.left_until


def course_of(plan: Plan, curriculum: Curriculum, memory: Memory) -> Course:
    """The beginning of a session with `plan`. Raises Unreadable when it names a level that there isn't."""
    person = memory.people[0] if memory.people else Person()
    level = agreed_level(plan, curriculum, person)
    amounts = amounts_of(plan, curriculum, level, Wish(plan.routine, plan.kind))
    course = Course(
        plan=plan,
        reps=amounts.reps,
        sets=amounts.sets,
        legs=amounts.legs,
        tempo=tempo_of(plan, amounts.top_s),
        talk=plan.talk,
        curriculum=curriculum,
        memory=memory,
        person=person,
        level=level,
        amounts=amounts,
        wish=Wish(plan.routine, plan.kind),
    )
    course.measure()
    return course


def agreed_level(plan: Plan, curriculum: Curriculum, person: Person) -> Level:
    """The level that is set, or was agreed on with `person`, or that everybody starts with."""
    training = curriculum.training
    return level_set(training, plan.level) if plan.level else level_named(training, person.level) or level_set(training, training.start)
