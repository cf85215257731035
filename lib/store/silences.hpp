#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/event.hpp"
#include "core/instant.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// Until and including a day, nothing goes out that is about the customer or the vehicle and of the event. What is
/// absent does not narrow it: with all three absent the whole company is silent.
struct Silence {
  std::optional<std::string> customer, vehicle;  ///< keys; one of them at most
  std::optional<core::Event> event;
  core::Date until;
  std::string reason;
  bool operator==(const Silence&) const = default;
};

/// What a message would be about.
struct SilenceSubject {
  std::string_view customer;
  std::optional<std::string_view> vehicle;
  core::Event event{};
};

/// A company's silences, at most one for the same thing. There are few; lists are complete.
class Silences {
 public:
  explicit Silences(Database& database) : database_(database) {}

  /// Creates the silence or gives the one for the same thing its day and reason. A day that has passed ends it.
  /// Audited.
  Upsert upsert(CompanyId company, const Silence& silence, core::Instant now);
  /// The one for exactly the same thing as `like`.
  std::optional<Silence> find(CompanyId company, const Silence& like) const;
  std::vector<Silence> list(CompanyId company) const;  ///< also those that are over

  /// The longest silence that keeps such a message back on that day of the company's calendar.
  std::optional<Silence> covering(CompanyId company, const SilenceSubject& subject, core::Date day) const;

 private:
  Database& database_;
};

}  // namespace egarage::store
