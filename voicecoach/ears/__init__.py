"""Sound in, Heard out.

`recognizer` (the one door to Vosk) · `word_model` (single words, a second way) · `echo` (takes the coach's own voice out of the microphone:
`echo_filter` knows the room, `drift` how the clocks disagree, `reference` follows them) · `residue` (who stands out of what is left of it)
· `stirring` (whether there is anything to listen to) · `loudness` (when it is calm, how loud a voice is) · `evidence` (hypotheses over
time) · `candidates` (safety phrases in them) · `spotted` (what the word model adds and denies) · `again` (a second look at a few words by
themselves) · `worry` (what has to be asked about) · `judge` (suspected, confirmed, withdrawn) · `hearing` (these at work on one grammar)
· `ears` (all joined, 20 ms at a time) · `listener` (the ears' thread). Beside them `alive`: whether the microphone still hears anything,
which `watched` tells, with what others tell of the devices; `stuck`: whether the ears' thread still does; and
`calibration`: microphone, speaker and room, measured by the greeting.
"""
