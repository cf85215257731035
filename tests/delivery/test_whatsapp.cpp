// What is particular to WhatsApp: approved templates that are out of use, and the window in which text may be sent.
#include <algorithm>

#include "content/whatsapp_payload.hpp"
#include "support/catch.hpp"
#include "support/delivery_world.hpp"

using namespace egarage;
using namespace std::chrono_literals;
using channels::Phase;
using core::Channel;
using core::Status;
using test::DeliveryWorld;
using test::reply;

namespace {

struct WhatsappWorld : DeliveryWorld {
  explicit WhatsappWorld(core::WhatsappMessages messages = core::WhatsappMessages::templates) {
    company = add_company("sur", [&](auto& one) {
      one.accounts.whatsapp = test::example_whatsapp("sur");
      one.accounts.whatsapp->messages = messages;
    });
  }
  test::FakeProvider& fake() { return provider("sur", Channel::whatsapp); }
  store::NotificationId add(const std::string& key, const std::string& name = "service_ready",
                            const std::string& language = "es") {
    static int last = 0;
    return enqueue_phone(company, Channel::whatsapp, key, "+569611" + std::to_string(10000 + ++last), [&](auto& one) {
      core::WhatsappMessage message;
      message.name = name;
      message.language = language;
      one.payload = content::to_payload(message);
    });
  }
  void refuse(const std::string& name, const std::string& language = "es") {
    fake().answer = [=](const channels::Message& message) -> channels::Outcome {
      if (message.whatsapp && message.whatsapp->name == name && message.whatsapp->language == language) {
        return channels::TemplateRefused{reply(Phase::answer, 132001)};
      }
      return channels::Accepted{};
    };
  }
  std::size_t tried(const std::string& name) {
    return static_cast<std::size_t>(std::ranges::count_if(
        fake().received, [&](const auto& message) { return message.whatsapp && message.whatsapp->name == name; }));
  }

  store::CompanyId company;
};

}  // namespace

TEST_CASE("WhatsApp goes out as the approved template, with the stored text beside it") {
  WhatsappWorld world;
  const auto id = world.add("doc-1");
  CHECK(world.run().accepted == 1);
  const auto& message = world.fake().received.front();
  REQUIRE(message.whatsapp.has_value());
  CHECK(message.whatsapp->name == "service_ready");
  CHECK(message.text == "Hola *Ana*");
  CHECK(message.html.empty());
  CHECK(message.token > 0);
  CHECK(world.status(id) == Status::accepted);
}

TEST_CASE("what is wanted only until a certain time is told to the provider") {
  WhatsappWorld world;
  world.enqueue_phone(world.company, Channel::whatsapp, "doc-1", "+56961234567",
                      [&](auto& one) { one.not_after = world.now + 1h; });
  world.add("doc-2");
  world.now += 10min;
  world.run();
  const auto& received = world.fake().received;
  REQUIRE(received.size() == 2);
  CHECK(received[0].valid_for == 50min);
  CHECK_FALSE(received[1].valid_for);
}

TEST_CASE("at the last moment it is still worth a second") {
  WhatsappWorld world;
  world.enqueue_phone(world.company, Channel::whatsapp, "doc-1", "+56961234567",
                      [&](auto& one) { one.not_after = world.now; });
  world.run();
  CHECK(world.fake().received.at(0).valid_for == 1s);
}

TEST_CASE("a refused template stops in its language; its messages wait unburnt, and others go on") {
  WhatsappWorld world;
  world.fake().places = 1;
  const auto first = world.add("doc-1"), second = world.add("doc-2");
  const auto english = world.add("doc-3", "service_ready", "en"), other = world.add("doc-4", "payment_due");
  world.refuse("service_ready");
  const auto summary = world.run();
  CHECK(summary.accepted == 2);
  CHECK(summary.blocked_accounts == 0);
  CHECK(world.status(english) == Status::accepted);
  CHECK(world.status(other) == Status::accepted);
  for (const auto id : {first, second}) {
    CHECK(world.status(id) == Status::queued);
    CHECK(world.record(id).attempts == 0);
    CHECK(world.record(id).reason == "waits for the template service_ready (es): answer 132001: because");
    CHECK(*world.record(id).due_at == world.now + 1h);
  }
  const auto trouble = world.history.accounts_in_trouble();
  REQUIRE(trouble.size() == 1);
  CHECK(trouble[0].template_name == "service_ready (es)");
  CHECK(trouble[0].company == "sur");
  CHECK(trouble[0].health.reason == "answer 132001: because");

  SECTION("after an hour a single message tries it again; refused, it rests for two") {
    world.now += 1h;
    const auto tried = world.tried("service_ready");
    world.run();
    CHECK(world.tried("service_ready") == tried + 1);
    CHECK(*world.record(first).due_at == world.now + 2h);
    CHECK(*world.record(second).due_at == world.now + 2h);
  }
  SECTION("a success lifts it, and all go") {
    world.fake().answer = [](const auto&) { return channels::Accepted{}; };
    world.now += 1h;
    CHECK(world.run().accepted == 2);
    CHECK(world.history.accounts_in_trouble().empty());
  }
  SECTION("new messages of it wait as well") {
    const auto third = world.add("doc-5");
    world.run();
    CHECK(world.status(third) == Status::queued);
    CHECK(*world.record(third).due_at == world.now + 1h);
  }
  SECTION("a changed account may use it at once") {
    world.fake().answer = [](const auto&) { return channels::Accepted{}; };
    world.add_company("sur", [](auto& one) {
      one.accounts.whatsapp = test::example_whatsapp("sur");
      one.accounts.whatsapp->api_version = "v26.0";
    });
    CHECK(world.run().accepted == 2);
  }
  SECTION("so may an operator's requeue") {
    world.fake().answer = [](const auto&) { return channels::Accepted{}; };
    world.queue.requeue({.company = world.company}, world.now);
    CHECK(world.history.accounts_in_trouble().empty());
    CHECK(world.run().accepted == 2);
  }
}

TEST_CASE("several refusals of one template at once are one") {
  WhatsappWorld world;
  world.fake().places = 4;
  for (int i = 0; i < 4; ++i) world.add("doc-" + std::to_string(i));
  world.refuse("service_ready");
  world.run();
  CHECK(world.history.accounts_in_trouble().at(0).health.failures == 1);
}

TEST_CASE("within a day of the customer's message the text itself is sent, where the account wants that") {
  struct Row {
    core::WhatsappMessages messages;
    std::chrono::seconds ago;
    bool text;
  };
  const auto row = GENERATE(Row{core::WhatsappMessages::text_in_window, 1min, true},
                            Row{core::WhatsappMessages::text_in_window, 24h - 1s, true},
                            Row{core::WhatsappMessages::text_in_window, 24h, false},
                            Row{core::WhatsappMessages::templates, 1min, false});
  WhatsappWorld world{row.messages};
  world.directory.note_inbound(world.company, Channel::whatsapp, "+56961234567", world.now - row.ago);
  world.directory.note_inbound(world.company, Channel::whatsapp, "+56961234567", world.now - row.ago - 1h);
  world.enqueue_phone(world.company, Channel::whatsapp, "doc-1", "+56961234567");
  world.run();
  CHECK(world.fake().received.at(0).whatsapp.has_value() == !row.text);
  CHECK(world.fake().received.at(0).text == "Hola *Ana*");
}

TEST_CASE("a window that is closed after all is forgotten, and the template goes out at once") {
  WhatsappWorld world{core::WhatsappMessages::text_in_window};
  world.directory.note_inbound(world.company, Channel::whatsapp, "+56961234567", world.now - 1h);
  const auto id = world.enqueue_phone(world.company, Channel::whatsapp, "doc-1", "+56961234567");
  const auto closed = channels::Deferred{reply(Phase::answer, 131047), {}, channels::Deferred::Scope::window};
  SECTION("taken") {
    world.fake().answer = [&](const channels::Message& message) -> channels::Outcome {
      if (!message.whatsapp) return closed;
      return channels::Accepted{};
    };
    CHECK(world.run().accepted == 1);
    CHECK(world.fake().received.size() == 2);
    CHECK_FALSE(world.directory.last_inbound(world.company, Channel::whatsapp, "+56961234567"));
  }
  SECTION("only once: a provider that says so of templates, too, is not asked in a circle") {
    world.fake().answer = [&](const auto&) { return closed; };
    world.run();
    CHECK(world.fake().received.size() == 2);
    CHECK(world.status(id) == Status::retry_wait);
    CHECK(*world.record(id).due_at > world.now);
  }
}

TEST_CASE("who wants no promotion from the provider still gets the rest") {
  WhatsappWorld world;
  world.fake().answer = [](const auto&) {
    return channels::Rejected{reply(Phase::answer, 131050), channels::Rejected::Reason::promotion_opt_out};
  };
  const auto promotion = [](auto& one) { one.event = core::Event::cliente_inactivo; };
  const auto first = world.enqueue_phone(world.company, Channel::whatsapp, "promo-1", "+56961234567", promotion);
  world.run();
  CHECK(world.status(first) == Status::failed);
  world.fake().answer = [](const auto&) { return channels::Accepted{}; };
  const auto second = world.enqueue_phone(world.company, Channel::whatsapp, "promo-2", "+56961234567", promotion);
  const auto document = world.enqueue_phone(world.company, Channel::whatsapp, "doc-1", "+56961234567");
  world.run();
  CHECK(world.status(second) == Status::suppressed);
  CHECK(world.status(document) == Status::accepted);
}
