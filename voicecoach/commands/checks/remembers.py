"""What it remembers: the home folder, the disk under it, the journal, and the clock that dates it."""

import datetime as dt
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from voicecoach.commands.checks.looks import Better, Fix, Look, Mendable
from voicecoach.durable import PRIVATE, PRIVATE_FOLDER, private_folder
from voicecoach.errors import CheckFailed, CoachError, Missing
from voicecoach.house import House
from voicecoach.journal.file import set_journal_aside
from voicecoach.journal.store import Journal
from voicecoach.notes import now, open_journal, told_of_recordings
from voicecoach.voice.shelf import size_mb

LEAST_FREE_MB = 50
"""Rendered sentences and years of journal take some 20 MB."""
MOST_CACHE_MB = 500
"""Some 140 MB a voice: beyond three of them, most of it is of voices and sentences that nobody uses any more."""
FIRST_YEAR, LAST_YEAR = 2026, 2099
"""Before the program was written no session can have been."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def looks(house: House) -> tuple[Look, ...]:
    """All of them."""
    return (
        Look("home", lambda: _home(house)),
        Look("disk", lambda: _disk(house)),
        Look("privacy", lambda: _privacy(house), ("home",)),
        Look("cache", lambda: _cache(house)),
        Look("journal", lambda: _journal(house), ("home",)),
        Look("clock", lambda: clock(dt.datetime.fromisoformat(now()), _last_session(house)), ("journal",)),
    )


def clock(today: dt.datetime, last: dt.datetime | None) -> str:
    """Whether this can be the time, by when the last session began."""
    shown = f"{today:%Y-%m-%d %H:%M}"
    if not FIRST_YEAR <= today.year <= LAST_YEAR:
        raise CheckFailed(
            f"The clock says {shown}, so days of rest would be counted wrong.",
            "Set it: sudo timedatectl set-ntp true, or without a network: sudo date -s '2026-12-01 18:00'.",
        )
    if last and last > today:
        raise CheckFailed(
            f"The clock says {shown}, and the last session was at {last:%Y-%m-%d %H:%M}.", "Set it: sudo timedatectl set-ntp true."
        )
    return shown


def _home(house: House) -> str:
    home = house.home
    try:
        private_folder(home)
        with tempfile.TemporaryFile(dir=home):
            return str(home)
    except FileExistsError:
        raise CheckFailed(f"{home} is no folder.", "Move it away, or name another: --home DIR.") from None
    except OSError as error:
        closed = home.is_dir() and not os.access(home, os.W_OK)
        raise Mendable(
            f"Nothing can be written to {home} ({error.strerror}).",
            "Make it yours and writable, or name another: --home DIR.",
            Fix("give you the right to write there", lambda: _opened(home)) if closed else None,
        ) from None


def _opened(home: Path) -> str:
    try:
        home.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise Missing(f"{home} isn't yours to change ({error.strerror}).", f"Run: sudo chown -R $USER '{home}'") from None
    return f"{home} can be written to by you, and by nobody else"


def _disk(house: House) -> str:
    there = next(folder for folder in (house.home, *house.home.parents) if folder.exists())
    free_mb = shutil.disk_usage(there).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        raise CheckFailed(f"Only {free_mb} MB are free in {there}.", f"Make room: {LEAST_FREE_MB} MB are needed.")
    return f"{free_mb} MB free"


def _privacy(house: House) -> str:
    """What lies in a closed folder is closed, whatever it says itself."""
    if house.home.stat().st_mode & OTHERS:
        found = [path for path in _kept(house) if path.lstat().st_mode & OTHERS]
        raise Better(
            f"Others on this machine may look into {house.home}, where your body is talked of.",
            f"Run: chmod -R go= '{house.home}'",
            Fix(f"take that right from them ({len(found)} files and folders)", partial(_closed, found)),
        )
    return "for you only"


def _kept(house: House) -> Iterator[Path]:
    """What tells of somebody. Links lead elsewhere, and are nobody's business here; so is the model, which is everybody's."""
    for path in (house.home, *house.home.iterdir()):
        if path.name != "models" and not path.is_symlink():
            yield path
            if path.is_dir() and path != house.home:
                yield from (inner for inner in path.rglob("*") if not inner.is_symlink())


def _closed(paths: list[Path]) -> str:
    try:
        for path in paths:
            path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE)
    except OSError as error:
        raise Missing(f"{error.filename} isn't yours to change ({error.strerror}).", "Run the same with sudo chown first.") from None
    return f"{len(paths)} files and folders are for you only now"


def _cache(house: House) -> str:
    mb = size_mb(house.cache)
    if mb > MOST_CACHE_MB:
        raise Better(
            f"The spoken sentences take {mb} MB in {house.cache}.",
            "They can be deleted: what is needed is made again.",
            Fix("delete the spoken sentences; they are made again", lambda: _emptied(house.cache)),
        )
    return f"{mb} MB of spoken sentences"


def _emptied(cache: Path) -> str:
    try:
        for path in cache.glob("*.wav"):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise Missing(f"{cache} can't be emptied ({error.strerror}).", "Look at the folder's permissions.") from None
    return f"{cache} is empty, and is filled again as needed"


def _journal(house: House) -> str:
    """All of the file is read for it, which a start has no time for when there are years in it."""
    journal = open_journal(house)
    trouble, behind, flaw = journal.trouble(), journal.behind, journal.flaw()
    count = 0 if flaw else len(journal.sessions())
    journal.close()
    if behind:
        raise CheckFailed(trouble or "The journal can't be written.", f"Look at {house.journal}.")
    if trouble:
        raise CheckFailed(trouble, "Keep the old one if its history matters to you, and check again.")
    if flaw:
        raise Mendable(
            f"The journal {house.journal} is damaged ({flaw}).",
            "Save what `voicecoach history --json` can read, and move the file away; a new one is begun then. The card may be failing.",
            Fix("set the journal aside, where nothing of it is lost, and begin a new one", lambda: _begun_anew(house)),
        )
    return f"{count} sessions in {house.journal}, whole; {told_of_recordings(house) or 'no sound of any of them'}"


def _begun_anew(house: House) -> str:
    try:
        aside = set_journal_aside(house.journal)
    except OSError as error:
        raise Missing(f"{house.journal} can't be moved ({error.strerror}).", "Look at the folder's permissions.") from None
    return f"it is kept as {aside.name}, and a new one is begun; people are asked everything again"


def _last_session(house: House) -> dt.datetime | None:
    journal = Journal(house.journal)
    try:
        rows = journal.sessions()
        return dt.datetime.fromisoformat(rows[-1].started_at) if rows else None
    except (CoachError, ValueError, TypeError):
        return None
    finally:
        journal.close()
