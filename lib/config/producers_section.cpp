#include "config/section.hpp"
#include "config/sections.hpp"

namespace egarage::config {

namespace {

/// Ten years: what lies further away is a mistake.
constexpr std::int64_t most_days = 3660;
constexpr std::int64_t most_months = 120;
constexpr std::int64_t most_notices = 20;

std::vector<std::chrono::days> days_of(const Value& value, std::int64_t least) {
  std::vector<std::chrono::days> result;
  for (const auto& item : value.list()) result.emplace_back(item.integer(least, most_days));
  return result;
}

constexpr Key<SubscriptionNotices> subscriptions_keys[] = {
    {"before", [](const Value& v, SubscriptionNotices& s) { s.before = days_of(v, 0); }},
    {"after", [](const Value& v, SubscriptionNotices& s) { s.after = days_of(v, 1); }},
    {"first_notice_within",
     [](const Value& v, SubscriptionNotices& s) {
       s.first_notice_within = std::chrono::days{v.integer(0, most_days)};
     }},
};

constexpr Key<PaymentNotices> payments_keys[] = {
    {"steps", [](const Value& v, PaymentNotices& s) { s.steps = days_of(v, -most_days); }},
};

constexpr Key<InactivityNotices> inactive_keys[] = {
    {"months", [](const Value& v, InactivityNotices& s) { s.months = std::chrono::months{v.integer(1, most_months)}; }},
    {"max_notices",
     [](const Value& v, InactivityNotices& s) { s.max_notices = static_cast<int>(v.integer(0, most_notices)); }},
    {"first_notice_within",
     [](const Value& v, InactivityNotices& s) { s.first_notice_within = std::chrono::days{v.integer(1, most_days)}; }},
};

constexpr std::int64_t longest_notice = 365;
constexpr std::int64_t furthest_notice_km = 100'000;

std::chrono::days day_count(const Value& value, std::int64_t least) {
  return std::chrono::days{value.integer(least, longest_notice)};
}

constexpr Key<MaintenanceNotices> maintenance_keys[] = {
    {"days_before", [](const Value& v, MaintenanceNotices& m) { m.days_before = day_count(v, 0); }},
    {"km_before", [](const Value& v, MaintenanceNotices& m) { m.km_before = v.integer(0, furthest_notice_km); }},
    {"overdue_after", [](const Value& v, MaintenanceNotices& m) { m.overdue_after = day_count(v, 0); }},
    {"told_within", [](const Value& v, MaintenanceNotices& m) { m.told_within = day_count(v, 1); }},
};

constexpr Key<InspectionNotices> inspections_keys[] = {
    {"before", [](const Value& v, InspectionNotices& i) { i.before = days_of(v, 0); }},
    {"hour", [](const Value& v, InspectionNotices& i) { i.hour = std::chrono::hours{v.integer(0, 23)}; }},
    {"statutory", [](const Value& v, InspectionNotices& i) { i.statutory = v.flag(); }},
    {"statutory_days_before", [](const Value& v, InspectionNotices& i) { i.statutory_days_before = day_count(v, 0); }},
};

constexpr Key<ProducerSettings> producers_keys[] = {
    {"subscriptions",
     [](const Value& v, ProducerSettings& s) { read_section(v, subscriptions_keys, s.subscriptions); }},
    {"payments", [](const Value& v, ProducerSettings& s) { read_section(v, payments_keys, s.payments); }},
    {"inactive", [](const Value& v, ProducerSettings& s) { read_section(v, inactive_keys, s.inactive); }},
    {"maintenance", [](const Value& v, ProducerSettings& s) { read_section(v, maintenance_keys, s.maintenance); }},
    {"inspections", [](const Value& v, ProducerSettings& s) { read_section(v, inspections_keys, s.inspections); }},
};

}  // namespace

ProducerSettings read_producers(const Value& section) {
  ProducerSettings settings;
  read_section(section, producers_keys, settings);
  return settings;
}

}  // namespace egarage::config
