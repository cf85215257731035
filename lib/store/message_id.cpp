#include "store/message_id.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "store/query.hpp"

namespace egarage::store {

namespace {

std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
  std::string text(count * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, count);
  text.pop_back();
  return text;
}

}  // namespace

void create_message_id_key(Database& database) {
  if (sodium_init() < 0) throw core::Error(core::ExitCode::internal, "libsodium cannot be initialised", "");
  std::array<unsigned char, crypto_auth_KEYBYTES> key{};
  crypto_auth_keygen(key.data());
  execute(database, "INSERT INTO setting (name, value) VALUES ('message_id_key', ?1) ON CONFLICT DO NOTHING",
          hexadecimal(key.data(), key.size()));
}

MessageIds::MessageIds(Database& database) {
  Query query(database, "SELECT value FROM setting WHERE name = 'message_id_key'");
  if (!query.next()) throw damaged(database.path(), "it has no key for Message-IDs");
  const auto text = query.text(0);
  key_.resize(crypto_auth_KEYBYTES);
  std::size_t length = 0;
  const int bad = sodium_hex2bin(reinterpret_cast<unsigned char*>(key_.data()), key_.size(), text.data(), text.size(),
                                 nullptr, &length, nullptr);
  if (bad != 0 || length != key_.size()) throw damaged(database.path(), "its key for Message-IDs is not a key");
}

std::string MessageIds::message_id(NotificationId id, std::string_view domain) const {
  const auto number = fmt::format("{}", id.value);
  std::array<unsigned char, crypto_auth_BYTES> mark{};
  crypto_auth(mark.data(), reinterpret_cast<const unsigned char*>(number.data()), number.size(),
              reinterpret_cast<const unsigned char*>(key_.data()));
  return fmt::format("n.{}.{}{}{}", number, hexadecimal(mark.data(), 4), domain.empty() ? "" : "@", domain);
}

}  // namespace egarage::store
