"""The page: needs nothing else, lets no text out, can be read without seeing, without colours, and in the dark."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.years import sessions
from voicecoach.journal.rows import SessionRow
from voicecoach.messages.memory import Person
from voicecoach.report.page import as_html
from voicecoach.report.plots import LATEST
from voicecoach.report.sheets import Account, Sheet, sheets
from voicecoach.report.style import STYLE
from voicecoach.report.timeline import Entry
from voicecoach.report.words import OUTCOMES

TODAY = dt.date(2026, 10, 20)
LEVELS = {"both_2x10": "both legs 2 × 10", "both_3x10": "both legs 3 × 10"}
TEXT, GRAPHIC = 4.5, 3.0
"""The least contrast that WCAG 2.2 asks for on its level AA."""
VOID = {"meta", "link", "br", "img", "input", "hr"}
words = st.text(st.characters(exclude_categories=["C"]), max_size=9)
pain = st.none() | st.integers(0, 10)
rows = st.builds(
    SessionRow,
    id=st.integers(1, 9999),
    started_at=st.datetimes().map(lambda at: at.isoformat(timespec="seconds")) | words,
    outcome=st.sampled_from(list(OUTCOMES)) | words,
    duration_s=st.floats(allow_nan=True),
    level=st.sampled_from(list(LEVELS)) | words,
    reps=st.integers(),
    sets=st.integers(0, 6),
    pain_before=pain,
    pain_after=pain,
)


class Outline(HTMLParser):
    """What of a page has to be in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def account(number: int = 1, *, reps: int = 20, outcome: str = "finished", planned: int | None = 20, **values: object) -> Account:
    before, after = values.get("before", 1), values.get("after", 2)
    assert before is None or isinstance(before, int)
    assert after is None or isinstance(after, int)
    row = SessionRow(number, f"2026-10-{number:02}T18:03:00+01:00", outcome, 610.0, "both_2x10", reps, 2, before, after)
    morning, why = str(values.get("morning", "")), str(values.get("why", ""))
    return Account(row, dt.datetime.fromisoformat(row.started_at), planned, morning, None, why, ())


def page(*accounts: Account, name: str = "") -> str:
    return as_html([Sheet(1, name, accounts)], LEVELS, TODAY)


@cache
def of_years(count: int) -> str:
    return as_html(sheets(sessions(count), [Person(1, "Anna")]), LEVELS, TODAY)


def plots(text: str) -> Sequence[ET.Element]:
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL)]  # noqa: S314 - our own page


def spoken(text: str, term: str) -> str:
    """What the summary says under a term."""
    found = re.search(rf"<dt>{term}</dt><dd>(.*?)</dd>", text)
    assert found
    return found[1]


def colours(dark: bool) -> dict[str, str]:
    bright, dim = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", dim if dark else bright))


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_an_empty_history_says_so() -> None:
    assert "No sessions yet." in as_html([], LEVELS, TODAY)


def test_the_page_needs_no_script_and_fetches_nothing() -> None:
    text = of_years(40)
    assert not re.search(r"<script|<link|<img|src\s*=|url\(|@import|https?:|\son\w+=", text)
    assert not re.search(r'href="(?!#)', text)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in text


@settings(deadline=None, max_examples=25)
@given(st.lists(rows, max_size=7), words, words)
def test_no_text_of_anybody_can_break_out_of_the_page(made: list[SessionRow], name: str, text: str) -> None:
    evil = '"><script>alert(1)</script>{content}{title}'
    made = [*made, SessionRow(1, evil, evil, 1.0, evil, 1, 1, 1, 1)]
    found = [Account(row, None, 1, "", None, text + evil, (Entry(1.0, "said", text + evil),)) for row in made]
    dated = [found_of for row in made for found_of in sheets([(row, [])], [])[0].accounts]
    shown = as_html([Sheet(1, name + evil, tuple(found)), Sheet(2, "", tuple(dated))], LEVELS, TODAY)
    outline = Outline(shown)
    assert "script" not in outline.tags
    assert outline.wrong == outline.open == []
    assert len(plots(shown)) == 6


@pytest.mark.parametrize("people", [1, 2])
def test_headings_are_in_order_and_no_id_is_there_twice(people: int) -> None:
    everybody = [*sessions(40), *(sessions(3, 2, "Benedikt") if people > 1 else [])]
    outline = Outline(as_html(sheets(everybody, [Person(1, "Anna"), Person(2, "Benedikt")]), LEVELS, TODAY))
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(deeper - above <= 1 for above, deeper in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(set(outline.ids)) == len(outline.ids)
    assert outline.wrong == outline.open == []


def test_several_people_stand_one_after_the_other_and_can_be_jumped_to() -> None:
    text = as_html(sheets([*sessions(2), *sessions(3, 2, "Benedikt")], [Person(1, "Anna"), Person(2, "Benedikt")]), LEVELS, TODAY)
    for target in re.findall(r'href="#([^"]+)"', text):
        assert f'<h2 id="{target}">' in text
    assert re.findall(r"<h2 [^>]*>(\w+)", text) == ["Anna", "Benedikt"]


def test_every_table_says_what_it_is_and_names_its_rows_and_columns() -> None:
    text = of_years(40)
    tables = re.findall(r"<table.*?</table>", text, re.DOTALL)
    assert len(tables) > 8
    for table in tables:
        assert "<caption>" in table
        assert '<th scope="col"' in table
        assert 'class="month"' in table or '<th scope="row">' in table


def test_each_plot_is_told_in_words_by_the_caption_that_it_names() -> None:
    text = page(account(1), account(2))
    assert len(plots(text)) == 3
    for plot in plots(text):
        assert plot.attrib["role"] == "img"
        assert f'<figcaption id="{plot.attrib["aria-labelledby"]}">' in text


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_of_letters_can_be_read_on_every_ground(dark: bool) -> None:
    found = colours(dark)
    assert {"paper", "ink", "line", "tint"} < set(found)
    for name, colour in found.items():
        least = 0.0 if name in ("paper", "tint") else GRAPHIC if name == "line" else TEXT
        assert contrast(colour, found["paper"]) >= least, name
        assert contrast(colour, found["tint"]) >= (least if name != "line" else 0.0), name


def test_no_colour_stands_outside_the_two_lists() -> None:
    rest = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rest)


def test_every_outcome_has_a_mark_of_its_own() -> None:
    marks = [mark for mark, _ in OUTCOMES.values()]
    assert len(set(marks)) == len(marks) == 8


def test_the_calendar_shows_how_each_day_ended_by_a_letter_and_in_words() -> None:
    text = page(account(5), account(6, outcome="pain"), account(6, outcome="stopped"))
    assert '<span class="words">5 October 2026: done</span>' in text
    assert '<span class="words">6 October 2026: stopped because of pain, stopped on request</span>' in text
    assert re.findall(r'aria-hidden="true">6 .*?</span>', text) == [
        'aria-hidden="true">6 <b class="mark pain">P</b><b class="mark stopped">S</b></span>'
    ]
    assert "<td>7</td>" in text


def test_a_month_begins_on_its_weekday() -> None:
    """1 October 2026 is a Thursday."""
    first = re.findall(r"<tbody>\n<tr>(.*?)</tr>", page(account(5)))[0]
    assert first == "<td></td>" * 3 + "".join(f"<td>{day}</td>" for day in (1, 2, 3, 4))


def test_each_session_has_a_bar_as_high_as_its_repetitions_and_an_open_one_for_what_was_left() -> None:
    plot, *_ = plots(page(account(1, reps=10), account(2, reps=20), account(3, reps=0, planned=None)))
    done, left = ([float(bar.attrib["height"]) for bar in plot.iter("rect") if bar.attrib["class"] == kind] for kind in ("done", "planned"))
    assert done[0] * 2 == pytest.approx(done[1], abs=0.1)
    assert done[2] == 0
    assert left == pytest.approx([done[0]], abs=0.1)


def test_a_session_without_an_answer_has_no_dot_and_breaks_the_line() -> None:
    _, plot, _ = plots(page(account(1), account(2, before=None), account(3)))
    assert len(list(plot.iter("circle"))) == 2
    assert not [line for line in plot.iter("line") if line.attrib["class"] == "before"]


def test_the_next_morning_stands_under_its_session() -> None:
    _, plot, _ = plots(page(account(1, morning="worse"), account(2)))
    (letter,) = [text for text in plot.iter("text") if text.findtext("title")]
    assert letter.text == "W"
    assert letter.attrib["x"] == next(plot.iter("circle")).attrib["cx"]


def test_plots_show_the_last_sessions_and_tables_all() -> None:
    text = of_years(40)
    plot, *_ = plots(text)
    assert len([bar for bar in plot.iter("rect") if bar.attrib["class"] == "done"]) == LATEST
    assert text.count('<ol class="moments">') == 40
    assert len(re.findall(r'<tr><th scope="row">[^<]+:03</th><td>[^<]+</td><td>Both legs|<td>Longer', text)) == 40


def test_the_summary_says_it_in_a_line_each() -> None:
    text = page(account(1, morning="worse"), account(6, outcome="pain", reps=10, after=5), account(12))
    assert spoken(text, "Sessions") == "3 since 1 October 2026, 1.9 a week; the last on 12 October 2026: done"
    assert spoken(text, "Last four weeks") == "3 sessions: 2 done, 1 stopped because of pain"
    assert spoken(text, "Repetitions") == "50 of 60 planned (83%) in the last four weeks"
    assert spoken(text, "Pain, 0 to 10") == "On average 1.0 before and 3.0 after, at most 5, in the last four weeks"
    assert spoken(text, "Next morning") == "Worse 1, in the last four weeks"
    assert spoken(text, "Level") == "Both legs 2 × 10, since 1 October 2026"
    assert spoken(text, "To look at") == (
        "1 session stopped because of pain or a sign of an emergency; 1 morning worse than usual;"
        " 1 session with pain 2 or more higher after than before"
    )


def test_the_summary_says_when_nobody_came_lately() -> None:
    text = as_html([Sheet(1, "", (account(1),))], LEVELS, dt.date(2026, 12, 1))
    assert spoken(text, "Last four weeks") == "No session"
    assert spoken(text, "To look at") == "No session for 61 days"
    assert spoken(page(account(19)), "To look at") == "Nothing in the last four weeks"


def test_stops_stand_with_their_reason() -> None:
    text = page(account(1), account(2, outcome="pain", why="Said “my back hurts”."))
    assert "<td>Stopped because of pain</td><td>Said “my back hurts”.</td>" in text
    assert "Every session was done to its end." in page(account(1))
