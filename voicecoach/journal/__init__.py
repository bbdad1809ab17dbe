"""What happened, kept: `schema.sql` · `store` (append only) · `report` (for people and for other programs)."""
