"""A simulated room and person around the real ears, coach and voice, in virtual time.

`scenario` (the TOML file, read strictly, with `table`; `history`: what is known of the person in it) · `trigger` (which logged event sets
something off) · `person` (what is said, and when; `healthy`: to each question) · `room` (what the microphone hears) with `echo_path`,
`loudspeaker` and `levels` · `fault` (what breaks), with `shelf_only` for a voice that does · `evening` (the virtual clock that drives it
all): in each block a `step` of the sound and what the `desk` makes of it · `chronicle` (events in order of time) · `results` (the files
left behind) with `transcript` and `timeline`, which `drawing` draws from `spans`.
"""
