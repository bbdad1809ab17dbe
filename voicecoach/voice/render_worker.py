"""The speech engine in a process of its own: one JSON request a line on stdin, one JSON answer a line on stdout.

    {"do": "describe"}   -> {"engine": "espeak-ng 1.51 by pyttsx3 2.99", "voices": {"en-us": "gmw/en-us"}, "variants": ["f1"]}
    {"do": "render", "text": "Lift.", "voice": "gmw/en-us+f1", "words_per_minute": 155, "path": "/tmp/x.wav"} -> {}

Any answer may be {"missing": REASON, "next_step": ...} (something isn't installed) or {"error": REASON} instead.

What the engine does wrong stays in here. It carries state from one sentence to the next, so that a text never sounds the same twice: each
request is served by a fork made before the engine is initialised, and the same text gives the same bytes. (A fork made afterwards hangs.)
espeak-ng obeys a queue of its own, and pyttsx3's loop begins by emptying that queue: each property is set outside of the loop (`setBusy`),
and waited for. An unknown voice raises nothing: the voice in use is compared afterwards. It prints to stdout: descriptor 1 is pointed
elsewhere before it is imported.
"""

import contextlib
import json
import os
import signal
import sys
from importlib.metadata import version
from typing import Any, NoReturn

ORPHAN_S = 60
"""A fork that still runs then kills itself, should nobody be left to do it: six times what a render may take."""


def main() -> None:
    """Serve requests until stdin ends."""
    answers = os.dup(1)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 (a descriptor is what is wanted)
        os.dup2(nowhere.fileno(), 1)
    with contextlib.suppress(Exception):  # loaded once for all forks; each of them meets the error again, and reports it
        import pyttsx3.drivers.espeak  # noqa: F401
    for line in sys.stdin:
        _serve(line, answers)


def _serve(line: str, answers: int) -> None:
    child = os.fork()
    if child == 0:
        _answer_and_exit(line, answers)
    _, status = os.waitpid(child, 0)
    if status:
        code = os.waitstatus_to_exitcode(status)
        _write(answers, {"error": f"it ended with status {code}" if code > 0 else f"it was ended by signal {-code}"})


def _answer_and_exit(line: str, answers: int) -> NoReturn:
    signal.alarm(ORPHAN_S)
    try:
        try:
            import pyttsx3
            import pyttsx3.drivers.espeak
        except ImportError as error:
            answer: dict[str, Any] = {"missing": f"{error}", "next_step": "Install voicecoach again, with all it depends on."}
        except (OSError, RuntimeError):
            answer = {"missing": "the library of espeak-ng can't be loaded", "next_step": "On Debian: sudo apt install espeak-ng."}
        else:
            answer = _answered(pyttsx3.init("espeak"), json.loads(line))
    except Exception as error:  # noqa: BLE001 (whatever the engine raises belongs into the answer)
        answer = {"error": f"{type(error).__name__}: {error}"}
    _write(answers, answer)
    os._exit(0)  # the engine may hang when it is torn down properly


def _write(answers: int, answer: dict[str, Any]) -> None:
    with os.fdopen(os.dup(answers), "w", encoding="utf-8") as out:
        out.write(json.dumps(answer) + "\n")


def _answered(engine: Any, request: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 (pyttsx3 has no types)
    if request["do"] == "describe":
        return _description(engine)
    engine.proxy.setBusy(False)  # from here on a property is set at once, and runAndWait() waits until the file is written
    rate = request["words_per_minute"]
    _set_rate(engine, rate - 1)
    engine.setProperty("voice", request["voice"])
    _set_rate(engine, rate)
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    used = str(engine.getProperty("voice"))
    if used.lower() != request["voice"].lower():
        return {"error": f"it used the voice {used}"}
    return {} if os.path.exists(request["path"]) else {"error": "it wrote no file"}  # noqa: PTH110 (a whole pathlib for one question)


def _set_rate(engine: Any, words_per_minute: int) -> None:  # noqa: ANN401 (pyttsx3 has no types)
    """Set the rate and wait until the engine has obeyed and is idle. To obey at all, it mustn't have that rate already."""
    from pyttsx3.drivers import _espeak  # its public side can't tell when the engine is idle, and its getProperty("rate") is luck

    engine.setProperty("rate", words_per_minute)
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
