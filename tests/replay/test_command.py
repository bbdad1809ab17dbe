"""`voicecoach replay`: what it says, and what it exits with."""

import json
import shutil
from pathlib import Path

import pytest

from tests.coach.session_script import play
from tests.coach.stage import TODAY
from tests.replay.homes import days_ago, lived_in, worked
from voicecoach.cli import main
from voicecoach.house import open_house
from voicecoach.messages.memory import Memory
from voicecoach.notes import open_journal

FIRST_USE = worked(Memory(TODAY)).seed
"""Of a session in which somebody new is screened, taught and lifts."""
SCREENED_IN_A_MONTH = "[frequency]\nscreened_days = { value = 30 }\n"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody new came two months ago, and again three times."""
    folder = tmp_path_factory.mktemp("used")
    for seed, days in ((FIRST_USE, 60), (1, 40), (2, 20), (FIRST_USE, 2)):
        lived_in(folder, seed, days_ago(days))
    return folder


@pytest.fixture
def home(used: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(used, tmp_path / "home"))


def replay(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    code = main(["replay", *map(str, words)])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_every_session_of_a_journal_is_the_same_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for session in (1, 2, 3, 4, "last"):
        code, told = replay(capsys, session, "--home", home)
        assert (code, told[:10]) == (0, "The same: "), told
        assert "Since then" not in told


def test_a_number_that_was_changed_is_named_with_where_it_makes_a_difference(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = home / "prompts" / "en"
    own.mkdir(parents=True)
    (own / "numbers.toml").write_text(SCREENED_IN_A_MONTH)
    code, told = replay(capsys, "last", "--home", home)
    assert code == 1
    assert "prompts/numbers.toml was" in told
    assert "It differs at " in told
    assert "screen.news" in told[told.index("the log:") : told.index("this version:")]
    assert "greeting.questions" in told[told.index("this version:") :]
    assert replay(capsys, 1, "--home", home)[0] == 0, "the first time all was asked anyway"


def test_forgetting_stays_whole_and_what_it_changes_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last session was with somebody else: they were told apart from the first, who is nobody's business any more."""
    journal = open_journal(open_house(home))
    number = journal.begin(days_ago(1), {})
    journal.append(number, {"at_s": 0.0, "event": "person", "id": 2, "name": "Ben"})
    journal.append(number, {"at_s": 1.0, "event": "remembered", "fact": "name", "value": "Ben"})
    journal.end(number, "stopped")
    journal.close()
    lived_in(home, 5, days_ago(0))
    assert replay(capsys, "last", "--home", home)[0] == 0
    assert main(["forget", "2", "--yes", "--home", str(home)]) == 0
    code, told = replay(capsys, "last", "--home", home)
    assert "somebody was forgotten" in told
    assert code == 1, "somebody else may be asked for, and is no longer"


def test_a_log_in_a_file_is_replayed_with_those_whom_the_journal_knew_then(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = open_journal(open_house(home))
    log = journal.events(3)
    journal.close()
    path = tmp_path / "events.jsonl"
    path.write_text("".join(f"{json.dumps(event)}\n" for event in log))
    assert replay(capsys, path, "--home", home) == (0, replay(capsys, 3, "--home", home)[1])


def test_a_session_becomes_a_test_that_passes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = home / "mat.session"
    code, told = replay(capsys, "last", "--home", home, "--export", path)
    assert code == 0
    assert str(path) in told
    assert play(path.read_text(encoding="utf-8")) == ""


def test_of_a_session_that_differs_the_test_has_what_is_alike(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = home / "prompts" / "en"
    own.mkdir(parents=True)
    (own / "numbers.toml").write_text(SCREENED_IN_A_MONTH)
    path = home / "mat.session"
    code, told = replay(capsys, "last", "--home", home, "--export", path)
    assert code == 1
    assert "see whether it passes" in told
    assert "< end " not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("session", "said"),
    [
        ("99", "no session 99"),
        ("0", "no session 0"),
        ("evening.jsonl", "no session's number and no file"),
        ("torn.jsonl", "no log of a session"),
        ("list.jsonl", "no log of a session"),
        ("empty.jsonl", "older voicecoach"),
        ("old.jsonl", "older voicecoach"),
        ("odd.jsonl", "can't be replayed"),
        ("unknown.jsonl", "can't be replayed"),
        (".", "can't be read"),
    ],
)
def test_what_cannot_be_replayed_is_told_in_a_sentence(
    session: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = {"at_s": 0.0, "event": "session_started", "plan": {}, "prompts": {}, "people": [], "started_at": days_ago(0), "voice": ""}
    files = {
        "torn.jsonl": '{"at_s": 0.0, "event": "session_st',
        "list.jsonl": "[1, 2]",
        "empty.jsonl": "",
        "old.jsonl": '{"at_s": 0.0, "event": "session_started", "plan": {}}',
        "odd.jsonl": f"{json.dumps(begun)}\n{json.dumps({'at_s': 'soon', 'event': 'phase'})}",
        "unknown.jsonl": f"{json.dumps(begun)}\n{json.dumps({'at_s': 1, 'event': 'heard', 'intent': 'dance', 'phrase': '', 'text': ''})}",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    code, told = replay(capsys, session, "--home", tmp_path / "home")
    assert code == 2, told
    assert said in told
    assert told.count("\n") == 1


def test_the_history_shows_the_numbers(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--home", str(home)]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.split()[0] == "session"
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4"]
