import fcntl
import hashlib
import http.server
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from voicecoach import places
from voicecoach.errors import CheckFailed, Missing, Unreadable
from voicecoach.speech_model import install_model, installed, verify, verify_own
from voicecoach.speech_model.manifest import read_manifest

ROOT = Path(__file__).resolve().parents[2]
FILES = {"am/final.mdl": b"acoustic" * 40_000, "conf/model.conf": b"--beam=10\n", "README": b"a small model\n"}


def heard_nothing(_: str) -> None:
    """Take the progress and forget it."""


def packed(path: Path, files: dict[str, bytes], prefix: str = "model-0.15/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(prefix + name, content)
    return path


def manifest(folder: Path, archive: Path, *urls: str, files: dict[str, bytes] = FILES) -> Path:
    path = folder / "manifest.toml"
    text = ""
    for number, url in enumerate(urls):
        text += (
            f'[[source]]\nname = "source {number}"\nurl = "{url}"\nbytes = {archive.stat().st_size}\n'
            f'sha256 = "{hashlib.sha256(archive.read_bytes()).hexdigest()}"\n'
        )
    for name, content in files.items():
        text += f'[[file]]\npath = "{name}"\nbytes = {len(content)}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n'
    path.write_text(text if urls else f"source = []\n{text}")
    return path


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on this machine's own loopback address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: Quiet(*a, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_the_model_is_fetched_checked_and_put_in_place(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    target = tmp_path / "models" / "the-model"
    said: list[str] = []
    with served(tmp_path) as address:
        listed = manifest(tmp_path, archive, f"{address}/model.zip")
        assert not installed(target, listed)
        came = install_model(target, listed, None, said.append)
    assert "source 0" in came
    assert any("100%" in line for line in said)
    assert {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()} == FILES
    assert installed(target, listed)
    verify(target, listed)
    assert left_in(target.parent) == {"the-model"}


def test_a_source_that_lacks_it_gives_way_to_the_next(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    with served(tmp_path) as address:
        listed = manifest(tmp_path, archive, f"{address}/absent.zip", f"{address}/model.zip")
        assert "source 1" in install_model(tmp_path / "models" / "m", listed, None, heard_nothing)


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(lambda content: content[:-900], id="torn"),
        pytest.param(lambda content: content[:500] + b"x" + content[501:], id="one byte differs"),
        pytest.param(lambda content: content + b"more", id="longer"),
        pytest.param(lambda _: b"<html>please log in</html>", id="a page instead"),
    ],
)
def test_a_wrong_download_leaves_nothing_behind_and_says_what_to_do(tmp_path: Path, spoilt: Callable[[bytes], bytes]) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    (tmp_path / "spoilt.zip").write_bytes(spoilt(archive.read_bytes()))
    with served(tmp_path) as address:
        listed = manifest(tmp_path, archive, f"{address}/spoilt.zip")
        with pytest.raises(Missing, match="--from FILE"):
            install_model(tmp_path / "models" / "m", listed, None, heard_nothing)
    assert left_in(tmp_path / "models") == set()


def test_without_a_network_it_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    listed = manifest(tmp_path, packed(tmp_path / "model.zip", FILES), "http://127.0.0.1:1/model.zip")
    with pytest.raises(Missing, match="refused"):
        install_model(tmp_path / "models" / "m", listed, None, heard_nothing)
    assert left_in(tmp_path / "models") == set()


def test_an_address_that_is_not_https_is_not_asked(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    listed = manifest(tmp_path, archive, archive.as_uri())
    with pytest.raises(Missing, match="not https"):
        install_model(tmp_path / "models" / "m", listed, None, heard_nothing)


@pytest.mark.parametrize("prefix", ["", "vosk-model/", "assets/model-en-us/"])
def test_any_archive_that_holds_the_files_will_do(tmp_path: Path, prefix: str) -> None:
    archive = packed(tmp_path / "brought.aar", FILES, prefix)
    listed = manifest(tmp_path, archive)
    install_model(tmp_path / "models" / "m", listed, archive, heard_nothing)
    verify(tmp_path / "models" / "m", listed)


def test_a_folder_that_holds_the_files_will_do(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / "stick" / "deep" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "stick" / "deep" / name).write_bytes(content)
    listed = manifest(tmp_path, packed(tmp_path / "model.zip", FILES))
    install_model(tmp_path / "models" / "m", listed, tmp_path / "stick", heard_nothing)
    verify(tmp_path / "models" / "m", listed)


def test_an_archive_cannot_write_outside_the_models_folder(tmp_path: Path) -> None:
    archive = packed(tmp_path / "evil.zip", {**FILES, "../../../escaped": b"evil", "unlisted": b"evil"})
    with zipfile.ZipFile(archive, "a") as pack:
        pack.writestr("/absolute", b"evil")
    listed = manifest(tmp_path, archive)
    install_model(tmp_path / "models" / "m", listed, archive, heard_nothing)
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {f"models/m/{name}" for name in FILES} | {"evil.zip", "manifest.toml"}


def test_a_manifest_that_names_a_path_outside_the_folder_is_refused(tmp_path: Path) -> None:
    for name in ("../escaped", "/etc/escaped", "am/../../escaped"):
        listed = manifest(tmp_path, packed(tmp_path / "model.zip", FILES), files={name: b"x"})
        with pytest.raises(Unreadable, match="outside"):
            read_manifest(listed)


def test_another_model_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    listed = manifest(tmp_path, archive)
    target = tmp_path / "models" / "m"
    install_model(target, listed, archive, heard_nothing)
    other = packed(tmp_path / "other.zip", {**FILES, "conf/model.conf": b"--beam=99\n"})
    with pytest.raises(CheckFailed, match=r"conf/model\.conf"):
        install_model(target, listed, other, heard_nothing)
    verify(target, listed)
    assert left_in(tmp_path / "models") == {"m"}


@pytest.mark.parametrize(("name", "content"), [("absent.zip", None), ("text.zip", b"no archive"), ("empty.zip", b"")])
def test_a_file_that_is_no_archive_is_unreadable(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    listed = manifest(tmp_path, packed(tmp_path / "model.zip", FILES))
    with pytest.raises(Unreadable, match=name):
        install_model(tmp_path / "models" / "m", listed, tmp_path / name, heard_nothing)
    assert left_in(tmp_path / "models") == set()


def test_a_damaged_model_is_noticed_by_size_at_a_start_and_by_content_in_a_check(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    listed = manifest(tmp_path, archive)
    target = tmp_path / "models" / "m"
    install_model(target, listed, archive, heard_nothing)
    (target / "conf/model.conf").write_bytes(b"--beam=11\n")
    assert installed(target, listed)
    with pytest.raises(CheckFailed, match=r"conf/model\.conf"):
        verify(target, listed)
    (target / "am/final.mdl").write_bytes(b"short")
    assert not installed(target, listed)


def test_a_sound_model_is_not_fetched_again_and_a_damaged_one_is(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    target = tmp_path / "models" / "m"
    install_model(target, manifest(tmp_path, archive), archive, heard_nothing)
    assert "in place" in install_model(target, manifest(tmp_path, archive), None, heard_nothing)
    (target / "README").unlink()
    with served(tmp_path) as address:
        assert "from source 0" in install_model(target, manifest(tmp_path, archive, f"{address}/model.zip"), None, heard_nothing)
    verify(target, manifest(tmp_path, archive))


def test_a_model_put_there_by_hand_counts_once_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "models" / "m"
    for name, content in FILES.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    assert installed(target, manifest(tmp_path, packed(tmp_path / "model.zip", FILES)))


def test_what_a_killed_installer_left_is_cleared_away(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    (tmp_path / "models" / ".fetching-killed" / "model").mkdir(parents=True)
    install_model(tmp_path / "models" / "m", manifest(tmp_path, archive), archive, heard_nothing)
    assert left_in(tmp_path / "models") == {"m"}


def test_a_model_that_was_there_when_an_installer_was_killed_is_there_again(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    target = tmp_path / "models" / "m"
    install_model(target, manifest(tmp_path, archive), archive, heard_nothing)
    (tmp_path / "models" / ".fetching-killed").mkdir()
    target.rename(tmp_path / "models" / ".fetching-killed" / "before")
    with pytest.raises(CheckFailed):
        install_model(target, manifest(tmp_path, archive), packed(tmp_path / "other.zip", {**FILES, "README": b"?"}), heard_nothing)
    verify(target, manifest(tmp_path, archive))
    assert left_in(tmp_path / "models") == {"m"}


def test_a_pipe_in_the_place_of_a_file_is_no_model(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name, content in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    (source / "README").unlink()
    os.mkfifo(source / "README")
    with pytest.raises(CheckFailed, match="README can't be read"):
        install_model(tmp_path / "models" / "m", manifest(tmp_path, packed(tmp_path / "model.zip", FILES)), source, heard_nothing)
    assert not installed(source, manifest(tmp_path, packed(tmp_path / "model.zip", FILES)))


@pytest.mark.parametrize("bytes_", ['"many"', "-1", "0", "1e300", "9" * 30, "true", "[1]"])
def test_a_manifest_with_a_size_that_is_none_is_refused(bytes_: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(f'source = []\n[[file]]\npath = "README"\nbytes = {bytes_}\nsha256 = "00"\n')
    with pytest.raises(Unreadable, match="bytes can't be"):
        read_manifest(tmp_path / "manifest.toml")


def test_a_damaged_model_of_the_right_size_never_reaches_vosk(tmp_path: Path) -> None:
    """It would end the process: Vosk believes what it reads. The program runs as it is installed, with a model of its own."""
    whole = places.model(tmp_path)
    site, own = tmp_path / "site" / "voicecoach", tmp_path / "home" / "models" / places.MODEL_NAME
    shutil.copytree(ROOT / "voicecoach", site, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "prompts", site / "prompts")
    shutil.copytree(ROOT / "models", site / "models", ignore=shutil.ignore_patterns(places.MODEL_NAME))
    shutil.copytree(whole, own, copy_function=os.symlink)
    garbled = bytearray((whole / "graph" / "HCLr.fst").read_bytes())
    garbled[8:64] = bytes(56)
    (own / "graph" / "HCLr.fst").unlink()
    (own / "graph" / "HCLr.fst").write_bytes(garbled)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "voicecoach", "hear", str(ROOT / "tests/sounds/stop_1.flac"), "--home", str(tmp_path / "home")],
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"The speech model is damaged: {own / 'graph/HCLr.fst'} is not as it should be. Run: voicecoach model\n"


def test_two_installers_do_not_meet(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    (tmp_path / "models").mkdir()
    other = os.open(tmp_path / "models", os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    try:
        with pytest.raises(Missing, match="Another"):
            install_model(tmp_path / "models" / "m", manifest(tmp_path, archive), archive, heard_nothing)
    finally:
        os.close(other)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    (tmp_path / "models").write_text("a file in the way")
    with pytest.raises(Missing, match="models"):
        install_model(tmp_path / "models" / "m", manifest(tmp_path, archive), archive, heard_nothing)


def test_a_torn_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("[[file]\n")
    with pytest.raises(Unreadable, match=r"manifest\.toml"):
        installed(tmp_path, tmp_path / "manifest.toml")


def test_the_projects_own_manifest_names_two_sources_and_every_file_that_vosk_reads() -> None:
    listed = read_manifest(places.manifest())
    assert [bool(source.url) for source in listed.sources] == [True, False]
    assert {
        "am/final.mdl",
        "conf/mfcc.conf",
        "conf/model.conf",
        "graph/HCLr.fst",
        "graph/Gr.fst",
        "graph/phones/word_boundary.int",
        "ivector/final.ie",
        "ivector/final.dubm",
        "ivector/final.mat",
    } <= {part.path for part in listed.parts}


def with_mvn(tmp_path: Path, script: str | None) -> subprocess.CompletedProcess[str]:
    """Install from an artifact in a process whose only programs are `cp` and, if given, this `mvn`."""
    archive = packed(tmp_path / "model.zip", FILES)
    listed = manifest(tmp_path, archive, "https://replaced.invalid")
    listed.write_text(listed.read_text().replace('url = "https://replaced.invalid"', 'artifact = "a:b:1:aar"'))
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "cp").symlink_to(shutil.which("cp") or "/bin/cp")
    (programs / "mkdir").symlink_to(shutil.which("mkdir") or "/bin/mkdir")
    if script is not None:
        (programs / "mvn").write_text(f"#!/bin/sh\n{script}\n")
        (programs / "mvn").chmod(0o755)
    program = (
        "import sys; from pathlib import Path; from voicecoach.speech_model import install_model\n"
        "print(install_model(Path(sys.argv[1]), Path(sys.argv[2]), None, print))"
    )
    return subprocess.run(
        [sys.executable, "-c", program, tmp_path / "models" / "m", listed],
        env={"PATH": str(programs)},
        cwd=places.checkout(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_mvn_is_asked_for_the_artifact_and_what_it_brings_is_checked(tmp_path: Path) -> None:
    wanted = '[ "$*" = "-q -B dependency:copy -Dartifact=a:b:1:aar $5" ] || exit 1'
    ran = with_mvn(tmp_path, f'{wanted}; folder=${{5#-DoutputDirectory=}}; mkdir "$folder" && cp "{tmp_path}/model.zip" "$folder/b-1.aar"')
    assert "installed, from source 0" in ran.stdout, ran.stderr
    assert {str(path.relative_to(tmp_path / "models/m")) for path in (tmp_path / "models/m").rglob("*") if path.is_file()} == set(FILES)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        pytest.param(None, "mvn is not installed", id="no mvn"),
        pytest.param("echo '[ERROR] no such artifact'; exit 1", "no such artifact", id="mvn fails"),
        pytest.param("exit 0", "did not bring it", id="mvn brings nothing"),
    ],
)
def test_when_mvn_does_not_bring_the_model_it_says_why(tmp_path: Path, script: str | None, said: str) -> None:
    ran = with_mvn(tmp_path, script)
    assert said in ran.stderr
    assert left_in(tmp_path / "models") == set()


def test_what_came_with_the_program_is_what_its_manifest_says() -> None:
    assert [part.path for part in read_manifest(places.manifest()).own] == [places.word_model().name]
    verify_own(places.manifest())


@pytest.mark.parametrize("spoil", [lambda content: content[:-1], lambda content: content[:-1] + bytes([content[-1] ^ 1]), lambda _: b""])
def test_a_word_model_with_one_bit_changed_is_named(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    shutil.copy(places.manifest(), tmp_path)
    (tmp_path / "words.npz").write_bytes(spoil(places.word_model().read_bytes()))
    with pytest.raises(CheckFailed, match=r"words\.npz is damaged.*Install voicecoach again"):
        verify_own(tmp_path / "manifest.toml")


def test_other_users_of_a_checkout_may_read_its_model(tmp_path: Path) -> None:
    archive = packed(tmp_path / "model.zip", FILES)
    before = os.umask(0o077)
    try:
        install_model(tmp_path / "models" / "model", manifest(tmp_path, archive), archive, heard_nothing)
    finally:
        os.umask(before)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (tmp_path / "models" / "model").rglob("*")}
    assert modes == {True: 0o755, False: 0o644}
