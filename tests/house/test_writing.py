"""Whatever is written is whole or not there: one function does it, and no other module opens a file for writing."""

import ast
import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voicecoach.durable import write_whole

ROOT = Path(__file__).resolve().parents[2]
GROWING = {
    "durable.py": "the function itself",
    "commands/alone.py": "a lock, with nothing in it",
    "journal/file.py": "SQLite's file, made for its owner only before SQLite opens it",
    "journal/forgetting.py": "overwrites the bytes of a journal that has no name any more",
    "journal/recordings.py": "overwrites the bytes of a recording that is to go",
    "outbox.py": "overwrites the bytes of what is not to be sent any more",
    "onlookers/view.py": "a descriptor that is no file",
    "sound/device_worker.py": "a descriptor that is no file",
    "speech_model/fetching.py": "a download, in a folder that is thrown away",
    "speech_model/__init__.py": "puts a finished folder in its place",
    "voice/neural_driver.py": "whatever pyttsx3 is told to write, which is a file in memory",
    "voice/render_worker.py": "descriptors that are no files",
}
"""Who else opens something for writing, and why that is no file that could be half there."""
WRITES = {"write_text", "write_bytes", "rename", "savez", "savez_compressed", "save", "NamedTemporaryFile", "mkstemp", "FileIO", "copyfile"}
OPENS = {"open", "fdopen"}
BUFFERS = {"BytesIO", "body"}


def opened_for_writing(tree: ast.AST) -> Iterator[str]:
    """Each call that opens, makes or moves a file, as it stands there."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
        texts = [one.value for one in (*call.args, *(key.value for key in call.keywords)) if isinstance(one, ast.Constant)]
        modes = [text for text in texts if isinstance(text, str) and text.strip("rwaxbt+") == "" and set(text) & set("wax+")]
        flags = any(isinstance(node, ast.Attribute) and node.attr in ("O_WRONLY", "O_RDWR", "O_CREAT") for node in ast.walk(call))
        into_memory = any(isinstance(one, ast.Name) and one.id in BUFFERS for one in call.args)
        if (name in WRITES or (name in OPENS and (modes or flags))) and not into_memory:
            yield ast.unparse(call)


def test_no_other_module_opens_a_file_for_writing() -> None:
    found = {
        str(path.relative_to(ROOT / "voicecoach")): sorted(calls)
        for path in (ROOT / "voicecoach").rglob("*.py")
        if (calls := set(opened_for_writing(ast.parse(path.read_text()))))
    }
    assert {path: calls for path, calls in found.items() if path not in GROWING} == {}
    assert sorted(found) == sorted(GROWING)


@pytest.mark.parametrize(
    "line",
    [
        "open(p, 'w')",
        "p.open('ab')",
        "p.write_text('')",
        "os.open(p, os.O_RDWR)",
        "wave.open(str(p), mode='wb')",
        "np.savez(p)",
        "FileIO(p, 'w')",
    ],
)
def test_the_rule_sees_what_writes(line: str) -> None:
    assert list(opened_for_writing(ast.parse(line)))


@pytest.mark.parametrize("line", ["open(p)", "p.open('rb')", "wave.open(body, 'wb')", "os.open(p, os.O_RDONLY)", "text.replace('w', 'x')"])
def test_the_rule_lets_reading_be(line: str) -> None:
    assert not list(opened_for_writing(ast.parse(line)))


def test_what_is_written_is_there_for_its_owner_only(tmp_path: Path) -> None:
    write_whole(tmp_path / "figures", b"new")
    assert (tmp_path / "figures").read_bytes() == b"new"
    assert (tmp_path / "figures").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["figures"]


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "figures").write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    silent = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError) as refused:  # noqa: PT011 - which one is looked at below
            write_whole(tmp_path / "figures", bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, silent)
    assert refused.value.errno == errno.EFBIG
    assert (tmp_path / "figures").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["figures"]


def test_what_a_killed_process_left_is_used_again(tmp_path: Path) -> None:
    (tmp_path / "figures.part").write_bytes(b"half of something longer than what comes now")
    write_whole(tmp_path / "figures", b"new")
    assert (tmp_path / "figures").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["figures"]


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("put", [Path.mkdir, _fifo, _dangling])
def test_what_is_no_file_beside_it_is_left_alone(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path / "figures.part")
    write_whole(tmp_path / "figures", b"new")
    assert (tmp_path / "figures").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures", "figures.part"]


@pytest.mark.parametrize("put", [Path.mkdir, _fifo])
def test_what_is_no_file_in_its_place_is_left_alone(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path / "figures")
    with pytest.raises(OSError, match="no ordinary file"):
        write_whole(tmp_path / "figures", b"new")


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"old")
    (tmp_path / "figures").symlink_to("elsewhere")
    write_whole(tmp_path / "figures", b"new")
    assert (tmp_path / "figures").is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == b"new"


WRITER = """
import sys
from pathlib import Path
from voicecoach.durable import write_whole
letter = sys.argv[2].encode()
for n in range(300):
    write_whole(Path(sys.argv[1]), letter * (1 + n % 7) * 40_000, synced=False)
"""


def test_two_that_write_at_once_never_show_a_half_file(tmp_path: Path) -> None:
    path = tmp_path / "figures"
    path.write_bytes(b"a" * 40_000)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), letter], cwd=ROOT) for letter in "ab"]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        content = path.read_bytes()
        seen.add((len(content) % 40_000, len(set(content))))
    assert seen == {(0, 1)}
    assert [writer.wait() for writer in writers] == [0, 0]
    assert [found.name for found in tmp_path.iterdir()] == ["figures"]


def test_killed_at_any_moment_it_leaves_a_whole_file_and_one_beside_it_at_most(tmp_path: Path) -> None:
    path = tmp_path / "figures"
    path.write_bytes(b"a" * 40_000)
    for nth in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "b"], cwd=ROOT)
        looks = 0
        while looks < 40 * (nth + 1):  # so it dies at another moment each time
            looks += set(path.read_bytes()) == {ord("b")} or writer.poll() is not None
        writer.kill()
        writer.wait()
        content = path.read_bytes()
        assert (len(content) % 40_000, len(set(content))) == (0, 1)
    assert len(list(tmp_path.iterdir())) <= 2
    write_whole(path, b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["figures"]
