-- What linking needs of a record (see family::Card), so that a whole store can be linked without reading the records.
-- Null in rows of earlier versions; it is then made from the record.
ALTER TABLE contracts ADD COLUMN card TEXT;

-- What people said of a document's parent. Rows are only ever added; the last one of a child counts. 'auto' takes back
-- what was said before.
CREATE TABLE links (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     TEXT NOT NULL,
    child  TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('to', 'none', 'auto')),
    parent TEXT CHECK ((kind = 'to') = (parent IS NOT NULL))
) STRICT;
CREATE INDEX links_by_child ON links (child);
