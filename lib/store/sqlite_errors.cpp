#include "store/sqlite_errors.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace egarage::store {

using core::Error;
using core::ExitCode;

std::string utf8(const std::filesystem::path& path) {
  const auto text = path.u8string();
  return {text.begin(), text.end()};
}

Error damaged(const std::filesystem::path& store, std::string_view what) {
  return {ExitCode::store, fmt::format("{}: the store is damaged: {}", utf8(store), what),
          "restore it from a backup, and keep the damaged file for inspection"};
}

Error explain(const SQLite::Exception& exception, const std::filesystem::path& store) {
  const auto error = [&](std::string_view what, std::string hint) {
    return Error(ExitCode::store, fmt::format("{}: {} (SQLite: {})", utf8(store), what, exception.what()),
                 std::move(hint));
  };
  // The primary result code is the low byte of an extended one.
  switch (exception.getErrorCode() & 0xff) {
    case SQLITE_CORRUPT:
      return damaged(store, exception.what());
    case SQLITE_NOTADB:
      return error("the file is not a store of egarage-notify, or its beginning is damaged",
                   "check the path in the configuration ([store] path), or restore the store from a backup");
    case SQLITE_FULL:
      return error("the disk is full", "free some space; the next run carries on where this one stopped");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return error("the store cannot be written",
                   "give the user who runs egarage-notify write permission for the file and for its folder");
    case SQLITE_IOERR:
      return error("the disk reports an error while the store is read or written",
                   "check the disk, its quota and the system log; nothing is sent without a written claim");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return error("another program has kept the store locked for too long",
                   "find out who holds it (`fuser`), or simply run the command again later");
    case SQLITE_CANTOPEN:
      return error("the store cannot be opened",
                   "check that the file and its folder exist and may be read and written");
    case SQLITE_NOMEM:
      return error("there is not enough memory", "give the process more memory");
    case SQLITE_ERROR:
      // Our statements are fixed and fit the schema version that was checked: then it is the schema that does not.
      return damaged(store, exception.what());
    default:
      return {ExitCode::internal, fmt::format("{}: the store refused an operation: {}", utf8(store), exception.what()),
              "this is a defect of egarage-notify; please report it"};
  }
}

}  // namespace egarage::store
