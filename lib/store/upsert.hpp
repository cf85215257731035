#pragma once

#include "store/directory.hpp"
#include "store/query.hpp"

namespace egarage::store {

/// Runs `insert`, which does nothing where the key is taken, then `update`, which touches only a row that differs. Both
/// take the same values.
template <typename... Values>
Upsert upsert(Database& database, Sql insert, Sql update, const Values&... values) {
  if (execute(database, insert, values...) > 0) return Upsert::created;
  return execute(database, update, values...) > 0 ? Upsert::changed : Upsert::unchanged;
}

}  // namespace egarage::store
