#include "report/approved_template.hpp"

#include <fmt/format.h>

#include "core/utf8.hpp"
#include "report/table.hpp"

namespace egarage::report {
namespace {

using Json = nlohmann::ordered_json;

// The store's format, not a provider's: what is not there is empty, and nothing here fails on it.
std::string text(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? core::one_line(core::valid_utf8(found->get<std::string>())) : "";
}

const Json& part(const Json& object, const char* key) {
  static const Json nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

}  // namespace

Json approved_template_json(std::string_view payload) {
  constexpr bool with_exceptions = false;
  auto json = Json::parse(payload, nullptr, with_exceptions);
  return part(json, "name").is_string() && part(json, "language").is_string() ? json : Json();
}

std::string approved_template_name(std::string_view payload) {
  const auto json = approved_template_json(payload);
  return json.is_null() ? "" : fmt::format("{} ({})", text(json, "name"), text(json, "language"));
}

std::string approved_template_parameters(std::string_view payload) {
  const auto json = approved_template_json(payload);
  if (json.is_null()) return {};
  Table table({{""}, {""}, {""}});
  if (const auto& header = part(json, "header"); header.is_object()) {
    const auto filename = text(header, "filename");
    table.add_row({"header", text(header, "media"),
                   text(header, "link") + (filename.empty() ? "" : fmt::format(" as {}", filename))});
  }
  std::size_t number = 0;
  for (const auto& parameter : part(json, "body")) {
    ++number;
    const auto name = text(parameter, "name");
    table.add_row({"body", name.empty() ? std::to_string(number) : name, text(parameter, "text")});
  }
  for (const auto& button : part(json, "buttons")) {
    table.add_row({"button", text(button, "kind"), text(button, "text")});
  }
  return table.text();
}

}  // namespace egarage::report
