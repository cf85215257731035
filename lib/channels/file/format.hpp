#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "channels/channel.hpp"
#include "core/email_account.hpp"
#include "core/sms_account.hpp"
#include "core/whatsapp_account.hpp"

namespace egarage::channels::file {

/// How the messages of a channel look as files.
class Format {
 public:
  virtual ~Format() = default;
  virtual std::string_view suffix() const = 0;
  /// Why a provider would refuse the message; empty when it would not.
  virtual std::optional<Outcome> refusal(const Message& message) const = 0;
  virtual std::string content(const Message& message) const = 0;
};

std::unique_ptr<Format> make_format(const core::EmailAccount& account);
std::unique_ptr<Format> make_format(const core::WhatsappAccount& account);
std::unique_ptr<Format> make_format(const core::SmsAccount& account);

/// What happened on disk, for the attempt's record.
Reply file_reply(std::string_view text, int code = 0);

}  // namespace egarage::channels::file
