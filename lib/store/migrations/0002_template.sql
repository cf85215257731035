-- Schema version 2: texts that a company, or the platform for all companies, puts in the place of the product's.

CREATE TABLE template (
  id         INTEGER PRIMARY KEY,
  company_id INTEGER REFERENCES company (id),
  name       TEXT NOT NULL
             CONSTRAINT template_name CHECK (length(name) BETWEEN 1 AND 100 AND name NOT GLOB '*[^a-z0-9_.-]*'),
  text       TEXT NOT NULL CONSTRAINT template_is_not_empty CHECK (text <> ''),
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX template_key ON template (coalesce(company_id, 0), name);

CREATE TRIGGER template_created AFTER INSERT ON template BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'template', 'created',
          NEW.name || ' (' || length(CAST(NEW.text AS BLOB)) || ' octets)');
END;
CREATE TRIGGER template_changed AFTER UPDATE OF text ON template WHEN OLD.text <> NEW.text BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (NEW.updated_at, NEW.company_id, 'template', 'changed',
          NEW.name || ' (' || length(CAST(OLD.text AS BLOB)) || ' octets before, '
          || length(CAST(NEW.text AS BLOB)) || ' now)');
END;
-- Whoever removes a text sets its updated_at first.
CREATE TRIGGER template_removed AFTER DELETE ON template BEGIN
  INSERT INTO audit (at, company_id, about, to_state, reason)
  VALUES (OLD.updated_at, OLD.company_id, 'template', 'removed', OLD.name);
END;
