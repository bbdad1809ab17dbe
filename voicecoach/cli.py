"""The command line: finds the command, and turns errors into one sentence and an exit code."""

import argparse
import importlib.metadata
import io
import os
import resource
import sys
from collections.abc import Sequence
from contextlib import suppress

from voicecoach.errors import CoachError

try:
    from voicecoach.commands import (
        card,
        check,
        coach,
        collect,
        demo,
        devices,
        forget,
        hear,
        history,
        model,
        rehearse,
        replay,
        say,
        service,
        setup,
        voice,
        wait,
    )
except (ImportError, OSError) as missing:  # a package, or a library of the system's that one of them loads
    print(f"voicecoach can't be loaded ({missing}). Install it again: sh voicecoach/start.sh", file=sys.stderr)  # noqa: T201 - nothing else can
    sys.exit(3)

COMMANDS = (coach, setup, wait, service, demo, rehearse, hear, check, say, voice, card, devices, history, replay, forget, collect, model)
SWITCH_S = 0.001
"""How long one thread may keep the others waiting: at Python's own 5 ms a busy thread made the sound stutter (111 gaps in 20 s, then 0)."""
INTERRUPTED = 130
BROKEN = 4


def _any_bytes() -> None:
    """A byte that is no character is one that nobody knows, and not the end of all that is typed."""
    with suppress(io.UnsupportedOperation):  # somebody else has begun to read
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Without one, it's `coach`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    words = [word for word in given if word != "--debug"]
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "coach")
    options = _parser().parse_args(words)
    sys.setswitchinterval(SWITCH_S)
    _private()
    _any_bytes()
    try:
        return int(options.run(options))
    except CoachError as error:
        if debug:
            raise
        print(error, file=sys.stderr)  # noqa: T201 - the one place for errors
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        if debug:
            raise
        what = f"Something unexpected went wrong ({type(error).__name__}: {error})."
        print(f"{what} Run it again with --debug, and report it.", file=sys.stderr)  # noqa: T201 - the other place for errors
        return BROKEN


def _private() -> None:
    """What is written is for this user only, and a crash leaves no memory behind: both hold what somebody said about their body."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="voicecoach",
        description="An offline voice coach for reverse leg lifts. Without a command: a live session.",
        epilog="Say pain or stop at any moment: the coach falls silent and the session is over. --debug shows where an error came from.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"voicecoach {importlib.metadata.version('voicecoach')}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", required=True)
    for command in COMMANDS:
        command.add(commands)
    return parser
