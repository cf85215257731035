#include "store/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <system_error>

#include "core/platform/files.hpp"
#include "store/message_id.hpp"
#include "store/migrations.hpp"
#include "store/query.hpp"

namespace egarage::store {

namespace {

using core::Error;
using core::ExitCode;

constexpr int busy_timeout_ms = 30'000;

/// Symbolic links are resolved once: two names of one file would mean two journals (sqlite.org/howtocorrupt, 2.5).
std::filesystem::path resolved(const std::filesystem::path& path) {
  std::error_code error;
  auto result = std::filesystem::weakly_canonical(path, error);
  return error ? path : result;
}

std::unique_ptr<Database::Implementation> connect(const std::filesystem::path& requested, int flags) {
  // Accounting of every allocation behind a global lock, for figures that nobody reads.
  [[maybe_unused]] static const int without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  const auto path = resolved(requested);
  return translating(path, [&] {
    const auto identity = core::platform::file_identity(path);
    auto connection = std::make_unique<Database::Implementation>(
        SQLite::Database(utf8(path), flags | SQLite::OPEN_NOMUTEX, busy_timeout_ms), path, identity);
    // Slots large enough for the frames of triggers, which run three times a message.
    sqlite3_db_config(connection->sqlite.getHandle(), SQLITE_DBCONFIG_LOOKASIDE, nullptr, 4096, 128);
    connection->execute(
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA cell_size_check = ON;"
        "PRAGMA foreign_keys = ON;"
        "PRAGMA synchronous = EXTRA;"
        "PRAGMA mmap_size = 0;"
        "PRAGMA cache_size = -8192;"
        "PRAGMA journal_size_limit = 4194304;"  // what stays on the disk after an unusually large transaction
        "PRAGMA temp_store = MEMORY;");         // a missing or full /tmp must not stop a run
    return connection;
  });
}

/// Never WAL: before SQLite 3.51.3 it can lose commits when several connections are at work. PERSIST instead of DELETE
/// or TRUNCATE saves the file system's own bookkeeping at every commit.
void choose_journal(Database& database) {
  Query query(database, "PRAGMA journal_mode = PERSIST");
  if (query.next() && query.text(0) == "persist") return;
  throw Error(ExitCode::store, fmt::format("{}: the store cannot use a rollback journal", utf8(database.path())),
              "make sure that no other program has switched the file to WAL and holds it open");
}

void refuse_missing(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) return;
  throw Error(ExitCode::store, fmt::format("{}: there is no store here", utf8(path)),
              "run `egarage-notify setup` to create it, or correct the path ([store] path)");
}

void refuse_newer(Database& database, int version) {
  const int known = Database::schema_version_of_program();
  if (version <= known) return;
  throw Error(
      ExitCode::store,
      fmt::format("{}: schema version {} is newer than this program knows ({})", utf8(database.path()), version, known),
      "install the newer egarage-notify");
}

void refuse_other_version(Database& database) {
  const int version = schema_version(database);
  refuse_newer(database, version);
  if (version == Database::schema_version_of_program()) return;
  throw Error(ExitCode::store,
              version == 0 ? fmt::format("{}: the store is empty", utf8(database.path()))
                           : fmt::format("{}: schema version {} is older than this program needs ({})",
                                         utf8(database.path()), version, Database::schema_version_of_program()),
              "run `egarage-notify setup`, which brings the store up to date");
}

}  // namespace

Database::Database(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::create_or_upgrade(const std::filesystem::path& path, core::Instant now) {
  try {
    // Not when it exists: closing any handle of a file drops this process's locks on it (sqlite.org/howtocorrupt, 2.2).
    if (!std::filesystem::exists(path)) core::platform::create_private_file(resolved(path));
  } catch (const std::system_error& error) {
    throw Error(ExitCode::store, fmt::format("{}: the store cannot be created: {}", utf8(path), error.code().message()),
                "check that the folder exists and may be written");
  }
  Database database(connect(path, SQLite::OPEN_READWRITE));
  refuse_newer(database, schema_version(database));
  choose_journal(database);
  migrate(database, embedded_files(), now);
  create_message_id_key(database);
  return database;
}

Database Database::open(const std::filesystem::path& path) {
  refuse_missing(path);
  Database database(connect(path, SQLite::OPEN_READWRITE));
  refuse_other_version(database);
  choose_journal(database);
  return database;
}

Database Database::open_read_only(const std::filesystem::path& path) {
  refuse_missing(path);
  Database database(connect(path, SQLite::OPEN_READONLY));
  refuse_other_version(database);
  return database;
}

Database Database::scratch_copy(const std::filesystem::path& path) {
  try {
    core::platform::create_private_file(path);
  } catch (const std::system_error& error) {
    throw Error(ExitCode::store,
                fmt::format("{}: a copy of the store cannot be made: {}", utf8(path), error.code().message()),
                "see that the folder for temporary files may be written");
  }
  execute(*this, "VACUUM INTO ?1", utf8(path));
  Database copy(connect(path, SQLite::OPEN_READWRITE));
  translating(copy.path(), [&] {
    copy.implementation_->execute(
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = NORMAL;");
  });
  return copy;
}

void Database::transaction(const std::function<void()>& work) {
  if (implementation_->in_transaction()) throw Error(ExitCode::internal, "a transaction inside a transaction", "");
  check_still_in_place();
  try {
    store::execute(*this, "BEGIN IMMEDIATE");
    work();
    store::execute(*this, "COMMIT");
  } catch (...) {
    // A failed COMMIT may or may not have ended the transaction by itself (sqlite.org/lang_transaction, 3).
    if (implementation_->in_transaction()) implementation_->sqlite.tryExec("ROLLBACK");
    check_still_in_place();  // the better explanation, where it is one
    throw;
  }
}

void Database::snapshot(const std::function<void()>& work) {
  if (implementation_->in_transaction()) return work();
  try {
    store::execute(*this, "BEGIN");
    work();
  } catch (...) {
    if (implementation_->in_transaction()) implementation_->sqlite.tryExec("ROLLBACK");
    check_still_in_place();
    throw;
  }
  store::execute(*this, "COMMIT");
}

void atomically(Database& database, const std::function<void()>& work) {
  database.implementation().in_transaction() ? work() : database.transaction(work);
}

void Database::check_still_in_place() const {
  if (core::platform::file_identity(implementation_->path) == implementation_->identity) return;
  throw Error(ExitCode::store, fmt::format("{}: the store was removed or replaced while in use", utf8(path())),
              "stop all runs before you move or restore a store, then start again");
}

const std::filesystem::path& Database::path() const { return implementation_->path; }

std::filesystem::path Database::run_lock_path() const {
  auto path = implementation_->path;
  return path += ".runs";
}

int Database::schema_version_of_program() { return static_cast<int>(embedded_files().size()); }

}  // namespace egarage::store
