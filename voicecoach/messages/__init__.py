"""What the stages say to each other: frozen dataclasses and enums, no behaviour.

`sound` (Pcm) · `heard` (Heard, Grammar) · `intents` (Intent, Meant) · `lines` (Line) · `calibration` (Figures) · `memory` (what is known
from before) · `events` (into the coach) · `actions` (out of the coach) · `built` (each of them from what JSON gives).
"""
