-- Words of a document that are not part of its text: nobody sees them on the page, or they are struck out. A row is a line.
CREATE TABLE hidden (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    page     INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    words    TEXT NOT NULL
) STRICT;
CREATE INDEX hidden_of_document ON hidden (document);
