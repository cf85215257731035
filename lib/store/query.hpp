#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/enum_names.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "core/platform/files.hpp"
#include "store/database.hpp"
#include "store/identifiers.hpp"
#include "store/sqlite_errors.hpp"

namespace egarage::store {

/// SQL text that is a compile-time constant: nothing that was read can ever become part of a statement.
class Sql {
 public:
  consteval Sql(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor): a literal is what it is
  const char* text() const { return text_; }

 private:
  const char* text_;
};

struct Database::Implementation {
  SQLite::Database sqlite;
  std::filesystem::path path;  ///< symbolic links resolved
  std::optional<core::platform::FileIdentity> identity;
  /// Prepared once, used for the life of the connection.
  std::unordered_map<const char*, SQLite::Statement> statements{};

  SQLite::Statement& prepared(Sql sql);
  bool in_transaction() const;
  void execute(const char* sql);
};

/// One execution of a statement with its parameters bound, ?1 first. Reset when it goes out of scope. The same
/// statement cannot run twice at a time.
class Query {
 public:
  template <typename... Values>
  Query(Database& database, Sql sql, const Values&... values)
      : database_(database.implementation()), statement_(database_.prepared(sql)) {
    translating(database_.path, [&] {
      int index = 0;
      (bind(++index, values), ...);
    });
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { statement_.tryReset(); }

  /// Moves to the next row; false when there is none.
  bool next();
  /// Runs to the end and says how many rows were changed (by the statement itself, not by its triggers).
  std::size_t run();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  bool is_null(int column) const;
  core::Instant instant(int column) const { return core::Instant{std::chrono::seconds{integer(column)}}; }
  std::optional<core::Instant> optional_instant(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  std::optional<std::string> optional_text(int column) const;
  core::Date date(int column) const;
  std::optional<core::Date> optional_date(int column) const;
  core::Event event(int column) const;
  template <typename Id>
  Id id(int column) const {
    return Id{integer(column)};
  }
  template <typename Enum, std::size_t Count>
  Enum name(int column, const core::EnumNames<Enum, Count>& names) const {
    const auto stored = text(column);
    if (const auto value = core::value_of(names, stored)) return *value;
    throw damaged(database_.path, "it holds the unknown word '" + stored + "'");
  }

 private:
  void bind(int index, std::int64_t value) { statement_.bind(index, value); }
  void bind(int index, const std::string& value) { statement_.bind(index, value); }
  void bind(int index, std::string_view value) { statement_.bind(index, std::string(value)); }
  void bind(int index, core::Instant value) { bind(index, std::int64_t{value.time_since_epoch().count()}); }
  void bind(int index, core::Date value) { bind(index, core::format_date(value)); }
  template <typename Tag>
  void bind(int index, Id<Tag> value) {
    bind(index, value.value);
  }
  template <typename Value>
  void bind(int index, const std::optional<Value>& value) {
    value ? bind(index, *value) : statement_.bind(index);
  }

  Database::Implementation& database_;
  SQLite::Statement& statement_;
};

/// Runs a statement that returns no rows; how many rows it changed.
template <typename... Values>
std::size_t execute(Database& database, Sql sql, const Values&... values) {
  return Query(database, sql, values...).run();
}

/// Joins the transaction that is open, or runs `work` in one of its own.
void atomically(Database& database, const std::function<void()>& work);

}  // namespace egarage::store
