#include <fmt/format.h>

#include <algorithm>

#include "config/section.hpp"
#include "config/sections.hpp"
#include "core/company_values.hpp"
#include "core/money.hpp"
#include "core/time_zone.hpp"

namespace egarage::config {
namespace {

using core::Company;

std::string email_address(const Value& value) {
  const auto text = value.text();
  if (text.empty()) return text;
  const auto address = core::EmailAddress::parse(text);
  if (!address) {
    value.refuse(fmt::format("is not an e-mail address: \"{}\" {}", text, core::EmailAddress::explain_refusal(text)),
                 "Write it as \"user@host.example\".");
  }
  return address->str();
}

std::string slug(const Value& value) {
  auto text = value.text();
  if (!core::is_company_slug(text)) {
    value.refuse(fmt::format("cannot be \"{}\"", text),
                 "Use 1 to 64 lower-case letters, digits and hyphens, such as \"taller-sur\".");
  }
  return text;
}

std::string country(const Value& value) {
  auto text = value.text();
  if (!core::country_defaults(text)) {
    value.refuse(fmt::format("cannot be \"{}\"", text), "Use \"CL\" or \"US\".");
  }
  return text;
}

std::string time_zone(const Value& value) {
  auto text = value.required_text();
  if (!core::TimeZone::locate(text)) {
    value.refuse(fmt::format("is not a known time zone: \"{}\"", text),
                 "Use an IANA name such as \"America/Santiago\" (the system's tzdata package must be installed).");
  }
  return text;
}

std::string currency(const Value& value) {
  auto text = value.text();
  if (!core::is_currency_code(text)) {
    value.refuse(fmt::format("is not a currency: \"{}\"", text), "Use three letters (ISO 4217), such as \"CLP\".");
  }
  return text;
}

std::string colour(const Value& value) {
  auto text = value.text();
  if (!text.empty() && !core::is_colour(text)) {
    value.refuse(fmt::format("is not a colour: \"{}\"", text), "Write it as \"#rrggbb\", such as \"#0a7d4f\".");
  }
  return text;
}

std::string logo(const Value& value) {
  auto text = value.text();
  if (!text.empty() && !core::is_logo_link(text)) {
    value.refuse("is not an https link", "Mail programs show pictures from https:// addresses only.");
  }
  return text;
}

std::chrono::minutes time_of_day(const Value& value) {
  const auto text = value.text();
  const auto digit = [&](std::size_t i) { return text[i] - '0'; };
  const bool shaped = text.size() == 5 && text[2] == ':' &&
                      text.find_first_not_of("0123456789:") == std::string::npos && text.find(':', 3) == text.npos;
  if (shaped) {
    const auto minutes = std::chrono::minutes((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4));
    if (digit(3) < 6 && minutes <= std::chrono::hours(24)) return minutes;
  }
  value.refuse(fmt::format("is not a time of day: \"{}\"", text), "Write hours and minutes: \"00:00\" to \"24:00\".");
}

constexpr Key<core::Administrator> admin_keys[] = {
    {"nombre", [](const Value& v, core::Administrator& a) { a.name = v.text(); }},
    {"email", [](const Value& v, core::Administrator& a) { a.email = email_address(v); }},
};

constexpr Key<core::Subscription> subscription_keys[] = {
    {"ends", [](const Value& v, core::Subscription& s) { s.ends = v.date(); }},
    {"plan", [](const Value& v, core::Subscription& s) { s.plan = v.text(); }},
    {"active", [](const Value& v, core::Subscription& s) { s.active = v.flag(); }},
};

constexpr Key<core::SendingHours> hours_keys[] = {
    {"start", [](const Value& v, core::SendingHours& h) { h.start = time_of_day(v); }},
    {"end", [](const Value& v, core::SendingHours& h) { h.end = time_of_day(v); }},
    {"weekends", [](const Value& v, core::SendingHours& h) { h.weekends = v.flag(); }},
    {"holidays", [](const Value& v, core::SendingHours& h) { h.holidays = v.flag(); }},
};

void read_hours(const Value& section, core::SendingHours& hours) {
  read_section(section, hours_keys, hours);
  // Who writes at weekends writes on holidays, unless they say otherwise.
  if (section.table().contains("weekends") && !section.table().contains("holidays")) hours.holidays = hours.weekends;
  if (hours.start == std::chrono::hours(24)) {
    section.member_or_self("start").refuse("cannot be \"24:00\"", "Write \"00:00\".");
  }
  if (hours.start == hours.end) {
    section.refuse("start and end at the same time", "For the whole day write start = \"00:00\", end = \"24:00\".");
  }
}

std::vector<core::Channel> channels(const Value& value) {
  std::vector<core::Channel> channels;
  for (const auto& item : value.list()) {
    const auto channel = choice(item, core::channel_names);
    if (std::find(channels.begin(), channels.end(), channel) == channels.end()) channels.push_back(channel);
  }
  return channels;
}

// The route comes with the company's hours: what an event leaves out is as there.
void read_event_hours(const Value& value, core::Route& route) { read_hours(value, *route.hours); }

constexpr Key<core::Route> route_keys[] = {
    {"channels", [](const Value& v, core::Route& r) { r.channels = channels(v); }},
    {"order", [](const Value& v, core::Route& r) { r.order = choice(v, core::channel_order_names); }},
    {"on_uncertain", [](const Value& v, core::Route& r) { r.on_uncertain = choice(v, core::on_uncertain_names); }},
    {"hours", read_event_hours},
};

void read_events(const Value& section, const core::SendingHours& hours, std::map<core::Event, core::Route>& routes) {
  for (const auto& [name, node] : section.table()) {
    const auto event = core::parse_event(name.str());
    if (!event) {
      std::vector<std::string_view> codes;
      for (const auto& traits : core::all_events) codes.push_back(traits.code);
      refuse_key(section, name, node, codes);
    }
    core::Route route;
    route.hours = hours;
    read_section(section.member(name, node), route_keys, route);
    if (!node.is_table() || !node.as_table()->contains("hours")) route.hours.reset();
    routes[*event] = std::move(route);
  }
}

// `email` is the contact address (a text) or the account ([company.email]); TOML allows a key only once, so a company
// that has both says the first as `email_contacto`.
void read_email(const Value& value, Company& company) {
  if (value.is_table()) {
    company.accounts.email = read_email_account(value);
  } else {
    company.email = email_address(value);
  }
}

constexpr Key<Company> keys[] = {
    {"slug", [](const Value& v, Company& c) { c.slug = slug(v); }},
    {"host_id", [](const Value& v, Company&) { v.required_text(); }},  // read with the declaration
    {"nombre_taller", [](const Value& v, Company& c) { c.name = v.required_text(); }},
    {"empresa", [](const Value& v, Company& c) { c.legal_name = v.text(); }},
    {"pais", [](const Value& v, Company& c) { c.country = country(v); }},
    {"zona_horaria", [](const Value& v, Company& c) { c.time_zone = time_zone(v); }},
    {"moneda", [](const Value& v, Company& c) { c.currency = currency(v); }},
    {"idioma", [](const Value& v, Company& c) { c.language = choice(v, core::language_names); }},
    {"telefono", [](const Value& v, Company& c) { c.phone = v.text(); }},
    {"email_contacto", [](const Value& v, Company& c) { c.email = email_address(v); }},
    {"direccion", [](const Value& v, Company& c) { c.address = v.text(); }},
    {"color", [](const Value& v, Company& c) { c.colour = colour(v); }},
    {"logo", [](const Value& v, Company& c) { c.logo = logo(v); }},
    {"admin", [](const Value& v, Company& c) { read_section(v, admin_keys, c.admin); }},
    {"subscription", [](const Value& v, Company& c) { read_section(v, subscription_keys, c.subscription); }},
    {"hours", [](const Value& v, Company& c) { read_hours(v, c.hours); }},
    {"events", [](const Value& v, Company& c) { read_events(v, c.hours, c.routes); }},
    {"limits", [](const Value& v, Company& c) { c.limits = read_limits(v); }},
    {"email", read_email},
    {"sms", [](const Value& v, Company& c) { c.accounts.sms = read_sms_account(v); }},
    {"whatsapp", [](const Value& v, Company& c) { c.accounts.whatsapp = read_whatsapp_account(v); }},
};

}  // namespace

core::Company read_company(const Value& section) {
  if (!section.table().contains("slug")) {
    section.refuse("has no slug", "Add slug = \"…\": the short name that events refer to the company by.");
  }
  Company company;
  company.country = "CL";
  if (const auto* node = section.table().get("pais")) company.country = country(section.member("pais", *node));
  const auto defaults = core::country_defaults(company.country);
  company.language = defaults->language;
  company.currency = defaults->currency;
  company.time_zone = defaults->time_zone;
  // The hours of events begin with the company's, wherever these are written.
  if (const auto* node = section.table().get("hours")) read_hours(section.member("hours", *node), company.hours);
  read_section(section, keys, company);
  if (company.name.empty()) company.name = company.slug;
  if (company.legal_name.empty()) company.legal_name = company.name;
  if (company.email.empty() && company.accounts.email) {
    const auto& account = *company.accounts.email;
    company.email = (account.reply_to ? *account.reply_to : account.from).address.str();
  }
  return company;
}

}  // namespace egarage::config
