#include "receipts/apply.hpp"

#include <algorithm>

#include "webhook_world.hpp"

using namespace egarage;
using namespace egarage::receipts;
using namespace std::chrono_literals;
using core::Channel;
using core::Status;
using store::AttemptOutcome;

namespace {

json saying(json status, const std::string& phone_number_id = number_id) {
  return cloud_body(json::array({std::move(status)}), json::array(), phone_number_id);
}
json writing(json message, const std::string& phone_number_id = number_id) {
  return cloud_body(json::array(), json::array({std::move(message)}), phone_number_id);
}

}  // namespace

TEST_CASE("whatever the order of a message's statuses, and however often they come, it ends as the furthest") {
  const auto provider = GENERATE(std::string("cloud"), std::string("twilio"));
  std::vector<std::string> order{"delivered", "read", "sent"};
  do {
    WebhookWorld world;
    world.send(provider == "cloud" ? Channel::whatsapp : Channel::sms, provider == "cloud" ? "wamid.1" : "SM1");
    std::vector<json> bodies;
    for (const auto& word : order) {
      bodies.push_back(provider == "cloud" ? saying(cloud_status(word)) : twilio_status(word));
    }
    const auto first = world.take(bodies), second = world.take(bodies);
    CHECK(world.status() == Status::read);
    CHECK(first.moved + first.known == 3);
    CHECK(second.known == 3);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("of a failure and an arrival the first stands") {
  std::vector<std::string> order{"delivered", "failed"};
  do {
    WebhookWorld world;
    world.send(Channel::whatsapp, "wamid.1");
    const bool fails_first = order[0] == "failed";
    world.take({cloud_body(
        json::array({cloud_status(order[0], "wamid.1", 131026), cloud_status(order[1], "wamid.1", 131026)}))});
    CHECK(world.status() == (fails_first ? Status::undelivered : Status::delivered));
    CHECK(world.record(world.id).reason == (fails_first ? "not delivered: 131026: Undeliverable" : ""));
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a held message is settled by a receipt that names our attempt") {
  WebhookWorld world;
  world.start(Channel::whatsapp);
  world.end(AttemptOutcome::uncertain, Status::held, "");
  auto status = cloud_status("sent", "wamid.77");
  CHECK(world.take({saying(status)}).kept == 1);
  CHECK(world.status() == Status::held);
  status["biz_opaque_callback_data"] = std::to_string(world.attempt.attempt.value);
  CHECK(world.take({saying(status)}).moved == 1);
  CHECK(world.status() == Status::accepted);
  CHECK(world.take({saying(cloud_status("read", "wamid.77"))}).moved == 1);
  CHECK(world.status() == Status::read);
}

TEST_CASE("a receipt that is faster than our own commit waits for it") {
  WebhookWorld world;
  world.start(Channel::whatsapp);
  CHECK(world.take({saying(cloud_status("delivered"))}).kept == 1);
  world.end(AttemptOutcome::accepted, Status::accepted, "wamid.1");
  CHECK(world.status() == Status::delivered);
}

TEST_CASE("a status that nobody's message came for is forgotten after three days") {
  WebhookWorld world;
  world.take({saying(cloud_status("delivered", "wamid.other"))});
  const store::Receipts kept(world.database);
  Intake(world.database).forget_old(noon + 72h);
  CHECK(kept.orphans() == 1);
  Intake(world.database).forget_old(noon + 72h + 10s);
  CHECK(kept.orphans() == 0);
}

TEST_CASE("nobody moves another's message") {
  WebhookWorld world;
  world.send(Channel::whatsapp, "wamid.1");
  const auto mine = cloud_status("failed", "wamid.1", 131050);
  auto guessed = cloud_status("failed", "wamid.2", 131050);
  guessed["biz_opaque_callback_data"] = std::to_string(world.attempt.attempt.value);
  auto callback = twilio_status("failed", "whatsapp:" + ana);
  callback["MessageSid"] = "wamid.1";
  CHECK(world.take({saying(mine, "200000000000002")}).foreign == 1);
  CHECK(world.take({saying(guessed)}).foreign == 1);
  CHECK(world.take({saying(mine, "3"), writing(cloud_message("STOP"), "3")}).strangers == 3);
  CHECK(world.take({saying(mine, "")}).strangers == 1);
  CHECK(world.take({callback}).strangers == 1);
  CHECK(world.status() == Status::accepted);
  CHECK(world.silenced(world.sur).empty());
}

TEST_CASE("companies that share an account each get what is theirs") {
  WebhookWorld world;
  world.add_accounts("norte", number_id, account_sid, "+56227654321");
  world.start(Channel::whatsapp);
  CHECK(world.take({saying(cloud_status("delivered")), writing(cloud_message("hola"))}).kept == 1);
  world.end(AttemptOutcome::accepted, Status::accepted, "wamid.1");
  CHECK(world.status() == Status::delivered);
  CHECK(world.take({saying(cloud_status("read"))}).moved == 1);
  CHECK(world.window(world.sur) == noon);
  CHECK(world.window(world.norte) == noon);
  // Twilio says which number was written to.
  world.take({twilio_message("BAJA")});
  CHECK(world.silenced(world.sur, Channel::sms) == "promotional");
  CHECK(world.silenced(world.norte, Channel::sms).empty());
}

TEST_CASE("a customer's message opens the window of the company that was written to; the latest counts") {
  WebhookWorld world;
  const auto later = cloud_message("¿Y?");
  auto earlier = cloud_message("¿Está listo?");
  earlier["timestamp"] = std::to_string((noon - 2h).time_since_epoch().count());
  CHECK(world.take({writing(later), writing(earlier), writing(later)}).inbound == 3);
  CHECK(world.window(world.sur) == noon);
  CHECK_FALSE(world.window(world.norte));
}

TEST_CASE("what is written to the platform concerns the companies that it carries") {
  WebhookWorld world;
  store::Platform platform;
  platform.accounts.whatsapp.emplace().phone_number_id = "9";
  store::Directory(world.database).set_platform(platform, noon);
  store::Directory(world.database).upsert_company(store::company("oeste"), noon);
  const auto oeste = store::Directory(world.database).find_company("oeste")->id;
  CHECK(world.take({writing(cloud_message("STOP"), "9")}).opt_outs == 1);
  CHECK(world.silenced(oeste) == "promotional");
  CHECK(world.silenced(world.sur).empty());
}

TEST_CASE("an opt-out of promotions leaves the other messages alone, whoever says it") {
  WebhookWorld world;
  world.send(Channel::whatsapp, "wamid.1");
  SECTION("the customer") { CHECK(world.take({writing(cloud_message("baja"))}).opt_outs == 1); }
  SECTION("Meta") { CHECK(world.take({saying(cloud_status("failed", "wamid.1", 131050))}).moved == 1); }
  CHECK(world.silenced(world.sur) == "promotional");
  CHECK(world.silenced(world.norte).empty());
}

TEST_CASE("a text that came too late closes the window that we believed in") {
  WebhookWorld world;
  world.send(Channel::whatsapp, "wamid.1");
  const auto hello = writing(cloud_message("hola")), late = saying(cloud_status("failed", "wamid.1", 131047));
  world.take({hello});
  CHECK(world.window(world.sur));
  world.take({late});
  CHECK(world.status() == Status::undelivered);
  CHECK_FALSE(world.window(world.sur));
  // The same again is no news: what the customer has written since counts.
  world.take({hello, late});
  CHECK(world.window(world.sur));
}

TEST_CASE("a customer without a number is counted, and nothing is recorded") {
  WebhookWorld world;
  auto message = cloud_message("STOP");
  message.erase("from");
  const auto tally = world.take({writing(message)});
  CHECK(tally.hidden == 2);
  CHECK(tally.inbound + tally.opt_outs == 0);
}
