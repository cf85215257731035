#pragma once

#include <functional>
#include <string>
#include <vector>

#include "producers/event_line.hpp"
#include "producers/producer.hpp"
#include "producers/tenants.hpp"
#include "store/database.hpp"
#include "store/dedup_keys.hpp"
#include "store/queue.hpp"

namespace egarage::producers {

/// What a producer has decided about one thing: all of it happens, or nothing.
struct Decision {
  store::CompanyId company;
  std::string slug;
  struct Withdrawn {
    store::KeyedNotification row;  ///< one that waits
    std::string reason;
  };
  std::vector<Withdrawn> withdrawn{};
  std::vector<std::vector<store::NewNotification>> chains{};
  struct Reworded {
    store::NotificationId id;  ///< one that waits
    store::NewNotification text;
  };
  std::vector<Reworded> reworded{};
  std::function<bool()> still_holds{};  ///< asked in the transaction that carries it out; empty: it holds
  std::function<void()> record{};       ///< what else the store must remember with it; empty: nothing

  bool is_empty() const { return withdrawn.empty() && chains.empty() && reworded.empty() && !record; }
};

/// Carries decisions out, many in one transaction, and reports what came of them. In a dry run it only reports. While
/// decisions wait for their transaction, the store does not know of them yet.
class Decisions {
 public:
  Decisions(store::Database& database, const ProducerRequest& request)
      : database_(database), request_(request), queue_(database) {}

  enum class Came { to_messages, to_nobody, to_an_error };
  /// Renders the event as of `at` (producers/preparation.hpp) into the decision. On what it comes to nothing is in the
  /// report.
  Came add_event(EventLine event, Tenants& tenants, core::Instant at, Decision& decision);
  /// Renders the event as of `at`, so that those of `waiting` that it would make today say what is true then. A text
  /// that cannot be rendered any more is in the report; they keep what they have.
  void add_wording(EventLine event, Tenants& tenants, core::Instant at,
                   const std::vector<store::KeyedNotification>& waiting, Decision& decision);
  void note_skipped(std::string slug, std::string reason);
  /// An empty one is nothing.
  void add(Decision decision);
  /// Carries out what waits. The report is of everything since the beginning.
  ProducerReport finish();

 private:
  void carry_out();
  void record(const Decision& decision);
  void record_created(const Decision& decision, const std::vector<store::NewNotification>& chain);
  void write(const Decision& decision);

  store::Database& database_;
  const ProducerRequest& request_;
  store::Queue queue_;
  std::vector<Decision> waiting_;
  ProducerReport report_;
};

}  // namespace egarage::producers
