#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "host/database.hpp"

namespace egarage::host {

/// What is read of the host's tables, and what this version of the host has of it. Older hosts lack some columns and
/// tables: those are read as NULL.
class Schema {
 public:
  /// Throws core::Error{configuration} naming everything that is missing and cannot be done without.
  explicit Schema(Database& database);

  bool has(std::string_view table) const;
  bool has(std::string_view table, std::string_view column) const;
  /// `t.id, t.nombre, NULL AS apellido`: the table's columns as far as they exist.
  std::string columns(std::string_view table, std::string_view alias) const;

 private:
  std::map<std::string, std::set<std::string>, std::less<>> present_;
};

}  // namespace egarage::host
