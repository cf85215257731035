#include "store/query.hpp"

#include <sqlite3.h>

namespace egarage::store {

SQLite::Statement& Database::Implementation::prepared(Sql sql) {
  auto found = statements.find(sql.text());
  if (found == statements.end()) {
    found =
        translating(path, [&] { return statements.emplace(sql.text(), SQLite::Statement(sqlite, sql.text())).first; });
  }
  return found->second;
}

bool Database::Implementation::in_transaction() const { return sqlite3_get_autocommit(sqlite.getHandle()) == 0; }

void Database::Implementation::execute(const char* sql) {
  translating(path, [&] { sqlite.exec(sql); });
}

bool Query::next() {
  return translating(database_.path, [&] { return statement_.executeStep(); });
}

std::size_t Query::run() {
  while (next()) {
  }
  return static_cast<std::size_t>(sqlite3_changes(database_.sqlite.getHandle()));
}

std::int64_t Query::integer(int column) const { return statement_.getColumn(column).getInt64(); }
std::string Query::text(int column) const { return statement_.getColumn(column).getString(); }
bool Query::is_null(int column) const { return statement_.getColumn(column).isNull(); }

std::optional<core::Instant> Query::optional_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Query::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

core::Date Query::date(int column) const {
  const auto stored = text(column);
  if (const auto date = core::parse_date(stored)) return *date;
  throw damaged(database_.path, "it holds '" + stored + "' where a date should be");
}

std::optional<core::Date> Query::optional_date(int column) const {
  if (is_null(column)) return std::nullopt;
  return date(column);
}

core::Event Query::event(int column) const {
  const auto stored = text(column);
  if (const auto event = core::parse_event(stored)) return *event;
  throw damaged(database_.path, "it holds the unknown event '" + stored + "'");
}

}  // namespace egarage::store
