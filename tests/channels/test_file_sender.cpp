#include "channels/file/file_sender.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "channels/email/mime.hpp"
#include "support/catch.hpp"
#include "support/example_account.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage;
using namespace egarage::channels;
using egarage::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

core::EmailAccount account() { return test::example_account(); }

Message message(std::uint64_t token, const std::string& id) {
  Message message;
  message.token = token;
  message.id = id;
  message.recipient = "ana@example.com";
  message.subject = "Su auto está listo";
  message.text = "Hola";
  return message;
}

std::string content_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

std::vector<Result> drive(Sender& sender) {
  std::vector<Result> results;
  sender.drive({}, results);
  return results;
}

}  // namespace

TEST_CASE("a message becomes a file that holds exactly its octets") {
  const TemporaryFolder temporary;
  const auto folder = temporary.path() / "made" / "when missing";
  const auto sender = file::make_file_sender(folder, account());
  CHECK_FALSE(fs::exists(folder));
  REQUIRE(sender->room() > 0);
  sender->submit(message(7, "n-1@example.cl"));
  CHECK(sender->in_flight() == 1);
  WaitList waits;
  sender->add_waits(waits);
  CHECK(waits.wake_at < SteadyTime::max());

  const auto results = drive(*sender);
  REQUIRE(results.size() == 1);
  CHECK(results[0].token == 7);
  REQUIRE(std::holds_alternative<Accepted>(results[0].outcome));
  CHECK(std::get<Accepted>(results[0].outcome).provider_id == "n-1.eml");
  CHECK(content_of(folder / "n-1.eml") == email::build_mime(message(7, "n-1@example.cl"), account()));
  CHECK(sender->in_flight() == 0);
  CHECK(drive(*sender).empty());
}

TEST_CASE("the same message written twice is one file, unchanged") {
  const TemporaryFolder temporary;
  const auto folder = temporary.path();
  const auto sender = file::make_file_sender(folder, account());
  sender->submit(message(1, "n-1@example.cl"));
  const auto before = content_of(folder / "n-1.eml");
  sender->submit(message(2, "n-1@example.cl"));
  CHECK(drive(*sender).size() == 2);
  CHECK(files_in(folder) == 1);
  CHECK(content_of(folder / "n-1.eml") == before);
}

TEST_CASE("no Message-ID leads out of the folder, and no two share a file") {
  const TemporaryFolder temporary;
  const auto folder = temporary.path() / "outbox";
  const auto sender = file::make_file_sender(folder, account());
  const std::vector<std::string> ids{"../../evil@example.cl",
                                     "/etc/x@example.cl",
                                     "a/b@example.cl",
                                     "a_b@example.cl",
                                     "a:b@example.cl",
                                     "@example.cl",
                                     "",
                                     "..@example.cl",
                                     ".hidden@example.cl",
                                     "ñ@example.cl",
                                     "x\ny@example.cl",
                                     std::string(500, 'a'),
                                     std::string(501, 'a')};
  for (const auto& id : ids) sender->submit(message(1, id));
  for (const auto& result : drive(*sender)) CHECK(std::holds_alternative<Accepted>(result.outcome));
  CHECK(files_in(folder) == ids.size());
  CHECK(files_in(folder.parent_path()) == 1);
  for (const auto& entry : fs::directory_iterator{folder}) {
    const auto name = entry.path().filename().string();
    INFO(name);
    CHECK(name.front() != '.');
    CHECK(name.size() < 160);
    CHECK(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
          std::string::npos);
  }
}

TEST_CASE("a recipient that is no address is refused, and the account goes on") {
  const TemporaryFolder temporary;
  const auto folder = temporary.path();
  const auto sender = file::make_file_sender(folder, account());
  auto bad = message(1, "n-1@example.cl");
  bad.recipient = "ana@localhost";
  sender->submit(bad);
  const auto results = drive(*sender);
  REQUIRE(results.size() == 1);
  REQUIRE(std::holds_alternative<Rejected>(results[0].outcome));
  CHECK(std::get<Rejected>(results[0].outcome).reason == Rejected::Reason::address);
  CHECK(std::get<Rejected>(results[0].outcome).reply.text == "the recipient's address has a domain without a dot");
  CHECK(sender->standing().state == Standing::State::ok);
  CHECK(files_in(folder) == 0);
}

TEST_CASE("a folder that cannot be written blocks the account, and its messages come back") {
  const TemporaryFolder temporary;
  const auto folder = temporary.path();
  std::ofstream{folder / "outbox"} << "a file where the folder should be";
  const auto sender = file::make_file_sender(folder / "outbox", account());
  sender->submit(message(1, "n-1@example.cl"));
  sender->submit(message(2, "n-2@example.cl"));

  CHECK(sender->room() == 0);
  const auto standing = sender->standing();
  CHECK(standing.state == Standing::State::blocked);
  REQUIRE(standing.reply.has_value());
  CHECK(standing.reply->phase == Phase::file);
  CHECK(standing.reply->code != 0);
  CHECK(standing.reply->text.find("outbox") != std::string::npos);

  const auto results = drive(*sender);
  REQUIRE(results.size() == 2);
  for (const auto& result : results) CHECK(std::holds_alternative<Returned>(result.outcome));
  CHECK(sender->in_flight() == 0);
}

TEST_CASE("what was written before the folder failed stays accepted") {
  const TemporaryFolder temporary;
  const auto folder = temporary.path();
  const auto sender = file::make_file_sender(folder / "outbox", account());
  sender->submit(message(1, "n-1@example.cl"));
  fs::remove_all(folder / "outbox");
  std::ofstream{folder / "outbox"} << "x";
  sender->submit(message(2, "n-2@example.cl"));
  const auto results = drive(*sender);
  REQUIRE(results.size() == 2);
  CHECK(std::holds_alternative<Accepted>(results[0].outcome));
  CHECK(std::holds_alternative<Returned>(results[1].outcome));
}

TEST_CASE("the sender takes a bounded number of messages between two drives") {
  const TemporaryFolder temporary;
  const auto folder = temporary.path();
  const auto sender = file::make_file_sender(folder, account());
  std::size_t submitted = 0;
  for (; sender->room() > 0 && submitted < 1000; ++submitted) sender->submit(message(submitted, "n@example.cl"));
  CHECK(submitted == 64);
  CHECK(drive(*sender).size() == submitted);
  CHECK(sender->room() == submitted);
}
