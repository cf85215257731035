#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "core/error.hpp"
#include "core/platform/process.hpp"
#include "store/history.hpp"
#include "store/queue.hpp"
#include "support/catch.hpp"

namespace egarage::store {

inline constexpr core::Instant noon{std::chrono::seconds{1'795'435'200}};  // 2026-11-23 12:00:00 UTC
inline constexpr std::chrono::minutes lease{20};

/// A folder of its own for one test, gone afterwards.
class ScratchFolder {
 public:
  ScratchFolder() {
    static std::atomic<int> count = 0;
    path_ = std::filesystem::temp_directory_path() /
            fmt::format("egarage-store-{}-{}", core::platform::process_id(), ++count);
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::filesystem::path operator/(const char* name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline core::EmailAccount account(const std::string& address) {
  return {.transport = "smtp",
          .from = {"Taller", core::EmailAddress::parse(address).value()},
          .reply_to = std::nullopt,
          .unsubscribe = "",
          .host = "smtp.example.cl",
          .ca_file = "",
          .user = address,
          .password = {"env:SMTP_PASSWORD"}};
}

inline core::Company company(const std::string& slug) {
  core::Company result;
  result.slug = slug;
  result.name = "Taller " + slug;
  result.country = "CL";
  result.time_zone = "America/Santiago";
  result.currency = "CLP";
  result.accounts.email = account("avisos@" + slug + ".example.cl");
  return result;
}

/// A store with two companies, and one row enqueued by a short call.
class StoreFixture {
 public:
  StoreFixture() : file(folder / "notify.db"), database(Database::create_or_upgrade(file, noon)), queue(database) {
    Directory directory(database);
    directory.upsert_company(company("sur"), noon);
    directory.upsert_company(company("norte"), noon);
    sur = directory.find_company("sur")->id;
    norte = directory.find_company("norte")->id;
  }

  NewNotification make(const std::string& key, CompanyId company_id = CompanyId{1}) const {
    NewNotification result;
    result.company = company_id;
    result.event = core::Event::documento_creado;
    result.channel = core::Channel::email;
    result.dedup_key = key;
    result.language = core::Language::es;
    result.recipient_name = "Ana Soto";
    result.recipient = "ana@example.cl";
    result.subject = "Orden de trabajo";
    result.body = "Estimada **Ana**: su vehículo está listo.";
    result.message_id_domain = "example.cl";
    result.due_at = noon;
    return result;
  }

  NotificationId enqueue(const NewNotification& notification, core::Instant now = noon) {
    database.transaction([&] { queue.enqueue(notification, now); });
    return History(database).notification(notification.company, notification.dedup_key)->id;
  }
  NotificationId enqueue(const std::string& key) { return enqueue(make(key)); }

  Lane lane() const { return {sur, core::Channel::email, SentBy::company}; }

  /// Claims everything due and starts its attempts.
  std::vector<StartedAttempt> start_all(RunId run, core::Instant now = noon) {
    Queue::Changes changes;
    for (const auto& claimed : queue.claim_due(lane(), run, now, now + lease, 1000))
      changes.starts.push_back(claimed.id);
    return queue.commit(changes, run, now, now + lease);
  }

  std::vector<StartedAttempt> settle(const Settlement& settlement, RunId run, core::Instant now = noon) {
    return queue.commit({{settlement}, {}, {}}, run, now, now + lease);
  }

  NotificationRecord record(NotificationId id) { return History(database).notification(id).value(); }

  /// The states a row went through, from the audit: `queued claimed sending accepted`.
  std::string life(NotificationId id) {
    std::string states;
    for (const auto& audit : record(id).audit_records) states += (states.empty() ? "" : " ") + audit.to;
    return states;
  }

  ScratchFolder folder;
  std::filesystem::path file;
  Database database;
  Queue queue;
  CompanyId sur, norte;
};

inline Settlement settlement(const StartedAttempt& attempt, AttemptOutcome outcome, core::Status next,
                             core::Instant due_at = noon, const std::string& reason = "") {
  Settlement result;
  result.notification = attempt.notification;
  result.attempt = attempt.attempt;
  result.result.outcome = outcome;
  result.result.phase = "final_dot";
  result.result.code = 250;
  result.next = next;
  result.due_at = due_at;
  result.reason = reason;
  return result;
}

/// The error that `work` ends with; its code is `ok` when it does not.
template <typename Work>
core::Error error_of(const Work& work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ExitCode::ok, "", ""};
}

/// What SQLite says to a statement on a second connection with foreign keys on; empty when it agrees.
inline std::string refusal(const StoreFixture& store, const std::string& sql) {
  SQLite::Database other(store.file.string(), SQLite::OPEN_READWRITE, 30'000);
  other.exec("PRAGMA foreign_keys = ON");
  try {
    other.exec(sql);
    return "";
  } catch (const SQLite::Exception& exception) {
    return exception.what();
  }
}

inline std::string scalar(const std::filesystem::path& file, const std::string& sql) {
  SQLite::Database other(file.string(), SQLite::OPEN_READWRITE, 30'000);
  return other.execAndGet(sql).getString();
}

/// The audit of one subject: `from>to:reason|…`, oldest first.
inline std::string audit(const StoreFixture& store, const std::string& about) {
  return scalar(store.file,
                "SELECT coalesce(group_concat(coalesce(from_state, '') || '>' || to_state || ':' || reason, '|'), '')"
                " FROM (SELECT * FROM audit WHERE about = '" +
                    about + "' ORDER BY id)");
}

}  // namespace egarage::store
