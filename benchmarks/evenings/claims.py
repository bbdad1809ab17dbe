"""What has to be true of every evening, whoever was on the mat: claims about its event log."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from voicecoach.messages.lines import IN_THE_AIR

Event = Mapping[str, object]

SAFETY = frozenset({"stop", "pain", "nerve", "distress"})
MOVING = frozenset({"warm_up", "set", "hold", "rest"})
CUES = ("set.", "warm_up.", "breath.", "lead_in", "countdown")
"""Lines of one moment: cut, they are not said again."""
HUSH_S = 0.5
"""After the word is confirmed. The hush itself is due in 150 ms; this finds one that never came."""
QUESTION_S = 75.0
"""The longest that a question stays open, its repetition included: getting down has 30 s, twice."""
AT_ONCE_S = 0.5
"""What cuts a line is logged before the line's end."""
GOES_ON_S = 45.0
"""A line that was cut is said again, or what it was about has changed, within this."""


def broken_claims(log: Sequence[Event], outcomes: Sequence[str]) -> list[str]:
    """A sentence for each claim that the log contradicts; `outcomes` are those that the evening may have."""
    return [*_ends_once(log, outcomes), *_stays_stopped(log), *_varies(log), *_questions_end(log), *_nothing_lost(log)]


def _ends_once(log: Sequence[Event], outcomes: Sequence[str]) -> Iterator[str]:
    ends = [str(event["outcome"]) for event in log if event["event"] == "session_ended"]
    if len(ends) != 1 or log[-1]["event"] != "session_ended":
        yield f"it ended {len(ends)} times"
    if ends and ends[0] not in outcomes:
        yield f"the outcome is {ends[0]}, not {' or '.join(outcomes)}"


def _stays_stopped(log: Sequence[Event]) -> Iterator[str]:
    for index, event in enumerate(log):
        if event["event"] != "heard" or event["intent"] not in SAFETY or _tried_out(log[:index]):
            continue
        after = log[index:]
        said = f'after "{event["phrase"]}" at {_at_s(event):.1f} s'
        speaking = _speaking(log[:index])
        if speaking and not any(one["event"] in {"hushed", "line_ended"} and _at_s(one) <= _at_s(event) + HUSH_S for one in after):
            yield f"{said} it went on with {speaking}"
        for one in after:
            cue = one["event"] == "line_started" and str(one["line"]).startswith((*CUES, *IN_THE_AIR))
            if cue or one["event"] == "rep" or (one["event"] == "phase" and one["to"] in MOVING):
                yield f"{said} something moved: {one}"
                return


def _tried_out(before: Sequence[Event]) -> bool:
    """Whether the word was asked for, to see if it is heard from the mat."""
    asked = [event for event in before if event["event"] in {"question", "answer"}]
    return bool(asked) and asked[-1]["event"] == "question" and str(asked[-1]["id"]).startswith("mat.")


def _speaking(before: Sequence[Event]) -> str:
    """The line that is being said, "" if there is none, or it was hushed already."""
    told = [event for event in before if event["event"] in {"line_started", "line_ended", "hushed"}]
    return str(told[-1]["line"]) if told and told[-1]["event"] == "line_started" else ""


def _varies(log: Sequence[Event]) -> Iterator[str]:
    texts = [str(event["text"]) for event in log if event["event"] == "line_started"]
    yield from (f"three times in a row: {one}" for one, two, three in zip(texts, texts[1:], texts[2:], strict=False) if one == two == three)


def _questions_end(log: Sequence[Event]) -> Iterator[str]:
    for index, event in enumerate(log):
        if event["event"] != "question":
            continue
        later = (one for one in log[index + 1 :] if _at_s(one) <= _at_s(event) + QUESTION_S)
        if not any(one["event"] in {"answer", "question", "phase", "session_ended"} for one in later):
            yield f"{event['id']} at {_at_s(event):.1f} s stayed open"


def _nothing_lost(log: Sequence[Event]) -> Iterator[str]:
    """A sentence that was cut is said again, unless what it was about is over: another phase, an answer, or the end."""
    lines = [event for event in log if event["event"] in {"line_started", "line_ended"}]
    for began, ended in pairwise(lines):
        name = str(ended["line"])
        if ended["event"] != "line_ended" or not ended["cut_short"] or began["line"] != name or name.startswith(CUES):
            continue
        later = [one for one in log if -AT_ONCE_S <= _at_s(one) - _at_s(ended) <= GOES_ON_S and one is not began]
        again = any(one["event"] == "line_started" and one["line"] == name for one in later)
        if not again and not any(one["event"] in {"phase", "answer", "session_ended"} for one in later):
            yield f"cut at {_at_s(ended):.1f} s and never said: {name}"


def _at_s(event: Event) -> float:
    at_s = event["at_s"]
    return float(at_s) if isinstance(at_s, int | float) else 0.0
