"""Whether the tests notice a mutant: each is judged in a process of its own, forked from one that has imported all but the coach."""

import ast
import os
import resource
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from itertools import islice
from types import CodeType, ModuleType

import hypothesis  # noqa: F401 - imported before the fork, so that no child has to
import numpy as np  # noqa: F401 - the same
import pytest
import transitions  # noqa: F401 - the same

from tests.mutation.mutants import Mutant

MOST_CPU_S = 90
"""Some five times what all the tests take: a mutant that takes longer doesn't come to its end."""
MOST_WAIT_S = 3600
"""For one that waits for ever: what is cut off passes for killed, and on a busy machine all the tests may take a quarter of an hour."""
MOST_BYTES = 8 << 30


class _InItsPlace(MetaPathFinder, Loader):
    """Gives `code` when `module` is imported."""

    def __init__(self, module: str, code: CodeType) -> None:
        self._module = module
        self._code = code

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Of the one module only."""
        del path, target
        return spec_from_loader(fullname, self) if fullname == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        """Runs the changed code."""
        exec(self._code, module.__dict__)  # noqa: S102 - that is what a mutant is for


def judged(trees: Iterable[tuple[Mutant, ast.Module]], tests: Mapping[str, Sequence[str]], at_once: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant with whether any of the `tests` of its module fails with its tree in the module's place.

    So many are judged at a time; they come as they come to their end.
    """
    waiting, running = iter(trees), dict[int, Mutant]()
    while True:
        for one, tree in islice(waiting, at_once - len(running)):
            running[_begin(one.path, tree, tests[one.path])] = one
        if not running:
            return
        child, status = os.wait()
        one = running.pop(child)
        yield one, _failed(status, tests[one.path])


def _begin(path: str, tree: ast.Module, tests: Sequence[str]) -> int:
    child = os.fork()
    if not child:
        _judge(path.removesuffix(".py").replace("/", "."), compile(tree, path, "exec"), tests)
    return child


def _failed(status: int, tests: Sequence[str]) -> bool:
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise RuntimeError(f"No tests in {', '.join(tests)}.")
    return status != 0


def _judge(module: str, code: CodeType, tests: Sequence[str]) -> None:
    status = 1
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        signal.alarm(MOST_WAIT_S)
        silence = os.open(os.devnull, os.O_RDWR)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.insert(0, _InItsPlace(module, code))
        for one in tests:
            status = int(pytest.main(["-x", "-q", "--assert=plain", one]))
            if status:
                break
    finally:
        os._exit(status)
