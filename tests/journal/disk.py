"""A disk that loses its power: from the calls that a program made, what is found afterwards, wherever it is cut."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tests.journal.traced import Acknowledged, Done

SECTOR = 512


class Loss(StrEnum):
    """What becomes of that which was written and not synced."""

    NOTHING = "kill -9: all that was written is there"
    LAST_TORN = "of the last write only some sectors are there"
    UNSYNCED = "what no sync had brought to the disk is gone, also names that the folder's sync had not"
    UNSYNCED_IN_ORDER = "the same, but a file's sync brings all names before it to the disk, as journaling file systems do"
    ANY = "of what was not synced anything may be there, in any order and by sectors; of names, the first so many changes"


@dataclass
class _File:
    """The writes to a file, each with its place among all calls, and where it was synced last."""

    content: bytes = b""
    writes: list[tuple[int, Done]] = field(default_factory=list)
    synced_at: int = -1


@dataclass
class _Names:
    """Changes to the folder: (place among all calls, name, file; None: gone)."""

    changes: list[tuple[int, str, _File | None]] = field(default_factory=list)
    synced_at: int = -1
    ordered_at: int = -1

    def now(self) -> dict[str, _File]:
        return _listed(self.changes)


def after_cut(before: Mapping[str, bytes], done: Sequence[Done | Acknowledged], loss: Loss, luck: random.Random) -> dict[str, bytes]:
    """The files of a folder that held `before`, when the power goes after the calls `done`."""
    names = _Names([(-1, name, _File(content)) for name, content in before.items()])
    files: dict[int, _File] = {}
    for place, call in enumerate(done):
        if isinstance(call, Done):
            _take(call, place, names, files)
    last = max((place for place, call in enumerate(done) if isinstance(call, Done) and call.call == "write"), default=-1)
    return {name: _content(file, loss, last, luck) for name, file in _kept(names, loss, luck).items()}


def _take(call: Done, place: int, names: _Names, files: dict[int, _File]) -> None:
    there = names.now()
    if call.call in ("opened", "truncated"):
        if call.name not in there:
            files[call.file] = _File()
            names.changes.append((place, call.name, files[call.file]))
        else:
            files[call.file] = there[call.name]
            if call.call == "truncated":
                files[call.file].writes.append((place, Done("resize", call.name, call.file, 0)))
    elif call.call == "unlink":
        names.changes.append((place, call.name, None))
    elif call.call == "rename":
        names.changes += [(place, call.to, there[call.name]), (place, call.name, None)]
    elif call.call == "sync folder":
        names.synced_at = names.ordered_at = place
    elif call.call == "sync":
        files.setdefault(call.file, there.get(call.name, _File())).synced_at = place
        names.ordered_at = place
    else:
        files.setdefault(call.file, there.get(call.name, _File())).writes.append((place, call))


def _kept(names: _Names, loss: Loss, luck: random.Random) -> dict[str, _File]:
    upto = {Loss.UNSYNCED: names.synced_at, Loss.UNSYNCED_IN_ORDER: names.ordered_at}.get(loss)
    if loss is Loss.ANY:
        upto = luck.choice([names.synced_at, *(place for place, *_ in names.changes if place > names.synced_at)])
    return _listed([change for change in names.changes if upto is None or change[0] <= upto])


def _listed(changes: Sequence[tuple[int, str, _File | None]]) -> dict[str, _File]:
    there: dict[str, _File] = {}
    for _, name, file in changes:
        if file is None:
            there.pop(name, None)
        else:
            there[name] = file
    return there


def _content(file: _File, loss: Loss, last: int, luck: random.Random) -> bytes:
    content = bytearray(file.content)
    for place, call in file.writes:
        if loss is Loss.NOTHING or place <= file.synced_at:
            _apply(content, call)
        elif loss is Loss.LAST_TORN:
            _apply(content, call, luck if place == last else None)
        elif loss is Loss.ANY and luck.random() < 0.5:
            _apply(content, call, luck if luck.random() < 0.3 else None)
    return bytes(content)


def _apply(content: bytearray, call: Done, torn_by: random.Random | None = None) -> None:
    if call.call in ("resize", "grow"):
        end = call.at if call.call == "resize" else max(call.at, len(content))
        del content[end:]
        content.extend(bytes(end - len(content)))
        return
    at = call.at
    while at < call.at + len(call.content):
        upto = min(at - at % SECTOR + SECTOR, call.at + len(call.content))
        if torn_by is None or torn_by.random() < 0.5:
            content.extend(bytes(max(0, upto - len(content))))
            content[at:upto] = call.content[at - call.at : upto - call.at]
        at = upto
