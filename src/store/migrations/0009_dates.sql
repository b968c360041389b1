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
