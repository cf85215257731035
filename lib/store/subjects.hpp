#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"

namespace egarage::store {

/// A thing of the directory that a notification can be about.
enum class SubjectKind { vehicle, document, reminder, appointment };
inline constexpr core::EnumNames<SubjectKind, 4> subject_kind_names{{{SubjectKind::vehicle, "vehicle"},
                                                                     {SubjectKind::document, "document"},
                                                                     {SubjectKind::reminder, "reminder"},
                                                                     {SubjectKind::appointment, "appointment"}}};

struct Subject {
  SubjectKind kind{};
  std::string key;  ///< the host's
  bool operator==(const Subject&) const = default;
};

/// What a notification is about, by kind and key. Empty for what the host enqueued without saying it.
std::vector<Subject> subjects_of(Database& database, NotificationId notification);
/// Keys of the vehicles among them.
std::vector<std::string> vehicles_of(Database& database, NotificationId notification);
/// Whom it is written to; empty for one that is not in the directory.
std::optional<std::string> customer_of(Database& database, NotificationId notification);

/// The company's notifications to a customer, those that changed last first, at most `count`.
std::vector<NotificationId> written_to(Database& database, CompanyId company, std::string_view customer,
                                       std::size_t count);
/// The company's notifications about a thing, newest first, at most `count`.
std::vector<NotificationId> about(Database& database, CompanyId company, const Subject& subject, std::size_t count);

}  // namespace egarage::store
