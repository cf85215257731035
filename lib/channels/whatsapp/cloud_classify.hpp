#pragma once

#include <string>

#include "channels/http/discretion.hpp"
#include "channels/http/provider.hpp"

namespace egarage::channels::whatsapp {

/// What an answer of `POST …/messages` means. A message is taken exactly when the answer names it (`wamid…`); a success
/// without a name is uncertain. Errors are judged by their code (cloud_codes.hpp). Words in the reply: Meta's message,
/// details, and the `fbtrace_id` that its support asks for.
http::Verdict classify_cloud(const Message& message, const http::Answer& answer, const http::Discretion& discretion);

/// The same words for the sentence of a check: `190 Error validating access token …`; empty when the answer is no
/// error of the Graph API.
std::string words_of_error(const http::Answer& answer, const http::Discretion& discretion);

}  // namespace egarage::channels::whatsapp
