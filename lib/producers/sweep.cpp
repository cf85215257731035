#include "producers/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace egarage::producers {

/// What is decided against one state of the store; other processes cannot write meanwhile.
constexpr std::size_t portion_size = 200;

ProducerReport Sweep::all() {
  const store::Directory directory{database_};
  if (request_.only) {
    look_at(directory.company(*request_.only));
  } else {
    for (const auto& company : directory.companies()) look_at(company);
  }
  return decisions_.finish();
}

void Sweep::for_each_untold(const Portion& portion, const std::function<Decision(const store::DatedKey&)>& decide) {
  std::optional<store::DatedKey> after;
  for (;;) {
    std::vector<store::DatedKey> things;
    std::vector<Decision> made;
    database_.snapshot([&] {
      things = portion(after, portion_size);
      for (const auto& thing : things) made.push_back(decide(thing));
    });
    for (auto& decision : made) decisions_.add(std::move(decision));
    if (things.size() < portion_size) return;
    after = std::move(things.back());
  }
}

void Sweep::for_each_waiting(const std::vector<store::WaitingNotification>& waiting,
                             const std::function<Decision(const store::WaitingNotification&)>& decide) {
  for (std::size_t begin = 0; begin < waiting.size(); begin += portion_size) {
    std::vector<Decision> made;
    database_.snapshot([&] {
      for (auto i = begin; i < std::min(begin + portion_size, waiting.size()); ++i) made.push_back(decide(waiting[i]));
    });
    for (auto& decision : made) decisions_.add(std::move(decision));
  }
}

void Sweep::withdraw(const store::StoredCompany& company, const std::vector<store::WaitingNotification>& waiting,
                     const WhyGone& why) {
  for_each_waiting(waiting, [&](const store::WaitingNotification& one) {
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

std::optional<store::Vehicle> Sweep::still_owned(store::CompanyId company, const std::optional<std::string>& vehicle,
                                                 const std::string& customer) const {
  if (!vehicle) return std::nullopt;
  auto found = vehicles_.find(company, *vehicle);
  if (!found || found->sold || found->customer != customer) return std::nullopt;
  return found;
}

}  // namespace egarage::producers
