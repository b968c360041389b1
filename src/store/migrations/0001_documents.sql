-- Facts about the store itself, such as when it was made.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One ingest.
CREATE TABLE runs (
    id               INTEGER PRIMARY KEY,
    at               TEXT NOT NULL,
    pipeline_version INTEGER NOT NULL,
    settings_hash    TEXT NOT NULL
) STRICT;

-- One file content. `status` is 'current', or 'outdated' when a later version of tickler failed to read it again and
-- the record is that of the earlier one.
CREATE TABLE documents (
    id               TEXT PRIMARY KEY,
    file_name        TEXT NOT NULL,
    uri              TEXT NOT NULL,
    sha256           TEXT NOT NULL,
    bytes            INTEGER NOT NULL,
    pages            INTEGER NOT NULL,
    run              INTEGER NOT NULL REFERENCES runs (id),
    pipeline_version INTEGER NOT NULL,
    settings_hash    TEXT NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('current', 'outdated'))
) STRICT, WITHOUT ROWID;

-- Where a content was seen. A path holds one content, the last one seen there.
CREATE TABLE paths (
    uri      TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX paths_by_document ON paths (document);

-- The record, without its schedule, and the columns that lists are filtered by. Folded columns are in lower case.
CREATE TABLE contracts (
    document       TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    record         TEXT NOT NULL,
    title          TEXT,
    type           TEXT,
    parties        TEXT NOT NULL,
    parties_folded TEXT NOT NULL,
    law            TEXT,
    law_folded     TEXT,
    effective      TEXT,
    expiration     TEXT,
    renewal        TEXT
) STRICT;

-- The normalised text, compressed (LZ4 block), and what the index needs of its layout.
CREATE TABLE texts (
    document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    length   INTEGER NOT NULL,
    body     BLOB NOT NULL,
    pages    TEXT NOT NULL,
    clauses  TEXT NOT NULL
) STRICT;

-- Paths that could not be read at the last ingest that named them.
CREATE TABLE failures (
    uri      TEXT PRIMARY KEY,
    document TEXT,
    code     TEXT NOT NULL,
    message  TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened, in order. Rows are only ever added; the index follows this log.
CREATE TABLE events (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('ingested', 're_extracted', 'path_added', 'failed', 'removed')),
    document TEXT,
    detail   TEXT
) STRICT;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_final BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
