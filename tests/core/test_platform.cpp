#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/platform/files.hpp"
#include "core/platform/run_lock.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage::core::platform;
using egarage::test::TemporaryFolder;

TEST_CASE("a run's byte is held as long as its lock lives, and by one only") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "runs.lock";
  RunLock observer{file};
  CHECK_FALSE(observer.is_held(7));
  {
    RunLock run{file};
    CHECK(run.hold(7));
    CHECK(observer.is_held(7));
    CHECK_FALSE(observer.is_held(8));
    CHECK_FALSE(observer.hold(7));
  }
  CHECK_FALSE(observer.is_held(7));
  CHECK(observer.hold(7));
}

TEST_CASE("a durable file is complete, private and leaves nothing beside it") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "message.eml";
  write_file_durably(file, "first");
  write_file_durably(file, "second");
  std::ifstream stream{file};
  CHECK(std::string{std::istreambuf_iterator<char>{stream}, {}} == "second");
  CHECK_FALSE(is_readable_by_others(file));
  CHECK(std::distance(std::filesystem::directory_iterator{folder.path()}, {}) == 1);
}

TEST_CASE("writing into a folder that is not there is an error, and leaves nothing") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(write_file_durably(folder.path() / "no" / "message.eml", "x"), std::system_error);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a replaced file has another identity") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "store.db";
  create_private_file(file);
  const auto before = file_identity(file);
  REQUIRE(before.has_value());
  CHECK(file_identity(file) == before);
  std::ofstream{folder.path() / "other"} << "x";
  std::filesystem::rename(folder.path() / "other", file);
  CHECK(file_identity(file) != before);
  std::filesystem::remove(file);
  CHECK_FALSE(file_identity(file).has_value());
}
