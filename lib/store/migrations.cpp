#include "store/migrations.hpp"

#include <fmt/format.h>

#include "store/query.hpp"

namespace egarage::store {

namespace {

std::int64_t number(Database& database, Sql sql) {
  Query query(database, sql);
  return query.next() ? query.integer(0) : 0;
}

}  // namespace

int schema_version(Database& database) {
  const auto id = number(database, "PRAGMA application_id");
  const auto version = number(database, "PRAGMA user_version");
  // Counting also makes SQLite read and check the whole schema.
  const auto objects = number(database, "SELECT count(*) FROM sqlite_schema");
  if (id == 0 && version == 0 && objects == 0) return 0;
  if (id != application_id) {
    throw core::Error(
        core::ExitCode::store,
        fmt::format("{}: is an SQLite database, but not a store of egarage-notify", utf8(database.path())),
        "check the path in the configuration ([store] path)");
  }
  if (version < 1 || version > 1'000'000) throw damaged(database.path(), "its schema version is absurd");
  return static_cast<int>(version);
}

void migrate(Database& database, std::span<const EmbeddedFile> migrations, core::Instant now) {
  const auto next = [&] { return static_cast<std::size_t>(schema_version(database)); };
  while (next() < migrations.size()) {
    database.transaction([&] {
      const auto version = next();  // again: another setup may have been faster
      if (version >= migrations.size()) return;
      database.implementation().execute(std::string(migrations[version].text).c_str());
      database.implementation().execute(fmt::format("PRAGMA user_version = {}", version + 1).c_str());
      execute(database, "INSERT INTO audit (at, about, to_state, reason) VALUES (?1, 'schema', ?2, ?3)", now,
              fmt::format("version {}", version + 1), migrations[version].path);
    });
  }
}

}  // namespace egarage::store
