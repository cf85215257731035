#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "template/parser.hpp"

namespace egarage::tmpl {

/// Compiles a tag and everything up to its end. `token` is the opening tag. Throws TemplateError.
using TagParser = std::unique_ptr<Node> (*)(Parser& parser, const Token& token);

/// A row of a tag table. A new tag is a file (or a row in its family's file).
struct TagRow {
  std::string_view name;
  TagParser parse;
};

std::span<const TagRow> condition_tags();
std::span<const TagRow> loop_tags();
std::span<const TagRow> scope_tags();
std::span<const TagRow> output_tags();
std::span<const TagRow> include_tags();
std::span<const TagRow> inheritance_tags();
std::span<const TagRow> cycle_tags();
std::span<const TagRow> filter_tags();
std::span<const TagRow> value_tags();
std::span<const TagRow> regroup_tags();
std::span<const TagRow> syntax_tags();

/// Null when there is no such tag.
const TagRow* find_tag(std::string_view name);
std::span<const std::string_view> tag_names();
/// Why a tag of Django is left out, and what to do instead. Empty for every other name.
std::string_view hint_for_left_out_tag(std::string_view name);

}  // namespace egarage::tmpl
