"""The history as one page that needs nothing else: no script, no font, no network. Readable on a phone, printed, heard, and in the dark."""

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape

from voicecoach.report import calendar, lists, plots, summary
from voicecoach.report.markup import Place
from voicecoach.report.plain import NONE_YET
from voicecoach.report.sheets import Sheet
from voicecoach.report.style import STYLE
from voicecoach.report.words import day_words


def as_html(sheets: Sequence[Sheet], levels: Mapping[str, str], today: dt.date) -> str:
    """The page. `levels`: what is done at each, by its name, from the easiest to the hardest; `today` is the day it is made on."""
    made = f'<p class="made">Made on {day_words(today)} by voicecoach, from what was said and done. Not a medical record.</p>'
    if not sheets:
        return _page("Your sessions", f"{made}\n<p>{NONE_YET}</p>")
    if len(sheets) == 1:
        title = f"Sessions of {sheets[0].name}" if sheets[0].name else "Your sessions"
        return _page(title, f"{made}\n{_parts(sheets[0], Place(2, ''), levels, today)}")
    people = [_person(sheet, levels, today) for sheet in sheets]
    return _page("Everybody’s sessions", "\n".join([made, _contents(sheets), *people]))


def _parts(sheet: Sheet, place: Place, levels: Mapping[str, str], today: dt.date) -> str:
    accounts = sheet.accounts
    return "\n".join(
        (
            summary.summary(place, accounts, levels, today),
            calendar.calendar(place, accounts),
            plots.repetitions(place, accounts),
            plots.pain(place, accounts),
            plots.level(place, accounts, levels),
            lists.stops(place, accounts),
            lists.months(place, accounts),
            lists.every(place, accounts, levels),
            lists.moments(place, accounts),
        )
    )


def _person(sheet: Sheet, levels: Mapping[str, str], today: dt.date) -> str:
    key = f"person-{sheet.person}"
    parts = _parts(sheet, Place(3, f"{key}-"), levels, today)
    return f'<section class="person" aria-labelledby="{key}">\n<h2 id="{key}">{escape(sheet.called)}</h2>\n{parts}\n</section>'


def _contents(sheets: Sequence[Sheet]) -> str:
    entries = "".join(f'<li><a href="#person-{sheet.person}">{escape(sheet.called)}</a></li>' for sheet in sheets)
    return f'<nav aria-label="People">\n<ul>{entries}</ul>\n</nav>'


def _page(title: str, content: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>
{STYLE}
</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{content}
</main>
</body>
</html>
"""
