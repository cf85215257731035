#include "channels/sms/gateway_body.hpp"

#include "channels/http/form.hpp"
#include "core/error.hpp"
#include "core/places.hpp"

namespace egarage::channels::sms {
namespace {

using Json = nlohmann::ordered_json;

void fill_texts(Json& value, const GatewayBody::Values& values) {
  if (value.is_string()) {
    value = core::fill_places(value.get_ref<const std::string&>(), values);
  } else if (value.is_structured()) {
    for (auto& member : value) fill_texts(member, values);
  }
}

}  // namespace

GatewayBody::GatewayBody(core::GatewayEncoding encoding, const std::string& text) : encoding_(encoding) {
  if (encoding == core::GatewayEncoding::form) {
    form_ = text;
    return;
  }
  json_ = Json::parse(text, nullptr, false);
  if (!json_.is_structured()) {
    throw core::Error(core::ExitCode::configuration, "the body of an SMS gateway is not JSON",
                      "Places such as {{text}} stand within double quotes.");
  }
}

std::string GatewayBody::fill(const Values& values) const {
  if (encoding_ == core::GatewayEncoding::form) {
    return core::fill_places(form_, [&](std::string_view place) -> std::optional<std::string> {
      auto value = values(place);
      if (value) value = http::percent_encode(*value);
      return value;
    });
  }
  auto filled = json_;
  fill_texts(filled, values);
  return filled.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace egarage::channels::sms
