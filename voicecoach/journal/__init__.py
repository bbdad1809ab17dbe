"""What happened, kept.

`schema.sql` · `file` (the door to SQLite) · `store` (append only) · `recall` (whom it knows) · `forgetting` (a new journal without
somebody) · `report` (for people and for other programs) · `calibrations` (what was measured of each pair of
devices the last time).
"""
