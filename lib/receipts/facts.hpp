#pragma once

#include <string>
#include <variant>
#include <vector>

#include "store/receipts.hpp"

namespace egarage::receipts {

/// Which account a provider speaks of, in the provider's own names.
struct ProviderAccount {
  core::Channel channel{};
  std::string phone_number_id;    ///< Meta's Cloud API; else empty
  std::string account_sid;        ///< Twilio; else empty
  std::string number;             ///< Twilio, what came in: the number that was written to, E.164; may be empty
  std::string messaging_service;  ///< likewise, `MG…`

  bool operator==(const ProviderAccount&) const = default;
};

/// The numbers that may stand for one subscriber (see spellings.hpp), E.164; empty when the provider names none.
using Spellings = std::vector<std::string>;

/// How far one of our messages has come.
struct MessageStatus {
  ProviderAccount account;
  store::Receipt receipt;  ///< its company is not filled in: whose account it is, only the store knows
  Spellings recipient;
};

/// A customer wrote to us.
struct Inbound {
  ProviderAccount account;
  Spellings from;
  core::Instant at;
};

/// A customer wants no more messages.
struct OptOut {
  ProviderAccount account;
  Spellings from;
  store::SuppressionScope scope = store::SuppressionScope::promotional;
  std::string reason;  ///< `answered STOP`
};

using Fact = std::variant<MessageStatus, Inbound, OptOut>;

/// What one webhook body says.
struct Reading {
  std::vector<Fact> facts;
  std::size_t ignored = 0;  ///< parts that say nothing about messages, or nothing that we know the meaning of
};

/// Why a body was refused: one clause after its line number.
struct Refusal {
  std::string sentence;
};

}  // namespace egarage::receipts
