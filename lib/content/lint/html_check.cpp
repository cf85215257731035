#include "content/lint/html_check.hpp"

#include <fmt/format.h>
#include <tidy.h>
#include <tidybuffio.h>

#include <algorithm>
#include <array>
#include <memory>

namespace egarage::content {
namespace {

/// Gmail hides what comes behind 102 KB, and quoted-printable encoding makes a message a good deal longer.
constexpr std::size_t largest_document = 60 * 1024;

/// Tidy's remarks about what e-mail needs although HTML 5 does not: attributes of HTML 4 that Outlook lives on.
constexpr std::array<std::string_view, 6> usual_in_email{"PROPRIETARY_ATTRIBUTE",      "MISMATCHED_ATTRIBUTE_WARN",
                                                         "MISMATCHED_ATTRIBUTE_ERROR", "OBSOLETE_ELEMENT",
                                                         "TRIM_EMPTY_ELEMENT",         "ADDED_MISSING_CHARSET"};

constexpr std::array<std::string_view, 11> dropped_elements{"script", "form",  "iframe", "object", "embed", "link",
                                                            "video",  "audio", "input",  "button", "base"};

struct Collector {
  const std::string& file;
  Findings& findings;
  void add(Severity severity, std::size_t line, std::size_t column, std::string sentence, std::string hint) const {
    findings.push_back({severity, file, line, column, std::move(sentence), std::move(hint)});
  }
};

Bool TIDY_CALL take_message(TidyMessage message) {
  const auto* collector = static_cast<const Collector*>(tidyGetAppData(tidyGetMessageDoc(message)));
  const auto level = tidyGetMessageLevel(message);
  const std::string_view key = tidyGetMessageKey(message);
  if ((level != TidyWarning && level != TidyError) || std::ranges::find(usual_in_email, key) != usual_in_email.end()) {
    return no;
  }
  const bool is_broken = level == TidyError || key.find("ENDTAG") != std::string_view::npos;
  collector->add(is_broken ? Severity::error : Severity::warning,
                 static_cast<std::size_t>(std::max(tidyGetMessageLine(message), 0)),
                 static_cast<std::size_t>(std::max(tidyGetMessageColumn(message), 0)),
                 fmt::format("HTML: {}", tidyGetMessage(message)), "mail programs guess, and each guesses differently");
  return no;
}

std::string_view text_of(ctmbstr text) { return text ? std::string_view{text} : std::string_view{}; }

void look_at_attributes(TidyNode node, std::string_view element, const Collector& collector) {
  const auto line = static_cast<std::size_t>(tidyNodeLine(node));
  const auto column = static_cast<std::size_t>(tidyNodeColumn(node));
  for (auto attribute = tidyAttrFirst(node); attribute; attribute = tidyAttrNext(attribute)) {
    const auto name = text_of(tidyAttrName(attribute));
    const auto value = text_of(tidyAttrValue(attribute));
    if (name.starts_with("on")) {
      collector.add(Severity::error, line, column, fmt::format("the attribute {} holds a program", name),
                    "mail programs run none");
    }
    if ((name == "src" || name == "background") && !value.starts_with("https://")) {
      collector.add(Severity::error, line, column,
                    fmt::format("a picture at \"{}\" cannot be loaded from an e-mail", value.substr(0, 60)),
                    "only https:// works; the company's logo is {{ empresa.logo }}");
    }
    if (name == "href" && element == "a" && value.starts_with("javascript:")) {
      collector.add(Severity::error, line, column, "a link runs a program", "begin it with https:, mailto: or tel:");
    }
    if (name == "style" && value.find("url(") != std::string_view::npos) {
      collector.add(Severity::warning, line, column, "a style loads something from elsewhere",
                    "most mail programs block it, and some readers are counted by it");
    }
  }
}

void look_at(TidyNode parent, const Collector& collector) {
  for (auto node = tidyGetChild(parent); node; node = tidyGetNext(node)) {
    const auto element = text_of(tidyNodeGetName(node));
    if (std::ranges::find(dropped_elements, element) != dropped_elements.end()) {
      collector.add(Severity::error, static_cast<std::size_t>(tidyNodeLine(node)),
                    static_cast<std::size_t>(tidyNodeColumn(node)),
                    fmt::format("mail programs drop the element <{}>", element), "leave it out");
    }
    look_at_attributes(node, element, collector);
    look_at(node, collector);
  }
}

struct ReleaseDocument {
  void operator()(TidyDoc document) const { tidyRelease(document); }
};

}  // namespace

Findings check_email_html(const std::string& file, const std::string& html) {
  Findings findings;
  Collector collector{file, findings};
  const std::unique_ptr<std::remove_pointer_t<TidyDoc>, ReleaseDocument> document{tidyCreate()};
  tidySetAppData(document.get(), &collector);
  tidySetMessageCallback(document.get(), take_message);
  tidySetCharEncoding(document.get(), "utf8");
  tidyOptSetBool(document.get(), TidyForceOutput, yes);
  tidyOptSetBool(document.get(), TidyDropEmptyElems, no);
  tidyParseString(document.get(), html.c_str());
  look_at(tidyGetRoot(document.get()), collector);
  if (html.size() > largest_document) {
    collector.add(Severity::error, 0, 0,
                  fmt::format("the e-mail takes {} octets of at most {}", html.size(), largest_document),
                  "Gmail hides what comes behind 102 KB");
  }
  return findings;
}

}  // namespace egarage::content
