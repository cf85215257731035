#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "core/secret.hpp"

namespace egarage::config {

/// Keeps secrets out of the store: seals them (libsodium secretbox) under a key file of 32 random octets, readable by
/// its owner only, and opens references.
class SecretKeeper {
 public:
  explicit SecretKeeper(std::filesystem::path key_file) : key_file_(std::move(key_file)) {}

  /// Creates the key file unless it exists. Throws core::Error{configuration}.
  void create_key() const;
  /// `sealed:…` for the value; creates nothing. Throws core::Error{configuration} when there is no key.
  core::SecretReference seal(const core::Secret& value) const;
  /// The same for a reference that holds its value in clear (`plain:…`); any other comes back unchanged.
  core::SecretReference seal(const core::SecretReference& reference) const;

  struct Unavailable {
    std::string sentence;  ///< e.g. `environment variable EGARAGE_SMTP_PASSWORD is not set`
  };
  /// The secret behind the reference (`env:`, `file:`, `sealed:`). An empty reference is an empty secret.
  std::variant<core::Secret, Unavailable> open(const core::SecretReference& reference) const;

 private:
  std::filesystem::path key_file_;
};

}  // namespace egarage::config
