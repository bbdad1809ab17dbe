"""The one door to paho, and by it to the network: one connection to a broker, from its beginning to its loss.

Nothing is carried over to the next one: what has to arrive is on disk, and is sent anew.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from voicecoach.errors import Missing
from voicecoach.onlookers.broker.terms import Terms

if TYPE_CHECKING:
    from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
    from paho.mqtt.properties import Properties
    from paho.mqtt.reasoncodes import ReasonCode

EXTRA = "paho-mqtt"
CONNECT_S = 5.0
KEEPALIVE_S = 20
"""A speaker whose plug is pulled is gone for the others after one and a half of these."""
MOST_BYTES = 65_536
"""Nobody has more to say; the broker keeps what is larger to itself."""
FOR_EVER_S = 0xFFFF_FFFF
QOS = 1

Heard = Callable[[str, str, bool], None]
"""Topic, text, and whether the broker had kept it from before."""


class Connection:
    """One thread's. Connects when entered, and raises OSError where that can't be; `heard` is called while it takes its `turn`.

    `will`: the topic and the text that the broker keeps there if this goes without a word. `lasting`: the broker keeps for `name` what
    arrives while it is away, and what `heard` fails for comes again. Raises Missing without the library, Unreadable for the password.
    """

    def __init__(self, terms: Terms, name: str, heard: Heard, *, will: tuple[str, str] | None = None, lasting: bool = False) -> None:
        try:
            from paho.mqtt.client import Client
            from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
        except ImportError:
            raise Missing("The broker can't be talked to without paho-mqtt.", f"Run: .venv/bin/pip install {EXTRA}") from None
        self._terms = terms
        self._lasting = lasting
        self._heard = heard
        self._is_open = False
        self.trouble = ""
        """What the broker refused last, or why it hung up, in its own words; "" where it has said nothing."""
        self._awaited: dict[int, Callable[[], None]] = {}
        client = Client(
            CallbackAPIVersion.VERSION2, name, protocol=MQTTProtocolVersion.MQTTv5, reconnect_on_failure=False, manual_ack=lasting
        )
        client.connect_timeout = CONNECT_S
        if terms.username:
            client.username_pw_set(terms.username, terms.password())
        if will:
            client.will_set(*will, qos=QOS, retain=True)
        client.on_connect, client.on_disconnect = self._on_connect, self._on_disconnect
        client.on_message, client.on_publish, client.on_subscribe = self._on_message, self._on_publish, self._on_subscribe
        self._client = client

    def __enter__(self) -> Self:
        try:
            self._open()
        except BaseException:
            self._hang_up()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        from paho.mqtt.packettypes import PacketTypes
        from paho.mqtt.reasoncodes import ReasonCode

        if self._is_open and not error:
            self._client.disconnect(ReasonCode(PacketTypes.DISCONNECT, "Disconnect with will message"))
        self._hang_up()

    @property
    def awaiting(self) -> int:
        """How much of what was sent the broker hasn't said that it has."""
        return len(self._awaited)

    def listen(self, topic: str) -> None:
        """What arrives there is heard."""
        self._client.subscribe(topic, QOS)

    def send(self, topic: str, text: str, *, kept: bool = False, taken: Callable[[], None] = lambda: None) -> None:
        """Sends it; `taken` is called once the broker has it, in a turn. `kept`: the broker keeps it, in the place of the one before."""
        self._awaited[self._client.publish(topic, text, QOS, kept).mid] = taken

    def turn(self, timeout_s: float) -> bool:
        """Moves what comes and goes, for so long at most if there is nothing. False: the connection is lost."""
        return self._client.loop(timeout_s) == 0

    def _open(self) -> None:
        import ssl

        from paho.mqtt.packettypes import PacketTypes
        from paho.mqtt.properties import Properties

        if self._terms.tls:
            self._client.tls_set_context(ssl.create_default_context(cafile=self._terms.ca))
        wishes = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        wishes.MaximumPacketSize = MOST_BYTES
        if self._lasting:
            wishes.SessionExpiryInterval = FOR_EVER_S
        until_s = time.monotonic() + CONNECT_S
        self._client.connect(self._terms.host, self._terms.port, KEEPALIVE_S, clean_start=not self._lasting, properties=wishes)
        while not self._is_open:
            going = self.turn(0.1)
            if self.trouble:
                raise ConnectionRefusedError(self.trouble)
            if not going:
                raise ConnectionResetError("it hung up")
            if time.monotonic() > until_s:
                raise TimeoutError("it says nothing")

    def _hang_up(self) -> None:
        if (door := self._client.socket()) is not None:
            door.close()

    def _on_connect(
        self, client: "Client", userdata: object, flags: "ConnectFlags", reason: "ReasonCode", more: "Properties | None"
    ) -> None:
        del client, userdata, flags, more
        self._is_open = not reason.is_failure
        self._see(reason)

    def _on_disconnect(
        self, client: "Client", userdata: object, flags: "DisconnectFlags", reason: "ReasonCode", more: "Properties | None"
    ) -> None:
        del client, userdata, more
        self._is_open = False
        if flags.is_disconnect_packet_from_server:
            self._see(reason)

    def _on_subscribe(self, client: "Client", userdata: object, number: int, reasons: "list[ReasonCode]", more: "Properties") -> None:
        del client, userdata, number, more
        for reason in reasons:
            self._see(reason)

    def _see(self, reason: "ReasonCode") -> None:
        if reason.is_failure:
            self.trouble = f"it says: {reason}"

    def _on_message(self, client: "Client", userdata: object, message: "MQTTMessage") -> None:
        del userdata
        self._heard(message.topic, message.payload.decode(errors="replace"), message.retain)
        if self._lasting:
            client.ack(message.mid, message.qos)

    def _on_publish(self, client: "Client", userdata: object, number: int, reason: "ReasonCode", more: "Properties") -> None:
        del client, userdata, more
        self._see(reason)
        taken = self._awaited.pop(number, None)
        if taken and not reason.is_failure:
            taken()
