#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "channels/http/provider.hpp"
#include "channels/http/ruling.hpp"
#include "core/sms_account.hpp"

namespace egarage::channels::sms {

/// What a gateway's answer says, by the rules of its description.
struct GatewayAnswer {
  http::Ruling ruling{};
  std::string code;  ///< what stands at code_pointer: a text, or a number as text; may be empty
  std::string id;    ///< of the message, with Ruling::accept
};

/// Reads answers. A code of the table decides. Without one, a message was taken where the status and the value at
/// success_pointer say so and there is an id. Any other 2xx may or may not mean that it was taken; other statuses are
/// judged by http::ruling_of_status.
class GatewayReader {
 public:
  /// Throws core::Error{configuration} when a pointer is none (RFC 6901).
  explicit GatewayReader(const core::HttpGateway& gateway);
  GatewayAnswer read(const http::Answer& answer) const;

 private:
  using Pointer = nlohmann::json::json_pointer;

  core::HttpGateway gateway_;
  std::optional<Pointer> success_, id_, code_;
};

}  // namespace egarage::channels::sms
