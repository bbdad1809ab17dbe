"""The one door to `transitions`: keeps the phase, and refuses every move that MOVES doesn't have."""

from transitions import Machine

from voicecoach.coach.phases import MOVES, Phase


class ForbiddenMove(RuntimeError):
    """A move that the table doesn't have was asked for. It changes nothing; it is a mistake in the coach, not of the person."""


class PhaseMachine:
    """The phase of one session. Moves are named by where they lead, since every pair of phases has at most one way."""

    state: str

    def __init__(self, initial: Phase = Phase.SCREEN) -> None:
        table = [{"trigger": _trigger(to), "source": source.value, "dest": to.value} for _, sources, to in MOVES for source in sources]
        self._machine = Machine(
            model=self, states=[phase.value for phase in Phase], transitions=table, initial=initial.value, auto_transitions=False
        )

    @property
    def phase(self) -> Phase:
        """Where the session is."""
        return Phase(self.state)

    def may_enter(self, phase: Phase) -> bool:
        """Whether the table has a way from here to `phase`."""
        return _trigger(phase) in self._machine.get_triggers(self.state)

    def enter(self, phase: Phase) -> None:
        """Goes to `phase`. Raises ForbiddenMove, and stays where it is, when the table has no way there."""
        if not self.may_enter(phase):
            raise ForbiddenMove(f"no way from {self.state} to {phase}")
        self._machine.events[_trigger(phase)].trigger(self)


def _trigger(to: Phase) -> str:
    return f"enter_{to.value}"
