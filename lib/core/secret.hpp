#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace egarage::core {

/// A password or token. It cannot be printed, compared or formatted by accident: there is no `<<`, and the only way to
/// its value names itself. The memory is wiped when the secret dies.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : value_(std::exchange(other.value_, {})) {}
  Secret& operator=(Secret other) noexcept {
    value_.swap(other.value_);
    return *this;
  }
  ~Secret();

  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

/// Where a secret is kept: `env:NAME`, `file:PATH` or `sealed:…` (libsodium, under the key file). Safe to store and to
/// show, because it is never the value itself. (`plain:VALUE` exists only between reading a configuration that holds
/// the value in clear and `setup`, which seals it; the store refuses it.)
struct SecretReference {
  std::string text;
  bool empty() const { return text.empty(); }
  bool operator==(const SecretReference&) const = default;
};

}  // namespace egarage::core
