#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/sms_account.hpp"

namespace egarage::channels::sms {

/// The body of a request to a gateway, with places to fill.
class GatewayBody {
 public:
  using Values = std::function<std::optional<std::string>(std::string_view place)>;

  /// Throws core::Error{configuration} when the text is no JSON though the encoding says so.
  GatewayBody(core::GatewayEncoding encoding, const std::string& text);

  /// In a form, values are percent-encoded. In JSON they are put into the texts of the parsed body, and it is written
  /// anew: no value can end the text that it stands in.
  std::string fill(const Values& values) const;

 private:
  core::GatewayEncoding encoding_;
  std::string form_;
  nlohmann::ordered_json json_;
};

}  // namespace egarage::channels::sms
