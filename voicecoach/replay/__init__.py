"""A session of the journal, or the log of a rehearsal, run through the coach again.

`replaying` looks whether it decides the same; `origins` finds what the session began from, and what has changed since; `script` writes it
as a test, in which each action stands as `noted` and other names are `stand_ins` for those of people.
"""
