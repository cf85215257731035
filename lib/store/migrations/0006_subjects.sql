-- Schema version 6: whom and what a notification is about, so that limits, silences and explanations find it.

ALTER TABLE notification ADD COLUMN customer_key TEXT CHECK (customer_key <> '');
-- What somebody has heard lately, newest last.
CREATE INDEX notification_of_customer ON notification (company_id, customer_key, updated_at)
  WHERE customer_key IS NOT NULL;

-- A message about three services has three reminders and perhaps two vehicles. The things may be gone when somebody
-- asks: no foreign key.
CREATE TABLE notification_subject (
  notification_id INTEGER NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('vehicle', 'document', 'reminder', 'appointment')),
  key             TEXT NOT NULL CHECK (key <> ''),
  company_id      INTEGER NOT NULL,
  PRIMARY KEY (notification_id, kind, key),
  FOREIGN KEY (company_id, notification_id) REFERENCES notification (company_id, id) ON DELETE CASCADE
    DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
-- The company comes last: in front, a purge would take this index for the foreign key and read all of the company's rows.
CREATE INDEX notification_subject_of_thing ON notification_subject (key, kind, company_id);

-- What a receipt said of an attempt that was still in a run's hand.
CREATE INDEX orphan_receipt_of_attempt ON orphan_receipt (attempt_id) WHERE attempt_id IS NOT NULL;
