#pragma once

#include <filesystem>
#include <string>

#include "config/configuration.hpp"
#include "core/error.hpp"
#include "core/platform/files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace egarage::test {

/// A configuration file with that text.
inline std::filesystem::path write(const TemporaryFolder& folder, const std::string& text) {
  const auto file = folder.path() / "c.toml";
  core::platform::write_file_durably(file, text);
  return file;
}

/// `LINE: sentence | hint`, or the empty string when the file is good.
inline std::string complaint(const std::string& text) {
  const TemporaryFolder folder;
  const auto file = write(folder, text);
  try {
    config::load(file);
  } catch (const core::Error& error) {
    CHECK(error.code() == core::ExitCode::configuration);
    std::string what = error.what();
    const auto prefix = file.string() + ":";
    CHECK(what.rfind(prefix, 0) == 0);
    return what.substr(std::min(prefix.size(), what.size())) + " | " + error.hint();
  }
  return "";
}

}  // namespace egarage::test
