"""The table [mqtt]: off without it, and what is wrong in it is said with its line."""

from pathlib import Path

import pytest

from voicecoach.errors import Unreadable
from voicecoach.onlookers.broker.terms import SHARED, Terms
from voicecoach.settings import read_settings

LEAST = 'host = "192.168.1.10"\nid = "living_room"\n'


def terms_of(home: Path, lines: str) -> Terms:
    (home / "settings.toml").write_text(f"[mqtt]\n{lines}")
    found = read_settings(home).mqtt
    assert found is not None
    return found


def test_without_the_table_nobody_is_told_anything(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('microphone = "USB"\n')
    assert read_settings(tmp_path).mqtt is None
    assert read_settings(tmp_path / "nowhere").mqtt is None


def test_a_host_and_an_id_are_enough_and_then_nothing_is_shared(tmp_path: Path) -> None:
    found = terms_of(tmp_path, LEAST)
    assert (found.host, found.id, found.port, found.share) == ("192.168.1.10", "living_room", 1883, frozenset())
    assert found.below("state") == "voicecoach/living_room/state"


def test_with_tls_it_is_the_other_port_unless_one_is_named(tmp_path: Path) -> None:
    assert terms_of(tmp_path, LEAST + "tls = true").port == 8883
    assert terms_of(tmp_path, LEAST + "tls = true\nport = 1234").port == 1234


def test_files_are_looked_for_in_the_home(tmp_path: Path) -> None:
    found = terms_of(tmp_path, LEAST + 'username = "u"\npassword_file = "mqtt_password"\ntls = true\nca = "/etc/ca.pem"')
    assert found.password_file == tmp_path / "mqtt_password"
    assert found.ca == Path("/etc/ca.pem")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param('id = "a"', "there is no host", id="no host"),
        pytest.param('host = "b"', "there is no id", id="no id"),
        pytest.param('host = "b c"\nid = "a"', r'line 2, \[mqtt\] host: host can\'t be "b c"', id="a host with a space"),
        pytest.param(LEAST.replace("living_room", "a/+"), "id can't be \"a/", id="an id with a wildcard"),
        pytest.param(LEAST + "port = 0", r"line 4, \[mqtt\] port: port can't be 0", id="no port"),
        pytest.param(LEAST + "port = 70000", "port can't be 70000", id="no such port"),
        pytest.param(LEAST + 'port = "1883"', "whole number", id="a port in quotes"),
        pytest.param(LEAST + 'tls = "yes"', "tls has to be true or false", id="tls in quotes"),
        pytest.param(LEAST + 'ca = "ca.pem"', "ca is for tls only", id="a certificate that protects nothing"),
        pytest.param(LEAST + 'password_file = "p"', "no username", id="a password of nobody"),
        pytest.param(LEAST + 'topic = "a/#"', 'topic can\'t be "a/#"', id="a topic with a wildcard"),
        pytest.param(LEAST + 'discovery_prefix = "/"', "discovery_prefix can't be", id="no prefix"),
        pytest.param(LEAST + 'share = ["outcome", "name"]', r'share can\'t have "name"', id="what is never shared"),
        pytest.param(LEAST + 'password = "secret"', 'unknown key "password"', id="a password in the settings"),
    ],
)
def test_what_can_not_be_is_one_sentence_with_its_place(lines: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=told) as refused:
        terms_of(tmp_path, lines)
    assert str(refused.value).startswith(str(tmp_path / "settings.toml"))
    assert refused.value.next_step


def test_all_that_may_be_shared_can_be(tmp_path: Path) -> None:
    assert terms_of(tmp_path, LEAST + f"share = {list(SHARED)}").share == set(SHARED)


def with_password(home: Path, content: bytes, mode: int = 0o600) -> Terms:
    (home / "password").write_bytes(content)
    (home / "password").chmod(mode)
    return terms_of(home, LEAST + 'username = "u"\npassword_file = "password"')


def test_the_password_is_in_a_file_and_in_no_setting(tmp_path: Path) -> None:
    found = with_password(tmp_path, b"secret\n")
    assert found.password() == "secret"
    assert "secret" not in repr(read_settings(tmp_path))


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_password_that_others_may_read_is_not_used(mode: int, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="Others may read") as refused:
        with_password(tmp_path, b"secret", mode).password()
    assert "chmod 600" in refused.value.next_step


def test_a_password_that_is_no_text_or_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="it is no text"):
        with_password(tmp_path, b"\xff\xfe").password()
    (tmp_path / "password").unlink()
    with pytest.raises(Unreadable, match="No such file"):
        terms_of(tmp_path, LEAST + 'username = "u"\npassword_file = "password"').password()
