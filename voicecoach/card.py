"""The card beside the mat: what can be said, large enough to be read from there. As text, and as one page to print."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.messages.intents import URGENT
from voicecoach.tables import Placed, only_keys, read_prompts, subtables, text, words
from voicecoach.understanding.phrasebook import Phrasebook

FILE = "card.toml"
STYLE = """
@page { size: A4; margin: 14mm }
body { font: 16px/1.35 system-ui, sans-serif; color: #111; background: #fff; max-width: 46em; margin: 1.5em auto; padding: 0 1em }
h1 { font-size: 2em; margin: 0 } h2 { font-size: 1.15em; margin: 1em 0 .2em }
.lead { font-size: 1.5em; font-weight: 700; border: 4px solid #111; padding: .4em .6em; margin: .5em 0 }
table { width: 100%; border-collapse: collapse } tr { break-inside: avoid }
th, td { text-align: left; vertical-align: top; padding: .22em .5em .22em 0; border-top: 1px solid #767676 }
th { width: 56%; font-weight: 600 } th span { white-space: nowrap } section:first-of-type th { font-size: 1.25em; font-weight: 700 }
""".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """Phrases that do the same, or belong together, and what then happens."""

    say: tuple[str, ...]
    means: str


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under a title."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is on it; `lead` and `foot` are sentences."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    foot: str

    def as_text(self) -> str:
        """For a terminal: 80 columns where the phrases let it."""
        width = max(len(_quoted(row)) for part in self.parts for row in part.rows)
        told = [self.title, "", self.lead]
        for part in self.parts:
            told += ["", part.title, *(f"  {_quoted(row):{width}}  {row.means}" for row in part.rows)]
        return "\n".join([*told, "", self.foot])

    def as_html(self, language: str) -> str:
        """One page without anything from elsewhere, black on white, for A4."""
        return (
            f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f"<title>{escape(self.title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n"
            f'<h1>{escape(self.title)}</h1>\n<p class="lead">{escape(self.lead)}</p>\n'
            f"{''.join(map(_section, self.parts))}<p>{escape(self.foot)}</p>\n</main>\n</body>\n</html>\n"
        )


def read_card(folder: Path, phrasebook: Phrasebook) -> Card:
    """The card of the locale in `folder`. Raises Unreadable, also for a phrase that nobody would understand."""
    table = read_prompts(folder, FILE)
    only_keys(table, ("title", "lead", "foot", "part"))
    known = frozenset(phrasebook.phrases_and_numbers())
    parts = tuple(_part(one, known) for one in _some(table, "part"))
    first = {meant.intent for row in parts[0].rows for say in row.say if (meant := phrasebook.anywhere(say))}
    if missing := sorted(URGENT - first):
        raise Unreadable(f"{table.at('part')}: its first part has nothing to say for {missing[0]}.", "Add a row with a phrase for it.")
    return Card(text(table, "title"), text(table, "lead"), parts, text(table, "foot"))


def _part(table: Placed, known: frozenset[str]) -> Part:
    only_keys(table, ("title", "row"))
    return Part(text(table, "title"), tuple(_row(one, known) for one in _some(table, "row")))


def _row(table: Placed, known: frozenset[str]) -> Row:
    only_keys(table, ("say", "means"))
    say = words(table, "say")
    if unknown := [one for one in say if one not in known]:
        raise Unreadable(f'{table.at("say", unknown[0])}: nobody would understand "{unknown[0]}".', "Write a phrase of hears.toml.")
    return Row(say, text(table, "means"))


def _some(table: Placed, key: str) -> list[Placed]:
    """At least one."""
    found = subtables(table, key)
    if not found:
        raise Unreadable(f"{table.at(key)}: there is no {key}.", f"Write [[{key}]] above each.")
    return found


def _quoted(row: Row) -> str:
    return ", ".join(f"“{_written(one)}”" for one in row.say)


def _written(phrase: str) -> str:
    """As people write it: in the files all letters are small."""
    return " ".join("I" + word[1:] if word == "i" or word.startswith("i'") else word for word in phrase.split())


def _unbroken(row: Row) -> str:
    return ", ".join(f"<span>{escape(f'“{_written(one)}”')}</span>" for one in row.say)


def _section(part: Part) -> str:
    rows = "".join(f'<tr><th scope="row">{_unbroken(row)}</th><td>{escape(row.means)}</td></tr>\n' for row in part.rows)
    return f"<section>\n<h2>{escape(part.title)}</h2>\n<table>\n{rows}</table>\n</section>\n"
