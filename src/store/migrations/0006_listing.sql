-- What lists and links need, beside the records: a row of contracts is as long as its record, and to read what stands behind
-- that, all of it has to be read.
CREATE INDEX contracts_listed ON contracts (document, title, type, parties, law, effective, expiration, renewal);
CREATE INDEX contracts_cards ON contracts (document, card);
