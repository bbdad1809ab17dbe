"""What the stages say to each other: frozen dataclasses and enums, no behaviour.

`sound` (Pcm) · `heard` (Heard, Grammar) · `intents` (Intent, Meant) · `lines` (Line) · `calibration` (Figures) · `events` (into
the coach) · `actions` (out of the coach).
"""
