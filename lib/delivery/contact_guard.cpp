#include "delivery/contact_guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "delivery/commit.hpp"
#include "delivery/guards.hpp"
#include "store/contacts.hpp"

namespace egarage::delivery {

namespace {

/// A message that this very commit marks.
struct Granted {
  store::AddressedMessage message;
  core::EventClass event_class;
};

/// Attempts that end in this commit, and surely did not reach anybody.
std::set<store::AttemptId> refused_attempts(const Commit& commit) {
  std::set<store::AttemptId> ids;
  for (const auto& settlement : commit.changes.settlements) {
    const auto outcome = settlement.result.outcome;
    if (outcome != store::AttemptOutcome::accepted && outcome != store::AttemptOutcome::uncertain) {
      ids.insert(settlement.attempt);
    }
  }
  return ids;
}

std::string why(core::NextContact::Limit because, const core::ContactLimit& limit, core::EventClass event_class) {
  if (because == core::NextContact::Limit::per_week) {
    return fmt::format("the customer has had {} {} message{} in 7 days", limit.per_week.value_or(0),
                       core::to_string(event_class), limit.per_week == 1 ? "" : "s");
  }
  return fmt::format("the customer's last {} message is less than {} day{} old", core::to_string(event_class),
                     limit.days_apart, limit.days_apart == 1 ? "" : "s");
}

class Limits {
 public:
  Limits(RunContext& context, const Commit& commit, core::Instant now)
      : contacts_(context.database), refused_(refused_attempts(commit)), now_(now) {}

  /// Until when the row must wait, if so; otherwise it counts from now on.
  std::optional<Rest> over_limit(const LimitedStart& start) {
    const auto& company = *start.company;
    const auto& limit = *company.limit_on(start.event);
    const auto event_class = core::traits(start.event).event_class;
    auto message = contacts_.addressed(start.notification);
    const auto heard = heard_by(message.addressee, event_class, limit, company.zone);
    if (!heard.contains(message.occasion, now_)) {
      const auto next = heard.next(limit, now_);
      if (next.because)
        return Rest{company.first_opening(start.event, next.at), why(*next.because, limit, event_class)};
    }
    granted_.push_back({std::move(message), event_class});
    return std::nullopt;
  }

 private:
  store::ContactDays heard_by(const store::Addressee& addressee, core::EventClass event_class,
                              const core::ContactLimit& limit, const core::TimeZone& zone) const {
    store::ContactDays heard(zone);
    for (const auto& contact : contacts_.that_count(addressee, event_class, limit, now_)) {
      if (!refused_.contains(contact.attempt)) heard.add(contact.occasion, contact.at);
    }
    for (const auto& granted : granted_) {
      const auto& [other, occasion] = granted.message;
      if (granted.event_class == event_class && is_same(other, addressee)) heard.add(occasion, now_);
    }
    return heard;
  }

  store::Contacts contacts_;
  std::set<store::AttemptId> refused_;
  core::Instant now_;
  std::vector<Granted> granted_;
};

}  // namespace

void note_limit(std::vector<LimitedStart>& limited, const store::Claimed& row, const CompanyFacts& company) {
  if (company.limit_on(row.event) == nullptr) return;
  limited.push_back({row.id, row.event, row.not_after, &company});
}

void keep_contact_limits(RunContext& context, Commit& commit, core::Instant now) {
  if (commit.limited.empty()) return;
  Limits limits{context, commit, now};
  for (const auto& start : commit.limited) {
    const auto rest = limits.over_limit(start);
    if (!rest) continue;
    auto back = put_off(start.notification, start.not_after, *rest);
    // Put-backs come before starts: a row that is put back is not there to be marked.
    commit.changes.put_backs.push_back(back);
    commit.over_limit.push_back({start.company, std::move(back)});
  }
}

void report_over_limit(RunContext& context, const Commit& commit) {
  for (const auto& [company, back] : commit.over_limit) {
    ++(back.next == core::Status::expired ? context.summary.expired : context.summary.postponed);
    context.log.turned_away(company->slug, back);
  }
}

}  // namespace egarage::delivery
