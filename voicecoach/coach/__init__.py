"""Decides what happens next: events and the time in, actions out. No clock, disk, thread, device or luck.

`session` is the door (`handle(event, now_s)`, `wake_at_s`); `standing`, `floor` and `faltering` are what it stands on: what may be known of
it, how it moves, what happens when a part fails. Where one may go: `phases`, through `machine`.

What is done there, as scripts of requests; `scripts` says which belongs to which phase:
- `arriving`, which joins `welcome`, `people` (who is on the mat), `screening`, `check_ins`, `agreeing` (on the level) and `mat_check`, by
  the questions of `inquiry`, the single `steps` and the ways down and up of `ground`; `once` keeps what was said from coming again;
- `coming_back` in its place, after a session that nobody ended, and `taking_up` from where that was left;
- `teaching`, `warming_up`, `working` (with the `cues` of a set and its `sides`), `resting` (with the `form` check), `cooling_down`;
- `waiting` in a pause, `aftermath` of a safety word.
`requests` are what a script can ask for, `turns` and `asking` carry one out, `performer` runs a script, `prompter` gathers what is said.

`first_run` is a session of another kind, in which nothing moves: `setting_up` is its script.

What each word does: `commands`, with `adjusting`, `answering`, `personal` and `wishes`; `obeying` is all that they see of the session.
`remarks` are said beside the cues, `put_off` when nothing moves, `pardon` to speech without any meaning; `placing` is what the figures of
the greeting ask for.

`curriculum` is what prompts/ says there is to ask and to do, with `training` (the ladder and its parts), `numbers` (how much and how long)
and `names`; `plan` what was set, `progress` which level a person's sessions lead to (`since` when, by clocks that may be wrong), `amounts`
what it comes to today, `duration` how long that takes; `course` is how far the session has come.
"""
