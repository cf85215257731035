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

/// `silent until 2027-01-31: travelling`; what a silence keeps back waits with that as its reason.
std::string describe(const Silence& silence);

/// What a message would be about.
struct SilenceSubject {
  std::string_view customer;
  std::optional<std::string_view> vehicle;
  core::Event event{};
};

/// What a message that waits is about.
struct SilencedMessage {
  core::Event event{};
  const std::optional<std::string>& customer;
  const std::vector<std::string>& vehicles;  ///< keys
};

/// Whether the silence, as long as it lasts, keeps the message back. A message about several vehicles is kept back with
/// one of them. Notices to the company's own administrator are kept back only by a silence that names their event: who
/// wants quiet for customers still wants to hear that the subscription ends.
bool covers(const Silence& silence, const SilencedMessage& message);

/// A company's silences, at most one for the same thing. There are few; lists are complete.
class Silences {
 public:
  explicit Silences(Database& database) : database_(database) {}

  /// Creates the silence or gives the one for the same thing its day and reason. A day that has passed ends it. With
  /// any change of one, what waits because of a silence of the company is due at `now`: what may still not go is put
  /// off again. Audited.
  Upsert upsert(CompanyId company, const Silence& silence, core::Instant now);
  /// The one for exactly the same thing as `like`.
  std::optional<Silence> find(CompanyId company, const Silence& like) const;
  std::vector<Silence> list(CompanyId company) const;  ///< also those that are over
  /// Those that last until `day` or longer, the longest first.
  std::vector<Silence> lasting(CompanyId company, core::Date day) const;

  /// The longest silence that keeps such a message back on that day of the company's calendar.
  std::optional<Silence> covering(CompanyId company, const SilenceSubject& subject, core::Date day) const;

 private:
  Database& database_;
};

}  // namespace egarage::store
