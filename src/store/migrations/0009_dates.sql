-- The dates of each agreement as lists need them (schedule::Digest), so that a list of all contracts need not read their
-- records. `made_of` is a hash over everything that they were computed from: a row that was made of something else is made
-- anew, and so is one that is not as its seal says. Nothing else depends on this table.
CREATE TABLE dates (
    document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    made_of  TEXT NOT NULL,
    digest   BLOB NOT NULL,
    seal     TEXT NOT NULL
) STRICT;
-- What a record is told by, without reading it.
CREATE INDEX contracts_seals ON contracts (document, seal);

-- The events that each calendar file held when it was last written (export::Feed). A document that was removed since stays
-- named here, so that its events can be cancelled; of its text there is nothing.
CREATE TABLE feeds (
    feed      TEXT NOT NULL,
    entry     TEXT NOT NULL,
    document  TEXT NOT NULL,
    day       TEXT NOT NULL,
    sequence  INTEGER NOT NULL,
    modified  TEXT NOT NULL,
    content   TEXT NOT NULL,
    cancelled INTEGER NOT NULL,
    PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
