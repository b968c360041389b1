-- Which files are one agreement (store/agreement.rs): a later version of a file, or another file with the same words. A
-- document that has no row here is an agreement of its own. `agreement` is the first document of it, and stays when that is
-- removed. `apart` when a person said that the document is an agreement of its own all the same.
CREATE TABLE agreements (
    document  TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    agreement TEXT NOT NULL,
    how       TEXT NOT NULL CHECK (how IN ('version', 'copy', 'hand')),
    apart     INTEGER NOT NULL CHECK (apart IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX agreements_by_agreement ON agreements (agreement);

-- Whether the last ingest of its folder missed the file at a path.
ALTER TABLE paths ADD COLUMN gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1));

-- Files with the same words have the same parties, or the same title.
CREATE INDEX contracts_by_parties ON contracts (parties_folded);
CREATE INDEX contracts_by_title ON contracts (title);

-- Hidden words carry seals as everything else does that is read from a document.
ALTER TABLE hidden ADD COLUMN seal TEXT;
