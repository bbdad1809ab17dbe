"""The speech engines in a process of their own: one JSON request a line on stdin, one JSON answer a line on stdout.

    {"do": "describe"}   -> {"engine": "espeak-ng 1.51 by pyttsx3 2.99", "voices": {"en-us": "gmw/en-us"}, "variants": ["f1"]}
    {"do": "render", "text": "Lift.", "voice": "gmw/en-us+f1", "words_per_minute": 155, "path": "/tmp/x.wav"} -> {}

With "driver": "neural" `neural_driver`, beside this file, renders; it needs no description. Any answer may be {"missing": REASON,
"next_step": ...} (something isn't installed) or {"error": REASON} instead.

What the engines do wrong stays in here. espeak-ng carries state from one sentence to the next, so that a text never sounds the same twice:
each request is served by a fork made before the engine is initialised, and the same text gives the same bytes. (A fork made afterwards
hangs.) espeak-ng obeys a queue of its own, and pyttsx3's loop begins by emptying that queue: each property is set outside of the loop
(`setBusy`), and waited for. An unknown voice raises nothing: the voice in use is compared afterwards. pyttsx3 swallows what a driver
raises, but tells those who ask. It prints to stdout: descriptor 1 is pointed elsewhere before it is imported. The neural voice carries
nothing over, and takes seconds to load: it is served without a fork, and stays loaded.
"""

import contextlib
import importlib.util
import json
import os
import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

ORPHAN_S = 60
"""Who still works at a request then kills himself, should nobody be left to do it: six times what a render may take."""

ESPEAK, NEURAL = "espeak", "neural"
"""The drivers, as pyttsx3 calls them."""


def main() -> None:
    """Serve requests until stdin ends."""
    answers = os.dup(1)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 (a descriptor is what is wanted)
        os.dup2(nowhere.fileno(), 1)
    for line in sys.stdin:
        _serve(json.loads(line), answers)


def _serve(request: dict[str, Any], answers: int) -> None:
    if request.get("driver") == NEURAL:
        _answer(request, answers)
        return
    with contextlib.suppress(Exception):  # loaded once for all forks; each of them meets the error again, and reports it
        import pyttsx3.drivers.espeak  # noqa: F401
    child = os.fork()
    if child == 0:
        _answer_and_exit(request, answers)
    _, status = os.waitpid(child, 0)
    if status:
        code = os.waitstatus_to_exitcode(status)
        _write(answers, {"error": f"it ended with status {code}" if code > 0 else f"it was ended by signal {-code}"})


def _answer_and_exit(request: dict[str, Any], answers: int) -> NoReturn:
    _answer(request, answers)
    os._exit(0)  # the engine may hang when it is torn down properly


def _answer(request: dict[str, Any], answers: int) -> None:
    signal.alarm(ORPHAN_S)
    try:
        engine = _engine(request.get("driver", ESPEAK))
        answer = _description(engine) if request["do"] == "describe" else _rendered(engine, request)
    except ImportError as error:
        answer = {"missing": f"{error}", "next_step": "Install voicecoach again, with all it depends on."}
    except _NoLibraryError:
        answer = {"missing": "the library of espeak-ng can't be loaded", "next_step": "On Debian: sudo apt install espeak-ng."}
    except Exception as error:  # noqa: BLE001 (whatever the engine raises belongs into the answer)
        answer = {"error": f"{type(error).__name__}: {error}"}
    signal.alarm(0)
    _write(answers, answer)


def _write(answers: int, answer: dict[str, Any]) -> None:
    with os.fdopen(os.dup(answers), "w", encoding="utf-8") as out:
        out.write(json.dumps(answer) + "\n")


class _NoLibraryError(Exception):
    """espeak-ng itself isn't installed."""


def _engine(driver: str) -> Any:  # noqa: ANN401 (pyttsx3 has no types)
    import pyttsx3

    if driver == NEURAL:
        _put_in_place(f"pyttsx3.drivers.{NEURAL}", Path(__file__).with_name("neural_driver.py"))
        return pyttsx3.init(NEURAL)
    try:
        import pyttsx3.drivers.espeak
    except (OSError, RuntimeError):
        raise _NoLibraryError from None
    return pyttsx3.init(driver)


def _put_in_place(name: str, path: Path) -> None:
    """The module in the file `path`, where pyttsx3 looks for its drivers."""
    spec = importlib.util.spec_from_file_location(name, path)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[name] = module


def _rendered(engine: Any, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 (pyttsx3 has no types)
    failures: list[Exception] = []
    engine.connect("error", lambda exception, **_: failures.append(exception))
    engine.proxy.setBusy(False)  # from here on a property is set at once, and runAndWait() waits until the file is written
    rate = request["words_per_minute"]
    _set_rate(engine, rate - 1)
    engine.setProperty("voice", request["voice"])
    _set_rate(engine, rate)
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    if failures:
        raise failures[0]
    used = str(engine.getProperty("voice"))
    if used.lower() != request["voice"].lower():
        return {"error": f"it used the voice {used}"}
    return {} if os.path.exists(request["path"]) else {"error": "it wrote no file"}  # noqa: PTH110 (a whole pathlib for one question)


def _set_rate(engine: Any, words_per_minute: int) -> None:  # noqa: ANN401 (pyttsx3 has no types)
    """Set the rate and wait until the engine has obeyed and is idle. To obey at all, espeak-ng mustn't have that rate already."""
    engine.setProperty("rate", words_per_minute)
    if engine.driver_name == NEURAL:
        return
    from pyttsx3.drivers import _espeak  # its public side can't tell when the engine is idle, and its getProperty("rate") is luck

    while _espeak.dll.espeak_GetParameter(_espeak.RATE, 1) != words_per_minute or _espeak.IsPlaying():
        os.sched_yield()  # a millisecond or less, and nothing else to do in this process


def _description(engine: Any) -> dict[str, Any]:  # noqa: ANN401 (pyttsx3 has no types)
    from pyttsx3.drivers import _espeak  # its public side lists no variants and knows no version

    voices: dict[str, str] = {}
    for voice in engine.getProperty("voices"):
        if not voice.id.startswith("mb/"):  # those need MBROLA, a second engine
            voices.setdefault(voice.languages[0], voice.id)
    variants = [found.identifier.decode().removeprefix("!v/") for found in _espeak.ListVoices(_espeak.VOICE(languages=b"variant"))]
    return {
        "engine": f"espeak-ng {_espeak.Info().decode()} by pyttsx3 {version('pyttsx3')}",
        "voices": voices,
        "variants": sorted(variants),
    }


if __name__ == "__main__":
    main()
