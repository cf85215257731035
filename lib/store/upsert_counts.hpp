#pragma once

#include <cstddef>

#include "store/directory.hpp"

namespace egarage::store {

/// What became of many rows that were put in.
struct UpsertCounts {
  std::size_t created = 0, changed = 0, unchanged = 0;

  void count(Upsert result) {
    switch (result) {
      case Upsert::created:
        ++created;
        break;
      case Upsert::changed:
        ++changed;
        break;
      case Upsert::unchanged:
        ++unchanged;
        break;
    }
  }
};

}  // namespace egarage::store
