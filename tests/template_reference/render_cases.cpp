// Renders cases that come as JSON Lines on standard input and answers each with one line, at once, so that another
// program can converse with it. A case: `template`; optional `context`, `templates` (name to source), `language`,
// `escape` (html, none), `now`, `time_zone`. The answer: {"output": …} or {"error": …, "line": …, "column": …}.
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

#include "template/template.hpp"

namespace {

using namespace egarage;
using nlohmann::json;

/// Templates that are parsed when they are first named.
class CaseLoader : public tmpl::Loader {
 public:
  explicit CaseLoader(const json& sources) : sources_(sources) {}

  const tmpl::Template* find(std::string_view name) const override {
    const std::string key(name);
    if (const auto known = parsed_.find(key); known != parsed_.end()) return &known->second;
    const auto source = sources_.find(key);
    if (source == sources_.end()) return nullptr;
    return &parsed_.emplace(key, tmpl::Template::parse(key, source->get<std::string>())).first->second;
  }

 private:
  const json& sources_;
  mutable std::map<std::string, tmpl::Template> parsed_;
};

/// The value, or a complaint that names it.
template <typename T>
T required(std::optional<T> value, const std::string& what) {
  if (!value) throw std::invalid_argument("not a " + what);
  return *value;
}

tmpl::RenderOptions options_of(const json& test_case) {
  tmpl::RenderOptions options;
  options.escape = test_case.value("escape", "html") == "none" ? tmpl::Escape::none : tmpl::Escape::html;
  options.language = required(core::parse_language(test_case.value("language", "en")), "language");
  options.time_zone = required(core::TimeZone::locate(test_case.value("time_zone", "UTC")), "time zone");
  options.now = required(core::parse_instant(test_case.value("now", "2026-11-22T15:00:00Z")), "instant");
  return options;
}

json answer(const json& test_case) {
  const json templates = test_case.value("templates", json::object());
  const json context = test_case.value("context", json::object());
  const CaseLoader loader(templates);
  auto options = options_of(test_case);
  options.loader = &loader;
  try {
    const auto parsed = tmpl::Template::parse("case", test_case.at("template").get<std::string>());
    return {{"output", parsed.render(context, options)}};
  } catch (const tmpl::TemplateError& error) {
    return {{"error", error.sentence()}, {"line", error.line()}, {"column", error.column()}};
  }
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    try {
      std::cout << answer(json::parse(line)).dump() << std::endl;
    } catch (const std::exception& error) {
      std::cerr << "error: " << error.what() << "\nhint: the case is " << line << '\n';
      return 1;
    }
  }
  return 0;
}
