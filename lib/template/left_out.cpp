#include <algorithm>
#include <array>
#include <span>

#include "template/filters.hpp"
#include "template/tags.hpp"

namespace egarage::tmpl {

namespace {

struct LeftOut {
  std::string_view name, hint;
};

constexpr std::string_view no_translations = "texts are not translated: write one template for each language";
constexpr std::string_view no_files = "a message has no files of its own: write the full address, https://…";
constexpr std::string_view zone_is_known = "leave it out: times are shown in the workshop's time zone";

constexpr std::array<LeftOut, 14> tags{{
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

constexpr std::string_view no_html = "cut the text before it becomes HTML: truncatechars, truncatewords";
constexpr std::string_view no_words_for_numbers = "show the number itself, or with intcomma";
constexpr std::array<LeftOut, 9> filters{{
    {"random", "a message says the same however often it is rendered: take a fixed item, such as first"},
    {"pprint", "leave it out: it shows programmers what a value is made of"},
    {"truncatechars_html", no_html},
    {"truncatewords_html", no_html},
    {"json_script", "leave it out: programs do not run in a message"},
    {"iriencode", "use urlencode"},
    {"naturaltime", "use timesince or timeuntil"},
    {"apnumber", no_words_for_numbers},
    {"intword", no_words_for_numbers},
}};

std::string_view hint_in(std::span<const LeftOut> rows, std::string_view name) {
  const auto row = std::ranges::find(rows, name, &LeftOut::name);
  return row != rows.end() ? row->hint : std::string_view();
}

}  // namespace

std::string_view hint_for_left_out_tag(std::string_view name) { return hint_in(tags, name); }

std::string_view hint_for_left_out_filter(std::string_view name) { return hint_in(filters, name); }

}  // namespace egarage::tmpl
