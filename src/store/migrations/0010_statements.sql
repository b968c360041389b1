-- What people said of an agreement: one row a statement, with who said it, when and why (src/said). Rows are only ever added;
-- one that takes back an earlier one is a row as well. `agreement` is the first document of the agreement (table agreements),
-- so that a statement stays when the file is replaced, renamed or copied. Each row carries its own seal, and has its event.
CREATE TABLE statements (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        TEXT NOT NULL,
    who       TEXT,
    why       TEXT,
    agreement TEXT NOT NULL,
    kind      TEXT NOT NULL,
    content   TEXT NOT NULL,
    seal      TEXT NOT NULL
) STRICT;
CREATE TRIGGER statements_are_kept BEFORE DELETE ON statements BEGIN
    SELECT RAISE(ABORT, 'statements are only ever added');
END;
CREATE TRIGGER statements_are_final BEFORE UPDATE ON statements BEGIN
    SELECT RAISE(ABORT, 'statements are only ever added');
END;

-- The table of events once more, without a list of kinds, which would have to be copied for each new one.
CREATE TABLE told_events (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    document TEXT,
    detail   TEXT,
    seal     TEXT,
    hash     TEXT NOT NULL
) STRICT;
INSERT INTO told_events (id, at, kind, document, detail, seal, hash)
    SELECT id, at, kind, document, detail, seal, hash FROM events ORDER BY id;
-- The number of the last event, even if that event is gone: this shows that it is.
DELETE FROM sqlite_sequence WHERE name = 'told_events';
INSERT INTO sqlite_sequence (name, seq) SELECT 'told_events', seq FROM sqlite_sequence WHERE name = 'events';
DROP TABLE events;
ALTER TABLE told_events RENAME TO events;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_final BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
