"""What Home Assistant is told, as its documentation of MQTT discovery asks for it."""

import json
from typing import Any

import pytest

from tests.mosquitto import terms
from voicecoach.onlookers.broker.discovery import discovery
from voicecoach.onlookers.broker.terms import SHARED


def told(**more: object) -> tuple[str, dict[str, Any]]:
    topic, text = discovery(terms(1883, **more), "0.1.0")
    return topic, json.loads(text)


def test_a_speaker_is_one_device_with_an_id_of_its_own() -> None:
    topic, about = told(id="bed_3")
    assert topic == "homeassistant/device/voicecoach_bed_3/config"
    assert about["device"]["identifiers"] == ["voicecoach_bed_3"]
    assert about["origin"]["name"] == "voicecoach", "required of a device that is discovered as one"


def test_two_speakers_share_no_id_and_no_topic() -> None:
    one, two = (list(told(id=id_)[1]["components"].values()) for id_ in ("one", "two"))
    for key in ("unique_id", "state_topic", "command_topic", "availability_topic"):
        assert not {part[key] for part in one if key in part} & {part[key] for part in two if key in part}, key


def test_every_part_has_what_its_platform_requires() -> None:
    for part in told(share=frozenset(SHARED))[1]["components"].values():
        assert {"platform", "unique_id", "name"} <= part.keys()
        assert {"sensor": "state_topic", "button": "command_topic"}[part["platform"]] in part


@pytest.mark.parametrize(
    ("share", "sensors"),
    [
        ((), {"state", "started_at"}),
        (("outcome", "reps"), {"state", "started_at", "outcome", "reps"}),
        (("pain",), {"state", "started_at", "pain_before", "pain_after"}),
    ],
)
def test_there_is_no_sensor_for_what_is_not_shared(share: tuple[str, ...], sensors: set[str]) -> None:
    parts = told(share=frozenset(share))[1]["components"]
    assert {name for name, part in parts.items() if part["platform"] == "sensor"} == sensors


def test_buttons_are_there_only_while_the_program_runs_and_the_last_session_always() -> None:
    parts = told(share=frozenset(SHARED))[1]["components"]
    there = {name for name, part in parts.items() if "availability_topic" in part}
    assert there == {"state", "stop", "pause", "start"}


def test_another_prefix_and_another_topic_are_used() -> None:
    topic, about = told(discovery_prefix="ha", topic="clinic/east")
    assert topic == "ha/device/voicecoach_living_room/config"
    assert about["components"]["stop"]["command_topic"] == "clinic/east/living_room/order"
