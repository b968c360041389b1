-- A seal for each event of a calendar. The log has an event for each time that a calendar was written, with a seal over its rows.
ALTER TABLE feeds ADD COLUMN seal TEXT;
