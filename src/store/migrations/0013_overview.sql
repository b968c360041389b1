-- What lists need of the whole store at once (store/overview.rs): the rows of the list, the families, and what kept dates must
-- have been made of. `made_of` is a hash over everything that a part follows from. A part that was made of something else, or
-- is not as its seal says, is made anew. Nothing else depends on this table.
CREATE TABLE overview (
    part    TEXT PRIMARY KEY,
    made_of TEXT NOT NULL,
    body    BLOB NOT NULL,
    seal    TEXT NOT NULL
) STRICT;
