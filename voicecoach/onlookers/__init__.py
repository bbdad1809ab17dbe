"""Who watches a live session and isn't needed for it: nobody here decides anything, and what fails here costs nobody a word.

`onlooker` is what they have in common. They are shown every event of the log, on the main thread, right after it was kept, and what they
do with it goes on elsewhere. What somebody does with their hands comes back as the word that they would have said.

`broker` tells one on the network, for home automation and for a clinic that looks after many speakers; off unless the settings name one.
What is wired to the machine: `wired` (as the settings say), `button` (a press is one stop), read from `pins` or, on USB, as `keys`;
`lights` (the events as one of a few states). On a terminal: `view`, with the `picture` of a session in a few lines and the `levels` of its
sound.
"""
