#pragma once

#include <string>

#include "directory_world.hpp"
#include "producers/payments.hpp"

namespace egarage::test {

/// Ana, and what she owes.
struct PaymentsWorld : DirectoryWorld {
  producers::PaymentRules rules{{std::chrono::days{-3}, std::chrono::days{0}, std::chrono::days{3},
                                 std::chrono::days{10}, std::chrono::days{30}}};

  PaymentsWorld() { put_customer("ana"); }

  void owe(const std::string& key, std::string_view due, const std::string& customer = "ana",
           const Change<store::Document>& change = {}) {
    put_document(key, customer, "2026-10-01", [&](auto& one) {
      one.due = the_day(due);
      if (change) change(one);
    });
  }
  void pay(const std::string& key, std::string_view day) {
    change_document(key, [&](auto& one) { one.paid = the_day(day); });
  }
  producers::ProducerReport check(core::Instant now, core::DryRun dry_run = core::DryRun::no) {
    return producers::check_payments(database, rules, {.now = now, .dry_run = dry_run});
  }
  producers::ProducerReport check(std::string_view now, core::DryRun dry_run = core::DryRun::no) {
    return check(instant(now), dry_run);
  }
};

/// Everything that runs between two instants make.
inline std::string all_of(PaymentsWorld& world, std::string_view first, std::string_view last,
                          std::chrono::minutes rhythm) {
  std::string all;
  for (auto now = instant(first); now < instant(last); now += rhythm) {
    const auto made = keys(world.check(now));
    if (!made.empty()) all += (all.empty() ? "" : " ") + made;
  }
  return all;
}

}  // namespace egarage::test
