// WhatsApp and SMS through the file transport; test_file_sender.cpp tells of files as such.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "channels/file/file_sender.hpp"
#include "channels/whatsapp/cloud_payload.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace egarage;
using namespace egarage::channels;
using nlohmann::json;

namespace {

Message message() {
  Message message;
  message.token = 7;
  message.id = "n.12.abcd";
  message.recipient = "+56912345678";
  message.text = "Su auto está listo €";
  return message;
}

Outcome written(Sender& sender, const Message& message) {
  std::vector<Result> results;
  sender.submit(message);
  sender.drive({}, results);
  REQUIRE(results.size() == 1);
  return results[0].outcome;
}

json content_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
}

}  // namespace

TEST_CASE("a WhatsApp message becomes a file with the request that Meta would get") {
  const test::TemporaryFolder folder;
  const auto sender = file::make_file_sender(folder.path(), core::WhatsappAccount{});
  auto approved = message();
  approved.whatsapp = core::WhatsappMessage{"aviso", "es", {}, {{"nombre", "Ana"}}, {}, {}};
  CHECK(std::get<Accepted>(written(*sender, approved)).provider_id == "n.12.abcd.json");
  CHECK(content_of(folder.path() / "n.12.abcd.json") ==
        json{{"channel", "whatsapp"},
             {"to", "+56912345678"},
             {"request", json::parse(whatsapp::cloud_payload(approved))}});
  approved.whatsapp->body[0].text = "";
  CHECK(std::holds_alternative<Rejected>(written(*sender, approved)));
}

TEST_CASE("an SMS becomes a file with its text and what it costs") {
  const test::TemporaryFolder folder;
  core::SmsAccount account;
  account.from = "Taller";
  const auto sender = file::make_file_sender(folder.path(), account);
  CHECK(std::holds_alternative<Accepted>(written(*sender, message())));
  CHECK(content_of(folder.path() / "n.12.abcd.json") == json{{"channel", "sms"},
                                                             {"to", "+56912345678"},
                                                             {"from", "Taller"},
                                                             {"text", "Su auto está listo €"},
                                                             {"encoding", "UCS-2"},
                                                             {"segments", 1}});
  auto unreachable = message();
  unreachable.recipient = "912345678";
  CHECK(std::get<Rejected>(written(*sender, unreachable)).reason == Rejected::Reason::address);
  auto silent = message();
  silent.text.clear();
  CHECK(std::get<Rejected>(written(*sender, silent)).reason == Rejected::Reason::message);
}
