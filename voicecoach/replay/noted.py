"""What the coach did, as a `.session` names it."""

from collections.abc import Mapping

from voicecoach.messages.actions import Action, End, Hush, Listen, Record, Say, Tone


def noted(action: Action) -> str | None:
    """As in "phase set", "rep 3 lift", "hush stop", "end stopped"; None for what is seen by its line, or by what is understood."""
    match action:
        case Say() | Listen():
            return None
        case Hush(why):
            return f"hush {why}"
        case End(outcome):
            return f"end {outcome}"
        case Tone(name, _):
            return f"tone {name}"
        case Record(event, fields, _):
            return _recorded(event, fields)
        case _:
            return type(action).__name__.lower()


def _recorded(event: str, fields: Mapping[str, object]) -> str | None:
    if event == "course":
        return None  # where it stands is seen by the phases and the lifts
    if event == "phase":
        return f"phase {fields['to']}"
    if event == "rep":
        return f"rep {fields['n']} {fields['moment']}"
    if event == "remembered":
        return f"remembered {fields['fact']} {fields['value']}"
    if event == "calibrated":
        return f"calibrated {fields['flaws']}"
    return f"{event} {fields.get('id')}" + (f" {fields['value']}" if "value" in fields else "")
