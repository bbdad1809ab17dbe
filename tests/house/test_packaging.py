"""Claims about what is installed: the wheel, the locks, the places, the two commands."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from voicecoach import places
from voicecoach.errors import Missing

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-test.txt"]
SCRIPTS = [ROOT / "voicecoach/start.sh", ROOT / "tests/run.sh"]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built by its own backend, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, folder], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("voicecoach-*.whl"))


def test_the_wheel_carries_all_that_a_session_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    prompts = {f"voicecoach/{path.relative_to(ROOT)}" for path in (ROOT / "prompts").rglob("*") if path.is_file()}
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "voicecoach").rglob("*.py")}
    data = {"models/manifest.toml", "models/words.npz", "journal/layout_1.sql", "journal/layout_2.sql", "service/voicecoach.service"}
    assert prompts | modules | {f"voicecoach/{name}" for name in data} <= names
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    others = [
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.startswith(("voicecoach/prompts/", "voicecoach-")) and not name.endswith((".py", ".toml", ".sql", ".npz", ".service"))
    ]
    assert others == []
    assert wheel.stat().st_size < 2_000_000


def test_an_installed_wheel_finds_its_prompts_its_manifest_and_its_schema_outside_a_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = (
        "from pathlib import Path; from voicecoach import places; from voicecoach.journal.store import Journal\n"
        "assert places.checkout() is None\n"
        "assert (places.prompts() / 'en' / 'hears.toml').is_file()\n"
        "assert places.manifest().is_file()\n"
        "assert places.word_model().is_file()\n"
        "home = Path('home').absolute(); assert places.model(home).parent == home / 'models'\n"
        "journal = Journal(home / 'journal.sqlite'); journal.begin('2026-10-01T18:03:00+01:00', {})\n"
        "assert journal.trouble() is None and len(journal.sessions()) == 1; journal.close(); print(places.prompts())"
    )
    ran = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(str(tmp_path / "site"))


@pytest.mark.parametrize(
    ("variables", "wanted", "found"),
    [
        pytest.param({"HOME": "/people/a"}, None, "/people/a/.local/share/voicecoach", id="nothing said"),
        pytest.param({"HOME": "/people/a", "XDG_DATA_HOME": "/data"}, None, "/data/voicecoach", id="the desktop's place"),
        pytest.param(
            {"HOME": "/people/a", "XDG_DATA_HOME": "data"}, None, "/people/a/.local/share/voicecoach", id="a relative one is ignored"
        ),
        pytest.param({"HOME": "/people/a", "XDG_DATA_HOME": "/data", "VOICECOACH_HOME": "/coach"}, None, "/coach", id="its own variable"),
        pytest.param({"HOME": "/people/a", "VOICECOACH_HOME": "/coach"}, "/named", "/named", id="named in the command"),
        pytest.param({"HOME": "/people/a"}, "~/named", "/people/a/named", id="named with a tilde"),
    ],
)
def test_the_home_is_where_it_was_asked_for(variables: dict[str, str], wanted: str | None, found: str) -> None:
    program = f"from pathlib import Path; from voicecoach import places; print(places.home({f'Path({wanted!r})' if wanted else None}))"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=variables, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == found


def test_a_home_of_nobody_is_refused_in_a_sentence() -> None:
    with pytest.raises(Missing, match="--home DIR"):
        places.home(Path("~no-such-person/coach"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host_and_no_folder_of_any_machine(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links|(^|\s)/", text)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_everything_in_a_lock_is_pinned_and_hashed(lock: Path) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", lock.read_text(), flags=re.MULTILINE), flags=re.MULTILINE)
    for block in filter(None, blocks):
        assert re.match(r"[a-z0-9-]+==\S+", block), block
        assert "--hash=sha256:" in block, block


def test_nothing_is_installed_that_is_in_no_lock_by_its_hash() -> None:
    calls = re.findall(r"-m pip install (?:[^\n]*\\\n)*[^\n]*", (ROOT / "voicecoach/install.sh").read_text())
    assert len(calls) == 2
    for call in calls:
        assert "--require-hashes" in call or ("--no-index" in call and "--no-deps" in call), call


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_hash_is_a_whole_sha256(lock: Path) -> None:
    hashes = re.findall(r"--hash=(\S+)", lock.read_text())
    assert hashes
    assert [found for found in hashes if not re.fullmatch(r"sha256:[0-9a-f]{64}", found)] == []


PINNED = {"name": "numpy", "version": "1.26.0"}
HOLE = {"id": "PYSEC-1", "fix_versions": ["1.26.1"], "aliases": [], "description": ""}


@pytest.mark.parametrize(
    ("report", "code", "told"),
    [
        pytest.param([PINNED | {"vulns": [HOLE]}], 1, "numpy 1.26.0: PYSEC-1, mended in ['1.26.1']", id="a hole"),
        pytest.param([PINNED | {"vulns": []}], 0, "0 known holes in 1 of 1", id="none"),
        pytest.param([PINNED | {"skip_reason": "not found"}], 0, "is skipped: its advisories can't be reached", id="no advisories"),
        pytest.param(None, 0, "is skipped: pip-audit can't be had, or gives no answer", id="no answer"),
    ],
)
def test_the_audit_fails_for_a_hole_and_says_when_it_could_not_look(report: object, code: int, told: str, tmp_path: Path) -> None:
    tool = tmp_path / "pip-audit"
    answer = json.dumps({"dependencies": report}) if report else ""
    tool.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[sys.argv.index('-o') + 1], 'w').write({answer!r})\n")
    tool.chmod(0o755)
    command = [sys.executable, str(ROOT / ".ci/audit")]
    ran = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stderr
    assert told in ran.stdout


PIP = """
import json, sys
from pathlib import Path
if {error!r}:
    sys.exit({error!r})
names = [one.split("==")[0] for one in sys.argv if "==" in one]
taken = [dict(metadata=dict(name=name), download_info=dict(archive_info=dict(hashes=dict(sha256={digest!r})))) for name in names]
Path(sys.argv[sys.argv.index("--report") + 1]).write_text(json.dumps(dict(install=taken)))
"""


@pytest.mark.parametrize(
    ("error", "digest", "code", "told"),
    [
        pytest.param("", "a" * 64, 0, "Python 3.13: 1 wheels for a Pi, and 1 built there.", id="all"),
        pytest.param("", "b" * 64, 1, "Python 3.11: the wheel of numpy has none of the lock's hashes", id="another wheel"),
        pytest.param("ERROR: No matching distribution", "", 1, "Python 3.11: ERROR: No matching distribution", id="no wheel"),
        pytest.param("WARNING: connection broken by all", "", 0, "is skipped: no index can be reached", id="no index"),
    ],
)
def test_a_package_that_a_raspberry_pi_can_t_install_is_found(error: str, digest: str, code: int, told: str, tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(f"numpy==2.4.6 \\\n    --hash=sha256:{'a' * 64}\nsrt==3.5.3 \\\n    --hash=sha256:{'c' * 64}\n")
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "__init__.py").touch()
    (tmp_path / "pip" / "__main__.py").write_text(PIP.format(error=error, digest=digest))
    command = [sys.executable, str(ROOT / ".ci/aarch64"), str(lock)]
    ran = subprocess.run(command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stderr
    assert told in ran.stdout


def test_the_locks_agree_so_that_the_two_commands_share_one_environment() -> None:
    run, test = ({line for line in lock.read_text().splitlines() if "==" in line} for lock in LOCKS)
    assert run <= test


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCKS[1].read_text(), flags=re.MULTILINE))
    for wanted in (*project["dependencies"], *(one for extra in ("test", "build", "mqtt", "voice") for one in extras[extra])):
        assert re.split(r"[=><\[ ]", wanted)[0] in locked


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_a_command_explains_itself_from_any_folder_and_installs_nothing(script: Path, flag: str, tmp_path: Path) -> None:
    programs = {"PATH": "/usr/bin:/bin"}
    ran = subprocess.run(["/bin/sh", script, flag], cwd=tmp_path, env=programs, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("Usage: sh ")
    assert list(tmp_path.iterdir()) == []


def readme_command(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->.*?^```sh\n(.*?)\n```$", (ROOT / "README.md").read_text(), flags=re.MULTILINE | re.DOTALL)
    assert found, mark
    return found[1]


@pytest.mark.parametrize(("mark", "script"), [("run", SCRIPTS[0]), ("test", SCRIPTS[1])])
def test_readme_gives_one_line_for_each_command(mark: str, script: Path) -> None:
    command = readme_command(mark)
    assert "\n" not in command
    assert str(script.relative_to(ROOT)) in command


def test_no_file_outgrows_a_readers_patience() -> None:
    """250 lines a module, 40 a function, 150 a class, 6 arguments (ruff sees to those)."""
    limits: dict[type[ast.AST], int] = {ast.ClassDef: 150, ast.FunctionDef: 40, ast.AsyncFunctionDef: 40}
    for path in sorted((ROOT / "voicecoach").rglob("*.py")):
        source = path.read_text()
        assert source.count("\n") <= 250, path
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= limits[type(node)], f"{path}:{node.lineno} {node.name} has {length} lines"
