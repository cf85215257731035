-- Schema version 8: how often customers may be written to, and on which holidays.

-- What a company, or the platform for all of them, says about limits by class of message: JSON, `{}` says nothing.
ALTER TABLE company ADD COLUMN limits TEXT NOT NULL DEFAULT '{}' CHECK (limits GLOB '{*}');
ALTER TABLE platform ADD COLUMN limits TEXT NOT NULL DEFAULT '{}' CHECK (limits GLOB '{*}');
ALTER TABLE company ADD COLUMN hours_holidays INTEGER NOT NULL DEFAULT 0 CHECK (hours_holidays IN (0, 1));

-- What an address has heard, for those who are not in the directory. Of the events whose class has a limit by itself
-- only: the others are many, and pay nothing for it. No state is in it, so that a row that moves leaves it alone.
CREATE INDEX notification_of_address ON notification (company_id, recipient COLLATE NOCASE)
  WHERE event = 'PAGO_PENDIENTE' OR event = 'CLIENTE_INACTIVO';

DROP TRIGGER company_changed;
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
           OR OLD.hours_weekends <> NEW.hours_weekends OR OLD.hours_holidays <> NEW.hours_holidays, 'hours ', '')
    || iif(OLD.channels <> NEW.channels, 'channels ', '') || iif(OLD.limits <> NEW.limits, 'limits ', '')));
END;
