"""Sound is kept where it was asked for, and nowhere else."""

import wave
from pathlib import Path
from typing import Any

import pytest

from tests.filed_session import lived
from tests.recorded import tracks
from voicecoach.cli import main
from voicecoach.house import open_house
from voicecoach.notes import open_journal
from voicecoach.voice.shelf import DIGEST_BYTES

SAID = ("--set", "sets=1", "--set", "reps=1")
SOUND = (b"RIFF", b"fLaC", b"OggS", b"FORM", b".snd", b"ID3")
INTRODUCED = "Say pain or stop"


def sounds_in(home: Path) -> set[Path]:
    """The folders of all files that have sound in them, by their first bytes or by their ending."""
    endings = (".wav", ".flac", ".ogg", ".raw", ".pcm", ".mp3")
    found = [path for path in home.rglob("*") if path.is_file() and (path.suffix in endings or path.read_bytes().startswith(SOUND))]
    return {path.parent.relative_to(home) for path in found}


def began(home: Path) -> dict[str, Any]:
    """What the log of the first session begins with."""
    journal = open_journal(open_house(home))
    try:
        return journal.events(1)[0]
    finally:
        journal.close()


def test_without_being_asked_it_keeps_no_sound_but_its_own_sentences(tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, printed = lived(home, INTRODUCED, *SAID)
    assert code == 130, printed
    assert sounds_in(home) == {Path("voice")}
    assert began(home)["recorded"] is False
    assert "recorded" not in printed
    for path in (home / "voice").iterdir():  # each has the hash of its bytes after its end: the shelf wrote it, from what the voice said
        with wave.open(str(path)) as sound:
            assert path.stat().st_size == 44 + 2 * sound.getnframes() + DIGEST_BYTES


def test_what_was_asked_to_be_kept_is_kept_and_said_and_told_and_deleted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    code, printed = lived(home, INTRODUCED, "--keep-audio", *SAID)
    assert code == 130, printed
    assert "coach     This session is recorded" in printed
    assert sounds_in(home) == {Path("voice"), Path("recordings/0001")}
    microphone, speaker = (tracks(home / "recordings" / "0001" / f"{name}.wav")[0] for name in ("microphone", "speaker"))
    assert len(microphone) == len(speaker) > 16_000
    assert abs(microphone).max() > 0.001
    assert abs(speaker).max() > 0.1
    assert began(home)["recorded"] is True
    written = [home, home.with_suffix(".said.wav"), *home.rglob("*")]
    assert [path for path in written if path.stat().st_mode & 0o077] == [], "whatever a session writes is for its owner only"
    main(["history", "--home", str(home)])
    assert "The sound of 1 of them is kept" in capsys.readouterr().out
    assert main(["forget", "1", "--yes", "--home", str(home)]) == 0
    assert sounds_in(home) == {Path("voice")}
