"""A password and TLS: with the right ones it is told everything, with any other nothing, and why is said."""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mosquitto import NO_BROKER, running
from tests.onlookers.broker.conftest import Begin
from voicecoach import outbox

MAY = ("availability", "state", "answer")
SUBJECT_OF = {"ca": "/CN=A CA", "other": "/CN=Another CA"}


def authority(folder: Path, name: str) -> Path:
    """Who signs."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    command += ["-subj", SUBJECT_OF[name], "-keyout", f"{name}.key", "-out", f"{name}.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / f"{name}.pem"


def signed(folder: Path, name: str) -> None:
    """A certificate of the broker at `name`."""
    request = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=broker"]
    subprocess.run([*request, "-keyout", "broker.key", "-out", "broker.csr"], cwd=folder, check=True, capture_output=True)
    (folder / "names").write_text(f"subjectAltName=DNS:{name}")
    command = ["openssl", "x509", "-req", "-in", "broker.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2", "-extfile", "names"]
    subprocess.run([*command, "-out", "broker.pem"], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two who sign, and a certificate by the first."""
    folder = tmp_path_factory.mktemp("keys")
    for name in SUBJECT_OF:
        authority(folder, name)
    signed(folder, "localhost")
    return folder


@dataclass(frozen=True, slots=True)
class Guarded:
    """A broker that asks for a password and speaks TLS, and what somebody has who may talk to it."""

    port: int
    keys: Path
    password_file: Path

    @property
    def right(self) -> dict[str, object]:
        """All as it should be."""
        return {"host": "localhost", "username": "coach", "password_file": self.password_file, "tls": True, "ca": self.keys / "ca.pem"}


@pytest.fixture
def guarded(tmp_path: Path, keys: Path) -> Iterator[Guarded]:
    """One that is there."""
    if NO_BROKER:
        pytest.skip(NO_BROKER)
    passwords = tmp_path / "passwords"
    passwords.touch(mode=0o600)
    hashing = shutil.which("mosquitto_passwd") or "mosquitto_passwd"
    subprocess.run([hashing, "-b", str(passwords), "coach", "secret"], check=True, capture_output=True)
    (tmp_path / "broker").mkdir()
    who = ("allow_anonymous false", f"password_file {passwords}")
    with running(tmp_path / "broker", (*who, f"certfile {keys}/broker.pem", f"keyfile {keys}/broker.key")) as there:
        mine = tmp_path / "mqtt_password"
        mine.write_text("secret")
        mine.chmod(0o600)
        yield Guarded(there.port, keys, mine)


def test_with_the_password_and_the_certificate_it_is_told(guarded: Guarded, begin: Begin, folder: Path) -> None:
    begin(guarded.port, **guarded.right).end()
    assert outbox.waiting(folder) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # paho leaves such a socket to Python to close
@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param({"ca": "other.pem"}, "CERTIFICATE_VERIFY_FAILED", id="signed by somebody else"),
        pytest.param({"ca": None}, "CERTIFICATE_VERIFY_FAILED", id="signed by nobody whom the system knows"),
        pytest.param({"host": "127.0.0.1"}, "CERTIFICATE_VERIFY_FAILED", id="of another name"),
        pytest.param({"ca": "nowhere.pem"}, "No such file", id="no certificate"),
        pytest.param({"tls": False, "ca": None}, "can't be reached", id="without TLS"),
    ],
)
def test_one_that_can_not_prove_who_it_is_gets_no_password_and_no_summary(
    more: dict[str, object], told: str, guarded: Guarded, begin: Begin, folder: Path
) -> None:
    wrong = {key: guarded.keys / value if isinstance(value, str) and key == "ca" else value for key, value in more.items()}
    session = begin(guarded.port, **guarded.right | wrong)
    assert "can't be reached" in (sentence := session.says(told))
    assert "secret" not in sentence
    session.end()
    assert len(outbox.waiting(folder)) == 2


@pytest.mark.parametrize(("text", "mode", "told"), [("wrong", 0o600, "Not authorized"), ("secret", 0o644, "Others may read")])
def test_a_wrong_password_or_one_that_all_may_read_is_said_in_a_sentence(
    text: str, mode: int, told: str, guarded: Guarded, begin: Begin
) -> None:
    guarded.password_file.write_text(text)
    guarded.password_file.chmod(mode)
    assert text not in begin(guarded.port, **guarded.right).says(told)


def test_what_a_speaker_may_not_publish_there_stays_with_it_and_that_is_said(tmp_path: Path, begin: Begin, folder: Path) -> None:
    rules = tmp_path / "rules"
    rules.write_text(
        "topic read #\ntopic write homeassistant/#\n" + "".join(f"topic write voicecoach/living_room/{part}\n" for part in MAY)
    )
    rules.chmod(0o600)
    (tmp_path / "broker").mkdir()
    with running(tmp_path / "broker", ("allow_anonymous true", f"acl_file {rules}")) as strict:
        begin(strict.port).end()
        session = begin(strict.port)
        session.says("Not authorized")
        session.end()
    kept = [json.loads(post.text)["speaker"] for path in outbox.waiting(folder) if (post := outbox.read(path))]
    assert kept == ["living_room"] * 4


CONNECTED = bytes.fromhex("20 03 00 00 00")
REFUSED_THE_FIRST_TAKEN_THE_OTHERS = bytes.fromhex("40 04 0001 87 00" + "40 02 0002" + "40 02 0005")
"""The first message isn't authorised; the second is there, and the fifth, between which there are two subscriptions."""


def test_a_broker_that_refuses_one_thing_and_stays_is_told_of_too(begin: Begin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        session = begin(door.getsockname()[1])
        there, _ = door.accept()
        with there:
            there.recv(1000)
            there.sendall(CONNECTED)
            while session.told.empty():
                there.recv(1000)
                there.sendall(REFUSED_THE_FIRST_TAKEN_THE_OTHERS)
            session.says("refuses something (it says: Not authorized)")
