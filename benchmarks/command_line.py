"""What the benchmarks' command lines share."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir

ROOT = Path(__file__).parent.parent


def parser_of(name: str, description: str | None) -> argparse.ArgumentParser:
    """A parser for `python -m benchmarks.NAME DATA`."""
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{name}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    return parser


def add_model(parser: argparse.ArgumentParser) -> None:
    """Which ears."""
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "vosk-model-small-en-us-0.15")
    parser.add_argument("--prompts", type=Path, default=ROOT / "prompts" / "en")


def add_work(parser: argparse.ArgumentParser) -> None:
    """How the work is done."""
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--scratch", type=Path, default=Path(gettempdir()) / "voicecoach-voices", help="where synthetic speech is kept")


def read(parser: argparse.ArgumentParser, needs: Sequence[str]) -> argparse.Namespace:
    """The options. Ends the program where DATA hasn't got what is needed."""
    options = parser.parse_args()
    for name in needs:
        if not (options.data / name).exists():
            sys.exit(f"{options.data} has no {name}: DATA is the folder of recordings that --help describes.")
    return options
