"""How files go wrong: torn, from elsewhere, or no files at all. All luck comes as a seeded generator."""

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

Luck = random.Random


def mangled(luck: Luck, content: bytes) -> bytes:
    """Bytes flipped, cut, doubled, moved: what a bad disk, a torn copy or another program does. One to four times."""
    for _ in range(luck.choice((1, 1, 1, 2, 4))):
        content = luck.choice(BYTES)(luck, content)
    return content


def placed(luck: Luck, path: Path) -> None:
    """Puts something into the place of the file `path` that is no file, or none to be read."""
    path.unlink(missing_ok=True)
    luck.choice(PLACES)(path)


def once_in(luck: Luck, times: int) -> bool:
    """Whether this is that one time."""
    return luck.randrange(times) == 0


def _flip(luck: Luck, content: bytes) -> bytes:
    out = bytearray(content)
    for _ in range(min(luck.choice((1, 1, 8, 64)), len(out))):
        out[luck.randrange(len(out))] = luck.choice((0, 0xFF, 0x7F, 0x80, luck.randrange(256)))
    return bytes(out)


def _cut(luck: Luck, content: bytes) -> bytes:
    return content[: luck.randrange(len(content) + 1)]


def _drop(luck: Luck, content: bytes) -> bytes:
    start = luck.randrange(len(content) + 1)
    return content[:start] + content[start + luck.choice((1, 2, 7, 100, 4096)) :]


def _double(luck: Luck, content: bytes) -> bytes:
    start, length = luck.randrange(len(content) + 1), luck.choice((1, 4, 64, 5000))
    return content[:start] + content[start : start + length] * 2 + content[start + length :]


def _stuff(luck: Luck, content: bytes) -> bytes:
    start = luck.randrange(len(content) + 1)
    return content[:start] + luck.choice((b"\0" * 64, b"\xff" * 9, luck.randbytes(40), b"PK\x03\x04", b"RIFF", b"\n\n")) + content[start:]


def _zero(luck: Luck, content: bytes) -> bytes:
    """A hole, as a power cut leaves it."""
    start, length = luck.randrange(len(content) + 1), luck.choice((16, 512, 4096))
    return content[:start] + b"\0" * min(length, len(content) - start) + content[start + length :]


def _number(luck: Luck, content: bytes) -> bytes:
    """A field of a header, as large or as small as it can be."""
    start = luck.randrange(min(len(content), 200) + 1)
    field = luck.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\x01\0\0\0", b"\0\0\0\x80", b"\xff\xff", b"\0\0"))
    return content[:start] + field + content[start + len(field) :]


def _nothing(luck: Luck, content: bytes) -> bytes:
    return b""


def _noise(luck: Luck, content: bytes) -> bytes:
    return luck.randbytes(luck.choice((1, 100, 5000)))


BYTES: Sequence[Callable[[Luck, bytes], bytes]] = (
    _flip, _flip, _flip, _flip, _cut, _cut, _drop, _double, _stuff, _zero, _number, _number, _number, _nothing, _noise,
)  # fmt: skip


def _empty(path: Path) -> None:
    path.touch()


def _folder(path: Path) -> None:
    path.mkdir()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _in_a_ring(path: Path) -> None:
    path.symlink_to(path.name)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _unreadable(path: Path) -> None:
    """An input error at the first byte, for root too."""
    path.symlink_to("/proc/self/mem")


def _forbidden(path: Path) -> None:
    path.touch(mode=0o000)


def _sparse(path: Path) -> None:
    """Far larger than any such file, and nothing in it."""
    with path.open("wb") as file:
        file.truncate(20_000_000_000)


PLACES: Sequence[Callable[[Path], None]] = (_empty, _folder, _fifo, _dangling, _in_a_ring, _endless, _unreadable, _forbidden, _sparse)
