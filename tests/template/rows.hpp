#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "template/template.hpp"

namespace egarage::tmpl::test {

/// A template and what Django 3.2 makes of it (checked once against Django itself). No result: Django raises, and so do
/// we.
struct Row {
  std::string_view source;
  std::optional<std::string_view> expected;
};

/// Renders every row with the context and reports those that differ.
void check_rows(std::string_view context, const RenderOptions& options, std::initializer_list<Row> rows);

/// Another template, by its name.
struct Page {
  std::string_view name, source;
};

/// Templates that name each other, each parsed when it is asked for.
class Pages : public Loader {
 public:
  explicit Pages(const std::vector<Page>& pages) : pages_(pages) {}
  const Template* find(std::string_view name) const override;

 private:
  std::vector<Page> pages_;
  mutable std::map<std::string, Template, std::less<>> parsed_;
};

/// As Row, with other templates that the first one uses.
struct PageRow {
  std::string_view source;
  std::vector<Page> pages;
  std::optional<std::string_view> expected;
};
void check_pages(std::string_view context, const RenderOptions& options, std::initializer_list<PageRow> rows);

RenderOptions plain();
RenderOptions html();
RenderOptions markdown();
RenderOptions english();
RenderOptions shown_in(std::string_view time_zone, core::Language language = core::Language::es);

/// Parses and renders without an extra context.
std::string rendered(std::string_view source, const nlohmann::json& context, const RenderOptions& options);
/// The error that parsing or rendering gives; empty when there is none.
std::optional<TemplateError> error_of(std::string_view source, const nlohmann::json& context = nlohmann::json::object(),
                                      const RenderOptions& options = {});

}  // namespace egarage::tmpl::test
