-- Each event carries a hash over the event before it and its own content, so that one that was changed or taken out later
-- shows (store/chain.rs). Events of earlier versions get theirs when the store is brought up to date.
ALTER TABLE events ADD COLUMN hash TEXT;
DROP TRIGGER events_are_final;
CREATE TRIGGER events_are_final BEFORE UPDATE ON events WHEN OLD.hash IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
CREATE TRIGGER events_are_chained BEFORE INSERT ON events WHEN NEW.hash IS NULL BEGIN
    SELECT RAISE(ABORT, 'an event needs its hash');
END;
