"""Who watches a live session and isn't needed for it: nobody here decides anything, and what fails here costs nobody a word.

`onlooker` is what they have in common. They are shown every event of the log, on the main thread, right after it was kept, and what they
do with it goes on elsewhere. What somebody does with their hands comes back as the word that they would have said.
"""
