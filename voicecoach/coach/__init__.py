"""Decides what happens next: events and the time in, actions out. No clock, disk, thread, device or luck.

`session` is the door (`handle(event, now_s)`, `wake_at_s`). Where one may go: `phases`, through `machine`. What is done there, as
scripts of requests: `arriving` (which joins `welcome`, `screening`, `check_ins`, `agreeing` and `mat_check`, by the questions of
`inquiry`), `teaching`, `warming_up`, `working`, `resting`, `cooling_down`, `aftermath`, `waiting`. `curriculum` is what prompts/ says there
is to ask and to do. `requests` are what a script can ask for, `turns` carry one out, `performer` runs a script, `remarks` are said beside
it, `put_off` when nothing moves. `placing` is what the figures of the greeting ask for, `faltering` what happens when a part fails,
`commands` says what each word does in each phase, `pardon` what is said to speech without any. `plan` is what was set, `progress` which
level that leads to, `amounts` how much that is, `course` how far the session has come, `sides` where in a set, `cues` what is said there,
`duration` how long it will still take.
"""
