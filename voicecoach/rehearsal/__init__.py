"""A simulated room and person around the real ears, coach and voice, in virtual time.

`scenario` (the TOML file, read strictly, with `table`) · `trigger` (which logged event sets something off) · `person` (what is said, and
when) · `room` (what the microphone hears) with `echo_path` and `levels` · `fault` (what breaks) · `evening` (the virtual clock that drives
it all) · `chronicle` (events in order of time) · `results` (the files left behind) with `transcript` and `timeline`.
"""
