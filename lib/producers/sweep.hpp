#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "producers/customer_event.hpp"
#include "producers/decisions.hpp"
#include "producers/producer.hpp"
#include "producers/tenants.hpp"
#include "store/customers.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/silences.hpp"
#include "store/vehicles.hpp"
#include "store/waiting.hpp"

namespace egarage::producers {

/// A producer that goes through a company's customers or their documents, and looks only at those that nobody was told
/// of: company by company, in portions. Each is read against one state of the store, small ones of several companies
/// together: a lock costs more than most companies have to say.
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
  /// Says, with the methods below, what there is to look at. What they are given is called later, in the order in which
  /// they were called, and copied: of what it refers to, only `company` is still there.
  virtual void look_at(const store::StoredCompany& company) = 0;

  using After = std::optional<store::DatedKey>;
  /// Decides about each thing that `portion(after, count)` gives, a DatedKey or what is one, until it gives no more.
  template <typename Portion, typename Decide>
  void for_each_untold(Portion portion, Decide decide);

  using Waiting = std::function<std::vector<store::WaitingNotification>()>;
  using DecideWaiting = std::function<Decision(const store::WaitingNotification&)>;
  /// The same for notifications that wait.
  void for_each_waiting(Waiting waiting, DecideWaiting decide);

  using WhyGone = std::function<std::optional<std::string>(const store::WaitingNotification&)>;
  /// Withdraws those for which `why` gives a reason. It is asked again when that is carried out, and gives nothing as
  /// long as a notification has a reason to go out.
  void withdraw(const store::StoredCompany& company, Waiting waiting, WhyGone why);

  /// Adds that the waiting ones make way for the messages of the decision, which tell of a later step. Without such
  /// messages nothing does.
  static void supersede(Decision& decision, std::vector<store::KeyedNotification> waiting, const std::string& step);

  /// Whom and what an event is about.
  struct Matter {
    core::Event event{};
    const store::Customer& customer;
    std::optional<std::string> vehicle;  ///< key; it is named as long as it is the customer's
    const store::Document* document = nullptr;
  };
  using Reasons = std::vector<std::string>;
  /// customer_event() (producers/customer_event.hpp) for it; or why the customer is not to be written to on `today`, or
  /// cannot be reached on any channel.
  std::variant<EventLine, Reasons> event_or_reasons(const store::StoredCompany& company, const Matter& matter,
                                                    core::Date today);
  /// The same, with the reasons in the report.
  std::optional<EventLine> event_for(const store::StoredCompany& company, const Matter& matter, core::Date today);

  const ProducerRequest& request_;
  store::Database& database_;
  store::Documents documents_;
  store::Customers customers_;
  store::Vehicles vehicles_;
  Tenants tenants_;
  Decisions decisions_;

 private:
  /// A portion. Whether it was full, so that it wants another turn.
  using Turn = std::function<bool()>;

  /// What is decided against one state of the store; other processes cannot write meanwhile.
  static constexpr std::size_t portion_size = 200;

  void take_turns(std::vector<store::StoredCompany>::const_iterator& next,
                  std::vector<store::StoredCompany>::const_iterator end);
  void note(Decision decision);
  const std::vector<store::Silence>& silences_of(store::CompanyId company, core::Date today);
  std::optional<store::Vehicle> still_owned(store::CompanyId company, const Matter& matter) const;

  std::deque<Turn> turns_;      ///< of the company that is being looked at
  std::vector<Decision> made_;  ///< against the state of the store that is being looked at
  std::size_t looked_at_ = 0;   ///< in it
  struct CompanySilences {
    store::CompanyId company;
    std::vector<store::Silence> lasting;
  };
  std::optional<CompanySilences> silences_;  ///< of the company that was asked about last
};

template <typename Portion, typename Decide>
void Sweep::for_each_untold(Portion portion, Decide decide) {
  turns_.push_back([this, portion = std::move(portion), decide = std::move(decide), after = After{}]() mutable {
    const auto things = portion(after, portion_size);
    for (const auto& thing : things) note(decide(thing));
    looked_at_ += things.size();
    if (!things.empty()) after = things.back();
    return things.size() == portion_size;
  });
}

}  // namespace egarage::producers
