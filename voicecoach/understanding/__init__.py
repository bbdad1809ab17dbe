"""Heard in, Meant out.

`phrasebook` (what may be said when; `reading` reads it, `naming` the names, `meaning` is what a phrase stands for), `numbers` (0 to 10 in
words), `interpret`, `keyboard` (what is typed). Pure but for reading its file once.
"""
