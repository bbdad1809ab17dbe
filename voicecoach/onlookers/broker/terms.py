"""How and with whom the broker is talked to, and what it may know: the table [mqtt] of settings.toml."""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from voicecoach.durable import read_whole
from voicecoach.errors import Unreadable
from voicecoach.tables import Placed, only_keys, subtable, text, whole, words

TABLE = "mqtt"
PORT, PORT_TLS = 1883, 8883
TOPIC, DISCOVERY_PREFIX = "voicecoach", "homeassistant"
SHARED = ("outcome", "reps", "pain", "level", "phase", "person")
"""What the broker hears of a session only if it is named: by itself it hears that there is one, when, and for how long."""
ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,40}(/[A-Za-z0-9_-]{1,40}){0,4}")
_HOST = re.compile(r"[A-Za-z0-9_.:-]{1,253}")
_LONGEST_PASSWORD_BYTES = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    """`id` is this speaker's own among all on the broker. The password is in a file, so that no setting shows it."""

    host: str
    id: str
    port: int
    username: str = ""
    password_file: Path | None = None
    tls: bool = False
    ca: Path | None = None
    """Whose signature the broker's certificate has to have; None: one that the system knows."""
    topic: str = TOPIC
    discovery_prefix: str = DISCOVERY_PREFIX
    share: frozenset[str] = frozenset()
    receipts: bool = False
    """A summary is sent until a reader says that it is safe there, not only until the broker has it."""

    def below(self, topic: str) -> str:
        """The whole of one of this speaker's topics."""
        return f"{self.topic}/{self.id}/{topic}"

    def password(self) -> str | None:
        """The password, None where there is none. Raises Unreadable: its file isn't there, isn't text, or isn't only its owner's."""
        if self.password_file is None:
            return None
        try:
            if stat.S_IMODE(self.password_file.stat().st_mode) & 0o077:
                what = f"Others may read the password in {self.password_file}."
                raise Unreadable(what, f"Run: chmod 600 '{self.password_file}', and think of another password.")
            return read_whole(self.password_file, _LONGEST_PASSWORD_BYTES).decode().strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "it is no text"
            raise Unreadable(f"The password in {self.password_file} can't be read ({reason}).", "Put it there, by itself.") from None


def read_terms(settings: Placed, home: Path) -> Terms | None:
    """What `settings` say in their table; None where there is none: then nobody is told anything. Raises Unreadable."""
    if TABLE not in settings:
        return None
    table = subtable(settings, TABLE)
    only_keys(table, Terms.__dataclass_fields__)
    tls = _switch(table, "tls")
    terms = Terms(
        host=_fitting(table, "host", _HOST, 'Write the broker\'s name or address, as in host = "192.168.1.10".'),
        id=_fitting(table, "id", ID, 'Give each speaker one of its own, of letters and digits, as in id = "living_room".'),
        port=_port(table, PORT_TLS if tls else PORT),
        username=text(table, "username", ""),
        password_file=_file(table, "password_file", home),
        tls=tls,
        ca=_file(table, "ca", home),
        topic=_fitting(table, "topic", _TOPIC, _AS_A_TOPIC, TOPIC),
        discovery_prefix=_fitting(table, "discovery_prefix", _TOPIC, _AS_A_TOPIC, DISCOVERY_PREFIX),
        share=_share(table),
        receipts=_switch(table, "receipts"),
    )
    if terms.ca and not tls:
        raise Unreadable(f"{table.at('ca')}: ca is for tls only, and tls isn't on.", "Write tls = true, or take ca out.")
    if terms.password_file and not terms.username:
        raise Unreadable(f"{table.at('password_file')}: there is a password, but no username.", 'Write username = "…" too.')
    return terms


_AS_A_TOPIC = 'Write letters and digits, with "/" between parts, as in "voicecoach".'


def _fitting(table: Placed, name: str, pattern: re.Pattern[str], allowed: str, default: str | None = None) -> str:
    if name not in table and default is None:
        raise Unreadable(f"{table.at()}: there is no {name}.", allowed)
    value = text(table, name, default)
    if not pattern.fullmatch(value):
        raise Unreadable(f'{table.at(name)}: {name} can\'t be "{value}".', allowed)
    return value


def _port(table: Placed, default: int) -> int:
    port = whole(table, "port") if "port" in table else default
    if not 0 < port < 1 << 16:
        raise Unreadable(f"{table.at('port')}: port can't be {port}.", f"It is a whole number up to 65535, usually {default}.")
    return port


def _switch(table: Placed, name: str) -> bool:
    value = table.get(name, False)
    if not isinstance(value, bool):
        raise Unreadable(f"{table.at(name)}: {name} has to be true or false.", f"Write {name} = true.")
    return value


def _file(table: Placed, name: str, home: Path) -> Path | None:
    return home / Path(text(table, name)).expanduser() if name in table else None


def _share(table: Placed) -> frozenset[str]:
    items = words(table, "share")
    if strange := _first_not_in(SHARED, items):
        raise Unreadable(f'{table.at("share", strange)}: share can\'t have "{strange}".', f"Choose among: {', '.join(SHARED)}.")
    return frozenset(items)


def _first_not_in(allowed: Iterable[str], items: Iterable[str]) -> str:
    return next((item for item in items if item not in allowed), "")
