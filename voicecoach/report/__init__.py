"""What happened, shown: for the person, whoever treats them, and other programs. Pure: what the journal tells goes in, text comes out.

`plain` (a table for a terminal, JSON, CSV) · `sheets` (each person's sessions, with what is told of each: its `reasons` and `timeline`, in
`words`) · `page` (one HTML page that works offline, with `summary`, `calendar`, `plots`, `lists` and `style`, made of `markup`) · `fhir`
(a bundle that clinics' programs read).
"""
