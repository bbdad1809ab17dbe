"""What was chosen for somebody, kept in settings.toml at once; all that stands there beside it stays as it was written."""

from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicecoach.durable import private_folder, read_whole, write_whole
from voicecoach.errors import Missing, Unreadable
from voicecoach.settings import FILE_NAME
from voicecoach.tables import MOST_BYTES

Tables = tomlkit.TOMLDocument | tomlkit.items.Table | tomlkit.items.InlineTable
Value = str | int | list[str] | None


def keep_chosen(home: Path, values: Mapping[str, Value]) -> Path:
    """Puts `values` into the settings of `home`, the table [plan] reached as "plan.NAME"; None takes one out. Gives the file.

    Raises Unreadable for a file that is no TOML, Missing where it can't be written.
    """
    path = home / FILE_NAME
    try:
        private_folder(home)
        document = tomlkit.parse(read_whole(path, MOST_BYTES).decode("utf-8-sig")) if path.exists() else tomlkit.document()
        for name, value in values.items():
            table, key = _place(document, name)
            if value is None:
                table.pop(key, None)
            else:
                table[key] = value
        write_whole(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise Missing(f"{path} can't be written ({error.strerror}).", "Look at the disk and at the folder's permissions.") from None
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} is not valid TOML ({error}).", "Mend that place, or run: voicecoach check --fix") from None
    return path


def _place(document: tomlkit.TOMLDocument, name: str) -> tuple[Tables, str]:
    head, dot, key = name.partition(".")
    if not dot:
        return document, name
    if head not in document:
        document[head] = tomlkit.table()
    table = document[head]
    if not isinstance(table, tomlkit.items.Table | tomlkit.items.InlineTable):
        raise Unreadable(f"{head} in {FILE_NAME} has to be a table.", f"Write it as [{head}].")
    return table, key
