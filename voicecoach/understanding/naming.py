"""names.toml: the first names that can be said."""

from voicecoach.errors import Unreadable
from voicecoach.tables import Placed, only_keys, subtable, words

NAMES_FILE = "names.toml"
MOST_NUMBERED = 9


def names_in(table: Placed) -> dict[str, str]:
    """Each name by the phrase that it is heard as. Raises Unreadable."""
    only_keys(table, ("names", "heard_as", "numbered", "unnamed"))
    found = {name.lower(): name for name in words(table, "names")}
    heard_as = subtable(table, "heard_as")
    for name in heard_as:
        for phrase in words(heard_as, name):
            if phrase in found or phrase != " ".join(phrase.lower().split()):
                raise Unreadable(f'{heard_as.at(name, phrase)}: "{phrase}" can\'t be.', "Write it in lower case, and for one name only.")
            found[phrase] = name
    return found


def numbered(table: Placed) -> dict[str, str]:
    """The number of somebody without a name, by each phrase for it. Raises Unreadable."""
    given = subtable(table, "numbered")
    only_keys(given, [str(n) for n in range(1, MOST_NUMBERED + 1)])
    if missing := [n for n in range(1, MOST_NUMBERED + 1) if not words(given, str(n))]:
        raise Unreadable(
            f"{given.at(str(missing[0]))}: nobody can say number {missing[0]}.", f'Write {missing[0]} = ["…"], with what it is called.'
        )
    found: dict[str, str] = {}
    for n in given:
        for phrase in words(given, n):
            if phrase in found:
                raise Unreadable(f'{given.at(n, phrase)}: "{phrase}" already means {found[phrase]}.', "Keep it for one of them.")
            found[phrase] = n
    return found
