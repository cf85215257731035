#include "template/urlize.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "template/unicode.hpp"
#include "template/url_quoting.hpp"

namespace egarage::tmpl {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view trailing_signs = ".,:;!";

struct Bracket {
  char open, close;
  std::ptrdiff_t opened = 0, closed = 0;  ///< how many are left in the middle
};

/// Takes the brackets around a word and the signs behind it away, step by step.
class Trimmer {
 public:
  Trimmer(Renderer& renderer, std::string_view word) : renderer_(renderer), middle_(word), word_(word) { count(); }

  WebWord trim() {
    for (bool trimmed = true; trimmed;) {
      trimmed = false;
      for (auto& bracket : brackets_) trimmed |= trim_bracket(bracket);
      trimmed |= trim_signs();
    }
    WebWord result{word_.substr(0, lead_), middle_, {}, {}};
    for (auto piece = trail_.rbegin(); piece != trail_.rend(); ++piece) result.trail += *piece;
    return result;
  }

 private:
  void count() {
    for (auto& bracket : brackets_) {
      bracket.opened = std::ranges::count(middle_, bracket.open);
      bracket.closed = std::ranges::count(middle_, bracket.close);
    }
  }

  bool trim_bracket(Bracket& bracket) {
    bool trimmed = false;
    if (middle_.starts_with(bracket.open)) {
      middle_.remove_prefix(1);
      ++lead_;
      --bracket.opened;
      trimmed = true;
    }
    // A closing bracket that has its partner inside belongs to the address.
    if (middle_.ends_with(bracket.close) && bracket.closed == bracket.opened + 1) {
      cut(middle_.size() - 1);
      --bracket.closed;
      trimmed = true;
    }
    return trimmed;
  }

  bool trim_signs() {
    if (middle_.find_first_of(trailing_signs, middle_.empty() ? 0 : middle_.size() - 1) == npos) return false;
    if (!has_entity()) {
      const std::size_t kept = middle_.find_last_not_of(trailing_signs) + 1;
      if (kept == middle_.size()) return false;
      cut(kept);
      return true;
    }
    renderer_.charge(middle_.size());
    const std::string unescaped = without_entities(middle_);
    const std::size_t kept = unescaped.find_last_not_of(trailing_signs) + 1;
    if (kept == unescaped.size()) return false;
    // Django's arithmetic: entities in front of the signs shift what it takes as the end.
    const std::size_t signs = unescaped.size() - kept;
    trail_.push_back(middle_.substr(offset_of(middle_, length_of(std::string_view(unescaped).substr(0, kept)))));
    middle_ = middle_.substr(0, offset_of(middle_, length_of(middle_) - std::min(signs, length_of(middle_))));
    count();
    return true;
  }

  void cut(std::size_t kept) {
    trail_.push_back(middle_.substr(kept));
    middle_ = middle_.substr(0, kept);
  }

  bool has_entity() {
    if (entity_ < lead_) entity_ = word_.find('&', lead_);
    return entity_ != npos && entity_ < lead_ + middle_.size();
  }

  Renderer& renderer_;
  std::string_view middle_, word_;
  std::size_t lead_ = 0;
  std::size_t entity_ = word_.find('&');
  std::vector<std::string_view> trail_;  ///< from the last to the first
  std::array<Bracket, 2> brackets_{{{'(', ')'}, {'[', ']'}}};
};

bool begins_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::ranges::equal(text.substr(0, lower_case.size()), lower_case, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

bool begins_with_word(std::string_view text) {
  std::size_t position = 0;
  return !text.empty() && is_word(next_code_point(text, position));
}

/// `http://` or `https://` and something that may be a host.
bool has_scheme(std::string_view text) {
  if (!begins_with(text, "http")) return false;
  text.remove_prefix(begins_with(text, "https") ? 5 : 4);
  if (!text.starts_with("://")) return false;
  text.remove_prefix(3);
  if (text.starts_with('[')) text.remove_prefix(1);
  return begins_with_word(text);
}

/// `www.…`, or a host under one of the seven oldest top-level domains.
bool is_bare_host(std::string_view text) {
  constexpr std::array<std::string_view, 7> domains{".com", ".edu", ".gov", ".int", ".mil", ".net", ".org"};
  constexpr std::size_t domain_length = 4;
  if (begins_with(text, "www.")) return true;
  if (begins_with(text, "http") || !begins_with_word(text)) return false;
  const std::size_t first = offset_of(text, 1);
  const std::size_t end = std::min(text.find('@', first), text.size());
  for (std::size_t dot = text.find('.', first + 1); dot != npos && dot < end; dot = text.find('.', dot + 1)) {
    const auto rest = text.substr(dot);
    const bool known = std::ranges::any_of(domains, [rest](auto domain) { return begins_with(rest, domain); });
    if (known && (rest.size() == domain_length || rest[domain_length] == '/')) return true;
  }
  return false;
}

bool is_mail_address(std::string_view text) {
  constexpr std::size_t longest_host = 63;
  const std::size_t at = text.find('@');
  if (at == npos || at == 0 || text.find('@', at + 1) != npos || text.find(':') != npos) return false;
  const auto host = text.substr(at + 1);
  return !host.empty() && !host.starts_with('.') && host.find('.') != npos && length_of(host) <= longest_host;
}

}  // namespace

std::optional<WebWord> find_address(Renderer& renderer, std::string_view word) {
  constexpr std::size_t longest_url = 2048;
  if (word.find_first_of(".@:") == npos) return std::nullopt;
  WebWord result = Trimmer(renderer, word).trim();
  const auto middle = result.middle;
  const bool may_be_url = middle.size() <= longest_url || length_of(middle) <= longest_url;
  if (may_be_url && has_scheme(middle)) {
    result.address = quoted_url(without_entities(middle));
  } else if (may_be_url && is_bare_host(middle)) {
    result.address = quoted_url("http://" + without_entities(middle));
  } else if (is_mail_address(middle)) {
    const std::size_t at = middle.find('@');
    const auto host = ascii_host(middle.substr(at + 1));
    if (host) result.address = "mailto:" + std::string(middle.substr(0, at + 1)) + *host;
    result.is_mail = true;
  } else {
    return std::nullopt;
  }
  return result;
}

}  // namespace egarage::tmpl
