#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "producers/decisions.hpp"
#include "producers/producer.hpp"
#include "producers/tenants.hpp"
#include "store/customers.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/vehicles.hpp"
#include "store/waiting.hpp"

namespace egarage::producers {

/// A producer that goes through a company's customers or their documents, and looks only at those that nobody was told
/// of: company by company, in portions that are read against one state of the store each.
class Sweep {
 public:
  Sweep(store::Database& database, const ProducerRequest& request)
      : request_(request),
        database_(database),
        documents_(database),
        customers_(database),
        vehicles_(database),
        tenants_(database),
        decisions_(database, request) {}
  virtual ~Sweep() = default;
  Sweep(const Sweep&) = delete;
  Sweep& operator=(const Sweep&) = delete;

  /// Every company that is asked for. Once.
  ProducerReport all();

 protected:
  virtual void look_at(const store::StoredCompany& company) = 0;

  using Portion =
      std::function<std::vector<store::DatedKey>(const std::optional<store::DatedKey>& after, std::size_t count)>;
  /// Decides about each thing that `portion` gives, until it gives no more.
  void for_each_untold(const Portion& portion, const std::function<Decision(const store::DatedKey&)>& decide);

  /// The same for notifications that wait.
  void for_each_waiting(const std::vector<store::WaitingNotification>& waiting,
                        const std::function<Decision(const store::WaitingNotification&)>& decide);

  using WhyGone = std::function<std::optional<std::string>(const store::WaitingNotification&)>;
  /// Withdraws those for which `why` gives a reason. It is asked again when that is carried out, and gives nothing as
  /// long as a notification has a reason to go out.
  void withdraw(const store::StoredCompany& company, const std::vector<store::WaitingNotification>& waiting,
                const WhyGone& why);

  /// Adds that the waiting ones make way for the messages of the decision, which tell of a later step. Without such
  /// messages nothing does.
  static void supersede(Decision& decision, std::vector<store::KeyedNotification> waiting, const std::string& step);

  /// The vehicle, as long as it is that customer's; empty also for no vehicle.
  std::optional<store::Vehicle> still_owned(store::CompanyId company, const std::optional<std::string>& vehicle,
                                            const std::string& customer) const;

  const ProducerRequest& request_;
  store::Database& database_;
  store::Documents documents_;
  store::Customers customers_;
  store::Vehicles vehicles_;
  Tenants tenants_;
  Decisions decisions_;
};

}  // namespace egarage::producers
