#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/channel.hpp"
#include "core/email_address.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "core/language.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// The channels that a customer wants for a class of messages, best first. Absent: the company's choice. Empty: none.
using ChannelWish = std::optional<std::vector<core::Channel>>;

struct Customer {
  std::string key;  ///< the host's, unique within the company
  std::string name, surname;
  std::optional<core::Language> language;  ///< absent: the company's
  std::optional<std::string> email;        ///< as core::EmailAddress writes it
  std::optional<std::string> phone;        ///< E.164
  ChannelWish transactional, collection, promotional;

  const ChannelWish& wish(core::EventClass event_class) const;
  bool operator==(const Customer&) const = default;
};

/// Where a listing by date goes on.
struct DatedKey {
  core::Date date;
  std::string key;
  bool operator==(const DatedKey&) const = default;
};

/// A company's customers. Lists come in portions: the next one begins behind the last row of the one before.
class Customers {
 public:
  explicit Customers(Database& database) : database_(database) {}

  /// Creates the customer or makes it equal to `customer`. Changed wishes are audited.
  Upsert upsert(CompanyId company, const Customer& customer, core::Instant now);
  std::optional<Customer> find(CompanyId company, std::string_view key) const;
  bool exists(CompanyId company, std::string_view key) const;
  /// In key order, those behind `after` (empty: from the beginning), at most `count`.
  std::vector<Customer> list(CompanyId company, std::string_view after, std::size_t count) const;

 private:
  Database& database_;
};

}  // namespace egarage::store
