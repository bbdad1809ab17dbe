"""The speech model: its manifest, an archive of it, a folder of it, and what lies in its place already."""

import hashlib
import io
import zipfile
from functools import cache
from pathlib import Path

from tests.fuzz.editing import mangled_toml
from tests.fuzz.mangling import Luck, mangled, once_in, placed
from tests.fuzz.trial import Kind
from voicecoach.errors import CoachError
from voicecoach.speech_model import install_model, installed, verify

FILES = {
    "am/final.mdl": b"acoustic" * 2000,
    "conf/model.conf": b"--beam=10\n",
    "graph/phones/word_boundary.int": b"1 begin\n" * 30,
    "README": b"a model\n",
}


@cache
def _manifest() -> str:
    text = '[[source]]\nname = "nowhere"\nurl = "ftp://127.0.0.1/model.zip"\nbytes = 10\nsha256 = "00"\n'
    for name, content in FILES.items():
        text += f'[[file]]\npath = "{name}"\nbytes = {len(content)}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n'
    return text


def _archive(luck: Luck) -> bytes:
    body = io.BytesIO()
    way = luck.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(body, "w", way) as pack:
        for name, content in FILES.items():
            pack.writestr(luck.choice(("m/", "m/", "m/", "../", "/", "")) + name if once_in(luck, 6) else f"m/{name}", content)
        if once_in(luck, 5):
            pack.writestr("m/bomb", bytes(20_000_000))
    return body.getvalue()


def _put(folder: Path) -> None:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _spoil_folder(luck: Luck, folder: Path) -> None:
    _put(folder)
    name = luck.choice(sorted(FILES))
    what = luck.random()
    if what < 0.3:
        placed(luck, folder / name)
    elif what < 0.4:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(mangled(luck, FILES[name]))


def _spoil(luck: Luck, folder: Path) -> None:
    (folder / "models.toml").write_text(_manifest())
    if once_in(luck, 2):
        _put(folder / "models" / "model")
    else:
        _spoil_folder(luck, folder / "models" / "model")
    what = luck.random()
    if what < 0.3:
        (folder / "models.toml").write_bytes(mangled_toml(luck, _manifest()))
        (folder / "source.zip").write_bytes(_archive(luck))
    elif what < 0.6:
        (folder / "source.zip").write_bytes(mangled(luck, _archive(luck)))
    elif what < 0.9:
        _spoil_folder(luck, folder / "source.zip")
    else:
        placed(luck, folder / luck.choice(("source.zip", "models.toml")))


def _use(luck: Luck, folder: Path) -> None:
    """It is put in place whole, or what was there stays as it was."""
    target, manifest = folder / "models" / "model", folder / "models.toml"
    before = _state(target)
    try:
        install_model(target, manifest, luck.choice((folder / "source.zip", folder / "source.zip", None)), _unsaid)
        verify(target, manifest)
        assert installed(target, manifest)
    except CoachError:
        assert _state(target) == before
        raise
    finally:
        assert [path.name for path in (folder / "models").iterdir()] == ["model"]


def _state(folder: Path) -> dict[str, object]:
    return {str(path.relative_to(folder)): path.lstat().st_mtime_ns for path in sorted(folder.rglob("*"))}


def _unsaid(_: str) -> None:
    """Nobody listens."""


def _named(folder: Path) -> str:
    return "model"


KIND = Kind("models", _spoil, _use, _named)
