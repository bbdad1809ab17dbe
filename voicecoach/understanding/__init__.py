"""Heard in, Meant out: `phrasebook` (what may be said when), `numbers` (0 to 10 in words), `interpret`, `keyboard` (what is typed).

Pure but for reading its file once.
"""
