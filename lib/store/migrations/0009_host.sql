-- Schema version 9: which company of the host application is which of ours, and what may be forgotten one day.

-- The host's names change, ours do not: companies are found by the host's own id.
CREATE TABLE host_company (
  host_id          TEXT NOT NULL PRIMARY KEY CHECK (host_id <> ''),
  company_id       INTEGER NOT NULL UNIQUE REFERENCES company (id),
  settled_document INTEGER NOT NULL DEFAULT 0 CHECK (settled_document >= 0),
  linked_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER host_company_linked AFTER INSERT ON host_company BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.linked_at, NEW.company_id, 'company', 'linked', 'host company ' || NEW.host_id);
END;

-- The audit is shortened by `purge` alone: it says up to when in the same transaction. What proves what somebody allowed
-- or forbade stays for ever.
DROP TRIGGER audit_is_never_shortened;
CREATE TRIGGER audit_is_shortened_by_the_purge_alone BEFORE DELETE ON audit
WHEN OLD.about LIKE 'suppression %' OR OLD.about LIKE 'customer %'
  OR OLD.at >= coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'audit_kept_since'), OLD.at) BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;
