-- The days on which things happened that contracts only name, as people recorded them. Rows are only ever added; of
-- those with one document, event and day the last one counts.
CREATE TABLE event_dates (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,
    document TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('happened', 'withdrawn')),
    event    TEXT NOT NULL,
    day      TEXT NOT NULL
) STRICT;
CREATE INDEX event_dates_by_document ON event_dates (document);
CREATE TRIGGER event_dates_are_kept BEFORE DELETE ON event_dates BEGIN
    SELECT RAISE(ABORT, 'event dates are only ever added');
END;
