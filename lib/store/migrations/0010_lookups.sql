-- Schema version 10: what a run asks or notes for every message costs it less.

-- The approved template that `payload` holds, for whoever claims the message; empty where there is none.
ALTER TABLE message ADD COLUMN template TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN template_language TEXT NOT NULL DEFAULT '';
UPDATE message
SET template = coalesce(json_extract(payload, '$.name'), ''),
    template_language = coalesce(json_extract(payload, '$.language'), '')
WHERE payload <> '' AND json_valid(payload);

-- What providers call our messages, for receipts. Such names are random: an index entry written with each message would
-- touch a page of its own. So receipts enter what has come since they last looked; `provider_messages_entered` says up to
-- which attempt all are here. Attempts that get their name after they had ended enter it themselves.
DROP INDEX attempt_by_provider_id;
CREATE TABLE provider_message (
  provider_id TEXT NOT NULL CHECK (provider_id <> ''),
  attempt_id  INTEGER NOT NULL,
  PRIMARY KEY (provider_id, attempt_id)
) STRICT, WITHOUT ROWID;
INSERT INTO setting (name, value) VALUES ('provider_messages_entered', '0');
CREATE TRIGGER attempt_named_late AFTER UPDATE OF provider_id ON attempt
WHEN OLD.outcome IS NOT NULL AND NEW.provider_id <> '' BEGIN
  INSERT INTO provider_message (provider_id, attempt_id) SELECT NEW.provider_id, NEW.id
  WHERE NOT EXISTS (SELECT 1 FROM provider_message WHERE provider_id = NEW.provider_id AND attempt_id = NEW.id);
END;
CREATE TRIGGER attempt_forgotten AFTER DELETE ON attempt WHEN OLD.provider_id <> '' BEGIN
  DELETE FROM provider_message WHERE provider_id = OLD.provider_id AND attempt_id = OLD.id;
END;
-- The number of the newest attempt may be given again.
CREATE TRIGGER newest_attempt_forgotten AFTER DELETE ON attempt
WHEN NOT EXISTS (SELECT 1 FROM attempt WHERE id > OLD.id) BEGIN
  UPDATE setting SET value = CAST(min(CAST(value AS INTEGER), OLD.id - 1) AS TEXT)
  WHERE name = 'provider_messages_entered';
END;
