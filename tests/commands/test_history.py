"""What `voicecoach history` writes and prints, of everybody or of one."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.report.years import write
from voicecoach.cli import main


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two people's."""
    write(tmp_path / "home" / "journal.db", 4)
    write(tmp_path / "home" / "journal.db", 3, 2, "Benedikt")
    return tmp_path / "home"


def shown(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main(["history", *(str(word) for word in words)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("form", "who"), [("--html", ()), ("--fhir", ("--person", "Anna"))])
def test_a_file_is_for_its_owner_only_and_the_command_says_where_it_is(
    form: str, who: tuple[str, ...], home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "history"
    told = shown(capsys, form, path, "--home", home, *who)
    assert told == f"{4 if who else 7} sessions: {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_one_person_is_named_by_name_or_number(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for who in ("benedikt", "2"):
        assert len(json.loads(shown(capsys, "--json", "--home", home, "--person", who))) == 3
        assert len(list(csv.DictReader(io.StringIO(shown(capsys, "--csv", "--home", home, "--person", who))))) == 3
        assert len(shown(capsys, "--home", home, "--person", who).splitlines()) == 4
        shown(capsys, "--html", tmp_path / "page", "--home", home, "--person", who)
        page = (tmp_path / "page").read_text()
        assert "<h1>Sessions of Benedikt</h1>" in page
        assert "Anna" not in page


def test_without_a_name_all_are_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(json.loads(shown(capsys, "--json", "--home", home))) == 7
    assert len(shown(capsys, "--csv", "--home", home).splitlines()) == 8


def test_a_bundle_is_about_one_person(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--fhir", str(tmp_path / "bundle"), "--home", str(home)]) == 2
    assert "--person: Anna, Benedikt." in capsys.readouterr().err
    shown(capsys, "--fhir", tmp_path / "bundle", "--home", home, "--person", "Anna")
    text = (tmp_path / "bundle").read_text()
    assert json.loads(text)["entry"][0]["resource"]["name"] == [{"text": "Anna"}]
    assert "Benedikt" not in text


def test_who_is_alone_needs_no_name_for_a_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "journal.db", 2)
    shown(capsys, "--fhir", tmp_path / "bundle", "--home", tmp_path)
    assert (tmp_path / "bundle").is_file()


def test_of_nothing_there_is_no_bundle_but_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--fhir", str(tmp_path / "bundle"), "--home", str(tmp_path)]) == 2
    assert "There is no session to write about" in capsys.readouterr().err
    assert not (tmp_path / "bundle").exists()
    shown(capsys, "--html", tmp_path / "page", "--home", tmp_path)
    assert "No sessions yet." in (tmp_path / "page").read_text()


@pytest.mark.parametrize("words", [["--person", "Nobody"], ["--html", "no/such/folder/page"], ["--html", "a", "--fhir", "b"]])
def test_what_cannot_be_is_refused(words: list[str], home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["history", *words, "--home", str(home)])
    except SystemExit as refused:
        code = int(str(refused.code))
    assert code == 2
    assert "Traceback" not in capsys.readouterr().err
