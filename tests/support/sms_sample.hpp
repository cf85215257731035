#pragma once

#include <string>

#include "channels/channel.hpp"
#include "channels/http/provider.hpp"

namespace egarage::tests {

/// A password that must never be seen again in what a provider says.
inline const std::string canary = "c4n4ry-S3cret/&\"x";

inline channels::Message sms_message(std::string text = "Hola Ana: su auto está listo.") {
  channels::Message message;
  message.token = 77;
  message.id = "n.12.0a1b2c3d@tallersur.example";
  message.recipient = "+56961234567";
  message.recipient_name = "Ana Soto";
  message.text = std::move(text);
  return message;
}

/// Every text of a verdict, for looking for secrets in it.
inline std::string texts_of(const channels::http::Verdict& verdict) {
  const auto of = [](const channels::Reply& reply) { return reply.enhanced + "\n" + reply.text + "\n"; };
  std::string texts = std::visit([&](const auto& outcome) { return of(outcome.reply); }, verdict.outcome);
  if (const auto* accepted = std::get_if<channels::Accepted>(&verdict.outcome)) texts += accepted->provider_id;
  if (verdict.standing.reply) texts += of(*verdict.standing.reply);
  return texts;
}

/// One word for a verdict, as tables of tests write it.
inline std::string name_of(const channels::http::Verdict& verdict) {
  using namespace channels;
  struct Namer {
    const Standing& standing;
    std::string operator()(const Accepted&) const { return "accept"; }
    std::string operator()(const Deferred&) const { return "retry"; }
    std::string operator()(const Rejected& rejected) const {
      switch (rejected.reason) {
        case Rejected::Reason::message:
          return "reject";
        case Rejected::Reason::address:
          return "bad-address";
        case Rejected::Reason::opt_out:
          return "opt-out";
        case Rejected::Reason::promotion_opt_out:
          break;
      }
      return "promotion-opt-out";
    }
    std::string operator()(const Uncertain&) const { return "uncertain"; }
    std::string operator()(const Returned&) const {
      return standing.state == Standing::State::paused    ? "pause"
             : standing.state == Standing::State::blocked ? "block"
                                                          : "returned";
    }
    std::string operator()(const TemplateRefused&) const { return "template-refused"; }
  };
  const auto name = std::visit(Namer{verdict.standing}, verdict.outcome);
  const bool of_account = name == "pause" || name == "block";
  return of_account || verdict.standing.state == Standing::State::ok ? name : name + " and the account is not ok";
}

}  // namespace egarage::tests
