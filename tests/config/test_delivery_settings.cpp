#include "config/configuration_file.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Channel;
using core::OnUncertain;
using test::complaint;

namespace {

const std::string store = "[store]\npath = \"s.db\"\n";

config::Configuration load(const std::string& text) {
  const test::TemporaryFolder folder;
  return config::load(test::write(folder, text));
}

}  // namespace

TEST_CASE("what follows an unknown result may be chosen for each channel, and for each event of a company") {
  const auto configuration = load(store +
                                  "[delivery]\non_uncertain = { email = \"hold\", sms = \"resend\" }\n"
                                  "[[company]]\nslug = \"sur\"\n"
                                  "events.PAGO_PENDIENTE = { channels = [\"whatsapp\", \"sms\"], order = \"first\","
                                  " on_uncertain = \"hold\" }\n");
  CHECK(configuration.delivery.on_uncertain ==
        std::map<Channel, OnUncertain>{{Channel::email, OnUncertain::hold}, {Channel::sms, OnUncertain::resend}});
  const auto& route = configuration.companies.at(0).route(core::Event::pago_pendiente);
  CHECK(route == core::Route{{Channel::whatsapp, Channel::sms}, core::ChannelOrder::first, OnUncertain::hold});
  CHECK(configuration.companies.at(0).route(core::Event::documento_creado) == core::Route{});
}

TEST_CASE("hosts that accounts may speak to are names, in whatever case they were written") {
  const auto configuration =
      load(store + "[network]\nallowed_hosts = [\"SMS.example.com\"]\nprivate_addresses = true\n");
  CHECK(configuration.network.allowed_hosts == std::vector<std::string>{"sms.example.com"});
  CHECK(configuration.network.private_addresses);
}

TEST_CASE("a bad setting of delivery or network is refused with its line and what to do") {
  struct Row {
    std::string text, begins, hint_has;
  };
  const Row row = GENERATE(values<Row>({
      {"[delivery]\non_uncertain = { fax = \"hold\" }\n", "4: [delivery.on_uncertain] fax is not a known key", ""},
      {"[delivery]\non_uncertain = { sms = \"ask\" }\n", "4: [delivery.on_uncertain] sms cannot be \"ask\"",
       "reconcile"},
      {"[network]\nallowed_hosts = [\"https://sms.example\"]\n", "4: [network] allowed_hosts is not a host name",
       "no https://"},
      {"[network]\nallowed_hosts = [\"sms.example:443\"]\n", "4: [network] allowed_hosts is not a host name",
       "no port"},
      {"[network]\nallow_hosts = []\n", "4: [network] allow_hosts is not a known key", "allowed_hosts"},
      {"[[company]]\nslug = \"sur\"\nevents.PAGO_PENDIENTE.order = \"best\"\n",
       "5: [company.events.PAGO_PENDIENTE] order cannot be \"best\"", "all, first"},
  }));
  INFO(row.text);
  const auto said = complaint(store + row.text);
  INFO(said);
  CHECK(said.rfind(row.begins, 0) == 0);
  CHECK(said.find(row.hint_has, said.find(" | ")) != std::string::npos);
}
