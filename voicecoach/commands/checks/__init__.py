"""What `voicecoach check` looks at, in four groups: what it `knows` to say, `remembers`, `speaks` and `hears`.

`beside` these it looks, where something is set, at what is `wired` to the machine and at the broker that is told of sessions. `looks` are
what they are made of: one line each, with what is wrong, what to do, and what can be mended on request.
"""
