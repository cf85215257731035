#pragma once

#include <toml++/toml.h>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/warning.hpp"

namespace egarage::config {

/// The file being read: errors name it, relative paths count from its folder.
struct Source {
  std::filesystem::path file, folder;
  bool has_plain_password = false;
  std::vector<Warning> warnings{};
};

/// A value of the file that knows where it stands. What it is asked for it either is, or it throws
/// core::Error{configuration} with `FILE:LINE: [section] key …`. Values are never repeated in errors of secrets.
class Value {
 public:
  Value(const toml::node& node, std::string name, Source& source)
      : node_(&node), name_(std::move(name)), source_(&source) {}

  [[noreturn]] void refuse(const std::string& complaint, const std::string& hint) const;
  /// The same words without an end: they are kept with the configuration.
  void warn(const std::string& complaint, std::string hint) const;

  /// One line of valid UTF-8 without control characters; may be empty.
  std::string text() const;
  /// The same, and not empty.
  std::string required_text() const;
  bool flag() const;
  std::int64_t integer(std::int64_t least, std::int64_t most) const;
  /// A number with or without a fraction, above 0.
  double positive_number(double most) const;
  std::chrono::seconds duration() const;
  /// Relative paths count from the configuration's folder. Must not be empty.
  std::filesystem::path path() const;
  /// A date, as TOML knows them or as text: `2026-12-01`.
  std::chrono::year_month_day date() const;
  std::vector<Value> list() const;
  /// The members of a section in the order in which they are written.
  std::vector<std::pair<std::string, Value>> members() const;

  bool is_table() const { return node_->is_table(); }
  const toml::table& table() const;
  /// The member with that name, or this value itself where there is none: for errors about a combination of keys.
  Value member_or_self(std::string_view key) const;
  Value member(std::string_view key, const toml::node& node) const;
  const std::string& name() const { return name_; }
  Source& source() const { return *source_; }

 private:
  std::string sentence(const std::string& complaint) const;

  const toml::node* node_;
  std::string name_;  ///< `[store] path`, as far as known
  Source* source_;
};

/// `FILE:LINE: ` for messages.
std::string place(const std::filesystem::path& file, std::uint32_t line);

}  // namespace egarage::config
