"""The docstrings of the packages are the map of the program: what is on none can't be found."""

import re
from pathlib import Path

import pytest

import voicecoach
from voicecoach import places
from voicecoach.cli import COMMANDS

PROGRAM = Path(voicecoach.__file__).parent
PACKAGES = sorted(path.parent for path in PROGRAM.rglob("__init__.py"))
SAID_AT_ONCE = {
    PROGRAM: {"__main__"},
    PROGRAM / "commands": {command.__name__.rpartition(".")[2] for command in COMMANDS},
    PROGRAM / "curriculum": {path.stem for path in places.language().glob("*.toml")},
}
"""One module a command, one a file."""


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_module_stands_in_its_package_s_docstring(package: Path) -> None:
    told = set(re.findall(r"`(\w+)`", (package / "__init__.py").read_text(encoding="utf-8")))
    there = {path.stem for path in package.glob("*.py") if path.name != "__init__.py"}
    there |= {path.parent.name for path in package.glob("*/__init__.py")}
    assert sorted(there - told - SAID_AT_ONCE.get(package, set())) == []
