"""What falls out of bounds: sentences too long or too hard, cues that the tempo leaves no room for."""

from collections.abc import Callable, Iterator

from tests.prompts.sentences import MOST_WORDS, Sentence, hard_to_read, parts, words
from tests.prompts.test_fit import SLOTS, fastest_s
from voicecoach.messages.sound import Pcm

Render = Callable[[str], Pcm]


def slot_s(sentence: Sentence) -> float | None:
    """The room for a cue on the tempo grid, in seconds; None for what isn't on it."""
    on_grid = sentence.file == "says.toml" and sentence.key in {"say", "brief"}
    return next((slot for line, _, slot in SLOTS if on_grid and line == sentence.id), None)


def flaws(sentence: Sentence, usual: Render, slow: Render) -> Iterator[str]:
    """A remark for each bound that the sentence is beyond."""
    longest = max(len(words(part)) for part in parts(sentence.text))
    if longest >= MOST_WORDS:
        yield f"{longest} words in a sentence"
    if hard_to_read(sentence):
        yield "hard to read"
    slot = slot_s(sentence)
    if slot is None:
        return
    fastest = fastest_s(sentence.id, slot)
    for voice, render in (("usual voice", usual), ("slowest voice", slow)):
        lasts_s = render(sentence.text).duration_s
        for tempo, room_s in (("usual tempo", slot), ("fastest tempo", fastest)):
            if lasts_s > room_s:
                yield f"{lasts_s:.1f} s for {room_s:.1f} s ({voice}, {tempo})"
                break
