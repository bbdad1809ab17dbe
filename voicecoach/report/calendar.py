"""On which days there was a session, and how it ended: a table a month, with a letter for each session."""

import datetime as dt
from calendar import Calendar
from collections.abc import Mapping, Sequence
from html import escape

from voicecoach.report.markup import Place, folded
from voicecoach.report.sheets import Account
from voicecoach.report.words import OUTCOMES, counted, day_words, month_words, outcome_mark, outcome_words

SHOWN_MONTHS = 6
"""Older ones are there when they are asked for."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def calendar(place: Place, accounts: Sequence[Account]) -> str:
    """The months from the first session to the last, the latest first."""
    days: dict[dt.date, list[str]] = {}
    for account in accounts:
        if account.day:
            days.setdefault(account.day, []).append(account.row.outcome)
    months = sorted({day.replace(day=1) for day in days}, reverse=True)
    tables = [_month(month, days) for month in months]
    shown = f'<div class="months">\n{"".join(tables[:SHOWN_MONTHS])}\n</div>'
    earlier = tables[SHOWN_MONTHS:]
    more = folded(f"Earlier: {counted(len(earlier), 'month')}", f'<div class="months">\n{"".join(earlier)}\n</div>') if earlier else ""
    return place.section("calendar", "Calendar", f"{_key(accounts)}\n{shown}\n{more}")


def _key(accounts: Sequence[Account]) -> str:
    there = {account.row.outcome for account in accounts}
    known = [outcome for outcome in OUTCOMES if outcome in there]
    marks = [(outcome_mark(outcome), outcome_words(outcome), outcome) for outcome in known]
    marks += [("?", "something that this version doesn't know", "unknown")] if there - set(known) else []
    entries = "".join(f"<li>{_mark(outcome, mark)} {escape(words)}</li>" for mark, words, outcome in marks)
    return f'<ul class="key">{entries}</ul>'


def _month(month: dt.date, days: Mapping[dt.date, Sequence[str]]) -> str:
    head = "".join(f'<th scope="col" abbr="{name}">{name[:2]}</th>' for name in _DAYS)
    weeks = Calendar().monthdayscalendar(month.year, month.month)
    lines = "\n".join("<tr>" + "".join(_day(day, month, days) for day in week) + "</tr>" for week in weeks)
    caption = f"<caption>{month_words(month)}</caption>"
    return f'<table class="month">\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>\n'


def _day(number: int, month: dt.date, days: Mapping[dt.date, Sequence[str]]) -> str:
    if not number:
        return "<td></td>"
    day = month.replace(day=number)
    outcomes = days.get(day, ())
    if not outcomes:
        return f"<td>{number}</td>"
    words = escape(f"{day_words(day)}: {', '.join(outcome_words(outcome) for outcome in outcomes)}")
    marks = "".join(_mark(outcome, outcome_mark(outcome)) for outcome in outcomes)
    return f'<td class="trained"><span class="words">{words}</span><span aria-hidden="true">{number} {marks}</span></td>'


def _mark(outcome: str, mark: str) -> str:
    return f'<b class="mark {outcome if outcome in OUTCOMES else "unknown"}">{mark}</b>'
