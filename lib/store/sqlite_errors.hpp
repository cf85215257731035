#pragma once

#include <SQLiteCpp/Exception.h>

#include <filesystem>

#include "core/error.hpp"

namespace egarage::store {

/// The path as UTF-8, for messages and for SQLite.
std::string utf8(const std::filesystem::path& path);

/// The one place that says what an SQLite error means for the person who has to act on it.
core::Error explain(const SQLite::Exception& exception, const std::filesystem::path& store);

/// A store that SQLite can read but that holds what this program never writes.
core::Error damaged(const std::filesystem::path& store, std::string_view what);

/// Runs `work` and turns SQLite's exceptions into ours.
template <typename Work>
auto translating(const std::filesystem::path& store, const Work& work) {
  try {
    return work();
  } catch (const SQLite::Exception& exception) {
    throw explain(exception, store);
  }
}

}  // namespace egarage::store
