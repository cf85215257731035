-- Schema version 1. docs/store.md describes every table and column; a test compares the two.
-- Instants (…_at, hour, not_after) are Unix seconds, UTC. Calendar dates are YYYY-MM-DD. Booleans are 0 and 1.

PRAGMA application_id = 1162301044;  -- "EGNt"

-- Values that belong to the store itself.
CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE platform (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  name             TEXT NOT NULL,
  serves_companies INTEGER NOT NULL CHECK (serves_companies IN (0, 1)),
  updated_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE company (
  id                  INTEGER PRIMARY KEY,
  slug                TEXT NOT NULL UNIQUE
                      CONSTRAINT company_slug CHECK (length(slug) BETWEEN 1 AND 64 AND slug NOT GLOB '*[^a-z0-9-]*'),
  name                TEXT NOT NULL,
  legal_name          TEXT NOT NULL,
  country             TEXT NOT NULL,
  time_zone           TEXT NOT NULL CONSTRAINT company_time_zone CHECK (time_zone <> ''),
  currency            TEXT NOT NULL,
  language            TEXT NOT NULL CHECK (language IN ('es', 'en')),
  email               TEXT NOT NULL,
  phone               TEXT NOT NULL,
  address             TEXT NOT NULL,
  colour              TEXT NOT NULL,
  logo                TEXT NOT NULL,
  admin_name          TEXT NOT NULL,
  admin_email         TEXT NOT NULL,
  subscription_ends   TEXT CHECK (subscription_ends GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  subscription_plan   TEXT NOT NULL,
  subscription_active INTEGER NOT NULL CHECK (subscription_active IN (0, 1)),
  hours_start         INTEGER NOT NULL CHECK (hours_start BETWEEN 0 AND 1440),
  hours_end           INTEGER NOT NULL CHECK (hours_end BETWEEN 0 AND 1440),
  hours_weekends      INTEGER NOT NULL CHECK (hours_weekends IN (0, 1)),
  channels            TEXT NOT NULL CHECK (channels GLOB '{*}'),
  created_at          INTEGER NOT NULL,
  updated_at          INTEGER NOT NULL,
  CONSTRAINT company_hours_not_empty CHECK (hours_start <> hours_end)
) STRICT;

CREATE TABLE run (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: it is also a byte of the run lock
  command     TEXT NOT NULL,
  process_id  INTEGER NOT NULL,
  host        TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  result      TEXT,
  CONSTRAINT run_finished CHECK ((finished_at IS NULL) = (result IS NULL))
) STRICT;

CREATE TABLE account (
  id                INTEGER PRIMARY KEY,
  company_id        INTEGER REFERENCES company (id),
  channel           TEXT NOT NULL CHECK (channel IN ('email', 'whatsapp', 'sms')),
  transport         TEXT NOT NULL CHECK (transport <> ''),
  settings          TEXT NOT NULL CHECK (settings GLOB '{*}'),
  password          TEXT NOT NULL CONSTRAINT account_password_is_a_reference
                    CHECK (password = '' OR password GLOB 'env:?*' OR password GLOB 'file:?*'
                           OR password GLOB 'sealed:?*'),
  state             TEXT NOT NULL DEFAULT 'ok' CHECK (state IN ('ok', 'paused', 'blocked')),
  retry_at          INTEGER,
  failures          INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  reason            TEXT NOT NULL DEFAULT '',
  pipelining_broken INTEGER NOT NULL DEFAULT 0 CHECK (pipelining_broken IN (0, 1)),
  run_id            INTEGER REFERENCES run (id),
  updated_at        INTEGER NOT NULL,
  CONSTRAINT account_retry_exactly_when_in_trouble CHECK ((state = 'ok') = (retry_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX account_key ON account (coalesce(company_id, 0), channel);

-- Two things keep the hot tables (notification, message, attempt, audit, tally) fast, measured at 2 to 3 times:
-- conditions are chains of OR, because SQLite builds a temporary index for every IN list of more than two words each
-- time it runs the statement; and nothing in them can fail half-way, because then SQLite keeps an undo copy of every
-- page that a statement touches. Hence foreign keys that are checked at commit, and counters without constraints.

-- The small row that changes often. What the recipient reads is in `message` and is never rewritten.
CREATE TABLE notification (
  id         INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  event      TEXT NOT NULL CHECK (event = 'DOCUMENTO_CREADO' OR event = 'SUSCRIPCION_VENCE'
                                  OR event = 'SUSCRIPCION_VENCIDA' OR event = 'MANTENIMIENTO_RECORDATORIO'
                                  OR event = 'REVISION_VEHICULO' OR event = 'PAGO_PENDIENTE'
                                  OR event = 'CLIENTE_INACTIVO'),
  channel    TEXT NOT NULL CHECK (channel = 'email' OR channel = 'whatsapp' OR channel = 'sms'),
  sent_by    TEXT NOT NULL CHECK (sent_by IN ('company', 'platform')),
  dedup_key  TEXT NOT NULL CHECK (dedup_key <> ''),
  recipient  TEXT NOT NULL CHECK (recipient <> ''),
  status     TEXT NOT NULL CHECK (status = 'accepted' OR status = 'sending' OR status = 'claimed'
                                  OR status = 'queued' OR status = 'retry_wait' OR status = 'uncertain'
                                  OR status = 'held' OR status = 'delivered' OR status = 'read'
                                  OR status = 'bounced' OR status = 'undelivered' OR status = 'failed'
                                  OR status = 'expired' OR status = 'cancelled' OR status = 'suppressed'),
  attempts   INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at     INTEGER,
  not_after  INTEGER,
  run_id     INTEGER REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
  lease_at   INTEGER,
  reason     TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CONSTRAINT notification_dedup UNIQUE (company_id, dedup_key),
  CONSTRAINT notification_of_company UNIQUE (company_id, id),
  CONSTRAINT notification_in_hand_has_run CHECK ((status IN ('claimed', 'sending')) = (run_id IS NOT NULL)),
  CONSTRAINT notification_run_has_lease CHECK ((run_id IS NULL) = (lease_at IS NULL)),
  CONSTRAINT notification_due_exactly_while_open
    CHECK ((status = 'sending' OR status = 'claimed' OR status = 'queued' OR status = 'retry_wait')
           = (due_at IS NOT NULL)),
  CONSTRAINT notification_trouble_has_reason
    CHECK (reason <> '' OR status = 'accepted' OR status = 'sending' OR status = 'claimed' OR status = 'queued'
           OR status = 'retry_wait' OR status = 'delivered' OR status = 'read' OR status = 'cancelled'),
  CONSTRAINT notification_queued_is_untried CHECK (status <> 'queued' OR attempts = 0),
  CONSTRAINT notification_retry_was_tried CHECK (status <> 'retry_wait' OR attempts > 0)
) STRICT;

-- The conditions of the indexes ask for NULL and empty, not for states: they are evaluated for every row that moves.
-- What waits: lanes in order, in each lane the oldest first; `not_after` is there so that expiring needs no table row.
CREATE INDEX notification_due ON notification (company_id, channel, sent_by, due_at, id, not_after)
  WHERE due_at IS NOT NULL AND run_id IS NULL;
-- By what a mark as `sending` does not touch, so that it leaves the index alone.
CREATE INDEX notification_in_hand ON notification (run_id) WHERE run_id IS NOT NULL;
-- What has a reason to be looked at: everything that went wrong, and what waits for a reason.
CREATE INDEX notification_with_reason ON notification (updated_at) WHERE reason <> '';

CREATE TABLE message (
  notification_id INTEGER PRIMARY KEY,
  company_id      INTEGER NOT NULL,
  language        TEXT NOT NULL CHECK (language IN ('es', 'en')),
  recipient_name  TEXT NOT NULL,
  message_id      TEXT NOT NULL CHECK (message_id <> ''),
  subject         TEXT NOT NULL,
  body            TEXT NOT NULL,
  FOREIGN KEY (company_id, notification_id) REFERENCES notification (company_id, id)
    DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE attempt (
  id                 INTEGER PRIMARY KEY,
  company_id         INTEGER NOT NULL,
  notification_id    INTEGER NOT NULL,
  run_id             INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
  started_at         INTEGER NOT NULL,
  finished_at        INTEGER,
  outcome            TEXT CHECK (outcome = 'accepted' OR outcome = 'deferred' OR outcome = 'rejected'
                                 OR outcome = 'uncertain' OR outcome = 'returned'),
  presumed_uncertain INTEGER NOT NULL DEFAULT 0 CHECK (presumed_uncertain IN (0, 1)),
  phase              TEXT NOT NULL DEFAULT '',
  code               INTEGER NOT NULL DEFAULT 0,
  enhanced           TEXT NOT NULL DEFAULT '',
  text               TEXT NOT NULL DEFAULT '',
  provider_id        TEXT NOT NULL DEFAULT '',
  FOREIGN KEY (company_id, notification_id) REFERENCES notification (company_id, id)
    DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT attempt_finished_exactly_with_outcome CHECK ((finished_at IS NULL) = (outcome IS NULL)),
  CONSTRAINT attempt_presumed_has_outcome CHECK (presumed_uncertain = 0 OR outcome IS NOT NULL)
) STRICT;
CREATE INDEX attempt_of_notification ON attempt (company_id, notification_id);

CREATE TABLE suppression (
  company_id INTEGER NOT NULL REFERENCES company (id),
  channel    TEXT NOT NULL CHECK (channel IN ('email', 'whatsapp', 'sms')),
  address    TEXT NOT NULL COLLATE NOCASE CHECK (address <> ''),
  scope      TEXT NOT NULL CHECK (scope IN ('all', 'promotional')),
  reason     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, channel, address)
) STRICT, WITHOUT ROWID;

-- What happened, in the order in which it happened. It outlives what it speaks of, hence no foreign keys.
CREATE TABLE audit (
  id              INTEGER PRIMARY KEY,
  at              INTEGER NOT NULL,
  company_id      INTEGER,
  notification_id INTEGER,
  about           TEXT,
  from_state      TEXT,
  to_state        TEXT NOT NULL,
  reason          TEXT NOT NULL,
  run_id          INTEGER,
  CONSTRAINT audit_speaks_of_one_thing CHECK ((notification_id IS NULL) = (about IS NOT NULL))
) STRICT;
CREATE INDEX audit_of_notification ON audit (notification_id) WHERE notification_id IS NOT NULL;

-- Counters, so that statistics never read all notifications. `claimed` and `sending` are seconds in a row's life and
-- are not counted: such a row counts as what it was before (queued, or retry_wait once it has attempts).
CREATE TABLE tally (
  hour       INTEGER NOT NULL CHECK (hour % 3600 = 0),
  company_id INTEGER NOT NULL,
  event      TEXT NOT NULL,
  channel    TEXT NOT NULL,
  from_state TEXT NOT NULL CHECK (from_state NOT IN ('claimed', 'sending')),
  to_state   TEXT NOT NULL CHECK (to_state NOT IN ('claimed', 'sending')),
  count      INTEGER NOT NULL,
  PRIMARY KEY (hour, company_id, event, channel, from_state, to_state)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

-- The id is part of the Message-ID. (AUTOINCREMENT would make every duplicate a write to the disk.)
CREATE TRIGGER notification_id_is_never_given_twice BEFORE DELETE ON notification
WHEN OLD.id = (SELECT max(id) FROM notification) BEGIN
  SELECT RAISE(ABORT, 'the newest notification must stay, or its id would be given again');
END;

CREATE TRIGGER notification_created AFTER INSERT ON notification BEGIN
  INSERT INTO audit (at, company_id, notification_id, to_state, reason, run_id)
  VALUES (NEW.updated_at, NEW.company_id, NEW.id, NEW.status, NEW.reason, NEW.run_id);
  INSERT INTO tally (hour, company_id, event, channel, from_state, to_state, count)
  VALUES (NEW.updated_at - NEW.updated_at % 3600, NEW.company_id, NEW.event, NEW.channel, '',
          CASE WHEN NEW.status IN ('claimed', 'sending') THEN iif(NEW.attempts > 0, 'retry_wait', 'queued')
               ELSE NEW.status END, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER notification_moved AFTER UPDATE OF status ON notification WHEN OLD.status <> NEW.status BEGIN
  INSERT INTO audit (at, company_id, notification_id, from_state, to_state, reason, run_id)
  VALUES (NEW.updated_at, NEW.company_id, NEW.id, OLD.status, NEW.status,
          CASE WHEN NEW.status IN ('claimed', 'sending') THEN '' ELSE NEW.reason END,
          coalesce(NEW.run_id, OLD.run_id));
END;

CREATE TRIGGER notification_counted AFTER UPDATE OF status ON notification
WHEN NEW.status NOT IN ('claimed', 'sending')
 AND NEW.status <> CASE WHEN OLD.status IN ('claimed', 'sending') THEN iif(OLD.attempts > 0, 'retry_wait', 'queued')
                        ELSE OLD.status END
BEGIN
  INSERT INTO tally (hour, company_id, event, channel, from_state, to_state, count)
  VALUES (NEW.updated_at - NEW.updated_at % 3600, NEW.company_id, NEW.event, NEW.channel,
          CASE WHEN OLD.status IN ('claimed', 'sending') THEN iif(OLD.attempts > 0, 'retry_wait', 'queued')
               ELSE OLD.status END, NEW.status, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER company_created AFTER INSERT ON company BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.id, 'company', 'created', NEW.slug);
END;

-- Names what changed, not the values: those are people's data, and an audit cannot forget them.
CREATE TRIGGER company_changed AFTER UPDATE ON company BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.id, 'company', 'changed', rtrim(
    iif(OLD.slug <> NEW.slug, 'slug ', '') || iif(OLD.name <> NEW.name, 'name ', '')
    || iif(OLD.legal_name <> NEW.legal_name, 'legal_name ', '') || iif(OLD.country <> NEW.country, 'country ', '')
    || iif(OLD.time_zone <> NEW.time_zone, 'time_zone ', '') || iif(OLD.currency <> NEW.currency, 'currency ', '')
    || iif(OLD.language <> NEW.language, 'language ', '') || iif(OLD.email <> NEW.email, 'email ', '')
    || iif(OLD.phone <> NEW.phone, 'phone ', '') || iif(OLD.address <> NEW.address, 'address ', '')
    || iif(OLD.colour <> NEW.colour, 'colour ', '') || iif(OLD.logo <> NEW.logo, 'logo ', '')
    || iif(OLD.admin_name <> NEW.admin_name OR OLD.admin_email <> NEW.admin_email, 'admin ', '')
    || iif(OLD.subscription_ends IS NOT NEW.subscription_ends OR OLD.subscription_plan <> NEW.subscription_plan
           OR OLD.subscription_active <> NEW.subscription_active, 'subscription ', '')
    || iif(OLD.hours_start <> NEW.hours_start OR OLD.hours_end <> NEW.hours_end
           OR OLD.hours_weekends <> NEW.hours_weekends, 'hours ', '')
    || iif(OLD.channels <> NEW.channels, 'channels ', '')));
END;

CREATE TRIGGER platform_created AFTER INSERT ON platform BEGIN
  INSERT INTO audit (at, about, to_state, reason) VALUES (NEW.updated_at, 'platform', 'created', NEW.name);
END;
CREATE TRIGGER platform_changed AFTER UPDATE ON platform BEGIN
  INSERT INTO audit (at, about, to_state, reason) VALUES (NEW.updated_at, 'platform', 'changed', NEW.name);
END;

CREATE TRIGGER account_created AFTER INSERT ON account BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason, run_id)
  VALUES (NEW.updated_at, NEW.company_id, 'account ' || NEW.channel, NEW.state, 'account created', NEW.run_id);
END;
CREATE TRIGGER account_changed AFTER UPDATE ON account
WHEN OLD.settings <> NEW.settings OR OLD.transport <> NEW.transport OR OLD.password <> NEW.password BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason, run_id)
  VALUES (NEW.updated_at, NEW.company_id, 'account ' || NEW.channel, OLD.state, NEW.state, 'account changed',
          NEW.run_id);
END;
CREATE TRIGGER account_health_changed AFTER UPDATE ON account
WHEN OLD.settings = NEW.settings AND OLD.transport = NEW.transport AND OLD.password = NEW.password
 AND (OLD.state <> NEW.state OR OLD.retry_at IS NOT NEW.retry_at OR OLD.failures <> NEW.failures
      OR OLD.reason <> NEW.reason OR OLD.pipelining_broken <> NEW.pipelining_broken) BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason, run_id)
  VALUES (NEW.updated_at, NEW.company_id, 'account ' || NEW.channel, OLD.state, NEW.state, NEW.reason, NEW.run_id);
END;
CREATE TRIGGER account_removed AFTER DELETE ON account BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason, run_id)
  VALUES (OLD.updated_at, OLD.company_id, 'account ' || OLD.channel, OLD.state, 'removed', 'account removed',
          OLD.run_id);
END;

CREATE TRIGGER suppression_created AFTER INSERT ON suppression BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'suppression ' || NEW.channel || ' ' || NEW.address, NEW.scope, NEW.reason);
END;
CREATE TRIGGER suppression_changed AFTER UPDATE ON suppression BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'suppression ' || NEW.channel || ' ' || NEW.address, OLD.scope, NEW.scope,
          NEW.reason);
END;
