#include "content/email_body.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "content/colour.hpp"
#include "content/context.hpp"
#include "content/inline_styles.hpp"
#include "content/layout.hpp"
#include "content/markdown.hpp"
#include "content/plain_text.hpp"
#include "content/template_failure.hpp"
#include "core/html.hpp"
#include "core/utf8.hpp"

namespace egarage::content {
namespace {

/// `Hola Ana:`, `Hi Emma,`: a short line of its own that ends as only greetings do.
bool is_greeting(std::string_view line) {
  constexpr std::size_t longest = 80;
  constexpr std::string_view ends = ":,!";
  return !line.empty() && line.size() <= longest && line.find('\n') == std::string_view::npos &&
         ends.find(line.back()) != std::string_view::npos;
}

/// What mail programs show beside the subject: the first words after the greeting, cut between words.
std::string summary_of(std::string_view text) {
  constexpr std::size_t shown = 140, looked_at = 400;
  if (const auto end = text.find("\n\n"); end != std::string_view::npos && is_greeting(text.substr(0, end))) {
    text.remove_prefix(end + 2);
  }
  const auto line = core::one_line(core::cut_utf8(text, looked_at));
  if (line.size() <= shown) return line;
  const auto cut = core::cut_utf8(line, shown);
  const auto blank = cut.find_last_of(' ');
  return fmt::format("{}…", cut.substr(0, blank));
}

/// Follows the summary, invisible and without width, so that programs which show more than it has do not go on with the
/// message's first lines.
std::string filler() {
  constexpr int blanks = 60;
  std::string text;
  for (int i = 0; i < blanks; ++i) text += "&#847;&zwnj;&nbsp;";
  return text;
}

/// Only what cannot run or fetch anything surprising.
bool is_safe_unsubscribe(std::string_view address) {
  return address.starts_with("mailto:") || address.starts_with("https://");
}

struct Frames {
  Frame text, html;
  InlineStyles styles;
  std::shared_ptr<const EmailLayout> layout;  ///< kept, because frames are found by its address
};

}  // namespace

Brand brand_of(const core::Company& company) {
  return {company.name, company.email, company.phone, company.address, company.colour, company.logo, nullptr};
}

Brand brand_of(const PlatformIdentity& platform) { return {platform.name, platform.email, {}, {}, {}, {}, nullptr}; }

struct EmailComposer::Implementation {
  std::shared_ptr<const EmailLayout> product_layout = layout_from({Shelf::of_product()});
  /// By everything that a frame shows. A run serves few companies at a time; the bound keeps a long one small.
  std::unordered_map<std::string, Frames> frames;
  static constexpr std::size_t most_frames = 256;

  Frames make_frames(const Brand& brand, core::Event event, core::Language language,
                     std::string_view unsubscribe) const {
    const auto palette = palette_of(brand.colour);
    const bool for_admin = core::traits(event).audience == core::Audience::company_admin;
    const nlohmann::json context{
        {"idioma", core::to_string(language)},
        {"audiencia", for_admin ? "administrador" : "cliente"},
        {"baja", core::one_line(unsubscribe)},
        {"empresa",
         {{"nombre_taller", core::one_line(brand.name)},
          {"email", core::one_line(brand.email)},
          {"telefono", core::one_line(brand.phone)},
          {"direccion", core::one_line(brand.address)},
          {"logo", brand.logo.starts_with("https://") ? core::one_line(brand.logo) : std::string{}},
          {"color", palette.accent},
          {"color_texto", palette.text_on_accent}}}};
    tmpl::RenderOptions options;
    options.language = language;
    try {
      const auto& layout = brand.layout ? brand.layout : product_layout;
      auto text = Frame::render(layout->text, context, options);
      options.escape = tmpl::Escape::html;
      return {std::move(text), Frame::render(layout->html, context, options), InlineStyles{palette}, layout};
    } catch (const tmpl::TemplateError& error) {
      throw TemplateFailure(error);
    }
  }

  const Frames& frames_for(const Brand& brand, core::Event event, core::Language language,
                           std::string_view unsubscribe) {
    const auto& about = core::traits(event);
    if (about.event_class != core::EventClass::promotional || !is_safe_unsubscribe(unsubscribe)) unsubscribe = {};
    std::string key = fmt::format("{}", static_cast<const void*>(brand.layout.get()));
    for (const std::string_view part :
         {std::string_view{brand.name}, std::string_view{brand.email}, std::string_view{brand.phone},
          std::string_view{brand.address}, std::string_view{brand.colour}, std::string_view{brand.logo},
          core::to_string(language), unsubscribe}) {
      key += part;
      key += '\0';  // none of them can hold it
    }
    key += about.audience == core::Audience::customer ? 'c' : 'a';
    if (const auto known = frames.find(key); known != frames.end()) return known->second;
    if (frames.size() >= most_frames) frames.clear();
    return frames.emplace(std::move(key), make_frames(brand, event, language, unsubscribe)).first->second;
  }
};

EmailComposer::EmailComposer() {
  try {
    implementation_ = std::make_unique<Implementation>();
  } catch (const tmpl::TemplateError& error) {
    throw TemplateFailure(error);
  }
}

EmailComposer::~EmailComposer() = default;

EmailBody EmailComposer::compose(std::string_view subject, std::string_view markdown, const Brand& brand,
                                 core::Event event, core::Language language, std::string_view unsubscribe) const {
  const auto& frames = implementation_->frames_for(brand, event, language, unsubscribe);
  auto* const document = parse_markdown(markdown);
  const auto words = plain_text(document);
  const auto html_body = frames.styles.apply(html_of(document));
  static const std::string after_summary = filler();
  const auto html_subject = core::html_escaped(subject);
  const auto html_summary = core::html_escaped(summary_of(words)) + after_summary;
  return {frames.text.fill({subject, {}, words}), frames.html.fill({html_subject, html_summary, html_body})};
}

}  // namespace egarage::content
