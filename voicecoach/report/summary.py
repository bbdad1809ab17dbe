"""What somebody who treats this person wants to know in ten seconds."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from statistics import fmean

from voicecoach.messages.memory import PAIN_STOPS
from voicecoach.report.markup import Place
from voicecoach.report.sheets import Account
from voicecoach.report.words import MORNINGS, capital, counted, day_words, outcome_words, plainly

WEEKS = 4
LONG_AWAY_DAYS = 14
"""So long without a session costs a level."""
MORE_PAIN = 2
"""So much more pain after a session than before it is worth a look."""


def summary(place: Place, accounts: Sequence[Account], levels: Mapping[str, str], today: dt.date) -> str:
    """A list of terms, each with a line."""
    lately = recent(accounts, today)
    told = {
        "Sessions": _sessions(accounts),
        "Last four weeks": _outcomes(lately),
        "Repetitions": _repetitions(lately),
        "Pain, 0 to 10": _pain(lately),
        "Next morning": _mornings(lately),
        "Level": _level(accounts, levels),
        "To look at": _to_look_at(accounts, today),
    }
    lines = "\n".join(f"<div><dt>{escape(term)}</dt><dd>{escape(words)}</dd></div>" for term, words in told.items())
    return place.section("summary", "In short", f"<dl>\n{lines}\n</dl>")


def recent(accounts: Sequence[Account], today: dt.date) -> list[Account]:
    """The sessions of the last four weeks."""
    first = today - dt.timedelta(weeks=WEEKS)
    return [account for account in accounts if account.day and account.day > first]


def mean_pain(values: Sequence[int | None]) -> str:
    """The mean of what was answered; a dash where nothing was."""
    answered = [value for value in values if value is not None]
    return f"{fmean(answered):.1f}" if answered else "–"


def reps_of_planned(accounts: Sequence[Account]) -> str:
    """How many were done of how many that were planned, where the log says so."""
    planned = [account for account in accounts if account.planned_reps]
    done, of = sum(account.row.reps for account in planned), sum(account.planned_reps or 0 for account in planned)
    return f"{done} of {of} planned ({done / of:.0%})" if of else f"{sum(account.row.reps for account in accounts)}"


def _sessions(accounts: Sequence[Account]) -> str:
    days = [account.day for account in accounts if account.day]
    last = outcome_words(accounts[-1].row.outcome)
    if not days:
        return f"{counted(len(accounts), 'session')}; the last: {last}"
    weeks = max((max(days) - min(days)).days / 7, 1)
    often = f", {len(accounts) / weeks:.1f} a week" if weeks > 1 else ""
    return f"{len(accounts)} since {day_words(min(days))}{often}; the last on {day_words(max(days))}: {last}"


def _outcomes(lately: Sequence[Account]) -> str:
    if not lately:
        return "No session"
    counts = Counter(account.row.outcome for account in lately)
    return f"{counted(len(lately), 'session')}: " + ", ".join(
        f"{count} {outcome_words(outcome)}" for outcome, count in counts.most_common()
    )


def _repetitions(lately: Sequence[Account]) -> str:
    return f"{reps_of_planned(lately)} in the last four weeks" if lately else "None in the last four weeks"


def _pain(lately: Sequence[Account]) -> str:
    before, after = ([getattr(account.row, field) for account in lately] for field in ("pain_before", "pain_after"))
    answered = [value for value in (*before, *after) if value is not None]
    if not answered:
        return "Nothing was answered in the last four weeks"
    return f"On average {mean_pain(before)} before and {mean_pain(after)} after, at most {max(answered)}, in the last four weeks"


def _mornings(lately: Sequence[Account]) -> str:
    counts = Counter(account.morning for account in lately if account.morning)
    if not counts:
        return "Nothing was told in the last four weeks"
    return capital(", ".join(f"{MORNINGS[name][1]} {counts[name]}" for name in MORNINGS if counts[name])) + ", in the last four weeks"


def _level(accounts: Sequence[Account], levels: Mapping[str, str]) -> str:
    done = [account for account in accounts if account.row.level]
    if not done:
        return "Not known"
    last = done[-1].row.level
    since = done[-1]
    for account in reversed(done):
        if account.row.level != last:
            break
        since = account
    return capital(levels.get(last, plainly(last))) + (f", since {day_words(since.day)}" if since.day else "")


def _to_look_at(accounts: Sequence[Account], today: dt.date) -> str:
    lately = recent(accounts, today)
    stops = sum(account.row.outcome in PAIN_STOPS for account in lately)
    worse = sum(account.morning == "worse" for account in lately)
    risen = sum(_rose(account) for account in lately)
    days = [account.day for account in accounts if account.day]
    away = (today - max(days)).days if days else 0
    found = (
        f"{counted(stops, 'session')} stopped because of pain or a sign of an emergency" if stops else "",
        f"{counted(worse, 'morning')} worse than usual" if worse else "",
        f"{counted(risen, 'session')} with pain {MORE_PAIN} or more higher after than before" if risen else "",
        f"no session for {counted(away, 'day')}" if away >= LONG_AWAY_DAYS else "",
    )
    return capital("; ".join(part for part in found if part)) or "Nothing in the last four weeks"


def _rose(account: Account) -> bool:
    before, after = account.row.pain_before, account.row.pain_after
    return before is not None and after is not None and after - before >= MORE_PAIN
