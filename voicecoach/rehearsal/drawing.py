"""The few shapes of SVG that a timeline needs. Coordinates and sizes in pixels; every text is escaped."""

from html import escape

_LETTER = 0.54
"""Width of an average letter of a plain sans-serif font, in font sizes."""


def clean(text: str) -> str:
    """`text` as XML may hold it: no control characters, nothing that looks like markup."""
    return escape("".join(letter if letter.isprintable() else " " for letter in text))


def text_width(text: str, size: float) -> float:
    """About how wide `text` is in a font of `size`."""
    return len(text) * size * _LETTER


def wrapped(text: str, width: float, size: float, lines: int) -> list[str]:
    """`text` in at most `lines` lines that fit `width`, with an ellipsis where it is cut."""
    fitting = max(1, int(width / (size * _LETTER)))
    made: list[str] = [""]
    for word in text.split():
        if made[-1] and len(made[-1]) + 1 + len(word) > fitting:
            made.append("")
        made[-1] = f"{made[-1]} {word}".strip()
    if len(made) > lines:
        made = [*made[: lines - 1], f"{made[lines - 1][: max(fitting - 1, 1)].rstrip()}…"]
    return made


def box(x: float, y: float, width: float, height: float, style: str, title: str = "") -> str:
    """A rectangle; `title` is shown when the mouse rests on it."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height:.1f}" {style}>{_title(title)}</rect>'


def label(x: float, y: float, text: str, size: float = 10, style: str = "") -> str:
    """A line of text whose baseline begins at `x`, `y`."""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" {style}>{clean(text)}</text>'


def dot(x: float, y: float, radius: float, style: str, title: str = "") -> str:
    """A circle."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {style}>{_title(title)}</circle>'


def line(points: list[tuple[float, float]], style: str, title: str = "") -> str:
    """A line through `points`."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" {style}>{_title(title)}</polyline>'


def cropped(x: float, y: float, width: float, height: float, inside: str) -> str:
    """`inside`, drawn from its own origin, with nothing of it outside the rectangle."""
    return f'<svg x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height:.1f}">{inside}</svg>'


def document(width: float, height: float, shapes: list[str]) -> str:
    """A whole SVG file: dark on white, also where the browser prefers the other way round."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" '
        'font-family="system-ui, Helvetica, Arial, sans-serif" fill="#1d1d1f">'
    )
    return "\n".join([head, f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>', *shapes, "</svg>", ""])


def _title(title: str) -> str:
    return f"<title>{clean(title)}</title>" if title else ""
