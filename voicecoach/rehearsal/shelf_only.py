"""A coach whose sentences can't be made for a while: only what was made before still sounds."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from voicecoach.errors import Broken
from voicecoach.messages.sound import Pcm
from voicecoach.voice.shelf import Sounding


class ShelfOnly:
    """Where a session's voices sound, as Parts.shelf_of says. `made`: sentences that its usual voice has on the shelf in any case."""

    def __init__(self, shelf_of: Callable[[str, int], Sounding], made: Collection[str]) -> None:
        self._shelf_of = shelf_of
        self._made = {("", 0, text) for text in made}
        self._broken = False

    def refuse(self, broken: bool) -> None:
        """Make no new sentence, or make them again."""
        self._broken = broken

    def __call__(self, voice: str, words_per_minute: int) -> Sounding:
        """Where that voice sounds."""
        return _Sounding(self, (voice, words_per_minute), self._shelf_of(voice, words_per_minute))

    def pcm(self, manner: tuple[str, int], text: str, shelf: Sounding, *, kept: bool) -> Pcm:
        """The sound of `text`. Raises Broken when it would have to be made and can't."""
        if self._broken and (*manner, text) not in self._made:
            raise Broken("The voice makes no sentence any more.", "Does `espeak-ng hello` speak? If not, install espeak-ng again.")
        self._made.add((*manner, text))
        return shelf.pcm(text, kept=kept)


@dataclass(frozen=True, slots=True)
class _Sounding:
    owner: ShelfOnly
    manner: tuple[str, int]
    shelf: Sounding

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        return self.owner.pcm(self.manner, text, self.shelf, kept=kept)
