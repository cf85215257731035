#pragma once

#include <memory>
#include <vector>

#include "channels/http/provider.hpp"
#include "core/whatsapp_account.hpp"
#include "core/whatsapp_template_name.hpp"

namespace egarage::channels::whatsapp {

/// Meta's Cloud API. `needed`: the templates that the account's messages are made of, for its checks. There is no way
/// to ask for an earlier message: what is uncertain stays so until a receipt tells.
std::unique_ptr<http::Provider> make_cloud_provider(const core::WhatsappAccount& account, core::Secret token,
                                                    std::vector<core::WhatsappTemplateName> needed = {});

}  // namespace egarage::channels::whatsapp
