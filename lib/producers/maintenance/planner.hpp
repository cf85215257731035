#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "producers/maintenance.hpp"
#include "store/directory.hpp"

namespace egarage::producers::maintenance {

/// What a dry run would have planned, as far as a company's messages go.
struct PlannedOnly {
  std::set<std::string> vehicles;  ///< planned anew: what the store says of their reminders counts for nothing
  std::vector<store::ScheduledReminder> reminders;  ///< theirs whose step's day comes within two weeks
};

/// Plans the vehicles of which something has changed since they were planned, and all of a company's once when the
/// rules have. Many share a transaction, also of several companies: a commit costs more than a vehicle. What is planned
/// and that it is planned are one. In a dry run nothing is written.
class Planner {
 public:
  Planner(store::Database& database, const ReminderRules& rules, const ProducerRequest& request,
          MaintenanceReport& report);
  ~Planner();

  /// `company` outlives the planner.
  void plan(const store::StoredCompany& company, core::Date today);
  /// Writes what waits. What a dry run found, by company; empty otherwise.
  std::map<store::CompanyId, PlannedOnly> finish();

 private:
  class CompanyPlan;

  void add(std::function<void()> work);
  void carry_out();

  store::Database& database_;
  const ReminderRules& rules_;
  const ProducerRequest& request_;
  MaintenanceReport& report_;
  std::map<store::CompanyId, std::string> planned_under_;
  std::set<store::CompanyId> changed_;  ///< have vehicles to plan anew
  std::vector<std::function<void()>> waiting_;
  std::map<store::CompanyId, PlannedOnly> planned_only_;
};

}  // namespace egarage::producers::maintenance
