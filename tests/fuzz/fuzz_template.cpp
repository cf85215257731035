// Input: parts with a NUL between them: a template, a JSON context, and templates with the names a, b, c … that the
// first and they themselves may include or extend. Whatever they hold, parsing and rendering end with a text or a
// TemplateError.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "template/template.hpp"

namespace {

using namespace egarage;

/// Templates by their names; one that cannot be parsed is an error each time that it is asked for.
class Parts : public tmpl::Loader {
 public:
  Parts(std::vector<std::string_view> sources, const tmpl::Limits& limits)
      : sources_(std::move(sources)), limits_(limits) {}

  const tmpl::Template* find(std::string_view name) const override {
    if (name.size() != 1 || name[0] < 'a' || static_cast<std::size_t>(name[0] - 'a') >= sources_.size()) return nullptr;
    if (const auto found = parsed_.find(name); found != parsed_.end()) return &found->second;
    const std::string source(sources_[static_cast<std::size_t>(name[0] - 'a')]);
    return &parsed_.emplace(name, tmpl::Template::parse(std::string(name), source, limits_)).first->second;
  }

 private:
  std::vector<std::string_view> sources_;
  const tmpl::Limits& limits_;
  mutable std::map<std::string, tmpl::Template, std::less<>> parsed_;
};

std::vector<std::string_view> split(std::string_view input) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= input.size();) {
    const std::size_t end = std::min(input.find('\0', begin), input.size());
    parts.push_back(input.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto parts = split({reinterpret_cast<const char*>(data), size});
  const std::string source(parts.front());
  const auto context = parts.size() > 1 ? nlohmann::json::parse(parts[1], nullptr, false) : nlohmann::json::object();
  parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(parts.size(), 2)));
  tmpl::RenderOptions options;
  options.limits.output = 64 * 1024;
  options.limits.steps = 10'000;
  const Parts loader(std::move(parts), options.limits);
  options.loader = &loader;
  for (const auto escape : {tmpl::Escape::none, tmpl::Escape::html, tmpl::Escape::markdown}) {
    options.escape = escape;
    try {
      const auto parsed = tmpl::Template::parse("fuzz", source, options.limits);
      parsed.render(context.is_discarded() ? nlohmann::json::object() : context, options);
    } catch (const tmpl::TemplateError&) {
      // The one exception that is promised.
    }
  }
  return 0;
}
