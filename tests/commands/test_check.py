"""`check` finds what is broken, names it in one line with what to do, and mends on request what it can. Sound: sound/test_first_words."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.commands.checks.remembers import clock
from voicecoach.durable import SET_ASIDE
from voicecoach.errors import CheckFailed
from voicecoach.house import open_house
from voicecoach.journal.file import LAYOUT
from voicecoach.journal.store import Journal
from voicecoach.places import MODEL_NAME

ROOT = Path(__file__).resolve().parents[2]
FAKE = ROOT / "tests" / "sound" / "fake_portaudio"
DEVICES = {"speaker", "microphone"}
"""There are none in these tests."""
Broken = Callable[[Path], object]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """In which there is no sound device."""
    return {**os.environ, "PYTHONPATH": str(FAKE), "FAKE_PORTAUDIO": str(folder), **more}


def checked(home: Path, *words: str, at: Path = ROOT, typed: str = "", **more: str) -> tuple[int, str]:
    """The exit code of `check`, and all that it printed."""
    command = [sys.executable, "-m", "voicecoach", "check", "--home", str(home), *words]
    env = environment(home, **more)
    done = subprocess.run(command, cwd=at, env=env, input=typed, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def to_mend(told: str) -> set[str]:
    """What the verdict names."""
    verdict = next((line for line in told.splitlines() if line.startswith("No session can start yet")), "")
    return set(verdict.partition("To mend: ")[2].rstrip(".").split(", ")) - {""}


def line_of(told: str, name: str) -> str:
    (line,) = [line for line in told.splitlines() if line.startswith((f"to mend  {name}: ", f"better   {name}: "))]
    return line


def settings(text: str) -> Broken:
    return lambda home: (home / "settings.toml").write_text(text)


def words(file: str, text: str) -> Broken:
    def put(home: Path) -> None:
        folder = home / "prompts" / "en"
        folder.mkdir(parents=True)
        (folder / file).write_text(text)

    return put


def journal(content: bytes) -> Broken:
    return lambda home: (home / "journal.db").write_bytes(content)


def newer_journal(home: Path) -> None:
    Journal(home / "journal.db").close()
    with closing(sqlite3.connect(home / "journal.db")) as newer:
        newer.execute(f"PRAGMA user_version = {LAYOUT + 1}")


def session_to_come(home: Path) -> None:
    """As if the clock had been right then, and isn't now."""
    with closing(Journal(home / "journal.db")) as kept:
        kept.end(kept.begin("2098-01-01T18:00:00+00:00", {}), "finished")


BROKEN: dict[str, tuple[Broken, str, tuple[str, ...]]] = {
    "settings that are torn": (settings('locale = "en-'), "settings", ("line 1", "Mend that place")),
    "an unknown setting": (settings("volume = 3"), "settings", ("volume", "Allowed are", "speaker")),
    "a setting out of range": (settings("[plan]\nreps = 900"), "settings", ("reps", "from 1 to 30")),
    "an unknown locale": (settings('locale = "xx"'), "settings", ("xx", "en-GB")),
    "a voice that isn't there": (settings('voice = "klingon"'), "voice", ("klingon", "Nearest")),
    "words at home that are torn": (words("says.toml", '["set.brace"\nsay = "x"'), "prompts", ("says.toml", "line 1", "Mend")),
    "a line that nobody says": (words("says.toml", '["set.brase"]\nsay = "Brace."'), "prompts", ("set.brase", "set.brace")),
    "a safety word taken away": (words("hears.toml", '[intents.stop]\nphrases = ["stop"]'), "prompts", ("stop now", "none may be taken")),
    "a phrase that can't be heard": (words("hears.toml", '[intents.why]\nphrases = ["zzwhy"]'), "vocabulary", ("zzwhy", "Replace")),
    "a journal that is none": (journal(b"my diary" * 1000), "journal", ("kept as journal.db.set-aside-1", "check again")),
    "a journal of a newer program": (newer_journal, "journal", ("newer voicecoach", "--home")),
    "a clock behind the last session": (session_to_come, "clock", ("2098-01-01", "timedatectl")),
}


def test_in_a_home_where_nothing_is_broken_only_the_devices_are_missing_here(tmp_path: Path) -> None:
    code, told = checked(tmp_path / "home")
    assert (code, to_mend(told)) == (1, DEVICES)
    assert "No session can start yet" in told
    for heading in ("What it knows to say", "What it remembers", "How it speaks", "How it hears"):
        assert f"— {heading} —" in told


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_at_home_is_named_with_what_to_do(name: str, tmp_path: Path) -> None:
    broken, look, parts = BROKEN[name]
    broken(tmp_path)
    code, told = checked(tmp_path)
    assert code == 1
    assert to_mend(told) - DEVICES == {look}
    for part in parts:
        assert part in line_of(told, look)


def test_it_mends_that_on_request_one_after_the_other_and_throws_nothing_away(tmp_path: Path) -> None:
    words("says.toml", '["set.brace"')(tmp_path)
    settings('voice = "klingon')(tmp_path)
    told = checked(tmp_path, "--fix", typed="y\ny\n")[1]
    for name in ("settings", "prompts"):
        assert f"mended   {name}: " in told
        assert f"ok       {name}: " in told
    assert to_mend(told) == DEVICES
    assert (tmp_path / f"settings.toml{SET_ASIDE}1").read_text() == 'voice = "klingon'
    assert (tmp_path / f"prompts{SET_ASIDE}1" / "en" / "says.toml").exists()


def test_without_a_yes_nothing_is_changed(tmp_path: Path) -> None:
    settings("volume = 3")(tmp_path)
    for typed in ("n\n", ""):
        told = checked(tmp_path, "--fix", typed=typed)[1]
        assert "Shall I set your settings aside" in told
        assert to_mend(told) == {"settings"}
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_a_damaged_journal_is_set_aside_and_that_is_told(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as kept:
        for _ in range(50):
            kept.end(kept.begin("2026-11-01T18:00:00+00:00", {}), "finished")
    content = bytearray((tmp_path / "journal.db").read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (tmp_path / "journal.db").write_bytes(content)
    told = checked(tmp_path)[1]
    assert "damaged" in line_of(told, "journal")
    assert "check again" in line_of(told, "journal")
    assert (tmp_path / f"journal.db{SET_ASIDE}1").read_bytes() == content


@pytest.mark.parametrize("home", [Path("/proc/voicecoach"), ROOT / "pyproject.toml"])
def test_a_home_that_cannot_be_written_is_told_with_another_to_name(home: Path) -> None:
    code, told = checked(home)
    assert code != 0
    assert "--home DIR" in told or "is no folder" in told or "Not a directory" in told


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    small = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"', str(tmp_path / "disk")]
    if subprocess.run([*small, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody have a small disk of their own")
    command = [*small, sys.executable, "-m", "voicecoach", "check", "--home", str(tmp_path / "disk" / "home")]
    told = subprocess.run(command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False).stdout
    assert "MB are free" in line_of(told, "disk")
    assert "Make room: 50 MB" in line_of(told, "disk")


def test_a_folder_that_others_may_look_into_is_told_and_closed(tmp_path: Path) -> None:
    Journal(tmp_path / "journal.db").close()
    (tmp_path / "settings.toml").write_text("")
    tmp_path.chmod(0o755)
    (tmp_path / "settings.toml").chmod(0o644)
    assert "chmod -R go=" in line_of(checked(tmp_path)[1], "privacy")
    assert "mended   privacy" in checked(tmp_path, "--fix", typed="y\nn\n")[1]
    assert [path.stat().st_mode & 0o777 for path in (tmp_path, tmp_path / "settings.toml")] == [0o700, 0o600]


def test_spoken_sentences_that_take_too_much_room_are_told_and_deleted(tmp_path: Path) -> None:
    (tmp_path / "voice").mkdir()
    with (tmp_path / "voice" / "old.wav").open("wb") as old:
        old.truncate(600_000_000)
    told = checked(tmp_path, "--fix", typed="y\nn\n")[1]
    assert "600 MB" in line_of(told, "cache")
    assert not (tmp_path / "voice" / "old.wav").exists()
    assert to_mend(told) == DEVICES


def test_sentences_that_are_not_made_yet_are_made_with_yes_and_without_asking(tmp_path: Path) -> None:
    told = checked(tmp_path, "--fix", "--yes")[1]
    assert "aren't made yet" in line_of(told, "sentences")
    assert "mended   sentences" in told
    assert "sentences: all" in told


@pytest.mark.parametrize("year", [1970, 2025, 2150])
def test_a_clock_that_cannot_be_right_is_told_with_how_to_set_it(year: int) -> None:
    with pytest.raises(CheckFailed, match="timedatectl"):
        clock(dt.datetime(year, 1, 1, tzinfo=dt.UTC), None)


def test_a_library_of_the_voice_that_cannot_be_loaded_is_told_with_its_package(tmp_path: Path) -> None:
    (tmp_path / "libespeak-ng.so.1").write_text("no library")
    told = checked(tmp_path / "home", LD_LIBRARY_PATH=str(tmp_path))[1]
    assert to_mend(told) - DEVICES == {"voice"}
    assert "sudo apt install espeak-ng" in line_of(told, "voice")


def test_a_python_package_of_another_version_is_told(tmp_path: Path) -> None:
    (tmp_path / "vosk-0.3.44.dist-info").mkdir()
    (tmp_path / "vosk-0.3.44.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: vosk\nVersion: 0.3.44\n")
    told = checked(tmp_path / "home", PYTHONPATH=f"{tmp_path}:{FAKE}")[1]
    for part in ("vosk has the version 0.3.44", "==0.3.45", "start.sh"):
        assert part in line_of(told, "packages")


def test_a_python_package_that_is_missing_is_told_in_one_sentence_whatever_is_typed(tmp_path: Path) -> None:
    (tmp_path / "soxr.py").write_text("raise ModuleNotFoundError(\"No module named 'soxr'\", name='soxr')")
    code, told = checked(tmp_path / "home", PYTHONPATH=f"{tmp_path}:{FAKE}")
    assert code == 3
    assert "No module named 'soxr'" in told
    assert "start.sh" in told


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A checkout of one's own, whose model is that of this one."""
    for folder in ("voicecoach", "prompts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "models" / MODEL_NAME).mkdir(parents=True)
    for name in ("manifest.toml", "words.npz"):
        shutil.copy(ROOT / "models" / name, tmp_path / "models")
    shutil.copytree(ROOT / "models" / MODEL_NAME, tmp_path / "models" / MODEL_NAME, dirs_exist_ok=True, copy_function=os.symlink)
    return tmp_path


def test_a_model_that_is_missing_is_told_with_how_to_get_it(program: Path) -> None:
    shutil.rmtree(program / "models" / MODEL_NAME)
    told = checked(program / "home", at=program)[1]
    assert to_mend(told) - DEVICES == {"model"}
    assert "Run: voicecoach model" in line_of(told, "model")
    assert "`voicecoach check --fix` can fetch the speech model" in told


def test_a_model_with_one_wrong_byte_is_told(program: Path) -> None:
    path = program / "models" / MODEL_NAME / "am" / "final.mdl"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.unlink()
    path.write_bytes(content)
    told = checked(program / "home", at=program)[1]
    assert to_mend(told) - DEVICES == {"model"}
    assert str(path) in line_of(told, "model")


def test_a_word_model_that_is_not_the_one_that_came_along_is_told(program: Path) -> None:
    (program / "models" / "words.npz").write_bytes(b"other words")
    told = checked(program / "home", at=program)[1]
    assert to_mend(told) - DEVICES == {"word model"}
    assert "Install voicecoach again" in line_of(told, "word model")


def test_words_of_the_program_itself_that_are_torn_are_told_and_not_set_aside(program: Path) -> None:
    (program / "prompts" / "en" / "says.toml").write_text('["set.brace"')
    told = checked(program / "home", "--fix", "--yes", at=program)[1]
    assert "prompts" in to_mend(told)
    assert "mended   prompts" not in told


def test_yes_without_fix_is_refused(tmp_path: Path) -> None:
    code, told = checked(tmp_path, "--yes")
    assert code == 2
    assert "--fix --yes" in told


def test_what_was_mended_leaves_the_rest_of_the_settings_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('# mine\nvoice = "klingon"\nlocale = "en-GB"  # here\n\n[plan]\nreps = 8\n')
    assert "mended   voice" in checked(tmp_path, "--fix", typed="y\n")[1]
    assert (tmp_path / "settings.toml").read_text() == '# mine\nlocale = "en-GB"  # here\n\n[plan]\nreps = 8\n'
    assert open_house(tmp_path).settings.plan.reps == 8
