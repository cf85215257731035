-- Schema version 4: what the host application knows of a company's customers, their vehicles and documents, and what
-- maintenance is planned from.
--
-- Keys are the host's, unique within a company, and the primary keys: a company's rows lie together in key order, which
-- is how they are read, and an import finds what it refers to without translating numbers. There are millions of rows:
-- creating one is not audited. Foreign keys are checked at commit, for the reason that version 1 gives.
--
-- A date is one that exists: SQLite takes 30 February as it stands unless it has to count from there.

CREATE TABLE customer (
  company_id       INTEGER NOT NULL REFERENCES company (id) DEFERRABLE INITIALLY DEFERRED,
  key              TEXT NOT NULL CHECK (key <> ''),
  name             TEXT NOT NULL,
  surname          TEXT NOT NULL,
  language         TEXT CHECK (language = 'es' OR language = 'en'),
  email            TEXT CONSTRAINT customer_email CHECK (email LIKE '_%@_%'),
  phone            TEXT CONSTRAINT customer_phone_is_e164 CHECK (phone GLOB '+[1-9][0-9]*' AND length(phone) <= 16),
  transactional    TEXT CONSTRAINT customer_transactional CHECK (transactional NOT GLOB '*[^a-z,]*'),
  collection       TEXT CONSTRAINT customer_collection CHECK (collection NOT GLOB '*[^a-z,]*'),
  promotional      TEXT CONSTRAINT customer_promotional CHECK (promotional NOT GLOB '*[^a-z,]*'),
  last_document_on TEXT CHECK (last_document_on IS date(last_document_on, '+0 days')),
  updated_at       INTEGER NOT NULL,
  PRIMARY KEY (company_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_by_last_document ON customer (company_id, last_document_on) WHERE last_document_on IS NOT NULL;

CREATE TABLE vehicle (
  company_id   INTEGER NOT NULL,
  key          TEXT NOT NULL CHECK (key <> ''),
  customer_key TEXT NOT NULL,
  plate        TEXT NOT NULL,
  plate_key    TEXT NOT NULL CONSTRAINT vehicle_plate_key CHECK (plate_key NOT GLOB '*[^A-Z0-9]*'),
  plate_digit  INTEGER CHECK (plate_digit BETWEEN 0 AND 9),
  make         TEXT NOT NULL,
  model        TEXT NOT NULL,
  year         INTEGER CHECK (year BETWEEN 1885 AND 9999),
  unit         TEXT NOT NULL CHECK (unit = 'km' OR unit = 'mi'),
  sold         INTEGER NOT NULL CHECK (sold IN (0, 1)),
  replan       INTEGER NOT NULL DEFAULT 1 CHECK (replan IN (0, 1)),
  updated_at   INTEGER NOT NULL,
  PRIMARY KEY (company_id, key),
  FOREIGN KEY (company_id, customer_key) REFERENCES customer (company_id, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX vehicle_of_customer ON vehicle (company_id, customer_key);
-- Whoever looks for a plate knows its last digit, too: one index for both.
CREATE INDEX vehicle_by_plate_digit ON vehicle (company_id, plate_digit);
CREATE INDEX vehicle_to_replan ON vehicle (company_id, key) WHERE replan = 1;

CREATE TABLE odometer_reading (
  company_id  INTEGER NOT NULL,
  vehicle_key TEXT NOT NULL,
  read_on     TEXT NOT NULL CHECK (read_on IS date(read_on, '+0 days')),
  source      TEXT NOT NULL CHECK (source = 'workshop' OR source = 'customer' OR source = 'inspection'
                                              OR source = 'device'),
  value       INTEGER NOT NULL CHECK (value BETWEEN 0 AND 100000000),
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (company_id, vehicle_key, read_on, source),
  FOREIGN KEY (company_id, vehicle_key) REFERENCES vehicle (company_id, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  company_id   INTEGER NOT NULL,
  key          TEXT NOT NULL CHECK (key <> ''),
  customer_key TEXT NOT NULL,
  vehicle_key  TEXT,
  type         TEXT NOT NULL CHECK (type <> ''),
  number       TEXT NOT NULL,
  issued_on    TEXT NOT NULL CHECK (issued_on IS date(issued_on, '+0 days')),
  total_minor  INTEGER,
  currency     TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  due_on       TEXT CHECK (due_on IS date(due_on, '+0 days')),
  paid_on      TEXT CHECK (paid_on IS date(paid_on, '+0 days')),
  odometer     INTEGER CHECK (odometer BETWEEN 0 AND 100000000),
  updated_at   INTEGER NOT NULL,
  PRIMARY KEY (company_id, key),
  CONSTRAINT document_total_has_currency CHECK ((total_minor IS NULL) = (currency IS NULL)),
  CONSTRAINT document_odometer_is_a_vehicles CHECK (odometer IS NULL OR vehicle_key IS NOT NULL),
  FOREIGN KEY (company_id, customer_key) REFERENCES customer (company_id, key) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, vehicle_key) REFERENCES vehicle (company_id, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
-- With what its condition asks for, so that whoever reads days of it needs no document (SQLite looks again).
CREATE INDEX document_unpaid ON document (company_id, due_on, key, paid_on)
  WHERE paid_on IS NULL AND due_on IS NOT NULL;
CREATE INDEX document_of_customer ON document (company_id, customer_key, issued_on);
CREATE INDEX document_of_vehicle ON document (company_id, vehicle_key, issued_on) WHERE vehicle_key IS NOT NULL;

CREATE TABLE document_covers (
  company_id   INTEGER NOT NULL,
  document_key TEXT NOT NULL,
  type         TEXT NOT NULL CHECK (type = 'ACEITE' OR type = 'FRENOS' OR type = 'NEUMATICOS'
                                         OR type = 'REVISION_GENERAL' OR type = 'ALINEACION' OR type = 'BATERIA'
                                         OR type = 'FILTROS' OR type = 'BUJIAS' OR type = 'CORREA_DISTRIBUCION'
                                         OR type = 'PERSONALIZADO'),
  PRIMARY KEY (company_id, document_key, type),
  FOREIGN KEY (company_id, document_key) REFERENCES document (company_id, key) ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- For all of a company's vehicles, for those of a make or a model, or for one.
CREATE TABLE maintenance_plan (
  id              INTEGER PRIMARY KEY,
  company_id      INTEGER NOT NULL REFERENCES company (id),
  type            TEXT NOT NULL CHECK (type IN ('ACEITE', 'FRENOS', 'NEUMATICOS', 'REVISION_GENERAL', 'ALINEACION',
                                                'BATERIA', 'FILTROS', 'BUJIAS', 'CORREA_DISTRIBUCION',
                                                'PERSONALIZADO')),
  vehicle_key     TEXT,
  make            TEXT NOT NULL COLLATE NOCASE,
  model           TEXT NOT NULL COLLATE NOCASE,
  every_months    INTEGER CHECK (every_months BETWEEN 1 AND 240),
  every_distance  INTEGER CHECK (every_distance BETWEEN 1 AND 1000000),
  unit            TEXT CHECK (unit IN ('km', 'mi')),
  mode            TEXT NOT NULL CHECK (mode IN ('fixed', 'floating')),
  days_before     INTEGER CHECK (days_before BETWEEN 0 AND 365),
  distance_before INTEGER CHECK (distance_before BETWEEN 0 AND 100000),
  updated_at      INTEGER NOT NULL,
  CONSTRAINT plan_has_an_interval CHECK (every_months IS NOT NULL OR every_distance IS NOT NULL),
  CONSTRAINT plan_distance_has_unit CHECK ((every_distance IS NULL) = (unit IS NULL)),
  CONSTRAINT plan_distance_before_needs_distance CHECK (distance_before IS NULL OR every_distance IS NOT NULL),
  CONSTRAINT plan_model_has_make CHECK (model = '' OR make <> ''),
  CONSTRAINT plan_is_for_a_vehicle_or_for_many CHECK (vehicle_key IS NULL OR make = ''),
  FOREIGN KEY (company_id, vehicle_key) REFERENCES vehicle (company_id, key)
) STRICT;
CREATE UNIQUE INDEX maintenance_plan_key ON maintenance_plan (company_id, type, coalesce(vehicle_key, ''), make, model);

CREATE TABLE maintenance_reminder (
  company_id      INTEGER NOT NULL,
  key             TEXT NOT NULL CHECK (key <> ''),
  vehicle_key     TEXT NOT NULL,
  type            TEXT NOT NULL CHECK (type = 'ACEITE' OR type = 'FRENOS' OR type = 'NEUMATICOS'
                                          OR type = 'REVISION_GENERAL' OR type = 'ALINEACION' OR type = 'BATERIA'
                                          OR type = 'FILTROS' OR type = 'BUJIAS' OR type = 'CORREA_DISTRIBUCION'
                                          OR type = 'PERSONALIZADO'),
  description     TEXT NOT NULL,
  due_on          TEXT CHECK (due_on IS date(due_on, '+0 days')),
  due_odometer    INTEGER CHECK (due_odometer BETWEEN 0 AND 100000000),
  forecast_on     TEXT CHECK (forecast_on IS date(forecast_on, '+0 days')),
  expected_on     TEXT AS (CASE WHEN due_on IS NULL THEN forecast_on WHEN forecast_on IS NULL THEN due_on
                           ELSE min(due_on, forecast_on) END) VIRTUAL,
  days_before     INTEGER CHECK (days_before BETWEEN 0 AND 365),
  distance_before INTEGER CHECK (distance_before BETWEEN 0 AND 100000),
  state           TEXT NOT NULL CHECK (state IN ('planned', 'notified', 'done', 'overdue', 'cancelled')),
  source          TEXT NOT NULL CHECK (source IN ('import', 'plan')),
  notified_at     INTEGER,
  closed_by       TEXT,
  updated_at      INTEGER NOT NULL,
  PRIMARY KEY (company_id, key),
  CONSTRAINT reminder_is_due_some_day CHECK (due_on IS NOT NULL OR due_odometer IS NOT NULL),
  CONSTRAINT reminder_forecast_is_of_an_odometer CHECK (forecast_on IS NULL OR due_odometer IS NOT NULL),
  CONSTRAINT reminder_planned_is_not_notified CHECK (state <> 'planned' OR notified_at IS NULL),
  CONSTRAINT reminder_notified_has_instant CHECK (state <> 'notified' OR notified_at IS NOT NULL),
  CONSTRAINT reminder_closed_is_done CHECK (closed_by IS NULL OR state = 'done'),
  FOREIGN KEY (company_id, vehicle_key) REFERENCES vehicle (company_id, key) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (company_id, closed_by) REFERENCES document (company_id, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX maintenance_reminder_open ON maintenance_reminder (company_id, state, expected_on)
  WHERE state = 'planned' OR state = 'notified' OR state = 'overdue';
CREATE INDEX maintenance_reminder_of_vehicle ON maintenance_reminder (company_id, vehicle_key);

CREATE TABLE appointment (
  company_id  INTEGER NOT NULL,
  key         TEXT NOT NULL CHECK (key <> ''),
  vehicle_key TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('revision', 'tecnica')),
  held_on     TEXT NOT NULL CHECK (held_on IS date(held_on, '+0 days')),
  time        INTEGER CHECK (time BETWEEN 0 AND 1439),
  state       TEXT NOT NULL CHECK (state IN ('scheduled', 'done', 'cancelled')),
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (company_id, key),
  FOREIGN KEY (company_id, vehicle_key) REFERENCES vehicle (company_id, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX appointment_scheduled ON appointment (company_id, held_on) WHERE state = 'scheduled';
CREATE INDEX appointment_of_vehicle ON appointment (company_id, vehicle_key);

CREATE TABLE holiday (
  country    TEXT NOT NULL CHECK (country GLOB '[A-Z][A-Z]'),
  day        TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
  name       TEXT NOT NULL CHECK (name <> ''),
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (country, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE inspection_month (
  country     TEXT NOT NULL CHECK (country GLOB '[A-Z][A-Z]'),
  plate_digit INTEGER NOT NULL CHECK (plate_digit BETWEEN 0 AND 9),
  month       INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (country, plate_digit)
) STRICT, WITHOUT ROWID;

-- Nothing goes out that matches everything a row says. What it leaves open matches all.
CREATE TABLE silence (
  id           INTEGER PRIMARY KEY,
  company_id   INTEGER NOT NULL REFERENCES company (id),
  customer_key TEXT,
  vehicle_key  TEXT,
  event        TEXT CHECK (event <> ''),
  until_on     TEXT NOT NULL CHECK (until_on IS date(until_on, '+0 days')),
  reason       TEXT NOT NULL,
  updated_at   INTEGER NOT NULL,
  CONSTRAINT silence_is_of_a_customer_or_a_vehicle CHECK (customer_key IS NULL OR vehicle_key IS NULL),
  FOREIGN KEY (company_id, customer_key) REFERENCES customer (company_id, key),
  FOREIGN KEY (company_id, vehicle_key) REFERENCES vehicle (company_id, key)
) STRICT;
CREATE UNIQUE INDEX silence_key
  ON silence (company_id, coalesce(customer_key, ''), coalesce(vehicle_key, ''), coalesce(event, ''));

-- The day of a customer's last document, so that nobody has to look through all documents for it.
CREATE TRIGGER document_may_be_the_last AFTER INSERT ON document BEGIN
  UPDATE customer SET last_document_on = NEW.issued_on
  WHERE company_id = NEW.company_id AND key = NEW.customer_key
    AND (last_document_on IS NULL OR last_document_on < NEW.issued_on);
END;
CREATE TRIGGER document_may_be_the_last_no_more AFTER UPDATE OF customer_key, issued_on ON document
WHEN OLD.customer_key <> NEW.customer_key OR OLD.issued_on <> NEW.issued_on BEGIN
  UPDATE customer SET last_document_on = (SELECT max(issued_on) FROM document
    WHERE document.company_id = customer.company_id AND document.customer_key = customer.key)
  WHERE company_id = NEW.company_id AND (key = OLD.customer_key OR key = NEW.customer_key);
END;
CREATE TRIGGER document_was_perhaps_the_last AFTER DELETE ON document BEGIN
  UPDATE customer SET last_document_on = (SELECT max(issued_on) FROM document
    WHERE document.company_id = customer.company_id AND document.customer_key = customer.key)
  WHERE company_id = OLD.company_id AND key = OLD.customer_key;
END;

-- What a vehicle's maintenance is planned from has changed: whoever plans looks at these vehicles only.
CREATE TRIGGER reading_changes_plans AFTER INSERT ON odometer_reading BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND key = NEW.vehicle_key AND replan = 0;
END;
CREATE TRIGGER changed_reading_changes_plans AFTER UPDATE OF value ON odometer_reading BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND key = NEW.vehicle_key AND replan = 0;
END;
CREATE TRIGGER lost_reading_changes_plans AFTER DELETE ON odometer_reading BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = OLD.company_id AND key = OLD.vehicle_key AND replan = 0;
END;
CREATE TRIGGER document_changes_plans AFTER INSERT ON document WHEN NEW.vehicle_key IS NOT NULL BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND key = NEW.vehicle_key AND replan = 0;
END;
CREATE TRIGGER changed_document_changes_plans AFTER UPDATE OF vehicle_key, issued_on, odometer ON document
WHEN OLD.vehicle_key IS NOT NEW.vehicle_key OR OLD.issued_on <> NEW.issued_on OR OLD.odometer IS NOT NEW.odometer BEGIN
  UPDATE vehicle SET replan = 1
  WHERE company_id = NEW.company_id AND (key = OLD.vehicle_key OR key = NEW.vehicle_key) AND replan = 0;
END;
CREATE TRIGGER lost_document_changes_plans AFTER DELETE ON document WHEN OLD.vehicle_key IS NOT NULL BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = OLD.company_id AND key = OLD.vehicle_key AND replan = 0;
END;
CREATE TRIGGER coverage_changes_plans AFTER INSERT ON document_covers BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND replan = 0
    AND key = (SELECT vehicle_key FROM document WHERE company_id = NEW.company_id AND key = NEW.document_key);
END;
CREATE TRIGGER lost_coverage_changes_plans AFTER DELETE ON document_covers BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = OLD.company_id AND replan = 0
    AND key = (SELECT vehicle_key FROM document WHERE company_id = OLD.company_id AND key = OLD.document_key);
END;
CREATE TRIGGER reminder_changes_plans AFTER INSERT ON maintenance_reminder BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND key = NEW.vehicle_key AND replan = 0;
END;
CREATE TRIGGER changed_reminder_changes_plans
AFTER UPDATE OF vehicle_key, type, due_on, due_odometer ON maintenance_reminder
WHEN OLD.vehicle_key <> NEW.vehicle_key OR OLD.type <> NEW.type OR OLD.due_on IS NOT NEW.due_on
  OR OLD.due_odometer IS NOT NEW.due_odometer BEGIN
  UPDATE vehicle SET replan = 1
  WHERE company_id = NEW.company_id AND (key = OLD.vehicle_key OR key = NEW.vehicle_key) AND replan = 0;
END;

-- Plans are few; each change is audited, and concerns every vehicle that it may be for.
CREATE TRIGGER plan_created AFTER INSERT ON maintenance_plan BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND replan = 0
    AND (NEW.vehicle_key IS NULL OR key = NEW.vehicle_key);
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'plan ' || NEW.type, 'created',
          trim(coalesce(NEW.vehicle_key, NEW.make || ' ' || NEW.model)));
END;
CREATE TRIGGER plan_changed AFTER UPDATE ON maintenance_plan BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND replan = 0
    AND (NEW.vehicle_key IS NULL OR key = NEW.vehicle_key);
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'plan ' || NEW.type, 'changed',
          trim(coalesce(NEW.vehicle_key, NEW.make || ' ' || NEW.model)));
END;

CREATE TRIGGER reminder_moved AFTER UPDATE OF state ON maintenance_reminder WHEN OLD.state <> NEW.state BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'reminder ' || NEW.key, OLD.state, NEW.state, coalesce(NEW.closed_by, ''));
END;
CREATE TRIGGER appointment_moved AFTER UPDATE OF state ON appointment WHEN OLD.state <> NEW.state BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'appointment ' || NEW.key, OLD.state, NEW.state, '');
END;
-- What somebody allows or forbids must be provable later. Addresses are named, not shown: an audit cannot forget them.
CREATE TRIGGER customer_changed AFTER UPDATE OF transactional, collection, promotional ON customer
WHEN OLD.transactional IS NOT NEW.transactional OR OLD.collection IS NOT NEW.collection
  OR OLD.promotional IS NOT NEW.promotional BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'customer ' || NEW.key,
          'transactional ' || coalesce(nullif(OLD.transactional, ''), iif(OLD.transactional IS NULL, 'default', 'none'))
          || ', collection ' || coalesce(nullif(OLD.collection, ''), iif(OLD.collection IS NULL, 'default', 'none'))
          || ', promotional ' || coalesce(nullif(OLD.promotional, ''), iif(OLD.promotional IS NULL, 'default', 'none')),
          'transactional ' || coalesce(nullif(NEW.transactional, ''), iif(NEW.transactional IS NULL, 'default', 'none'))
          || ', collection ' || coalesce(nullif(NEW.collection, ''), iif(NEW.collection IS NULL, 'default', 'none'))
          || ', promotional ' || coalesce(nullif(NEW.promotional, ''), iif(NEW.promotional IS NULL, 'default', 'none')),
          'preferences');
END;
CREATE TRIGGER vehicle_changed_hands AFTER UPDATE OF customer_key, sold ON vehicle
WHEN OLD.customer_key <> NEW.customer_key OR OLD.sold <> NEW.sold BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'vehicle ' || NEW.key,
          iif(OLD.sold, 'sold', 'owned'), iif(NEW.sold, 'sold', 'owned'),
          iif(OLD.customer_key <> NEW.customer_key, OLD.customer_key || ' to ' || NEW.customer_key, ''));
END;
CREATE TRIGGER silence_created AFTER INSERT ON silence BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, rtrim('silence ' || coalesce('customer ' || NEW.customer_key || ' ', '')
          || coalesce('vehicle ' || NEW.vehicle_key || ' ', '') || coalesce(NEW.event, '')), NEW.until_on, NEW.reason);
END;
CREATE TRIGGER silence_changed AFTER UPDATE ON silence BEGIN
  INSERT INTO audit (at, company_id, about, from_state, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, rtrim('silence ' || coalesce('customer ' || NEW.customer_key || ' ', '')
          || coalesce('vehicle ' || NEW.vehicle_key || ' ', '') || coalesce(NEW.event, '')), OLD.until_on, NEW.until_on,
          NEW.reason);
END;
