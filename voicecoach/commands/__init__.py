"""What can be typed: one module a command, each with `add(commands)` (its arguments) and `run(options)` (its exit code).

Beside them what several share: `options`, and `first_words`, which makes of the greeting what it tells of the room. The looks of `check`
are in `checks`. And of a live session, `joined` (its parts put together), `sound_path` (where its sound comes from and goes to), `alone`
(no second one beside it), `vitals` (what is done when it hangs), `company` (who watches it), `screen` (what is read of it), `by_hand` (what
hands do in it) and `discretion` (what of it the system's log may show). `waking` is what goes on between two sessions of the service, and
`unit` what systemd is told of it.
"""
