-- What sentences of a document mean, by the model that read them: start and end of each sentence in the text (two 32-bit
-- numbers, the low byte first), and their directions one after the other, all of one size, in signed bytes.
CREATE TABLE meanings (
    document TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    model    TEXT NOT NULL,
    spans    BLOB NOT NULL,
    vectors  BLOB NOT NULL
) STRICT;
