-- The journal. Rows are only ever added: the triggers refuse everything else, to this program and to any other.
-- application_id and user_version tell a journal from other files, and one layout from the next; file.py sets them.
-- This file never changes any more: journals are out there that were laid out by it. What is to be different is a step from here.

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL,    -- the wall clock's date and time with its offset, ISO 8601
    versions TEXT NOT NULL       -- JSON: program, model, voice, prompts
) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions (id),
    at_s REAL NOT NULL,          -- since the session's start, audio clock
    event TEXT NOT NULL,
    fields TEXT NOT NULL         -- JSON: the whole event, at_s and event too
) STRICT;

CREATE INDEX events_of_a_session ON events (session, id);

-- A session without a row here was cut off, by a crash or a power cut.
CREATE TABLE endings (
    session INTEGER PRIMARY KEY REFERENCES sessions (id),
    outcome TEXT NOT NULL
) STRICT;

CREATE TRIGGER sessions_stay BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER sessions_kept BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER endings_stay BEFORE UPDATE ON endings BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER endings_kept BEFORE DELETE ON endings BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
