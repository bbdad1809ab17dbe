"""Decides what happens next: events and the time in, actions out. No clock, disk, thread, device or luck.

`session` is the door (`handle(event, now_s)`, `wake_at_s`). Where one may go: `phases`, through `machine`. What is done there, as
scripts of requests: `arriving` (which joins `welcome`, `screening`, `check_ins`, `agreeing` and `mat_check`, by the questions of
`inquiry`), `teaching`, `warming_up`, `working`, `resting`, `cooling_down`, `aftermath`, `waiting`. `requests` are what a script can ask
for, `turns` carry one out, `performer` runs a script, `remarks` are said beside it, `put_off` when nothing moves. `placing` is what the
figures of the greeting ask for, `faltering` what happens when a part fails, `commands` says what each word does in each phase, `pardon`
what is said to speech without any. `curriculum` is what prompts/ says there is to ask and to do, `numbers` how much and how long, `plan`
what was set, `progress` which level a person's sessions lead to, `amounts` what it comes to today; `course` is how far the
session has come.
"""
