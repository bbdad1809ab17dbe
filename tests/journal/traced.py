"""What a program does to one folder, system call by system call: recorded, or killed at any one of them. Linux only, no helper needed.

The program runs under ptrace. Only calls that change something in the folder count, and what it writes to its standard output: what it has
acknowledged stands among them in its place.
"""

import ctypes
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_LIBC.ptrace.restype = ctypes.c_long
_TRACEME, _CONTINUE_TO_CALL, _SET_OPTIONS, _CALL_INFO = 0, 24, 0x4200, 0x420E
_MARK_CALLS, _DIE_WITH_TRACER = 1, 0x100000
_ENTERED, _LEFT = 1, 2
_AT_FDCWD = (1 << 32) - 100

_CALLS = {
    "x86_64": {
        1: "write", 18: "pwrite64", 20: "writev", 74: "fsync", 75: "fdatasync", 76: "truncate", 77: "ftruncate", 82: "rename", 87: "unlink",
        2: "open", 257: "openat", 263: "unlinkat", 264: "renameat", 316: "renameat2", 285: "fallocate",
    },
    "aarch64": {
        64: "write", 68: "pwrite64", 66: "writev", 82: "fsync", 83: "fdatasync", 45: "truncate", 46: "ftruncate", 56: "openat",
        35: "unlinkat", 38: "renameat", 276: "renameat2", 47: "fallocate",
    },
}  # fmt: skip
CALLS = _CALLS.get(os.uname().machine, {})
"""Empty where nobody has looked up the numbers: nothing can be traced there."""


class _Call(ctypes.Structure):
    """ptrace_syscall_info of <linux/ptrace.h>; of the union only what it holds at a call's begin. At its end the first is the result."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("at", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("values", ctypes.c_uint64 * 6),
        ("more", ctypes.c_uint64),
    )


@dataclass(frozen=True, slots=True)
class Done:
    """One call that changed the folder. `file` tells one file from another, whatever it is called; of a folder's call it is 0."""

    call: str
    name: str = ""
    file: int = 0
    at: int = 0
    content: bytes = b""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A line that the program wrote to its standard output."""

    line: str


def traced(command: Sequence[str], folder: Path, kill_at: int | None = None) -> list[Done | Acknowledged]:
    """Run `command` and record what it did to `folder`; with `kill_at`, it is killed at the begin of that call, counted from 0."""
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: _LIBC.ptrace(_TRACEME, 0, None, None),  # noqa: PLW1509 - one call, and the program begins
        env=os.environ | {"PYTHONHASHSEED": "0"},
    ) as process:
        trace = _Trace(process.pid, folder)
        try:
            return list(trace.run(kill_at))
        finally:
            if not trace.over:
                os.kill(process.pid, signal.SIGKILL)
                os.waitpid(process.pid, 0)
            process.returncode = 0


class _Trace:
    """One traced process."""

    def __init__(self, pid: int, folder: Path) -> None:
        self._pid = pid
        self._folder = os.path.realpath(folder)
        self._files: dict[int, int] = {}
        self._entered = False
        self.over = False
        os.waitpid(pid, 0)
        _LIBC.ptrace(_SET_OPTIONS, pid, None, _MARK_CALLS | _DIE_WITH_TRACER)

    def run(self, kill_at: int | None) -> Iterator[Done | Acknowledged]:
        """To its end, call by call. RuntimeError when the program fails."""
        number, begun = 0, None
        while (call := self._next()) is not None:
            if call.op == _ENTERED:
                begun = self._meant(call)
                if isinstance(begun, Done) and number == kill_at:
                    return
                number += isinstance(begun, Done)
            elif begun is not None:
                failed = ctypes.c_int64(call.number).value < 0
                if not failed:
                    yield self._identified(begun, call)
                begun = None

    def _next(self) -> _Call | None:
        """Up to the next begin or end of a call; None: it has ended."""
        passed_on = 0
        while True:
            _LIBC.ptrace(_CONTINUE_TO_CALL, self._pid, None, passed_on)
            _, status = os.waitpid(self._pid, 0)
            if os.WIFEXITED(status) or os.WIFSIGNALED(status):
                self.over = True
                if status:
                    raise RuntimeError(f"the traced program ended with {status}")
                return None
            stopped_by = os.WSTOPSIG(status)
            if stopped_by == signal.SIGTRAP | 0x80:
                call = _Call()
                _LIBC.ptrace(_CALL_INFO, self._pid, ctypes.sizeof(call), ctypes.addressof(call))
                return call
            passed_on = stopped_by

    def _meant(self, call: _Call) -> Done | Acknowledged | None:
        """What the call is about to do to the folder."""
        name, values = CALLS.get(call.number, ""), list(call.values)
        if name in ("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "fallocate"):
            return self._on_file(name, values)
        if name in ("open", "openat"):
            path, flags = (self._text(values[0]), values[1]) if name == "open" else (self._path(values[0], values[1]), values[2])
            changes = flags & (os.O_CREAT | os.O_TRUNC)
            here = self._here(path) if changes else None
            return Done("truncated" if flags & os.O_TRUNC else "opened", here) if here else None
        if name in ("unlink", "unlinkat"):
            here = self._here(self._text(values[0]) if name == "unlink" else self._path(values[0], values[1]))
            return Done("unlink", here) if here else None
        if name.startswith("rename"):
            old = self._text(values[0]) if name == "rename" else self._path(values[0], values[1])
            new = self._text(values[1]) if name == "rename" else self._path(values[2], values[3])
            here, there = self._here(old), self._here(new)
            return Done("rename", here, to=there) if here and there else None
        if name in ("writev", "truncate"):
            raise RuntimeError(f"{name} is not understood here")
        return None

    def _on_file(self, name: str, values: list[int]) -> Done | Acknowledged | None:
        descriptor = values[0] & 0xFFFFFFFF
        if name == "write" and descriptor == 1:
            return Acknowledged(self._bytes(values[1], values[2]).decode().strip())
        path = self._opened(descriptor)
        if path == self._folder and name == "fsync":
            return Done("sync folder")
        here = self._here(path.removesuffix(" (deleted)"))
        if not here:
            return None
        file = self._files.setdefault(self._inode(descriptor), len(self._files) + 1)
        if name == "write":
            return Done("write", here, file, self._position(descriptor), self._bytes(values[1], values[2]))
        if name == "pwrite64":
            return Done("write", here, file, values[3], self._bytes(values[1], values[2]))
        if name == "ftruncate":
            return Done("resize", here, file, values[1])
        if name == "fallocate":
            return Done("grow", here, file, values[2] + values[3])
        return Done("sync", here, file)

    def _identified(self, begun: Done | Acknowledged, call: _Call) -> Done | Acknowledged:
        """A file that was opened has got its number only now; one that was made has a new one, also where an old one's place is used."""
        if not isinstance(begun, Done) or begun.call not in ("opened", "truncated"):
            return begun
        inode = self._inode(call.number)
        return Done(begun.call, begun.name, self._files.setdefault(inode, len(self._files) + 1), inode)

    def _path(self, folder: int, address: int) -> str:
        path = self._text(address)
        if path.startswith("/") or folder & 0xFFFFFFFF == _AT_FDCWD:
            return path
        return f"{self._opened(folder & 0xFFFFFFFF)}/{path}"

    def _here(self, path: str) -> str:
        """The name in the folder; "" for what lies elsewhere, and for what is memory that only looks like a file."""
        parent, _, name = str(Path(path).absolute()).rpartition("/")
        return name if os.path.realpath(parent) == self._folder and not name.endswith("-shm") else ""

    def _opened(self, descriptor: int) -> str:
        try:
            return str(Path(f"/proc/{self._pid}/fd/{descriptor}").readlink())
        except OSError:
            return ""

    def _inode(self, descriptor: int) -> int:
        return Path(f"/proc/{self._pid}/fd/{descriptor}").stat().st_ino

    def _position(self, descriptor: int) -> int:
        (line, *_) = Path(f"/proc/{self._pid}/fdinfo/{descriptor}").read_text().splitlines()
        return int(line.removeprefix("pos:"))

    def _bytes(self, address: int, count: int) -> bytes:
        with Path(f"/proc/{self._pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            return memory.read(count)

    def _text(self, address: int) -> str:
        text = b""
        while b"\0" not in text:
            text += self._bytes(address + len(text), 256 - (address + len(text)) % 256)
        return text.partition(b"\0")[0].decode()
