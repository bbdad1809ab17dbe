"""What measures the tests is itself what it says: mutants are programs, each differs from the coach, and no reason outlives its mutant."""

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
PATH: dict[str, Any] = tomllib.loads((ROOT / "tests/mutation/path.toml").read_text())
SURVIVORS: list[dict[str, str]] = tomllib.loads((ROOT / "tests/mutation/survivors.toml").read_text())["survivor"]
MODULES: list[dict[str, Any]] = PATH["module"]


def of(path: str) -> list[Mutant]:
    return list(mutants(path, (ROOT / path).read_text()))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module["path"])
def test_a_mutant_is_a_program_and_another_one(module: dict[str, Any]) -> None:
    found = of(module["path"])
    before = ast.dump(ast.parse(found[0].source))
    for one in found[::25]:
        assert ast.dump(one.tree()) != before, str(one)
        compile(one.tree(), one.path, "exec")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module["path"])
def test_what_the_path_names_is_there(module: dict[str, Any]) -> None:
    places = {one.where for one in of(module["path"])}
    for name in module.get("only", []):
        assert any(where == name or where.startswith(f"{name}.") for where in places), name
    for test in PATH["tests"][module["tests"]]:
        assert (ROOT / test).exists()


def test_every_reason_is_about_a_mutant_that_there_is() -> None:
    known = {(one.path, one.where, one.change) for module in MODULES for one in of(module["path"])}
    assert [one for one in SURVIVORS if (one["path"], one["where"], one["change"]) not in known] == []
    assert all(len(one["why"]) > 20 for one in SURVIVORS)


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("if a is b:\n    f()", {"a is b -> a is not b", "f() -> pass"}),
        ("def f():\n    return not x", {"return not x -> return None", "not x -> bool(x)"}),
        ("T = frozenset({a, b})", {"{a, b} without a", "{a, b} without b"}),
        ("x = Phase.STOPPED", {"Phase.STOPPED -> Phase.FINISHED"}),
        ("x = 'a' if n < 2 else 'b'", {"'a' -> 'b'", "n < 2 -> n <= 2", "2 -> 3", "'b' -> 'a'"}),
        ('"""A docstring."""\nx: int = y', set()),
        ("match x:\n    case A():\n        f()\n    case B():\n        pass", {"case A()", "case B()", "f() -> pass"}),
    ],
)
def test_each_small_mistake_is_made_once(source: str, changes: set[str]) -> None:
    assert {one.change.split(" without ")[-1] if "match" in one.change else one.change for one in mutants("x.py", source)} == changes
