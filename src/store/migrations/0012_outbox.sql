-- Reminders on their way to people (src/remind): one row for each date, day, channel and recipient, with the words to tell.
-- `key` is a hash over these, so that what was told is never told twice, and a date that has moved is told anew. The rows of
-- one `message` go out together. `told` is the day as of which the words were written. Each row carries its own seal, and has
-- its event. With a document its words go.
CREATE TABLE outbox (
    key       TEXT PRIMARY KEY,
    at        TEXT NOT NULL,
    message   TEXT NOT NULL,
    channel   TEXT NOT NULL CHECK (channel IN ('mail', 'webhook')),
    recipient TEXT NOT NULL,
    document  TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    entry     TEXT NOT NULL,
    act_by    TEXT NOT NULL,
    day       TEXT NOT NULL,
    told      TEXT NOT NULL,
    content   TEXT NOT NULL,
    seal      TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_document ON outbox (document);

-- What became of a reminder. One that has no row here waits.
CREATE TABLE deliveries (
    key   TEXT PRIMARY KEY REFERENCES outbox (key) ON DELETE CASCADE,
    at    TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('delivered', 'lapsed')),
    how   TEXT NOT NULL,
    seal  TEXT NOT NULL
) STRICT;
