"""How Home Assistant learns of a speaker: one device with its sensors and buttons, as its MQTT discovery has it. Pure."""

import json

from voicecoach.onlookers.broker.terms import Terms
from voicecoach.outbox import LAST_SESSION

AVAILABILITY, STATE, ORDER, ANSWER, RECEIVED = "availability", "state", "order", "answer", "received"
"""The other topics of a speaker."""
ONLINE, OFFLINE = "online", "offline"
STOP, PAUSE, START = "stop", "pause", "start"

_BUTTONS = {STOP: ("Stop", "mdi:stop"), PAUSE: ("Pause", "mdi:pause"), START: ("Ask to start", "mdi:play")}
_OF_A_SESSION = {
    "outcome": ("outcome", "Last session", {"icon": "mdi:clipboard-check-outline"}),
    "reps": ("reps", "Repetitions", {"icon": "mdi:counter", "unit_of_measurement": "reps"}),
    "pain_before": ("pain", "Pain before", {"icon": "mdi:emoticon-neutral-outline"}),
    "pain_after": ("pain", "Pain after", {"icon": "mdi:emoticon-neutral-outline"}),
    "level": ("level", "Level", {"icon": "mdi:stairs"}),
}
"""By its field: what has to be shared for it, its name, and what else Home Assistant wants to know."""


def discovery(terms: Terms, version: str) -> tuple[str, str]:
    """The topic and the text that tell of this speaker, to be kept by the broker."""
    components = {"state": _sensor(terms, "state", "State", STATE) | _while_online(terms) | {"icon": "mdi:human"}}
    when = {"device_class": "timestamp", "value_template": "{{ value_json.started_at }}"}
    components["started_at"] = _sensor(terms, "started_at", "Last session began", LAST_SESSION) | when
    for field, (item, name, more) in _OF_A_SESSION.items():
        if item in terms.share:
            components[field] = _sensor(terms, field, name, LAST_SESSION) | {"value_template": f"{{{{ value_json.{field} }}}}"} | more
    for order, (name, icon) in _BUTTONS.items():
        components[order] = _button(terms, order, name) | _while_online(terms) | {"icon": icon}
    told = {
        "device": {"identifiers": [_unique(terms)], "name": f"Voicecoach {terms.id}", "model": "voicecoach", "sw_version": version},
        "origin": {"name": "voicecoach", "sw_version": version},
        "components": components,
        "qos": 1,
    }
    return f"{terms.discovery_prefix}/device/{_unique(terms)}/config", json.dumps(told)


def _unique(terms: Terms, part: str = "") -> str:
    return "_".join(filter(None, ("voicecoach", terms.id, part)))


def _sensor(terms: Terms, part: str, name: str, topic: str) -> dict[str, str]:
    return {"platform": "sensor", "unique_id": _unique(terms, part), "name": name, "state_topic": terms.below(topic)}


def _button(terms: Terms, order: str, name: str) -> dict[str, str]:
    about = {"platform": "button", "unique_id": _unique(terms, order), "name": name}
    return {**about, "command_topic": terms.below(ORDER), "payload_press": order}


def _while_online(terms: Terms) -> dict[str, str]:
    """What a session was stays to be seen; the rest is there only while the program runs."""
    return {"availability_topic": terms.below(AVAILABILITY), "payload_available": ONLINE, "payload_not_available": OFFLINE}
