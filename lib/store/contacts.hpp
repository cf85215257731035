#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/contact_limit.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Whom a message is written to, as far as limits of contacts go.
struct Addressee {
  CompanyId company;
  std::optional<std::string> customer;  ///< key in the directory; empty: whoever has the address
  std::string address;                  ///< e-mail address, or number for SMS and WhatsApp
};

/// Whether what the one hears counts for the other: the same customer, or the same address where one of them is no
/// customer. (Two customers who share an address are two.)
bool is_same(const Addressee& left, const Addressee& right);

/// What a message is about: the same on all channels.
using Occasion = std::string;  // the dedup key without its channel

struct AddressedMessage {
  Addressee addressee;
  Occasion occasion;
};

/// A message that somebody got, or may have got.
struct Contact {
  Occasion occasion;
  core::Instant at;  ///< of the attempt
  AttemptId attempt;
};

/// What somebody heard, and on which days of the company's calendar. The same thing heard again on the same day is one
/// contact.
class ContactDays {
 public:
  explicit ContactDays(const core::TimeZone& zone) : zone_(zone) {}

  void add(const Occasion& occasion, core::Instant at) { heard_.emplace(occasion, day_of(at)); }
  /// Whether it has been heard on that day.
  bool contains(const Occasion& occasion, core::Instant at) const { return heard_.contains({occasion, day_of(at)}); }
  /// When the limit allows one more.
  core::NextContact next(const core::ContactLimit& limit, core::Instant now) const;

 private:
  std::chrono::local_days day_of(core::Instant at) const {
    return std::chrono::floor<std::chrono::days>(zone_.to_local(at));
  }

  core::TimeZone zone_;
  std::set<std::pair<Occasion, std::chrono::local_days>> heard_;
};

/// Who has heard what lately.
class Contacts {
 public:
  explicit Contacts(Database& database) : database_(database) {}

  AddressedMessage addressed(NotificationId notification) const;

  /// The attempts since `since` to write to the addressee with messages of the class that were accepted, are on the
  /// wire, or ended without a known result; not those that a receipt says did not arrive. Messages to an address
  /// without a customer's key are found for the classes that have a limit by default, collection and promotional.
  std::vector<Contact> since(const Addressee& addressee, core::EventClass event_class, core::Instant since) const;
  /// Those of them that the limit looks back on.
  std::vector<Contact> that_count(const Addressee& addressee, core::EventClass event_class,
                                  const core::ContactLimit& limit, core::Instant now) const {
    return since(addressee, event_class, now - core::reach(limit) - std::chrono::days{1});
  }

 private:
  Database& database_;
};

}  // namespace egarage::store
