-- Each row of what was read from a document carries a hash over its own values, and the event that wrote it carries one over
-- all rows of the document (store/seal.rs). Links, event dates and failures are written with an event, too. So the chain of
-- events covers every row that an export depends on.
ALTER TABLE contracts ADD COLUMN seal TEXT;
ALTER TABLE texts ADD COLUMN seal TEXT;
ALTER TABLE meanings ADD COLUMN seal TEXT;

-- The table of events once more, with more kinds of them: SQLite cannot change a check.
CREATE TABLE sealed_events (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('ingested', 're_extracted', 'path_added', 'failed', 'removed', 'sealed', 'linked', 'dated')),
    document TEXT,
    detail   TEXT,
    seal     TEXT,
    hash     TEXT NOT NULL
) STRICT;
INSERT INTO sealed_events (id, at, kind, document, detail, hash) SELECT id, at, kind, document, detail, hash FROM events ORDER BY id;
-- The number of the last event, even if that event is gone: this shows that it is.
DELETE FROM sqlite_sequence WHERE name = 'sealed_events';
INSERT INTO sqlite_sequence (name, seq) SELECT 'sealed_events', seq FROM sqlite_sequence WHERE name = 'events';
DROP TABLE events;
ALTER TABLE sealed_events RENAME TO events;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_final BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
