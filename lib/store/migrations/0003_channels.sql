-- Schema version 3: WhatsApp and SMS. Messages may wait as a fallback behind another one, accounts have a pace, approved
-- templates can be out of use, and uncertain SMS are looked for at the provider before they go out again.

-- The status `standby` joins the words that notification.status may hold. A CHECK is not part of what is on disk, so its
-- text is changed in place (sqlite.org/lang_altertable, section 7) instead of copying every row. The statements that
-- follow change the schema's version number, which tells other connections.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(replace(sql, 'status = ''suppressed''),', 'status = ''suppressed'' OR status = ''standby''),'),
                  'CHECK (status <> ''queued'' OR attempts = 0)',
                  'CHECK ((status <> ''queued'' AND status <> ''standby'') OR attempts = 0)')
WHERE type = 'table' AND name = 'notification';
PRAGMA writable_schema = RESET;

ALTER TABLE notification ADD COLUMN fallback_id INTEGER;
CREATE INDEX notification_with_fallback ON notification (fallback_id) WHERE fallback_id IS NOT NULL;

-- The order `first`: the next channel takes over when this one certainly did not reach the recipient, and stands down
-- when it did. While nobody can tell (held), it waits.
CREATE TRIGGER notification_falls_back AFTER UPDATE OF status ON notification
WHEN NEW.fallback_id IS NOT NULL AND NEW.status <> OLD.status
 AND NEW.status IN ('failed', 'suppressed', 'undelivered', 'bounced') BEGIN
  UPDATE OR ROLLBACK notification
  SET status = 'queued', due_at = max(NEW.updated_at, coalesce(due_at, 0)), reason = '', updated_at = NEW.updated_at
  WHERE id = NEW.fallback_id AND (status = 'standby' OR (status = 'cancelled'
        AND (reason LIKE 'reached by %' OR reason = 'the first choice is expired')));
END;
CREATE TRIGGER notification_needs_no_fallback AFTER UPDATE OF status ON notification
WHEN NEW.fallback_id IS NOT NULL AND NEW.status <> OLD.status AND NEW.status IN ('accepted', 'expired', 'cancelled')
BEGIN
  UPDATE OR ROLLBACK notification
  SET status = 'cancelled', updated_at = NEW.updated_at,
      reason = CASE NEW.status WHEN 'accepted' THEN 'reached by ' || NEW.channel ELSE 'the first choice is ' || NEW.status END
  -- A trigger does not set itself off: the fallback's own fallback is named here, too. There are three channels.
  WHERE status = 'standby' AND (id = NEW.fallback_id
        OR id = (SELECT fallback_id FROM notification WHERE id = NEW.fallback_id));
END;

-- WhatsApp: the approved template with its parameters, as JSON; empty on other channels.
ALTER TABLE message ADD COLUMN payload TEXT NOT NULL DEFAULT '';

-- How fast an account has been used; the times are Unix milliseconds.
CREATE TABLE pace (
  account_id     INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  next_at_ms     INTEGER NOT NULL,
  day_started_at INTEGER NOT NULL,
  day_count      INTEGER NOT NULL CHECK (day_count >= 0)
) STRICT;
CREATE TABLE recipient_pace (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  recipient  TEXT NOT NULL CHECK (recipient <> ''),
  next_at    INTEGER NOT NULL,
  failures   INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  PRIMARY KEY (account_id, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_pace_old ON recipient_pace (next_at);

-- An approved template that the provider refuses to send, in one language.
CREATE TABLE template_block (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  template   TEXT NOT NULL CHECK (template <> ''),
  language   TEXT NOT NULL,
  reason     TEXT NOT NULL CHECK (reason <> ''),
  retry_at   INTEGER NOT NULL,
  failures   INTEGER NOT NULL CHECK (failures > 0),
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, template, language)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER template_block_created AFTER INSERT ON template_block BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, (SELECT company_id FROM account WHERE id = NEW.account_id),
          'template ' || NEW.template || ' ' || NEW.language, 'blocked', NEW.reason);
END;
CREATE TRIGGER template_block_changed AFTER UPDATE OF reason, retry_at, failures ON template_block BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (NEW.updated_at, (SELECT company_id FROM account WHERE id = NEW.account_id),
          'template ' || NEW.template || ' ' || NEW.language, 'blocked', 'blocked', NEW.reason);
END;
-- Whoever lifts a block sets its updated_at first.
CREATE TRIGGER template_block_lifted AFTER DELETE ON template_block BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (OLD.updated_at, (SELECT company_id FROM account WHERE id = OLD.account_id),
          'template ' || OLD.template || ' ' || OLD.language, 'blocked', 'ok', 'lifted');
END;

-- The last time a customer wrote to the company: opens WhatsApp's window of 24 hours.
CREATE TABLE inbound (
  company_id  INTEGER NOT NULL REFERENCES company (id),
  channel     TEXT NOT NULL CHECK (channel IN ('email', 'whatsapp', 'sms')),
  address     TEXT NOT NULL CHECK (address <> ''),
  received_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, channel, address)
) STRICT, WITHOUT ROWID;

-- Messages whose last attempt is uncertain, and how often the provider was asked for it since.
CREATE TABLE reconciliation (
  notification_id INTEGER NOT NULL PRIMARY KEY REFERENCES notification (id) DEFERRABLE INITIALLY DEFERRED,
  looks           INTEGER NOT NULL DEFAULT 0 CHECK (looks >= 0),
  looked_at       INTEGER,
  CONSTRAINT reconciliation_look_has_time CHECK ((looks = 0) = (looked_at IS NULL))
) STRICT;

-- What a provider said about a message that nobody could be found for yet: it may be faster than our own commit.
CREATE TABLE orphan_receipt (
  id          INTEGER PRIMARY KEY,
  company_id  INTEGER REFERENCES company (id),
  channel     TEXT NOT NULL CHECK (channel IN ('email', 'whatsapp', 'sms')),
  provider_id TEXT NOT NULL,
  attempt_id  INTEGER,
  status      TEXT NOT NULL CHECK (status <> ''),
  failure     TEXT NOT NULL CHECK (failure <> ''),
  code        INTEGER NOT NULL DEFAULT 0,
  text        TEXT NOT NULL DEFAULT '',
  said_at     INTEGER NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX orphan_receipt_of_message ON orphan_receipt (provider_id);
-- By what receipts name a message.
CREATE INDEX attempt_by_provider_id ON attempt (provider_id) WHERE provider_id <> '';
