"""Heard in, Meant out.

`phrasebook` (what may be said when; `reading` reads it, `naming` the names, `meaning` is what a phrase stands for), `numbers` (0 to 10 in
words), `interpret`, `keyboard` (what is typed), `waking` (what is listened for while the coach waits). Pure but for reading its files once.
"""
