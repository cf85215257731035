#include "producers/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "producers/preparation.hpp"

namespace egarage::producers {

ProducerReport Sweep::all() {
  const store::Directory directory{database_};
  const auto companies = request_.only ? std::vector{directory.company(*request_.only)} : directory.companies();
  auto next = companies.begin();
  while (next != companies.end() || !turns_.empty()) {
    looked_at_ = 0;
    database_.snapshot([&] { take_turns(next, companies.end()); });
    for (auto& decision : std::exchange(made_, {})) decisions_.add(std::move(decision));
  }
  return decisions_.finish();
}

void Sweep::take_turns(std::vector<store::StoredCompany>::const_iterator& next,
                       std::vector<store::StoredCompany>::const_iterator end) {
  while (looked_at_ < portion_size) {
    if (turns_.empty()) {
      if (next == end) return;
      look_at(*next++);
      ++looked_at_;
    } else if (++looked_at_; !turns_.front()()) {
      turns_.pop_front();
    }
  }
}

void Sweep::note(Decision decision) {
  if (!decision.is_empty()) made_.push_back(std::move(decision));
}

void Sweep::for_each_waiting(Waiting waiting, DecideWaiting decide) {
  struct Found {
    std::vector<store::WaitingNotification> rows;
    std::size_t next = 0;
  };
  turns_.push_back(
      [this, waiting = std::move(waiting), decide = std::move(decide), found = std::optional<Found>{}]() mutable {
        if (!found) found = Found{waiting()};
        auto& [rows, begin] = *found;
        const auto end = std::min(begin + portion_size, rows.size());
        looked_at_ += end - begin;
        for (; begin < end; ++begin) note(decide(rows[begin]));
        return begin < rows.size();
      });
}

void Sweep::withdraw(const store::StoredCompany& company, Waiting waiting, WhyGone why) {
  for_each_waiting(std::move(waiting), [&company, why = std::move(why)](const store::WaitingNotification& one) {
    Decision decision{company.id, company.company.slug};
    if (auto reason = why(one)) decision.withdrawn.push_back({one.row, *std::move(reason)});
    decision.still_holds = [why, one] { return why(one).has_value(); };
    return decision;
  });
}

void Sweep::supersede(Decision& decision, std::vector<store::KeyedNotification> waiting, const std::string& step) {
  if (decision.chains.empty()) return;
  for (auto& row : waiting) decision.withdrawn.push_back({std::move(row), fmt::format("superseded by {}", step)});
}

const std::vector<store::Silence>& Sweep::silences_of(store::CompanyId company, core::Date today) {
  if (!silences_ || silences_->company != company) {
    silences_ = {company, store::Silences{database_}.lasting(company, today)};
  }
  return silences_->lasting;
}

std::optional<store::Vehicle> Sweep::still_owned(store::CompanyId company, const Matter& matter) const {
  if (!matter.vehicle) return std::nullopt;
  auto found = vehicles_.find(company, *matter.vehicle);
  if (!found || found->sold || found->customer != matter.customer.key) return std::nullopt;
  return found;
}

std::variant<EventLine, Sweep::Reasons> Sweep::event_or_reasons(const store::StoredCompany& company,
                                                                const Matter& matter, core::Date today) {
  if (auto no = unwanted(matter.customer, matter.event)) return Reasons{std::move(no->reason)};

  std::optional<std::optional<store::Vehicle>> vehicle;
  const auto& silences = silences_of(company.id, today);
  if (!silences.empty()) {
    vehicle = still_owned(company.id, matter);
    const std::optional customer = matter.customer.key;
    std::vector<std::string> keys;
    if (*vehicle) keys.push_back((*vehicle)->key);
    const auto covering = std::ranges::find_if(silences, [&](const store::Silence& silence) {
      return store::covers(silence, {matter.event, customer, keys});
    });
    if (covering != silences.end()) return Reasons{store::describe(*covering)};
  }

  const auto& tenant = tenants_.of(company);
  auto event = addressed_event(tenant, matter.customer, matter.event);
  if (auto reasons = obstacles(event, tenant, tenants_); !reasons.empty()) return reasons;
  if (!vehicle) vehicle = still_owned(company.id, matter);
  describe(event, {matter.event, matter.customer, *vehicle ? &**vehicle : nullptr, matter.document});
  return event;
}

std::optional<EventLine> Sweep::event_for(const store::StoredCompany& company, const Matter& matter, core::Date today) {
  auto event = event_or_reasons(company, matter, today);
  if (auto* line = std::get_if<EventLine>(&event)) return std::move(*line);
  for (auto& reason : std::get<Reasons>(event)) decisions_.note_skipped(company.company.slug, std::move(reason));
  return std::nullopt;
}

}  // namespace egarage::producers
