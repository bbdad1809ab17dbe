import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.journal.report import as_csv, as_html, as_json, as_text
from voicecoach.journal.rows import SessionRow

SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
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


def svgs(page: str) -> Sequence[ET.Element]:
    return [ET.fromstring(svg) for svg in SVG.findall(page)]  # noqa: S314 our own page


def test_the_table_has_a_line_a_session_and_a_dash_where_nothing_was_answered() -> None:
    lines = as_text([session(1), session(12, outcome="not_cleared", reps=0, before=7, after=None)]).splitlines()
    assert lines[1].split() == ["1", "2026-10-01", "18:03", "finished", "both", "2x10", "2", "20", "10", "1", "2"]
    assert lines[2].split()[3:5] == ["not", "cleared"]
    assert lines[2].split()[-2:] == ["7", "-"]


def test_an_empty_history_says_so() -> None:
    assert as_text([]) == "No sessions yet. A demo doesn't count, nor does a rehearsal without --home."
    assert json.loads(as_json([])) == []
    assert "No sessions yet." in as_html([])


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


@settings(deadline=None, max_examples=30)
@given(rows)
def test_no_text_of_a_session_can_break_out_of_the_page(made: list[SessionRow]) -> None:
    evil = [*made, session(1, outcome='"><script>alert(1)</script>')]
    page = as_html(evil)
    assert "<script" not in page
    assert len(svgs(page)) == 2


def test_the_page_fetches_nothing() -> None:
    page = as_html([session(1), session(2)])
    assert not re.search(r"(src|href)\s*=|url\(|@import|https?:", page)


def test_each_session_has_a_bar_as_high_as_its_repetitions() -> None:
    plot, _ = svgs(as_html([session(1, reps=10), session(2, reps=20), session(3, reps=0)]))
    heights = [float(bar.attrib["height"]) for bar in plot.iter("rect")]
    assert heights[0] * 2 == pytest.approx(heights[1], abs=0.1)
    assert heights[2] == 0


def test_a_session_without_an_answer_has_no_dot_and_breaks_the_line() -> None:
    _, plot = svgs(as_html([session(1), session(2, before=None), session(3)]))
    assert len(list(plot.iter("circle"))) == 2
    assert not [line for line in plot.iter("line") if line.attrib["class"] == "before"]


def test_plots_can_be_read_without_seeing_them() -> None:
    page = as_html([session(1), session(2)])
    for svg in svgs(page):
        assert svg.attrib["role"] == "img"
        assert f'<figcaption id="{svg.attrib["aria-labelledby"]}">' in page
    assert page.count('<th scope="row">') == 2
    assert '<html lang="en">' in page
