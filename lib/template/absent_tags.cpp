#include <algorithm>
#include <array>

#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

struct AbsentTag {
  std::string_view name, hint;
};

constexpr std::string_view no_translations = "texts are not translated: write one template for each language";
constexpr std::string_view no_files = "a message has no files of its own: write the full address, https://…";
constexpr std::string_view zone_is_known = "leave it out: times are shown in the workshop's time zone";

constexpr std::array<AbsentTag, 14> absent_tags{{
    {"url", "a message knows no routes: write the full address, or take it from a variable"},
    {"csrf_token", "leave it out: a message has no form to protect"},
    {"static", no_files},
    {"get_static_prefix", no_files},
    {"get_media_prefix", no_files},
    {"trans", no_translations},
    {"translate", no_translations},
    {"blocktrans", no_translations},
    {"blocktranslate", no_translations},
    {"debug", "leave it out: it would show a customer everything that is known"},
    {"lorem", "write the text itself"},
    {"resetcycle", "put the cycle into a template of its own: each include begins with the first value"},
    {"localtime", zone_is_known},
    {"timezone", zone_is_known},
}};

}  // namespace

std::string_view hint_for_absent(std::string_view name) {
  const auto* row = std::ranges::find(absent_tags, name, &AbsentTag::name);
  return row != absent_tags.end() ? row->hint : std::string_view();
}

}  // namespace egarage::tmpl
