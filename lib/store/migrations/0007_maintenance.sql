-- Schema version 7: what the program works out for reminders and inspections, so that a run looks only at those whose
-- day has come.

-- Documents of later days that cover the type have done it. Absent: not planned yet; also in a plan's reminder that the
-- program has withdrawn, and may open again.
ALTER TABLE maintenance_reminder ADD COLUMN counted_from TEXT CHECK (counted_from IS date(counted_from, '+0 days'));
-- The last day on which it is not late: the due day, or that on which even the slowest rate reaches the mileage.
ALTER TABLE maintenance_reminder ADD COLUMN latest_on TEXT CHECK (latest_on IS date(latest_on, '+0 days'));
-- The day from which on the next message about it is looked into; absent: none is to come.
ALTER TABLE maintenance_reminder ADD COLUMN next_step_on TEXT CHECK (next_step_on IS date(next_step_on, '+0 days'));
-- What it was due for when it was last written about, and how: `2026-12-01+90000/due`. The same is not written twice.
ALTER TABLE maintenance_reminder ADD COLUMN told TEXT CHECK (told <> '');
CREATE INDEX maintenance_reminder_next_step ON maintenance_reminder (company_id, next_step_on)
  WHERE next_step_on IS NOT NULL;

CREATE TRIGGER reminder_closed AFTER UPDATE OF state ON maintenance_reminder
WHEN NEW.state <> 'planned' AND NEW.state <> 'notified' AND NEW.next_step_on IS NOT NULL BEGIN
  UPDATE maintenance_reminder SET next_step_on = NULL WHERE company_id = NEW.company_id AND key = NEW.key;
END;
-- What an import changes beside the days; the steps that the program itself takes change nothing in the plan.
CREATE TRIGGER reminder_thresholds_change_plans AFTER UPDATE OF state, days_before, distance_before
ON maintenance_reminder
WHEN OLD.days_before IS NOT NEW.days_before OR OLD.distance_before IS NOT NEW.distance_before
  OR (OLD.state <> NEW.state AND (NEW.state = 'planned' OR (NEW.state = 'notified' AND OLD.state <> 'planned'))) BEGIN
  UPDATE vehicle SET replan = 1 WHERE company_id = NEW.company_id AND key = NEW.vehicle_key AND replan = 0;
END;

-- Under which rules a company's vehicles were planned: others make all of them to be planned anew.
CREATE TABLE maintenance_planning (
  company_id INTEGER PRIMARY KEY REFERENCES company (id),
  rules      TEXT NOT NULL CHECK (rules <> '')
) STRICT;

-- The months for which all vehicles of a company were looked at whose plates are inspected then. Vehicles that come or
-- change later are looked at when they are planned.
CREATE TABLE inspection_round (
  company_id INTEGER NOT NULL REFERENCES company (id),
  month      TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
  looked_on  TEXT NOT NULL CHECK (looked_on IS date(looked_on, '+0 days')),
  left_over  INTEGER NOT NULL CHECK (left_over >= 0),
  PRIMARY KEY (company_id, month)
) STRICT, WITHOUT ROWID;
