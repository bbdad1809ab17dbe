"""Bring the model's archive from one source into a folder. Nothing is checked here but that something came."""

import errno
import http.client
import shutil
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

from voicecoach.progress import fetched
from voicecoach.speech_model.manifest import Source

Say = Callable[[str], None]
"""Is told the progress, a line at a time."""

_CONNECT_S = 10  # also the longest silence in the middle of a download
_MAVEN_S = 600  # its own first run fetches its plug-ins
_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES}  # other OSErrors while fetching are the network's
_CHUNK_BYTES = 1 << 18


class NotHadError(Exception):
    """A source didn't give the model; the text says why, as half a sentence."""


def fetch(source: Source, folder: Path, say: Say) -> Path:
    """Give the path of the archive, somewhere in `folder`. Raises NotHadError, and OSError when `folder` can't be written."""
    return _download(source, folder, say) if source.url else _from_maven(source, folder)


def _download(source: Source, folder: Path, say: Say) -> Path:
    archive = folder / "archive"
    if not source.url.startswith(("https://", "http://127.0.0.1:")):
        raise NotHadError("its address is not https")
    try:
        with urllib.request.urlopen(source.url, timeout=_CONNECT_S) as answer, archive.open("wb") as file:  # noqa: S310 the scheme is checked above
            _copy(answer, file, source.bytes, say)
    except (http.client.HTTPException, OSError) as e:
        if isinstance(e, OSError) and e.errno in _DISK_ERRORS:
            raise
        raise NotHadError(str(getattr(e, "reason", e)) or type(e).__name__) from e
    return archive


def _copy(answer: IO[bytes], file: IO[bytes], expected_bytes: int, say: Say) -> None:
    """Copy up to one byte more than expected, and show how far it is."""
    left = expected_bytes + 1
    with fetched(expected_bytes, say) as done:
        while chunk := answer.read(min(_CHUNK_BYTES, left)):
            file.write(chunk)
            left -= len(chunk)
            done(len(chunk))


def _from_maven(source: Source, folder: Path) -> Path:
    mvn = shutil.which("mvn")
    if mvn is None:
        raise NotHadError("the program mvn is not installed")
    command = [mvn, "-q", "-B", "dependency:copy", f"-Dartifact={source.artifact}", f"-DoutputDirectory={folder / 'maven'}"]
    try:
        ran = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_MAVEN_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as e:
        raise NotHadError(f"mvn did not do it ({type(e).__name__})") from e
    archives = list((folder / "maven").glob("*"))
    if ran.returncode != 0 or len(archives) != 1:
        said = next((line for line in (ran.stdout + ran.stderr).splitlines() if "ERROR" in line), "it said nothing")
        raise NotHadError(f"mvn did not bring it ({said.strip()[:200]})")
    return archives[0]
