#include "config/secrets.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

#include "config/sections.hpp"
#include "core/error.hpp"
#include "core/platform/files.hpp"
#include "core/platform/process.hpp"

namespace egarage::config {
namespace {

constexpr std::string_view env_prefix = "env:", file_prefix = "file:", sealed_prefix = "sealed:",
                           plain_prefix = "plain:";

using Key = std::array<unsigned char, crypto_kdf_KEYBYTES>;

/// Two keys of one file: one names the nonce, one encrypts.
struct Keys {
  Key nonce, box;
  explicit Keys(const Key& master) {
    crypto_kdf_derive_from_key(nonce.data(), nonce.size(), 1, "egnotify", master.data());
    crypto_kdf_derive_from_key(box.data(), box.size(), 2, "egnotify", master.data());
  }
  ~Keys() {
    sodium_memzero(nonce.data(), nonce.size());
    sodium_memzero(box.data(), box.size());
  }
};
static_assert(crypto_secretbox_KEYBYTES == crypto_kdf_KEYBYTES);

void prepare_sodium() {
  if (sodium_init() < 0) {
    throw core::Error(core::ExitCode::internal, "libsodium cannot be initialised", "Reinstall libsodium.");
  }
}

struct KeyProblem {
  std::string sentence, hint;
};

std::variant<Keys, KeyProblem> read_keys(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    return KeyProblem{fmt::format("key file {} cannot be read", file.string()),
                      "Run \"egarage-notify setup\"; if the key was lost, passwords must be given again."};
  }
  if (core::platform::is_readable_by_others(file)) {
    return KeyProblem{fmt::format("key file {} can be read by other users", file.string()),
                      fmt::format("Run: chmod 600 {}", file.string())};
  }
  Key master;
  stream.read(reinterpret_cast<char*>(master.data()), static_cast<std::streamsize>(master.size()));
  if (static_cast<std::size_t>(stream.gcount()) != master.size() ||
      stream.peek() != std::ifstream::traits_type::eof()) {
    return KeyProblem{
        fmt::format("key file {} is not a key of {} octets", file.string(), master.size()),
        "Restore it from your backup; if it was lost, remove it, run setup and give the passwords again."};
  }
  prepare_sodium();
  Keys keys(master);
  sodium_memzero(master.data(), master.size());
  return keys;
}

std::string to_base64(const std::string& octets) {
  std::string text(sodium_base64_encoded_len(octets.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(octets.data()), octets.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the terminator
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string octets(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(octets.data()), octets.size(), text.data(), text.size(),
                        nullptr, &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return std::nullopt;
  }
  octets.resize(size);
  return octets;
}

const unsigned char* octets_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* octets_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::variant<core::Secret, SecretKeeper::Unavailable> open_environment(const std::string& name) {
  auto value = core::platform::environment(name);
  if (!value || value->empty())
    return SecretKeeper::Unavailable{fmt::format("environment variable {} is not set", name)};
  return core::Secret(*std::move(value));
}

std::variant<core::Secret, SecretKeeper::Unavailable> open_file(const std::filesystem::path& path) {
  std::ifstream stream(path);
  std::string line;
  if (!stream || !std::getline(stream, line)) {
    return SecretKeeper::Unavailable{fmt::format("secret file {} cannot be read or is empty", path.string())};
  }
  if (line.ends_with('\r')) line.pop_back();
  return core::Secret(std::move(line));
}

std::variant<core::Secret, SecretKeeper::Unavailable> open_sealed(std::string_view text,
                                                                  const std::filesystem::path& key_file) {
  const auto keys = read_keys(key_file);
  if (const auto* problem = std::get_if<KeyProblem>(&keys)) return SecretKeeper::Unavailable{problem->sentence};
  const auto sealed = from_base64(text);
  constexpr auto overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed && sealed->size() >= overhead) {
    std::string value(sealed->size() - overhead, '\0');
    if (crypto_secretbox_open_easy(octets_of(value), octets_of(*sealed) + crypto_secretbox_NONCEBYTES,
                                   sealed->size() - crypto_secretbox_NONCEBYTES, octets_of(*sealed),
                                   std::get<Keys>(keys).box.data()) == 0) {
      return core::Secret(std::move(value));
    }
  }
  return SecretKeeper::Unavailable{
      fmt::format("the sealed password does not open with key file {}: it belongs to another key", key_file.string())};
}

}  // namespace

core::SecretReference read_secret(const Value& value) {
  const auto text = value.required_text();
  const auto behind = [&](std::string_view prefix) { return text.substr(prefix.size()); };
  if (text.starts_with(env_prefix)) {
    if (behind(env_prefix).empty()) value.refuse("names no environment variable", "Write \"env:NAME\".");
    return {text};
  }
  if (text.starts_with(file_prefix)) {
    if (behind(file_prefix).empty()) value.refuse("names no file", "Write \"file:PATH\".");
    const std::filesystem::path path(behind(file_prefix));
    const auto absolute = path.is_absolute() ? path : (value.source().folder / path).lexically_normal();
    return {fmt::format("{}{}", file_prefix, absolute.string())};
  }
  if (text.starts_with(sealed_prefix)) return {text};
  value.source().has_plain_password = true;
  return {fmt::format("{}{}", plain_prefix, text)};
}

void SecretKeeper::create_key() const {
  std::error_code ignored;
  if (std::filesystem::exists(key_file_, ignored)) {
    const auto keys = read_keys(key_file_);
    if (const auto* problem = std::get_if<KeyProblem>(&keys)) {
      throw core::Error(core::ExitCode::configuration, problem->sentence, problem->hint);
    }
    return;
  }
  prepare_sodium();
  std::string key(crypto_kdf_KEYBYTES, '\0');
  randombytes_buf(key.data(), key.size());
  try {
    core::platform::write_file_durably(key_file_, key);
  } catch (const std::system_error& error) {
    sodium_memzero(key.data(), key.size());
    throw core::Error(core::ExitCode::configuration,
                      fmt::format("key file {} cannot be created: {}", key_file_.string(), error.code().message()),
                      "Create its folder, or name another file as key_file in [secrets].");
  }
  sodium_memzero(key.data(), key.size());
}

core::SecretReference SecretKeeper::seal(const core::Secret& value) const {
  const auto keys = read_keys(key_file_);
  if (const auto* problem = std::get_if<KeyProblem>(&keys)) {
    throw core::Error(core::ExitCode::configuration, problem->sentence, problem->hint);
  }
  const auto& text = value.reveal();
  // The nonce is a keyed hash of the value, so that an unchanged password seals to the same text and setup can tell
  // that nothing changed. Two values never share a nonce; all it gives away is that two sealed texts are equal.
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
  const auto& [nonce_key, box_key] = std::get<Keys>(keys);
  crypto_generichash(octets_of(sealed), crypto_secretbox_NONCEBYTES, octets_of(text), text.size(), nonce_key.data(),
                     nonce_key.size());
  crypto_secretbox_easy(octets_of(sealed) + crypto_secretbox_NONCEBYTES, octets_of(text), text.size(),
                        octets_of(sealed), box_key.data());
  return {fmt::format("{}{}", sealed_prefix, to_base64(sealed))};
}

core::SecretReference SecretKeeper::seal(const core::SecretReference& reference) const {
  if (!reference.text.starts_with(plain_prefix)) return reference;
  return seal(core::Secret(reference.text.substr(plain_prefix.size())));
}

std::variant<core::Secret, SecretKeeper::Unavailable> SecretKeeper::open(const core::SecretReference& reference) const {
  const auto& text = reference.text;
  if (text.empty()) return core::Secret();
  if (text.starts_with(env_prefix)) return open_environment(text.substr(env_prefix.size()));
  if (text.starts_with(file_prefix)) return open_file(text.substr(file_prefix.size()));
  if (text.starts_with(sealed_prefix))
    return open_sealed(std::string_view(text).substr(sealed_prefix.size()), key_file_);
  return Unavailable{"the password is stored in a way this version does not know"};
}

}  // namespace egarage::config
