#pragma once

#include <filesystem>
#include <memory>

#include "channels/channel.hpp"
#include "core/email_account.hpp"

namespace egarage::channels::file {

/// The embedded default: writes each e-mail as `<directory>/<Message-ID local part>.eml`, which any mail program opens.
/// The file is complete and on disk before the message counts as accepted; a repeated attempt writes the same file
/// again. The folder is made when it is missing; one that cannot be made or written blocks the account. A recipient
/// that is no address is refused, as a server would.
std::unique_ptr<Sender> make_file_sender(std::filesystem::path directory, const core::EmailAccount& account);

}  // namespace egarage::channels::file
