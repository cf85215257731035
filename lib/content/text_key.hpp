#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/channel.hpp"
#include "core/event.hpp"
#include "core/language.hpp"

namespace egarage::content {

enum class TextKind {
  message,  ///< of an event
  part,     ///< what messages share: `{% include "firma" %}`
  layout,   ///< the frame of every e-mail: `layout.html`, `layout.txt`
};

/// Names one text. A text without a channel serves all channels that have none of their own. It is written in two ways:
/// `documento_creado.sms.es` in the store and on the command line, `es/documento_creado.sms.md` as a file below
/// `templates/` and in exports. Parts are `firma.es` and `es/_firma.md`, layouts `layout.html` and `layout/email.html`.
struct TextKey {
  std::string name;  ///< an event's code in lower case, a part's name, `layout.html` or `layout.txt`
  std::optional<core::Channel> channel;
  std::optional<core::Language> language;  ///< absent exactly for layouts

  TextKind kind() const;
  std::optional<core::Event> event() const;  ///< present exactly for messages
  auto operator<=>(const TextKey&) const = default;
};

TextKey message_key(core::Event event, std::optional<core::Channel> channel, core::Language language);

std::string to_string(const TextKey& key);
std::string path_of(const TextKey& key);

/// Empty for what names no text. Upper case counts as lower case.
std::optional<TextKey> parse_text_key(std::string_view written);
/// The same for a file's path, with `/`.
std::optional<TextKey> text_key_of_path(std::string_view path);

/// Whether a text may have that name: an event's code (either case), a layout, or a part: `[a-z0-9_-]{1,64}`.
bool is_text_name(std::string_view name);

/// `DOCUMENTO_CREADO` → `documento_creado`.
std::string lower_case(std::string_view code);

}  // namespace egarage::content
