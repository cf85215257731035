#include "store/queue.hpp"

#include <fmt/format.h>

#include <system_error>

#include "core/platform/process.hpp"
#include "store/query.hpp"
#include "store/queue_state.hpp"

namespace egarage::store {

using core::Error;
using core::ExitCode;

Queue::Queue(Database& database) : database_(database), state_(std::make_unique<State>()) {}
Queue::~Queue() = default;

RunId Queue::begin_run(std::string_view command, core::Instant now) {
  RunId run;
  atomically(database_, [&] {
    execute(database_, "INSERT INTO run (command, process_id, host, started_at) VALUES (?1, ?2, ?3, ?4)", command,
            core::platform::process_id(), core::platform::host_name(), now);
    run.value = database_.implementation().sqlite.getLastInsertRowid();
    try {
      if (!state_->run_lock) state_->run_lock.emplace(database_.run_lock_path());
      if (state_->run_lock->hold(run.value)) return;
    } catch (const std::system_error& error) {
      throw Error(
          ExitCode::store,
          fmt::format("{}: the run lock cannot be used: {}", utf8(database_.run_lock_path()), error.code().message()),
          "give the user who runs egarage-notify write permission for the store's folder");
    }
    throw Error(ExitCode::store, fmt::format("{}: run {} is already at work", utf8(database_.path()), run.value),
                "the store seems to have been restored while a run was going on; wait for that run to end");
  });
  return run;
}

void Queue::end_run(RunId run, std::string_view result, core::Instant now) {
  execute(database_, "UPDATE run SET finished_at = ?2, result = ?3 WHERE id = ?1 AND finished_at IS NULL", run, now,
          result);
}

std::vector<Content> Queue::contents(const std::vector<NotificationId>& ids) const {
  std::vector<Content> result;
  result.reserve(ids.size());
  database_.snapshot([&] {
    for (const auto id : ids) {
      Query query(database_,
                  "SELECT n.event, m.language, m.recipient_name, n.recipient, m.subject, m.body, m.message_id,"
                  " n.created_at, n.company_id, n.channel, n.sent_by, m.payload, n.not_after"
                  " FROM notification n JOIN message m ON m.notification_id = n.id WHERE n.id = ?1",
                  id);
      if (!query.next()) throw damaged(database_.path(), fmt::format("notification {} has no message", id.value));
      result.push_back({id, query.event(0), query.name(1, core::language_names), query.text(2), query.text(3),
                        query.text(4), query.text(5), query.text(6), query.instant(7), query.id<CompanyId>(8),
                        query.name(9, core::channel_names), query.name(10, sent_by_names), query.text(11),
                        query.optional_instant(12)});
    }
  });
  return result;
}

int Queue::uncertain_attempts(NotificationId id) const {
  Query query(database_,
              "SELECT count(*) FROM attempt WHERE company_id = (SELECT company_id FROM notification WHERE id = ?1)"
              " AND notification_id = ?1 AND (outcome = 'uncertain' OR presumed_uncertain)",
              id);
  query.next();
  return static_cast<int>(query.integer(0));
}

}  // namespace egarage::store
