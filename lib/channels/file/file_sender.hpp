#pragma once

#include <filesystem>
#include <memory>

#include "channels/channel.hpp"
#include "core/email_account.hpp"
#include "core/sms_account.hpp"
#include "core/whatsapp_account.hpp"

namespace egarage::channels::file {

/// The embedded default: writes each e-mail as `<directory>/<Message-ID local part>.eml`, which any mail program opens.
/// The file is complete and on disk before the message counts as accepted; a repeated attempt writes the same file
/// again. The folder is made when it is missing; one that cannot be made or written blocks the account. A recipient
/// that is no address is refused, as a server would.
std::unique_ptr<Sender> make_file_sender(std::filesystem::path directory, const core::EmailAccount& account);

/// The same for WhatsApp, as `.json`: `channel`, `to`, and in `request` the body that Meta's Cloud API would get.
std::unique_ptr<Sender> make_file_sender(std::filesystem::path directory, const core::WhatsappAccount& account);

/// The same for SMS: `channel`, `to`, `from`, `text`, and what it would cost as `encoding` and `segments`.
std::unique_ptr<Sender> make_file_sender(std::filesystem::path directory, const core::SmsAccount& account);

}  // namespace egarage::channels::file
