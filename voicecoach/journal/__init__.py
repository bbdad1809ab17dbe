"""What happened, kept.

`layout_N.sql` · `file` (the door to SQLite) · `store` (append only) · `telling` (what is read of all sessions) · `rows` (a session added
up) · `cut_off` (what had become of one whose plug was pulled) · `left_off` (where one was left that can be gone on with) · `recall` (whom
it knows) · `forgetting` (a new journal without somebody) · `recordings` (sound, where it was asked for) · `waiting` and `reserve` (what a
full disk has to wait for, and what it doesn't) · `calibrations` (what was measured of each pair of devices the last time).
"""
