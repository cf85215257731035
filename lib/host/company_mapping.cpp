#include <algorithm>
#include <array>

#include "core/email_address.hpp"
#include "core/gsm7.hpp"
#include "core/money.hpp"
#include "core/utf8.hpp"
#include "host/mapping.hpp"

namespace egarage::host {
namespace {

constexpr std::size_t longest_slug = 48;

/// Letters of Latin-1 from U+00C0 on, without their marks.
constexpr std::string_view plain_letters = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";

char plain(char32_t letter) {
  if (letter >= U'a' && letter <= U'z') return static_cast<char>(letter);
  if (letter >= U'0' && letter <= U'9') return static_cast<char>(letter);
  if (letter >= U'A' && letter <= U'Z') return static_cast<char>(letter - U'A' + U'a');
  if (letter >= 0xC0 && letter <= 0xFF) return plain_letters[letter - 0xC0];
  return '-';
}

std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() < 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const std::chrono::minutes result{((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0'};
  if (result >= std::chrono::hours{24}) return std::nullopt;
  return result;
}

void set_hours(const SettingsRow& settings, core::SendingHours& hours, Notes& notes) {
  const auto start = time_of_day(settings.hours_start), end = time_of_day(settings.hours_end);
  hours.weekends = settings.weekends;
  hours.holidays = settings.weekends;
  if (settings.hours_start.empty() && settings.hours_end.empty()) return;
  if (!start || !end || *start == *end) {
    ++notes["sending hours left out: not two different times of day"];
    return;
  }
  hours.start = *start;
  hours.end = *end;
}

/// The switches of the host, as channels of each event. What a route says beside its channels stays.
void set_routes(const SettingsRow& settings, std::map<core::Event, core::Route>& routes) {
  std::vector<core::Channel> active;
  if (settings.email) active.push_back(core::Channel::email);
  if (settings.whatsapp) active.push_back(core::Channel::whatsapp);
  if (settings.sms) active.push_back(core::Channel::sms);
  for (const auto& traits : core::all_events) {
    using core::Event;
    const bool subscription = traits.event == Event::suscripcion_vence || traits.event == Event::suscripcion_vencida;
    const bool maintenance =
        traits.event == Event::mantenimiento_recordatorio || traits.event == Event::revision_vehiculo;
    const bool wanted = subscription                              ? settings.subscription
                        : maintenance                             ? settings.maintenance
                        : traits.event == Event::documento_creado ? settings.documents
                                                                  : true;
    auto route = routes.contains(traits.event) ? routes.at(traits.event) : core::Route{};
    // The platform sends notices about subscriptions: the company's own channels have nothing to do with them.
    if (!wanted) {
      route.channels.clear();
    } else if (subscription) {
      route.channels = core::Route{}.channels;
    } else {
      route.channels = active;
    }
    routes.insert_or_assign(traits.event, route);
    if (route == core::Route{}) routes.erase(traits.event);
  }
}

core::Subscription subscription_of(const CompanyRow& row, const core::TimeZone& zone, Notes& notes) {
  core::Subscription subscription{.ends = std::nullopt, .plan = row.plan, .active = row.active};
  if (!row.ends.empty()) {
    subscription.ends = local_day(row.ends, zone);
    if (!subscription.ends) ++notes["end of the subscription left out: not a date"];
  } else if (row.plan == "trial" && row.trial_days && *row.trial_days >= 0 && *row.trial_days <= 3660) {
    if (const auto start = local_day(row.starts, zone))
      subscription.ends = core::Date{std::chrono::sys_days{*start} + std::chrono::days{*row.trial_days}};
  }
  return subscription;
}

std::string email_of(const std::string& written, std::string_view whose, Notes& notes) {
  if (written.empty()) return {};
  if (const auto address = core::EmailAddress::parse(written)) return address->str();
  ++notes[std::string(whose) + " left out: it " + core::EmailAddress::explain_refusal(written)];
  return {};
}

}  // namespace

std::optional<core::Date> local_day(std::string_view written, const core::TimeZone& zone) {
  if (const auto date = core::parse_date(written)) return date;
  const auto instant = core::parse_instant(written);
  if (!instant) return std::nullopt;
  return core::Date{std::chrono::floor<std::chrono::days>(zone.to_local(*instant))};
}

std::string slug_of(std::string_view name) {
  const auto text = core::valid_utf8(name);
  std::string slug;
  for (std::string_view rest = text; !rest.empty() && slug.size() < longest_slug;) {
    const auto letter = core::first_code_point(rest);
    rest.remove_prefix(letter.octets);
    const auto character = plain(letter.value);
    if (character != '-' || (!slug.empty() && slug.back() != '-')) slug += character;
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

std::variant<core::Company, Refusal> company_of(const CompanyRow& row, const std::optional<SettingsRow>& settings,
                                                core::Company known, Notes& notes) {
  const auto defaults = core::country_defaults(row.country);
  if (!defaults) return Refusal{"its country is neither CL nor US"};
  auto company = std::move(known);
  company.name = row.name.empty() ? company.slug : row.name;
  company.legal_name = row.legal_name.empty() ? company.name : row.legal_name;
  company.country = row.country;
  company.language = defaults->language;
  company.currency = row.currency.empty() ? defaults->currency : row.currency;
  if (!core::is_currency_code(company.currency)) {
    company.currency = defaults->currency;
    ++notes["currency left out: no code such as CLP"];
  }
  company.time_zone = row.time_zone.empty() ? defaults->time_zone : row.time_zone;
  auto zone = core::TimeZone::locate(company.time_zone);
  if (!zone) {
    ++notes["time zone left out: unknown"];
    company.time_zone = defaults->time_zone;
    zone = core::TimeZone::locate(company.time_zone);
  }
  company.address = row.address;
  company.phone = row.phone;
  company.email = email_of(row.email, "company's e-mail", notes);
  // Django keeps the path of an uploaded picture; an e-mail can only show what has an address of its own.
  company.logo = row.logo.starts_with("https://") ? row.logo : std::string{};
  company.admin.name = row.admin_name.empty() ? row.admin_username : row.admin_name;
  company.admin.email = email_of(row.admin_email, "administrator's e-mail", notes);
  company.subscription = subscription_of(row, zone ? *zone : core::TimeZone::utc(), notes);
  if (settings) {
    set_hours(*settings, company.hours, notes);
    set_routes(*settings, company.routes);
  }
  return company;
}

}  // namespace egarage::host
