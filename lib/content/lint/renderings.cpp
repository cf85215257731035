#include <fmt/format.h>

#include <algorithm>

#include "content/lint/checks.hpp"
#include "content/lint/samples.hpp"
#include "content/markdown.hpp"
#include "content/plain_text.hpp"
#include "content/template_failure.hpp"
#include "core/error.hpp"
#include "core/gsm7.hpp"
#include "core/utf8.hpp"

namespace egarage::content {
namespace {

constexpr std::size_t longest_whatsapp = 4096;  // characters of a text message, Meta's messages reference
constexpr std::size_t longest_sms = 1600;       // characters that Twilio takes
constexpr std::size_t wanted_segments = 2, longest_readable_subject = 78;

class Checker {
 public:
  Checker(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings, Findings& findings)
      : key_(key), name_(shelf.name_of(key)), surroundings_(surroundings), findings_(findings) {}

  /// Renders the sample and looks at what its reader would get. `is_the_text` is false for a message that only
  /// contains the text.
  void check(const Sample& sample, bool is_the_text) {
    try {
      const auto message =
          surroundings_.catalogue.render(sample.event, sample.channel, sample.languages(),
                                         sample.context(surroundings_), sample.locality(surroundings_));
      if (is_the_text) judge(message, sample);
    } catch (const TemplateFailure& error) {
      // What is wrong elsewhere is reported where it is.
      if (error.cause().file() == name_) add(finding_of(error.cause()));
    }
  }

  /// What is said once, about the worst of all samples.
  void finish() {
    if (largest_.segments == 0) return;
    add(Severity::warning,
        fmt::format("as an SMS it takes up to {} segments ({} {}), each of which is paid for", largest_.segments,
                    largest_.units, largest_.encoding == core::SmsEncoding::gsm7 ? "septets" : "UTF-16 units"),
        short_variant());
  }

 private:
  void add(Finding finding) {
    if (std::ranges::find(findings_, finding) == findings_.end()) findings_.push_back(std::move(finding));
  }
  void add(Severity severity, std::string sentence, std::string hint) {
    add({severity, name_, 0, 0, std::move(sentence), std::move(hint)});
  }

  void judge(const RenderedMessage& message, const Sample& sample) {
    for (const char* brace : {"{{", "{%", "{#"}) {
      if (message.body.find(brace) == std::string::npos && message.subject.find(brace) == std::string::npos) continue;
      add(Severity::error, fmt::format("readers see \"{}\": a tag that is not closed in its line is plain text", brace),
          "write {{ variable }}, {% tag %} or {# remark #} on one line");
    }
    if (sample.channel == core::Channel::sms) return judge_sms(message.body);
    if (sample.channel == core::Channel::whatsapp) return judge_whatsapp(message.body);
    if (message.subject.empty()) {
      add(Severity::error, fmt::format("the subject is empty with {} data", core::name_of(detail_names, sample.detail)),
          "write words around the variables, or give them a default: {{ documento.tipo_documento|default:\"…\" }}");
    }
    const auto words = plain_text(parse_markdown(message.body));
    if (words.empty()) {
      add(Severity::error, "nothing is left of the text without its markup, and every e-mail needs a plain-text part",
          "write words in Markdown instead of pictures and HTML");
    }
    if (sample.detail == Detail::full && core::count_code_points(message.subject) > longest_readable_subject) {
      add(Severity::warning,
          fmt::format("the subject takes {} characters with sample data", core::count_code_points(message.subject)),
          "telephones show about 40, most mail programs 60");
    }
    if (words.find("**") != std::string::npos) {
      add(Severity::warning, "readers see a bare \"**\": an emphasis begins or ends nowhere, or stands beside a blank",
          "write **words** without blanks inside the asterisks");
    }
  }

  void judge_sms(const std::string& text) {
    const auto size = core::measure_sms(text);
    if (text.empty()) return add(Severity::error, "the SMS is empty", "write the words that its reader needs");
    if (core::count_code_points(text) > longest_sms) {
      add(Severity::error,
          fmt::format("as an SMS it takes {} characters, and no provider takes more than {}",
                      core::count_code_points(text), longest_sms),
          short_variant());
    } else if (size.segments > std::max(wanted_segments, largest_.segments)) {
      largest_ = size;
    }
    if (const auto strange = core::beyond_gsm7(text); !strange.empty()) {
      add(Severity::warning,
          fmt::format("{} is not in the alphabet of SMS: a segment then holds 70 characters instead of 160",
                      fmt::join(strange, " ")),
          "leave it out of texts for SMS");
    }
  }

  void judge_whatsapp(const std::string& text) {
    if (text.empty()) add(Severity::error, "the WhatsApp message is empty", "write the words that its reader needs");
    if (core::count_code_points(text) > longest_whatsapp) {
      add(Severity::error,
          fmt::format("as a WhatsApp message it takes {} characters of {}", core::count_code_points(text),
                      longest_whatsapp),
          short_variant());
    }
  }

  /// What to do about a text that is too long for a channel.
  std::string short_variant() const {
    return key_.channel ? "shorten it" : "shorten it, or set a text of its own for the channel: --channel sms";
  }

  const TextKey& key_;
  std::string name_;
  core::SmsSize largest_{core::SmsEncoding::gsm7, 0, 0};  ///< of the SMS that are too large
  const LintSurroundings& surroundings_;
  Findings& findings_;
};

/// The channels on which a message in that language is made of this very text.
bool serves(const TextKey& key, const Shelf& shelf, core::Channel channel, const Catalogue& catalogue) {
  const auto choice = catalogue.choose(key.name, channel, {*key.language});
  return choice && choice->level == shelf.level() && choice->key == key;
}

bool can_be_parsed(const Catalogue& catalogue, core::Event event, core::Channel channel, core::Language language) {
  try {
    return catalogue.choose(core::to_string(event), channel, {language}).has_value();
  } catch (const tmpl::TemplateError&) {
    return false;
  }
}

}  // namespace

void check_renderings(const TextKey& key, const Shelf& shelf, const LintSurroundings& surroundings,
                      Findings& findings) {
  Checker checker{key, shelf, surroundings, findings};
  for (const auto& company : surroundings.companies) {
    for (const auto& about : core::all_events) {
      if (key.event() && about.event != *key.event()) continue;
      for (const auto& [channel, channel_name] : core::channel_names) {
        const bool is_the_text = key.event() && serves(key, shelf, channel, surroundings.catalogue);
        if (key.event() ? !is_the_text : !can_be_parsed(surroundings.catalogue, about.event, channel, *key.language)) {
          continue;
        }
        for (const auto& [detail, detail_name] : detail_names) {
          checker.check({about.event, channel, *key.language, company, detail}, is_the_text);
        }
      }
    }
  }
  checker.finish();
}

}  // namespace egarage::content
