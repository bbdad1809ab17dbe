"""words.npz: the small model of single words."""

import io
import zipfile
from functools import cache
from pathlib import Path

import numpy as np

from tests.fuzz.mangling import Luck, mangled, once_in, placed
from tests.fuzz.trial import Kind
from voicecoach import places
from voicecoach.ears.word_model import LAGS, WordModel


@cache
def _seed() -> dict[str, bytes]:
    with zipfile.ZipFile(places.word_model()) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def _array(luck: Luck) -> bytes:
    body = io.BytesIO()
    shape = luck.choice(((), (0,), (3,), (288, 32), (32, 12), (1, 1), (2, 2, 2)))
    kind = luck.choice(("f4", "f8", "i8", "U5", "S3", "?", "c8", "M8[s]", "O"))
    np.save(
        body, np.full(shape, luck.choice((0, 1, float("nan"), 1e300)) if kind in ("f4", "f8", "c8") else 1).astype(kind), allow_pickle=True
    )
    return body.getvalue()


def _spoil(luck: Luck, folder: Path) -> None:
    path = folder / "words.npz"
    if once_in(luck, 15):
        placed(luck, path)
    elif once_in(luck, 3):
        path.write_bytes(mangled(luck, places.word_model().read_bytes()))
    else:
        parts = dict(_seed())
        for _ in range(luck.choice((1, 1, 3))):
            name = luck.choice(sorted(parts))
            what = luck.random()
            if what < 0.2:
                parts.pop(name, None)
            elif what < 0.5:
                parts[name] = luck.choice(list(_seed().values()))
            elif what < 0.7:
                parts[name] = _array(luck)
            else:
                parts[name] = mangled(luck, _seed()[name]) if name in _seed() else b""
        with zipfile.ZipFile(path, "w") as pack:
            for name, content in parts.items():
                pack.writestr(name, content)


def _use(luck: Luck, folder: Path) -> None:
    """What is accepted judges every sound."""
    model = WordModel.load(folder / "words.npz")
    heard = np.random.default_rng(0).standard_normal((4, 96 * len(LAGS)), dtype=np.float32)
    scores = model.scores(heard * 10)
    assert scores.shape == (4, len(model.words))
    assert np.isfinite(scores).all()


def _named(folder: Path) -> str:
    return "words.npz"


KIND = Kind("word models", _spoil, _use, _named)
