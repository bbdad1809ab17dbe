"""The log as the session's single record: all that reaches the coach stands in it, and all that the coach decides.

`handover` is the one door to the coach, whether a session lives or is replayed; `inputs` writes what goes in as events of the log and reads
it back, `asked` what comes out, `beginning` what the coach knew before; `logbook` puts them in order.
"""
