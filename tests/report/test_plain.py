import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.journal.rows import SessionRow
from voicecoach.report.plain import as_csv, as_json, as_text

pain = st.none() | st.integers(0, 10)
words = st.text(st.characters(exclude_categories=["C"]), max_size=9)
rows = st.lists(
    st.builds(
        SessionRow,
        id=st.integers(1, 9999),
        started_at=st.datetimes().map(lambda at: at.isoformat(timespec="seconds")),
        outcome=words,
        duration_s=st.floats(0, 9999),
        level=words,
        reps=st.integers(0, 90),
        sets=st.integers(0, 6),
        pain_before=pain,
        pain_after=pain,
    ),
    max_size=7,
)


def session(number: int, *, reps: int = 20, outcome: str = "finished", before: int | None = 1, after: int | None = 2) -> SessionRow:
    return SessionRow(number, f"2026-10-{number:02}T18:03:00+01:00", outcome, 610.0, "both 2x10", reps, 2, before, after)


def test_the_table_has_a_line_a_session_and_a_dash_where_nothing_was_answered() -> None:
    lines = as_text([session(1), session(12, outcome="not_cleared", reps=0, before=7, after=None)]).splitlines()
    assert lines[1].split() == ["1", "2026-10-01", "18:03", "finished", "both", "2x10", "2", "20", "10", "1", "2"]
    assert lines[2].split()[3:5] == ["not", "cleared"]
    assert lines[2].split()[-2:] == ["7", "-"]


def test_an_empty_history_says_so() -> None:
    assert as_text([]) == "No sessions yet. A demo doesn't count, nor does a rehearsal without --home."
    assert json.loads(as_json([])) == []


def test_json_holds_every_event_as_it_was_logged() -> None:
    events = [{"at_s": 0.0, "event": "session_started"}, {"at_s": 3.2, "event": "heard", "intent": "stop", "phrase": "stop"}]
    (read,) = json.loads(as_json([(session(3), events)]))
    assert read["events"] == events
    assert read["outcome"] == "finished"
    assert read["pain_after"] == 2


@settings(deadline=None, max_examples=30)
@given(rows)
def test_csv_read_back_gives_the_same_sessions(made: list[SessionRow]) -> None:
    read = list(csv.DictReader(io.StringIO(as_csv(made), newline="")))
    assert [(row["id"], row["outcome"], row["pain_before"]) for row in read] == [
        (str(row.id), row.outcome, "" if row.pain_before is None else str(row.pain_before)) for row in made
    ]
