#include "producers/addressing.hpp"

#include <fmt/format.h>

namespace egarage::producers {

namespace {

std::variant<core::PhoneNumber, Unreachable> read(const std::string& text, std::string_view country) {
  if (text.find_first_not_of(" \t") == std::string::npos) return Unreachable{"no phone number"};
  if (auto number = core::PhoneNumber::parse(text, country)) return *std::move(number);
  return Unreachable{fmt::format("phone number {}", core::PhoneNumber::explain_refusal(text, country))};
}

}  // namespace

std::variant<std::string, Unreachable> Addresses::on(core::Channel channel) {
  if (channel != core::Channel::email) return by_phone(channel);
  if (recipient_.email) return recipient_.email->str();
  return Unreachable{"no e-mail address"};
}

std::variant<std::string, Unreachable> Addresses::by_phone(core::Channel channel) {
  if (!phone_) phone_ = read(recipient_.phone, country_);
  if (const auto* unreachable = std::get_if<Unreachable>(&*phone_)) return *unreachable;
  const auto& number = std::get<core::PhoneNumber>(*phone_);
  if (channel == core::Channel::sms && !number.takes_sms()) return Unreachable{"phone number is a landline"};
  return number.str();
}

}  // namespace egarage::producers
