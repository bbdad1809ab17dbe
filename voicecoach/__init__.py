"""Voicecoach: an offline voice coach for reverse leg lifts.

    microphone - sound -> ears - Heard -> understanding - Meant -> coach - Say, Hush -> voice - sound -> loudspeaker
                           ^                                        |
                           +--- what the speaker plays (echo)       +--> journal

`messages` is what they say to each other. `ears`, `understanding`, `coach`, `voice`, `journal` and `sound` are the stages; they never
import each other. `coach` and `understanding` are pure: events and the time in, actions out. `curriculum` reads what prompts/ has for the
coach, `settings` what one home has set, both by `tables`. `rehearsal` is a simulated room and person around the real stages. `loop` is the
only loop, `air` what it has on the speaker; `live` gives it the pace of the sound, which passes through `exchange`. `speech` puts lines on
the speaker, `own_voice` keeps the coach from obeying itself. `record` makes the log all that a session is made of, and `replay` does the
same again from it. `house` is where a session lives, `chosen` changes a line of its settings, `notes` is what is kept of it and remembered,
`report` what is shown of that to people and to other programs. `heartbeat` sees that the loop goes on, `anew` starts the program again in
its own place where it doesn't, and `notify` tells the service manager. `onlookers` watch a live session, `outbox` has what is to be sent to
others. `own_lines` knows the lines of somebody's own exercises, `wording` sees whether a locale's words can be used, `safety` that they
keep somebody as safe as those that came along, `card` makes of them what to print. `durable` reads and writes whole files, `places` knows
where they are, `speech_model` brings the one that is too large to come along, and `progress` shows how far that is. `app` joins the parts,
`commands` are what can be typed, `cli` turns `errors` into a sentence and an exit code.
"""
