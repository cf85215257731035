#include "rows.hpp"

#include "support/catch.hpp"

namespace egarage::tmpl::test {

void check_rows(std::string_view context, const RenderOptions& options, std::initializer_list<Row> rows) {
  const auto json = nlohmann::json::parse(context);
  for (const auto& [source, expected] : rows) {
    INFO("template: " << source);
    if (expected) {
      CHECK(rendered(source, json, options) == *expected);
    } else {
      CHECK(error_of(source, json, options).has_value());
    }
  }
}

const Template* Pages::find(std::string_view name) const {
  if (const auto found = parsed_.find(name); found != parsed_.end()) return &found->second;
  for (const auto& page : pages_) {
    if (page.name != name) continue;
    return &parsed_.emplace(name, Template::parse(std::string(name), std::string(page.source))).first->second;
  }
  return nullptr;
}

void check_pages(std::string_view context, const RenderOptions& options, std::initializer_list<PageRow> rows) {
  for (const auto& row : rows) {
    const Pages pages(row.pages);
    RenderOptions with_pages = options;
    with_pages.loader = &pages;
    check_rows(context, with_pages, {{row.source, row.expected}});
  }
}

RenderOptions plain() { return {}; }

RenderOptions html() {
  RenderOptions options;
  options.escape = Escape::html;
  return options;
}

RenderOptions markdown() {
  RenderOptions options;
  options.escape = Escape::markdown;
  return options;
}

RenderOptions english() {
  RenderOptions options;
  options.language = core::Language::en;
  return options;
}

RenderOptions shown_in(std::string_view time_zone, core::Language language) {
  RenderOptions options;
  options.time_zone = core::TimeZone::locate(time_zone).value();
  options.language = language;
  return options;
}

std::string rendered(std::string_view source, const nlohmann::json& context, const RenderOptions& options) {
  return Template::parse("t", std::string(source), options.limits).render(context, options);
}

std::optional<TemplateError> error_of(std::string_view source, const nlohmann::json& context,
                                      const RenderOptions& options) {
  try {
    rendered(source, context, options);
    return std::nullopt;
  } catch (const TemplateError& error) {
    return error;
  }
}

}  // namespace egarage::tmpl::test
