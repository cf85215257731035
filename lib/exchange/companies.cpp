#include <array>

#include "core/company_values.hpp"
#include "core/money.hpp"
#include "core/time_of_day.hpp"
#include "core/time_zone.hpp"
#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "store/directory.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array columns{Column::key("slug"),
                             Column{"name"},
                             Column{"legal_name"},
                             Column{"country"},
                             Column{"time_zone"},
                             Column{"currency"},
                             Column{"language"},
                             Column{"email"},
                             Column{"phone"},
                             Column{"address"},
                             Column{"colour"},
                             Column{"logo"},
                             Column{"admin_name"},
                             Column{"admin_email"},
                             Column{"subscription_ends"},
                             Column{"subscription_plan"},
                             Column::flag("subscription_active"),
                             Column{"hours_start"},
                             Column{"hours_end"},
                             Column::flag("hours_weekends"),
                             Column::flag("hours_holidays")};

/// What the country implies stands where neither the input nor the store says otherwise.
void read_place(Fields& fields, core::Company& company, std::optional<core::Language> language) {
  company.country = fields.required_text("country", company.country);
  const auto usual = core::country_defaults(company.country);
  if (!usual) return fields.refuse("country", fmt::format("is \"{}\", and must be CL or US", company.country));
  company.language = fields.word("language", core::language_names, language, usual->language);
  company.currency = fields.text("currency", company.currency);
  if (company.currency.empty()) company.currency = usual->currency;
  if (!core::is_currency_code(company.currency)) {
    fields.refuse("currency", "is no code of three capital letters such as CLP");
  }
  company.time_zone = fields.text("time_zone", company.time_zone);
  if (company.time_zone.empty()) company.time_zone = usual->time_zone;
  if (!core::TimeZone::locate(company.time_zone)) {
    fields.refuse("time_zone",
                  fmt::format("is \"{}\", which is no time zone such as {}", company.time_zone, usual->time_zone));
  }
}

void read_presentation(Fields& fields, core::Company& company) {
  company.name = fields.text("name", company.name);
  if (company.name.empty()) company.name = company.slug;
  company.legal_name = fields.text("legal_name", company.legal_name);
  company.email = fields.optional_email("email", company.email).value_or("");
  company.phone = fields.text("phone", company.phone);
  company.address = fields.text("address", company.address);
  company.colour = fields.text("colour", company.colour);
  if (!company.colour.empty() && !core::is_colour(company.colour)) {
    fields.refuse("colour", "is no colour such as #0a7d4f");
  }
  company.logo = fields.text("logo", company.logo);
  if (!company.logo.empty() && !core::is_logo_link(company.logo)) fields.refuse("logo", "is no https:// link");
}

void read_hours(Fields& fields, core::SendingHours& hours) {
  const core::SendingHours usual;
  hours.start = fields.optional_time("hours_start", hours.start).value_or(usual.start);
  hours.end = fields.optional_time("hours_end", hours.end).value_or(usual.end);
  const bool as_before = hours.holidays;
  hours.weekends = fields.flag("hours_weekends", hours.weekends);
  hours.holidays = fields.flag("hours_holidays", fields.says("hours_weekends") ? hours.weekends : as_before);
  if (hours.start == std::chrono::hours{24}) fields.refuse("hours_start", "is 24:00: write 00:00");
  if (hours.start == hours.end) {
    fields.refuse("opens and closes at the same time: for the whole day write 00:00 and 24:00");
  }
}

std::optional<store::Upsert> put(store::Database& database, const Owner&, Fields& fields, core::Instant now) {
  store::Directory directory(database);
  const auto slug = fields.key("slug");
  if (!core::is_company_slug(slug)) {
    fields.refuse("slug", "must be 1 to 64 lower-case letters, digits and hyphens, such as taller-sur");
  }
  const auto stored = directory.find_company(slug);
  auto company = stored ? stored->company : core::Company{};
  company.slug = slug;
  read_place(fields, company, stored ? std::optional(company.language) : std::nullopt);
  read_presentation(fields, company);
  if (company.legal_name.empty() && (!stored || fields.says("legal_name"))) company.legal_name = company.name;
  company.admin.name = fields.text("admin_name", company.admin.name);
  company.admin.email = fields.optional_email("admin_email", company.admin.email).value_or("");
  company.subscription.ends = fields.optional_date("subscription_ends", company.subscription.ends);
  company.subscription.plan = fields.text("subscription_plan", company.subscription.plan);
  company.subscription.active = fields.flag("subscription_active", company.subscription.active);
  read_hours(fields, company.hours);
  if (fields.refusal()) return std::nullopt;
  return directory.upsert_company(company, now);
}

void write(store::Database& database, const Owner&, const RowSink& sink) {
  for (const auto& [id, row] : store::Directory(database).companies()) {
    sink({row.slug,
          row.name,
          row.legal_name,
          row.country,
          row.time_zone,
          row.currency,
          word_cell(core::language_names, row.language),
          row.email,
          row.phone,
          row.address,
          row.colour,
          row.logo,
          row.admin.name,
          row.admin.email,
          cell(row.subscription.ends),
          row.subscription.plan,
          flag_cell(row.subscription.active),
          core::format_time_of_day(row.hours.start),
          core::format_time_of_day(row.hours.end),
          flag_cell(row.hours.weekends),
          flag_cell(row.hours.holidays)});
  }
}

}  // namespace

Kind companies() { return {"companies", columns, put, write}; }

}  // namespace egarage::exchange
