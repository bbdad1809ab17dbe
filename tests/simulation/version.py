"""Which coach it was: a seed tells the same story only with the same one."""

import hashlib
import importlib.metadata
import subprocess
from functools import cache

from tests.coach.stage import PROMPTS


@cache
def version() -> str:
    """The git revision, or the package's version where there is none, and the hash of what is said and understood."""
    prompts = hashlib.sha256()
    for path in sorted(PROMPTS.parent.rglob("*.toml")):
        prompts.update(path.read_bytes())
    command = ["git", "describe", "--always", "--dirty"]
    try:
        found = subprocess.run(command, cwd=PROMPTS, capture_output=True, text=True, check=False)
        revision = found.stdout.strip()
    except OSError:
        revision = ""
    return f"{revision or importlib.metadata.version('voicecoach')}, prompts {prompts.hexdigest()[:12]}"
