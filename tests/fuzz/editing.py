"""How a TOML file goes wrong in somebody's hands: by its entries, its words, its form. All luck comes as a seeded generator."""

import re
from collections.abc import Callable, Sequence

from tests.fuzz.mangling import Luck, mangled, once_in

STRANGE = (
    "0", "1", "-1", "2", "3.5", "-0.0", "1e308", "1e999", "-inf", "inf", "nan", "9" * 400, "9" * 5000, "-" + "9" * 30, "0x7fffffffffffffff",
    "1e-320", "true", "false", '""', '" "', '"\\u0000"', '"\\u200b"', '"\\u202e"', '"stop"', '"pain"', '"a\\nb\\tc\\u001b[2J"',
    '"\\uff53\\uff54\\uff4f\\uff50"',
    '"st\\u043ep"', '"' + "x" * 3000 + '"', '"' + "word " * 5000 + '"', '"{n}"', '"{"', '"}"', '"{0}"', '"{n!r}"', '"{n:>999999999}"',
    '"{n.real}"',
    '"{n[0]}"', '"{emergency}"', '"{{}}"', '"%s"', '"<say-as>"', '"../../../etc/passwd"', '"/dev/zero"', '"en"', '"nan"', '"1"', "[]",
    "[[]]",
    "[1, 2, 3]", '["stop"]', '["stop", "stop"]', '["", 1]', '["STOP"]', '["  "]', "{}", "{ a = 1 }", "{ value = 1 }", "{ say = 1 }",
    "[{}]", "[{ takes = nan }]", "[" * 60 + "]" * 60, "[" * 3000 + "]" * 3000, "1979-05-27", "1979-05-27T07:32:00Z", "07:32:00",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999-23:59", "1_000", "0o17", '"""a\nb"""', "'''x'''", "", "= =",
    "{ a = { a = { a = 1 } } }",
)  # fmt: skip
"""Values that nobody expects where they come."""
ENTRY = re.compile(r"^(\s*[^#\s\[][^=]*=)\s*(.*)$")
SPECIALS = (
    "\0",
    "\r",
    "\ufeff",
    "\u2028",
    "\x1b[2J",
    "\u202e",
    "\udcff",
    "é",
    "ß",
    "İ",
    "ﬁ",
    "🙂",
    '"',
    "'",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "=",
    "#",
)
LARGE = 3_000_000


def mangled_toml(luck: Luck, text: str) -> bytes:
    """A TOML file as somebody may leave it: mostly by its entries, sometimes by its bytes."""
    for _ in range(luck.choice((1, 1, 1, 2, 3, 6))):
        lines = text.split("\n")
        luck.choice(LINES)(luck, lines)
        text = "\n".join(lines)
    content = text.encode("utf-8", "surrogateescape")
    how = luck.random()
    if how < 0.08:
        return mangled(luck, content)
    if how < 0.14:
        return luck.choice((_with_bom, _with_crlf, _in_latin, _in_utf_16))(text)
    return content


def _entries(lines: list[str]) -> list[int]:
    return [n for n, line in enumerate(lines) if ENTRY.match(line)]


def _another_value(luck: Luck, lines: list[str]) -> None:
    if found := _entries(lines):
        n = luck.choice(found)
        lines[n] = ENTRY.sub(lambda entry: f"{entry[1]} {luck.choice(STRANGE)}", lines[n])


def _a_value_from_elsewhere(luck: Luck, lines: list[str]) -> None:
    if found := _entries(lines):
        n, other = luck.choice(found), ENTRY.match(lines[luck.choice(found)])
        lines[n] = ENTRY.sub(lambda entry: f"{entry[1]} {other[2] if other else ''}", lines[n])


def _an_inner_value(luck: Luck, lines: list[str]) -> None:
    """One of the values of an inline table or of a list."""
    if found := [n for n, line in enumerate(lines) if re.search(r"[=,\[]\s*[\w\".-]+\s*[,}\]]", line)]:
        n = luck.choice(found)
        spots = list(re.finditer(r"(?<=[=,\[])\s*(?:\"[^\"]*\"|[\w.-]+)\s*(?=[,}\]])", lines[n]))
        if spots:
            spot = luck.choice(spots)
            lines[n] = f"{lines[n][: spot.start()]} {luck.choice(STRANGE)} {lines[n][spot.end() :]}"


def _another_number(luck: Luck, lines: list[str]) -> None:
    """A little more or less: most of these can be."""
    if found := [n for n, line in enumerate(lines) if ENTRY.match(line) and re.search(r"\b\d+(\.\d+)?\b", line)]:
        n = luck.choice(found)
        spot = luck.choice(list(re.finditer(r"\b\d+(?:\.\d+)?\b", lines[n])))
        factor = luck.choice((0.5, 0.9, 1.1, 1.5, 2))
        number = f"{float(spot[0]) * factor:.1f}" if "." in spot[0] else str(round(int(spot[0][:15]) * factor))
        lines[n] = lines[n][: spot.start()] + number + lines[n][spot.end() :]


def _less_in_a_list(luck: Luck, lines: list[str]) -> None:
    if found := [n for n, line in enumerate(lines) if re.search(r'",\s*"', line)]:
        n = luck.choice(found)
        spot = luck.choice(list(re.finditer(r'"[^"]*",\s*', lines[n])))
        lines[n] = lines[n][: spot.start()] + lines[n][spot.end() :]


def _another_key(luck: Luck, lines: list[str]) -> None:
    if found := _entries(lines):
        n = luck.choice(found)
        key = luck.choice(("wings", "say", "value", '""', '"a b"', "a.b.c", '"\\u0000"', '"' + "k" * 3000 + '"', '"stop"', "source", "id"))
        lines[n] = ENTRY.sub(lambda entry: f"{key} = {entry[2]}", lines[n])


def _lost_line(luck: Luck, lines: list[str]) -> None:
    del lines[luck.randrange(len(lines))]


def _doubled_line(luck: Luck, lines: list[str]) -> None:
    n = luck.randrange(len(lines))
    lines.insert(luck.randrange(len(lines)), lines[n])


def _swapped_lines(luck: Luck, lines: list[str]) -> None:
    n, m = luck.randrange(len(lines)), luck.randrange(len(lines))
    lines[n], lines[m] = lines[m], lines[n]


def _section(luck: Luck, lines: list[str]) -> tuple[int, int]:
    heads = [n for n, line in enumerate(lines) if line.startswith("[")] or [0]
    start = luck.choice(heads)
    return start, next((n for n in heads if n > start), len(lines))


def _lost_section(luck: Luck, lines: list[str]) -> None:
    start, end = _section(luck, lines)
    del lines[start:end]
    lines.append("")


def _doubled_section(luck: Luck, lines: list[str]) -> None:
    start, end = _section(luck, lines)
    lines += lines[start:end]


def _another_head(luck: Luck, lines: list[str]) -> None:
    start, _ = _section(luck, lines)
    head = lines[start].strip().strip("[]") or "x"
    lines[start] = luck.choice(
        (f"[[{head}]]", f"[{head}]", f"[{head}.x]", "[wings]", '["a.b"]', "[", "[]", f"[{head}", f"{head} = 1", "[[say]]", "[plan]")
    )


def _spoilt_text(luck: Luck, lines: list[str]) -> None:
    n = luck.randrange(len(lines))
    at = luck.randrange(len(lines[n]) + 1)
    lines[n] = lines[n][:at] + luck.choice(SPECIALS) + lines[n][at + luck.choice((0, 1)) :]


def _lost_word(luck: Luck, lines: list[str]) -> None:
    n = luck.randrange(len(lines))
    spots = list(re.finditer(r"\{?\w+\}?", lines[n]))
    if spots:
        spot = luck.choice(spots)
        lines[n] = lines[n][: spot.start()] + luck.choice(("", "stop", "pain", "{emergency}", "7", "x")) + lines[n][spot.end() :]


def _strange_line(luck: Luck, lines: list[str]) -> None:
    line = luck.choice(
        ("x", "x = ", "= 1", "a.a.a.a.a.a = 1", "[a]\n[a]", "a = 1\na = 2", "[[a]]\n[a]", "\0", "-----BEGIN", "<html>", "{", "y: 1")
    )
    lines.insert(luck.randrange(len(lines)), line)


def _very_long(luck: Luck, lines: list[str]) -> None:
    if once_in(luck, 8):
        lines.append("#" * LARGE)
    else:
        lines += [f"z{n} = {n}" for n in range(luck.choice((10, 2000)))]


LINES: Sequence[Callable[[Luck, list[str]], None]] = (
    _another_value, _another_value, _another_value, _another_value, _a_value_from_elsewhere, _a_value_from_elsewhere, _an_inner_value,
    _an_inner_value, _another_key, _lost_line, _lost_line, _doubled_line, _swapped_lines, _lost_section, _lost_section, _doubled_section,
    _another_number, _another_number, _another_number, _less_in_a_list, _less_in_a_list, _lost_word, _another_head, _spoilt_text,
    _spoilt_text, _lost_word, _lost_word, _strange_line, _very_long,
)  # fmt: skip


def _with_bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _with_crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8", "replace")


def _in_latin(text: str) -> bytes:
    return (text + "\n# Grüße").encode("latin-1", "replace")


def _in_utf_16(text: str) -> bytes:
    return text.encode("utf-16", "replace")
