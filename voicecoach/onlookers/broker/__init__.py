"""MQTT: what goes on in this speaker's sessions, told to a broker, and orders back. Off unless settings.toml has [mqtt].

`terms` (the settings) · `announcing` (the onlooker) · `telling` (what is told of a session, pure) · `discovery` (how Home Assistant learns
of the speaker, pure) · `orders` (what may be ordered) · `courier` (the thread that brings all of it) · `aside` (what may take long, and no
order waits for) · `trying` (to reach a broker that is away) · `connection` (the one door to paho and to the network) · `collecting` (the
other end: a reader of many speakers' summaries).

The session's thread only says what is going on, in memory; a summary goes to the outbox on disk when the session is over and hushed, and
stays there until the broker has it, or with `receipts` until a reader has.
"""
