#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/phone_number.hpp"
#include "producers/event_line.hpp"

namespace egarage::producers {

/// Why a recipient cannot be reached on a channel, for counting: `no phone number`, `phone number has letters in it`,
/// `phone number is a landline`.
struct Unreachable {
  std::string reason;
};

/// A recipient's addresses, as a company of `country` reads them. The telephone number is parsed only when asked for.
class Addresses {
 public:
  Addresses(const EventLine::Recipient& recipient, std::string_view country)
      : recipient_(recipient), country_(country) {}

  /// An e-mail address, or a number as E.164. Landlines take no SMS; WhatsApp takes any number.
  std::variant<std::string, Unreachable> on(core::Channel channel);

 private:
  std::variant<std::string, Unreachable> by_phone(core::Channel channel);

  const EventLine::Recipient& recipient_;
  std::string_view country_;
  std::optional<std::variant<core::PhoneNumber, Unreachable>> phone_;
};

}  // namespace egarage::producers
