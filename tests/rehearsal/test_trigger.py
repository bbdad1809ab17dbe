import pytest

from voicecoach.rehearsal.trigger import Trigger, Watch


def fired(trigger: Trigger, count: int) -> list[int]:
    watch = Watch(trigger)
    numbers = []
    for number in range(1, count + 1):
        if watch.sees({"event": "rep", "n": number}):
            watch.fired = True
            numbers.append(number)
    return numbers


REP = (("event", "rep"),)


@pytest.mark.parametrize(
    ("trigger", "numbers"),
    [
        (Trigger(REP), [1]),
        (Trigger(REP, every=True), [1, 2, 3, 4, 5, 6]),
        (Trigger(REP, nth=3), [3]),
        (Trigger(REP, nth=3, every=True), [3, 6]),
        (Trigger((*REP, ("n", "4"))), [4]),
        (Trigger((*REP, ("n", "[24]")), nth=2), [4]),
        (Trigger((("event", "phase"),)), []),
    ],
)
def test_it_fires_on_the_match_it_names(trigger: Trigger, numbers: list[int]) -> None:
    assert fired(trigger, 6) == numbers


def test_a_field_that_the_event_lacks_does_not_match() -> None:
    assert not Trigger((("event", "rep"), ("line", "*"))).matches({"event": "rep"})


@pytest.mark.parametrize(("value", "pattern"), [(2, "2"), (2.0, "2"), (0.5, "0.5"), (True, "true"), ("set.lift", "set.*"), ("a", "?")])
def test_fields_match_as_they_are_written_in_a_scenario(value: object, pattern: str) -> None:
    assert Trigger((("field", pattern),)).matches({"field": value})


def test_case_matters() -> None:
    assert not Trigger((("field", "Set.*"),)).matches({"field": "set.lift"})


def test_what_did_not_get_to_fire_may_fire_on_the_next_match() -> None:
    watch = Watch(Trigger(REP))
    assert watch.sees({"event": "rep"})
    assert watch.sees({"event": "rep"})
    watch.fired = True
    assert not watch.sees({"event": "rep"})
