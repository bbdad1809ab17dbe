"""The sessions as tables and lists: what each came to, month by month, those that were stopped and why, and what happened in each."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from voicecoach.messages.memory import PAIN_STOPS
from voicecoach.report.markup import Place, folded, paragraph, table
from voicecoach.report.sheets import Account
from voicecoach.report.summary import mean_pain, reps_of_planned
from voicecoach.report.words import MORNINGS, capital, counted, day_words, month_words, outcome_words, plainly

SHOWN_ROWS = 30
"""Older sessions are there when they are asked for."""
_COLUMNS = ("Begun", "Ended", "Level", "Done", "Planned", "Minutes", "Pain before", "Pain after", "Next morning")
_FIGURES = ("Done", "Planned", "Minutes", "Pain before", "Pain after")


def stops(place: Place, accounts: Sequence[Account]) -> str:
    """Those that were not done to their end, and why."""
    rows = [(_begun(account), capital(outcome_words(account.row.outcome)), account.why) for account in reversed(accounts) if account.why]
    content = table("Sessions that were not done to their end, the latest first", ("Begun", "Ended", "Why"), rows) if rows else ""
    return place.section("stops", "Stops", content or paragraph("Every session was done to its end."))


def months(place: Place, accounts: Sequence[Account]) -> str:
    """A line a month."""
    dated = sorted((account for account in accounts if account.day), key=lambda account: account.row.started_at, reverse=True)
    rows = []
    for _, group in groupby(dated, key=lambda account: account.day and (account.day.year, account.day.month)):
        theirs = list(group)
        ended = [account.row.outcome for account in theirs]
        rows.append(
            (
                month_words(theirs[0].day) if theirs[0].day else "",
                str(len(theirs)),
                str(ended.count("finished")),
                str(sum(outcome in PAIN_STOPS for outcome in ended)),
                reps_of_planned(theirs),
                mean_pain([account.row.pain_before for account in theirs]),
                mean_pain([account.row.pain_after for account in theirs]),
                str(sum(account.morning == "worse" for account in theirs)),
            )
        )
    columns = ("Month", "Sessions", "Done", "Pain stops", "Repetitions", "Pain before", "Pain after", "Worse mornings")
    return place.section("months", "Month by month", table("Each month; pain is the mean of what was answered", columns, rows, columns[1:]))


def every(place: Place, accounts: Sequence[Account], levels: Mapping[str, str]) -> str:
    """A line a session."""
    rows = [_row(account, levels) for account in reversed(accounts)]
    shown, earlier = rows[:SHOWN_ROWS], rows[SHOWN_ROWS:]
    content = table("Sessions, the latest first", _COLUMNS, shown, _FIGURES)
    if earlier:
        content += folded(f"Earlier: {counted(len(earlier), 'session')}", table("Earlier sessions", _COLUMNS, earlier, _FIGURES))
    return place.section("sessions", "All sessions", content)


def moments(place: Place, accounts: Sequence[Account]) -> str:
    """What happened in each session, folded until it is asked for."""
    return place.section("moments", "What happened in each", "\n".join(_moments(account) for account in reversed(accounts)))


def _moments(account: Account) -> str:
    lines = "\n".join(f'<li class="{entry.kind}">{_clock(entry.at_s)}\t{escape(entry.text)}</li>' for entry in account.entries)
    title = f"{_begun(account)}: {outcome_words(account.row.outcome)}, {counted(account.row.reps, 'repetition')}"
    return folded(title, f'<ol class="moments">\n{lines}\n</ol>' if lines else paragraph("Nothing is kept of it."))


def _row(account: Account, levels: Mapping[str, str]) -> tuple[str, ...]:
    row = account.row
    figures = (
        "–" if value is None else str(value)
        for value in (account.planned_reps, f"{row.duration_s / 60:.0f}", row.pain_before, row.pain_after)
    )
    morning = MORNINGS[account.morning][1] if account.morning else "–"
    words = capital(levels.get(row.level, plainly(row.level))) or "–"
    return (_begun(account), capital(outcome_words(row.outcome)), words, str(row.reps), *figures, morning)


def _begun(account: Account) -> str:
    return f"{day_words(account.began)}, {account.began:%H:%M}" if account.began else account.row.started_at


def _clock(at_s: float) -> str:
    return f"{int(at_s) // 60}:{int(at_s) % 60:02}"
