"""What whoever lies on the mat must experience of each fault: decided here, tested in test_matrix.py, told in prompts/FAULTS.md."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """One kind of fault, in the phases in which something may move or is asked on the mat.

    `part` stands in the log as what failed, at most `within_s` after it did. `says` is the line that follows, "" for none. `waits_for`
    what: all but a full disk and a clock hush what is being said. `outcome`: how the session ends when that doesn't come; "" where the
    fault ends nothing.
    """

    kind: str
    breaks: str
    part: str
    within_s: float
    says: str
    waits_for: str
    outcome: str
    in_screen: str = "the same"
    when_stopped: str = "nothing is said of it; the questions and the advice go on"


PLUG = "the part, then a word"
WORD = "a word"
NOTHING = "nothing"
LEFT_OUT = "what can't be said is left out; the questions and the advice go on"
OVER = "it is over, with the outcome that it had"
NO_PAUSE = "nothing is said of it: a word is waited for anyway"
EXPECTED = (
    Expected("microphone_lost", "the microphone is unplugged", "microphone", 1.1, "fault.hearing", PLUG, "fault"),
    Expected("microphone_silent", "it gives nothing but zeros", "microphone", 2.1, "fault.hearing", PLUG, "fault"),
    Expected("microphone_faint", "it hears next to nothing", "microphone", 8.0, "fault.hearing", PLUG, "fault"),
    Expected("recognizer_stuck", "the recogniser hangs", "recognizer", 2.1, "fault.hearing", PLUG, "fault"),
    Expected("speaker_lost", "the loudspeaker is unplugged", "speaker", 1.1, "fault.speaker", PLUG, "fault"),
    Expected("speaker_off", "nobody hears the coach", "inaudible", 60.0, "fault.inaudible", WORD, "silence", in_screen=NO_PAUSE),
    Expected("standstill", "the machine slept", "standstill", 0.1, "fault.standstill", WORD, "silence", in_screen=NO_PAUSE),
    Expected("held_up", "nothing was decided for 3 s or more", "standstill", 0.1, "fault.standstill", WORD, "silence", in_screen=NO_PAUSE),
    Expected("voice_lost", "no new sentence can be made", "voice", 30.0, "fault.voice", NOTHING, "fault", when_stopped=LEFT_OUT),
    Expected("sound_lost", "the sound thread hangs", "sound", 0.1, "", NOTHING, "fault", when_stopped=OVER),
    Expected("disk_full", "the journal can't be written", "disk", 30.0, "fault.disk", NOTHING, "", when_stopped="nothing is said of it"),
    Expected("clock_jump", "the clock on the wall jumps", "clock", 0.1, "", NOTHING, "", when_stopped="nothing"),
    Expected("killed", "the program or the power is gone", "", 0.0, "", NOTHING, "interrupted", when_stopped="the same"),
)
BY_KIND = {one.kind: one for one in EXPECTED}
LASTING = tuple(one.kind for one in EXPECTED if one.waits_for == PLUG)
DOUBTS = tuple(one.kind for one in EXPECTED if one.waits_for == WORD)
DEAF = ("microphone_lost", "microphone_silent", "microphone_faint", "recognizer_stuck")
