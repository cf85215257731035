#include "host/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <unordered_map>
#include <vector>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace egarage::host {
namespace {

using core::Error;
using core::ExitCode;

constexpr int busy_timeout_ms = 5'000;

std::string utf8(const std::filesystem::path& path) {
  const auto text = path.u8string();
  return {text.begin(), text.end()};
}

Error explain(const SQLite::Exception& exception, const std::filesystem::path& path) {
  const auto error = [&](ExitCode code, std::string_view what, std::string hint) {
    return Error(code, fmt::format("{}: {} (SQLite: {})", utf8(path), what, exception.what()), std::move(hint));
  };
  // The primary result code is the low byte of an extended one.
  switch (exception.getErrorCode() & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return error(ExitCode::store, "the host application has kept its database locked for too long",
                   "the next run tries again; a host whose journal is a WAL (PRAGMA journal_mode = WAL) never locks "
                   "readers out");
    case SQLITE_NOTADB:
      return error(ExitCode::configuration, "the host's database is not an SQLite database",
                   "correct [host] database; of another kind of database, use `egarage-notify import`");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return error(
          ExitCode::configuration, "the host's database cannot be opened",
          "give the user who runs egarage-notify read permission for the file and its folder; where the journal is a "
          "WAL, write permission for its -shm file, too");
    case SQLITE_READONLY:
      return error(ExitCode::store, "the host application left its database in the middle of a write",
                   "start the host application once: only a writer can repair that");
    default:
      return error(ExitCode::store, "the host's database cannot be read",
                   "check the file with `sqlite3 FILE 'PRAGMA integrity_check'`");
  }
}

template <typename Work>
auto translating(const std::filesystem::path& path, const Work& work) {
  try {
    return work();
  } catch (const SQLite::Exception& exception) {
    throw explain(exception, path);
  }
}

/// A statement, and what its columns are called.
struct Prepared {
  SQLite::Statement statement;
  std::vector<std::string> columns;
};

}  // namespace

struct Database::Implementation {
  SQLite::Database sqlite;
  std::filesystem::path path;
  std::unordered_map<std::string, Prepared> statements{};
};

struct Rows::Implementation {
  Prepared& prepared;
  const std::filesystem::path& path;

  SQLite::Column at(std::string_view name) const {
    for (std::size_t i = 0; i < prepared.columns.size(); ++i) {
      if (prepared.columns[i] == name) return prepared.statement.getColumn(static_cast<int>(i));
    }
    throw Error(ExitCode::internal, fmt::format("no column {} was asked for", name), "");
  }
};

Rows::Rows(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Rows::~Rows() { implementation_->prepared.statement.tryReset(); }

bool Rows::next() {
  return translating(implementation_->path, [&] { return implementation_->prepared.statement.executeStep(); });
}

bool Rows::is_null(std::string_view column) const { return implementation_->at(column).isNull(); }

std::string Rows::text(std::string_view column) const {
  const auto value = implementation_->at(column);
  return value.isNull() ? std::string{} : core::one_line(value.getString());
}

std::optional<std::int64_t> Rows::integer(std::string_view column) const {
  const auto value = implementation_->at(column);
  if (value.isInteger() || value.isFloat()) return value.getInt64();
  return std::nullopt;
}

bool Rows::flag(std::string_view column, bool otherwise) const {
  const auto value = integer(column);
  return value ? *value != 0 : otherwise;
}

Database::Database(const std::filesystem::path& path) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) {
    throw Error(ExitCode::configuration, fmt::format("{}: the host's database is not there", utf8(path)),
                "correct [host] database in the configuration, or leave the section out");
  }
  implementation_ = translating(path, [&] {
    auto opened = std::make_unique<Implementation>(
        Implementation{SQLite::Database(utf8(path), SQLite::OPEN_READONLY, busy_timeout_ms), path});
    opened->sqlite.exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0;");
    return opened;
  });
}

Database::~Database() = default;

void Database::snapshot(const std::function<void()>& work) {
  auto& sqlite = implementation_->sqlite;
  translating(path(), [&] { sqlite.exec("BEGIN"); });
  try {
    work();
  } catch (...) {
    sqlite.tryExec("ROLLBACK");
    throw;
  }
  translating(path(), [&] { sqlite.exec("COMMIT"); });
}

Rows Database::query(const std::string& sql, std::int64_t first, std::int64_t second) {
  return translating(path(), [&] {
    auto found = implementation_->statements.find(sql);
    if (found == implementation_->statements.end()) {
      Prepared prepared{SQLite::Statement(implementation_->sqlite, sql), {}};
      for (int i = 0; i < prepared.statement.getColumnCount(); ++i)
        prepared.columns.emplace_back(prepared.statement.getColumnName(i));
      found = implementation_->statements.emplace(sql, std::move(prepared)).first;
    }
    auto& statement = found->second.statement;
    const int parameters = statement.getBindParameterCount();
    if (parameters >= 1) statement.bind(1, first);
    if (parameters >= 2) statement.bind(2, second);
    return Rows(std::make_unique<Rows::Implementation>(Rows::Implementation{found->second, implementation_->path}));
  });
}

const std::filesystem::path& Database::path() const { return implementation_->path; }

}  // namespace egarage::host
