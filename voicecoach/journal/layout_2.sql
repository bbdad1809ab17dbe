-- From layout 1 to 2. What every start reads, of all sessions, stands together: without it, five years of sessions are read as a whole.
-- `event` and `fields` are in it too, so that the rows themselves, which lie scattered over the file, aren't looked up.
-- A query is answered from it where its condition has the very words of this one.

CREATE INDEX events_that_tell ON events (session, id, event, fields)
WHERE event IN ('session_started', 'answer', 'session_ended', 'person', 'remembered', 'cut_off');
