"""What the coach has to tell is told: the words of each fact of coaching.md, in the lines that carry it."""

import re
from fnmatch import fnmatchcase

import pytest

from tests.coach.stage import SCRIPT

FACTS = {
    "name": ("greeting.hello more.what answer.what", ["reverse leg lifts", "prone hip extension", "extend your hips"]),
    "start": (
        "teach.position teach.hands",
        ["straight behind you", "together or hip-width", "hips press gently", "under your forehead", "forward", "by your sides"],
    ),
    "brace": ("teach.brace", ["navel gently toward your spine", "pelvis stays still", "before every lift", "button of your belly"]),
    "lift": (
        "teach.lift teach.height answer.lifting",
        ["slowly", "buttocks begin", "both legs", "from the hips", "straight but not locked", "fist high", "just until you feel"],
    ),
    "hold": ("teach.top *.hold", ["stay up", "squeeze", "keep breathing", "a second or two", "leave that out"]),
    "lower": ("teach.lower", ["slowly", "never drop", "tension all the way"]),
    "breath": ("teach.breath answer.breathing", ["out on the lift", "in on the way down"]),
    "dose": ("*.dose", ["ten to fifteen", "two or three sets", "eight to ten", "quality counts before quantity"]),
    "mistakes": (
        "*.mistakes *.momentum *.arching",
        ["too high", "most common", "swing", "back arched", "buttocks asleep", "without breathing"],
    ),
    "too high": ("*.too_high *.how_high", ["most common", "bends the lower back", "shifts the work to your lower back"]),
    "buttocks asleep": ("*.lazy_buttocks", ["hamstrings and back do their work", "squeeze first"]),
    "breath held": ("*.breath_holding", ["raises the pressure in your belly", "breathe out on the lift"]),
    "benefits": ("*.benefit", ["carries your spine", "posture", "injuries less likely", "gentle on the joints", "nothing but the floor"]),
    "muscles": ("*.muscles", ["buttock", "hamstrings", "deep", "slanting", "belly muscles", "along your spine"]),
    "for": ("*.for_whom", ["strong buttocks and thighs", "steady spine", "common back pain", "a doctor has cleared", "athletes"]),
    "not without advice": (
        "*.careful",
        ["acute back pain", "slipped disc", "other spine trouble", "pregnant", "later in pregnancy", "the session is over"],
    ),
    "one leg": ("*.one_leg set.begin_one_leg", ["pelvis level", "less to lift", "balance", "a step up", "a step down"]),
    "ankle weights": ("*.ankle_weights level.weights", ["one or two pounds", "add slowly", "three sets of fifteen", "two sets of ten"]),
    "ball": ("*.ball", ["hips on the ball", "legs long", "lift further", "core works more", "only describe"]),
    "machine": ("*.machine", ["hyperextension", "upper body", "loaded", "advanced", "do not coach"]),
    "routine": ("*.routine", ["warm-up", "strength", "bridges", "good mornings", "deadlifts", "rehab with guidance", "gently at the end"]),
    "see somebody": (
        "*.see_somebody",
        [
            "sharp or shooting",
            "does not go away",
            "doctor or physical therapist",
            "old back injury",
            "stays hard",
            "certified trainer or kinesiologist",
        ],
    ),
    "takeaways": ("*.takeaways", ["belly in", "small lift", "mistakes undo the benefit"]),
    "soreness": (
        "closing.soreness *.soreness",
        ["dull ache", "buttocks or thighs", "a day or two later", "common", "sharp pain, or pain in your back, is not"],
    ),
    "frequency": ("*.often", ["two or three days a week", "two days running", "forty-eight hours"]),
    "progress": (
        "*.progression",
        ["more lifts", "longer stay at the top", "ankle weights", "one thing at a time", "two sessions in a row", "decline"],
    ),
    "cue order": ("*.lifting set.lift", ["brace, squeeze, lift", "squeeze, and lift"]),
    "getting up": ("up.*", ["side", "push", "hand", "sit", "knees", "one foot", "rise"]),
    "limits": ("greeting.limits", ["not a medical device", "cannot see you", "phone in reach"]),
    "silence after a stop": (
        "silence.stopped",
        ["i have not heard you", "the session is stopped", "i cannot call anyone", "shout or reach your phone"],
    ),
}


@pytest.mark.parametrize("fact", FACTS)
def test_what_the_coach_has_to_tell_is_told(fact: str) -> None:
    globs, phrases = FACTS[fact]
    lines = [line for line in sorted(SCRIPT.ids()) if any(fnmatchcase(line, glob) for glob in globs.split())]
    told = re.sub(r"\s+", " ", " ".join(text for line in lines for text in SCRIPT.entry(line).templates())).lower()
    assert [phrase for phrase in phrases if phrase not in told] == []
