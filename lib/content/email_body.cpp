#include "content/email_body.hpp"

#include <cmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <unordered_map>

#include "content/colour.hpp"
#include "content/embedded_files.hpp"
#include "content/layout.hpp"
#include "content/plain_text.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"

namespace egarage::content {
namespace {

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
}

std::string escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size() + 16);
  append_escaped(html, text);
  return html;
}

struct TagStyle {
  std::string_view tag;    ///< as cmark writes it, up to where an attribute can stand
  std::string_view style;  ///< `{}` is the link colour
};

/// Mail programs drop style sheets too often to rely on one.
constexpr TagStyle tag_styles[] = {
    {"<p", "margin:0 0 16px"},
    {"<a", "color:{};text-decoration:underline"},
    {"<ul", "margin:0 0 16px;padding-left:24px"},
    {"<ol", "margin:0 0 16px;padding-left:24px"},
    {"<li", "margin:0 0 4px"},
    {"<h1", "margin:0 0 12px;font-size:22px;line-height:28px"},
    {"<h2", "margin:0 0 12px;font-size:19px;line-height:26px"},
    {"<h3", "margin:0 0 12px;font-size:17px;line-height:25px"},
    {"<blockquote", "margin:0 0 16px;padding-left:12px;border-left:3px solid #d0d7de"},
    {"<pre", "margin:0 0 16px;white-space:pre-wrap"},
    {"<hr", "border:0;border-top:1px solid #e1e4e8;margin:16px 0"},
    {"<img", "max-width:100%;height:auto"},
};

/// The tag of the table that `html` begins with. In cmark's output a `<` always begins a tag or a comment.
const TagStyle* style_for(std::string_view html) {
  for (const auto& row : tag_styles) {
    if (!html.starts_with(row.tag) || html.size() == row.tag.size()) continue;
    const char next = html[row.tag.size()];
    if (next == '>' || next == ' ') return &row;
  }
  return nullptr;
}

std::string with_inline_styles(std::string_view html, std::string_view link_colour) {
  std::string result;
  result.reserve(html.size() + html.size() / 2);
  while (true) {
    const auto at = html.find('<');
    result += html.substr(0, at);
    if (at == std::string_view::npos) return result;
    html.remove_prefix(at);
    const auto* row = style_for(html);
    const auto taken = row ? row->tag.size() : 1;
    result += html.substr(0, taken);
    html.remove_prefix(taken);
    if (!row) continue;
    result += " style=\"";
    const auto hole = row->style.find("{}");
    result += row->style.substr(0, hole);
    if (hole != std::string_view::npos) {
      result += link_colour;
      result += row->style.substr(hole + 2);
    }
    result += '"';
  }
}

/// What mail programs show beside the subject: the first words after the greeting.
std::string summary_of(std::string_view text) {
  constexpr std::size_t greeting = 80, shown = 140, looked_at = 400;
  if (const auto end = text.find("\n\n"); end < greeting) text.remove_prefix(end + 2);
  const auto line = core::one_line(core::cut_utf8(text, looked_at));
  return std::string{core::cut_utf8(line, shown)};
}

tmpl::Template load_layout(std::string_view path) {
  for (const auto& file : embedded_files()) {
    if (file.path == path) return tmpl::Template::parse(std::string{path}, std::string{file.text});
  }
  throw core::Error(core::ExitCode::internal, fmt::format("there is no {}", path),
                    "this build lacks a file of templates/");
}

core::Error as_error(const tmpl::TemplateError& error) {
  return {core::ExitCode::configuration, error.what(), error.hint()};
}

/// Only what cannot run or fetch anything surprising.
bool is_safe_unsubscribe(std::string_view address) {
  return address.starts_with("mailto:") || address.starts_with("https://");
}

struct Frames {
  Frame text, html;
  std::string link_colour;
};

struct FreeText {
  void operator()(char* text) const { std::free(text); }  // cmark's default allocator is malloc
};

}  // namespace

Brand brand_of(const core::Company& company) {
  return {company.name, company.email, company.phone, company.address, company.colour, company.logo};
}

struct EmailComposer::Implementation {
  tmpl::Template text_layout = load_layout("layout/email.txt");
  tmpl::Template html_layout = load_layout("layout/email.html");
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
      auto text = Frame::render(text_layout, context, options);
      options.escape = tmpl::Escape::html;
      return {std::move(text), Frame::render(html_layout, context, options), palette.link};
    } catch (const tmpl::TemplateError& error) {
      throw as_error(error);
    }
  }

  const Frames& frames_for(const Brand& brand, core::Event event, core::Language language,
                           std::string_view unsubscribe) {
    const auto& about = core::traits(event);
    if (about.event_class != core::EventClass::promotional || !is_safe_unsubscribe(unsubscribe)) unsubscribe = {};
    std::string key;
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
    throw as_error(error);
  }
}

EmailComposer::~EmailComposer() = default;

EmailBody EmailComposer::compose(std::string_view subject, std::string_view markdown, const Brand& brand,
                                 core::Event event, core::Language language, std::string_view unsubscribe) const {
  const auto& frames = implementation_->frames_for(brand, event, language, unsubscribe);
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document{
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT), &cmark_node_free};
  const std::unique_ptr<char, FreeText> fragment{cmark_render_html(document.get(), CMARK_OPT_HARDBREAKS)};
  const auto words = plain_text(document.get());
  const auto html_body = with_inline_styles(fragment.get(), frames.link_colour);
  const auto html_subject = escaped(subject), html_summary = escaped(summary_of(words));
  return {frames.text.fill({subject, {}, words}), frames.html.fill({html_subject, html_summary, html_body})};
}

}  // namespace egarage::content
