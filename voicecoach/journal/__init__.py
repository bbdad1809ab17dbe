"""What happened, kept.

`schema.sql` · `store` (append only) · `report` (for people and for other programs) · `calibrations` (what was measured of each pair of
devices the last time).
"""
