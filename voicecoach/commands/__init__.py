"""What can be typed: one module a command, each with `add(commands)` (its arguments) and `run(options)` (its exit code).

Beside them what several share: `options`, and `first_words`, which makes of the greeting what it tells of the room. And of a live session,
`sound_path` (where its sound comes from and goes to), `vitals` (what is done when it hangs) and `discretion` (what of it the system's log
may show).
"""
