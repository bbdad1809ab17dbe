"""What can be typed: one module a command, each with `add(commands)` (its arguments) and `run(options)` (its exit code)."""
