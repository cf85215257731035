#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace egarage::host {

/// One execution of a query, by column name. The host is another program: what stands in a column is taken as it is
/// found, whatever SQLite's type of it.
class Rows {
 public:
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  bool next();
  bool is_null(std::string_view column) const;
  /// One clean line (core::one_line); empty for NULL.
  std::string text(std::string_view column) const;
  /// Absent for NULL and for what is no number.
  std::optional<std::int64_t> integer(std::string_view column) const;
  /// 0 and 1; `otherwise` for NULL.
  bool flag(std::string_view column, bool otherwise) const;

 private:
  friend class Database;
  struct Implementation;
  explicit Rows(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

/// The host application's SQLite database. It is opened read-only and never written to, not even by accident
/// (`query_only`); a writer of the host is waited for 5 seconds. Every failure is a core::Error that names the file:
/// ExitCode::configuration when there is no such database, ExitCode::store when it cannot be read at the moment.
class Database {
 public:
  explicit Database(const std::filesystem::path& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `work` against one state of the database. Unless the host's journal is a WAL its writers cannot commit
  /// meanwhile: keep it to moments.
  void snapshot(const std::function<void()>& work);
  /// `sql` is prepared once; its parameters ?1 and ?2 are bound.
  Rows query(const std::string& sql, std::int64_t first = 0, std::int64_t second = 0);
  const std::filesystem::path& path() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace egarage::host
