#pragma once

#include "content/lint/lint.hpp"

/// The parts of content::lint; a check appends what it finds.
namespace egarage::content {

/// Variables outside the contract, and parts that do not exist.
void check_references(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings, Findings& findings);
/// The same for one parsed template of that key.
void check_template(const tmpl::Template& text, const TextKey& key, const LintSurroundings& surroundings,
                    Findings& findings);
/// Renders the text, and every message that a part stands in, with samples.
void check_renderings(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings, Findings& findings);
/// HTML in a Markdown text, which no reader gets to see.
void check_markdown(const TextKey& key, const Shelf& shelf, Findings& findings);
/// An e-mail layout: variables, rendering, HTML, what mail programs refuse.
void check_layout(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings, Findings& findings);

/// The variables that a layout has besides those that messages have.
std::vector<std::string_view> layout_variables();

}  // namespace egarage::content
