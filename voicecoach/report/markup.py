"""Pieces of a page: what is text stays text, tables say what they are, headings have their level."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_MOST_NARROW = 4
"""More columns than that are not squeezed onto a phone."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the page something stands: the level of its headings, and what its ids begin with, so that no two are the same.

    Its sections are no landmarks: those of several people would have the same names. Headings lead through the page.
    """

    level: int
    prefix: str

    def section(self, name: str, title: str, content: str) -> str:
        """A part of the page with its heading."""
        heading = f'<h{self.level} id="{self.prefix}{name}">{escape(title)}</h{self.level}>'
        return f"<section>\n{heading}\n{content}\n</section>"


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[str] = ()) -> str:
    """Cells are text; the first of a row names it. The columns in `figures` stand to the right. What is too wide scrolls by itself."""
    sides = ["figure" if name in figures else "" for name in columns]
    head = "".join(f'<th scope="col"{_class(side)}>{escape(name)}</th>' for name, side in zip(columns, sides, strict=True))
    lines = []
    for first, *others in rows:
        cells = "".join(f"<td{_class(side)}>{escape(cell)}</td>" for cell, side in zip(others, sides[1:], strict=True))
        lines.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
    body = "\n".join(lines)
    wide = "many" if len(columns) > _MOST_NARROW else ""
    return (
        f'<div class="wide" role="group" tabindex="0" aria-label="{escape(caption)}">\n'
        f"<table{_class(wide)}>\n<caption>{escape(caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
    )


def paragraph(text: str) -> str:
    """One paragraph."""
    return f"<p>{escape(text)}</p>"


def folded(title: str, content: str) -> str:
    """What is only shown when it is asked for."""
    return f"<details>\n<summary>{escape(title)}</summary>\n{content}\n</details>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
