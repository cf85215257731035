#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/instant.hpp"

namespace egarage::store {

/// The file that everything is kept in. Opening checks that it is ours, not corrupt at first sight, and of the schema
/// version this program knows; every refusal is a core::Error{ExitCode::store} that names the file. Foreign exceptions
/// stop in this folder: every method of this folder reports a store that cannot be used that way.
///
/// Rollback journal with synchronous=EXTRA, foreign keys on, 30 s busy timeout. One connection; not thread-safe.
class Database {
 public:
  /// Creates the file (0600) or brings an older schema up to date, each migration in one transaction.
  static Database create_or_upgrade(const std::filesystem::path& path, core::Instant now);
  /// Opens an existing store for work. A missing store, a newer or an older schema is refused with a hint.
  static Database open(const std::filesystem::path& path);
  /// The same without the right to change anything.
  static Database open_read_only(const std::filesystem::path& path);
  /// A copy of everything, as it is at one moment, in a file of its own that only its owner can read (`path`: none
  /// there yet). For trying things out: what is written to it need not survive. Not of a store that was opened
  /// read-only: SQLite 3.40 then stumbles over generated columns. Others may read meanwhile and wait to write.
  Database scratch_copy(const std::filesystem::path& path);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs `work` in one BEGIN IMMEDIATE transaction; whatever it throws rolls everything back and is passed on.
  void transaction(const std::function<void()>& work);
  /// Runs `work`, which only reads, against one state of the store: many small questions for the price of one lock.
  /// Inside a transaction it simply runs it.
  void snapshot(const std::function<void()>& work);
  /// Throws when the file at the path is no longer the one that was opened (unlinked, replaced, restored).
  void check_still_in_place() const;
  const std::filesystem::path& path() const;
  /// The file whose bytes are held by living runs (core::platform::RunLock), beside the store.
  std::filesystem::path run_lock_path() const;

  static int schema_version_of_program();

  struct Implementation;
  Implementation& implementation() { return *implementation_; }

 private:
  explicit Database(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace egarage::store
