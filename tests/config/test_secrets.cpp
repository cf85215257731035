#include "config/secrets.hpp"

#include <cstdlib>
#include <fstream>

#include "core/error.hpp"
#include "core/platform/files.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using egarage::config::SecretKeeper;
using egarage::core::Secret;
using egarage::core::SecretReference;
using egarage::test::TemporaryFolder;

namespace {

std::string opened(const SecretKeeper& keeper, const std::string& reference) {
  const auto secret = keeper.open(SecretReference{reference});
  if (const auto* unavailable = std::get_if<SecretKeeper::Unavailable>(&secret)) return "! " + unavailable->sentence;
  return std::get<Secret>(secret).reveal();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a sealed password opens again, and only with its key") {
  const TemporaryFolder folder;
  const SecretKeeper keeper(folder.path() / "a.key"), other(folder.path() / "b.key");
  keeper.create_key();
  other.create_key();
  for (const std::string value :
       {"", "x", "contraseña 🔑 \" \\ \n",
        "a much longer password, longer than any small buffer that a library may keep for it"}) {
    const auto sealed = keeper.seal(Secret(value));
    CHECK(sealed.text.rfind("sealed:", 0) == 0);
    if (value.size() > 1) CHECK_FALSE(has(sealed.text, value));
    CHECK(opened(keeper, sealed.text) == value);
    CHECK(has(opened(other, sealed.text), "belongs to another key"));
  }
}

TEST_CASE("an unchanged password seals to the same text, a changed one to another") {
  const TemporaryFolder folder;
  const SecretKeeper keeper(folder.path() / "a.key");
  keeper.create_key();
  keeper.create_key();  // keeps the key
  CHECK(keeper.seal(Secret("one")) == keeper.seal(Secret("one")));
  CHECK_FALSE(keeper.seal(Secret("one")) == keeper.seal(Secret("two")));
  CHECK(keeper.seal(SecretReference{"plain:one"}) == keeper.seal(Secret("one")));
  CHECK(keeper.seal(SecretReference{"env:NAME"}).text == "env:NAME");
}

TEST_CASE("a sealed text that was tampered with does not open") {
  const TemporaryFolder folder;
  const SecretKeeper keeper(folder.path() / "a.key");
  keeper.create_key();
  const auto sealed = keeper.seal(Secret("canary-77aa")).text;
  for (const auto& bad : {sealed.substr(0, sealed.size() - 4), std::string("sealed:"), std::string("sealed:!!!"),
                          sealed.substr(0, 20) + (sealed[20] == 'A' ? 'B' : 'A') + sealed.substr(21)}) {
    CHECK(has(opened(keeper, bad), "does not open"));
  }
}

TEST_CASE("a key file that is missing, damaged or open to others is refused") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.key";
  const SecretKeeper keeper(file);
  CHECK(has(opened(keeper, "sealed:AAAA"), "cannot be read"));
  CHECK_THROWS_AS(keeper.seal(Secret("x")), egarage::core::Error);

  keeper.create_key();
  CHECK_FALSE(egarage::core::platform::is_readable_by_others(file));
  const auto sealed = keeper.seal(Secret("x")).text;
  std::filesystem::permissions(file, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  CHECK(has(opened(keeper, sealed), "can be read by other users"));
  CHECK_THROWS_AS(keeper.create_key(), egarage::core::Error);

  egarage::core::platform::write_file_durably(file, "short");
  CHECK(has(opened(keeper, sealed), "is not a key of 32 octets"));
}

TEST_CASE("a password can be kept in the environment or in a file") {
  const TemporaryFolder folder;
  const SecretKeeper keeper(folder.path() / "a.key");
  CHECK(opened(keeper, "").empty());
  CHECK(opened(keeper, "env:EGARAGE_TEST_UNSET") == "! environment variable EGARAGE_TEST_UNSET is not set");

  const auto file = folder.path() / "password";
  for (const std::string text : {"secreta\n", "secreta\r\n", "secreta", "secreta\nsecond line\n"}) {
    egarage::core::platform::write_file_durably(file, text);
    CHECK(opened(keeper, "file:" + file.string()) == "secreta");
  }
  CHECK(has(opened(keeper, "file:" + (folder.path() / "none").string()), "cannot be read"));
  CHECK(has(opened(keeper, "plain:canary"), "does not know"));
  CHECK_FALSE(has(opened(keeper, "plain:canary"), "canary"));
}
