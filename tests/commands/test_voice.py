"""`voicecoach voice`: somebody sees which voice speaks and why, hears another, and picks it; what isn't there changes nothing."""

import os
import signal
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest
import soundfile

from tests.filed_session import ROOT
from voicecoach.cli import main
from voicecoach.house import open_house
from voicecoach.notes import now, open_journal
from voicecoach.settings import read_settings

neural = pytest.mark.skipif(not find_spec("hibari"), reason="hibari-tts is not installed: pip install -e '.[voice]'")


def typed(capsys: pytest.CaptureFixture[str], home: Path, *words: object) -> tuple[int, str]:
    code = main(["voice", *(str(word) for word in words), "--home", str(home)])
    return code, "".join(capsys.readouterr())


def marked(told: str) -> list[str]:
    return [line.split()[1] for line in told.splitlines() if line.startswith("* ") and "speaks" not in line]


def test_the_list_marks_the_one_that_speaks_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = typed(capsys, tmp_path)
    assert code == 0
    assert marked(told) == ["en-us+f5"]
    assert 'the usual one of the locale "en"' in told
    assert "heart" in told
    (tmp_path / "settings.toml").write_text('voice = "en-gb-scotland"')
    code, told = typed(capsys, tmp_path)
    assert marked(told) == ["en-gb-scotland"]
    assert str(tmp_path / "settings.toml") in told


def test_the_list_alone_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(capsys, tmp_path / "home")
    assert not (tmp_path / "home" / "journal.db").exists()


def test_a_voice_that_is_picked_speaks_from_then_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text("# mine\n[plan]\nreps = 8\n")
    code, told = typed(capsys, tmp_path, "en-gb-x-rp")
    assert code == 0
    assert "next session" in told
    settings = read_settings(tmp_path)
    assert (settings.voice, settings.plan.reps) == ("en-gb-x-rp", 8)
    assert "# mine" in (tmp_path / "settings.toml").read_text()
    assert marked(typed(capsys, tmp_path)[1]) == ["en-gb-x-rp"]


@pytest.mark.parametrize(("name", "told"), [("hart", "Nearest: heart"), ("en-us+anie", "Annie"), ("", "isn't there")])
def test_a_voice_that_is_not_there_is_not_picked(name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = typed(capsys, tmp_path, name)
    assert code == 3
    assert told in said
    assert not (tmp_path / "settings.toml").exists()


def test_a_preview_is_heard_and_picks_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = typed(capsys, tmp_path, "en-gb", "--preview", "--out", tmp_path / "gb.wav")
    assert code == 0
    assert soundfile.info(tmp_path / "gb.wav").duration > 5
    assert not (tmp_path / "settings.toml").exists()


def test_a_file_is_for_a_preview_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = typed(capsys, tmp_path, "en-gb", "--out", tmp_path / "gb.wav")
    assert code == 2
    assert "--preview" in told


def test_who_has_chosen_a_voice_by_word_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = open_journal(open_house(tmp_path))
    number = journal.begin(now(), {})
    for fact, value in (("name", "Anna"), ("voice", "en-us+m3")):
        journal.append(number, {"at_s": 0.0, "event": "remembered", "fact": fact, "value": value})
    journal.end(number, "finished")
    journal.close()
    for words in ((), ("en-gb",)):
        assert 'Anna has chosen "en-us+m3"' in typed(capsys, tmp_path, *words)[1]


def kept_in(home: Path) -> list[Path]:
    folder = home / "voice"
    return list(folder.rglob("*.wav")) if folder.exists() else []


@neural
def test_the_neural_voice_can_be_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = typed(capsys, tmp_path, "heart", "--preview", "--out", tmp_path / "heart.wav")
    assert code == 0
    assert soundfile.info(tmp_path / "heart.wav").duration > 5


@neural
def test_picking_the_neural_voice_makes_its_sentences_and_may_be_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "voicecoach", "voice", "heart", "--home", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as picking:
        assert picking.stdout is not None
        assert any("sentences to make" in line for line in picking.stdout)
        while not kept_in(tmp_path) and picking.poll() is None:
            threading.Event().wait(0.05)
        picking.send_signal(signal.SIGINT)
        assert "the next session makes them" in picking.stdout.read()
    assert picking.returncode == 0
    assert read_settings(tmp_path).voice == "heart"
    assert kept_in(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "spare"),
    [("settings.toml", 'voice = "heart"', "en-us+f5"), ("prompts/en/locale.toml", 'voices = ["heart"]', "en-us")],
)
def test_without_the_neural_voice_installed_it_says_how_to_and_another_speaks(file: str, content: str, spare: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    hidden = (
        "import sys, importlib.metadata as m; real = m.version\n"
        "def version(name):\n"
        "    if name == 'hibari-tts': raise m.PackageNotFoundError(name)\n"
        "    return real(name)\n"
        "m.version = version\n"
        "from voicecoach.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", hidden, *words, "--home", str(tmp_path)]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 'The voice "heart" isn\'t there' in ran("voice").stdout
    assert ran("voice", "heart").returncode == 3
    said = ran("say", "greeting.hello", "--out", str(tmp_path / "hello.wav"))
    assert said.returncode == 0, said.stderr
    assert said.stdout.count(f'the voice "{spare}" speaks') == 1
    assert soundfile.info(tmp_path / "hello.wav").duration > 1
