// Input: a template, a NUL, and a JSON context. Whatever they hold, parsing and rendering end with a text or a
// TemplateError.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "template/template.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace egarage;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t border = std::min(input.find('\0'), input.size());
  const auto context = nlohmann::json::parse(input.substr(std::min(border + 1, input.size())), nullptr, false);
  for (const auto escape : {tmpl::Escape::none, tmpl::Escape::html, tmpl::Escape::markdown}) {
    tmpl::RenderOptions options;
    options.escape = escape;
    options.limits.output = 64 * 1024;
    options.limits.steps = 10'000;
    try {
      const auto parsed = tmpl::Template::parse("fuzz", std::string(input.substr(0, border)), options.limits);
      parsed.render(context.is_discarded() ? nlohmann::json::object() : context, options);
    } catch (const tmpl::TemplateError&) {
      // The one exception that is promised.
    }
  }
  return 0;
}
