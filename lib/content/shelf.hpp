#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/message_template.hpp"
#include "content/text_key.hpp"
#include "core/enum_names.hpp"

namespace egarage::content {

/// Whose a text is. The nearer one wins.
enum class Level {
  company,
  platform,  ///< the operator's, for all companies
  product,   ///< what the program was built with
};
inline constexpr core::EnumNames<Level, 3> level_names{
    {{Level::company, "company"}, {Level::platform, "platform"}, {Level::product, "product"}}};

/// The texts of one level. Each is parsed at its first use: a broken one disturbs nobody who does not use it. Not for
/// several threads at once.
class Shelf {
 public:
  /// `label` stands before the name of a text in errors: `taller-sur/es/documento_creado.md`.
  Shelf(Level level, std::string label) : level_(level), label_(std::move(label)) {}
  /// What the program was built with.
  static std::shared_ptr<const Shelf> of_product();

  /// A later text of the same key takes the place of the earlier.
  void put(const TextKey& key, std::string text);

  Level level() const { return level_; }
  const std::string& label() const { return label_; }
  const std::map<TextKey, std::string>& texts() const { return texts_; }
  /// The text as its author wrote it; null when there is none.
  const std::string* text(const TextKey& key) const;
  /// The text of a message or part, parsed; null when there is none. Throws tmpl::TemplateError.
  const MessageTemplate* find(const TextKey& key) const;
  /// What errors call the text.
  std::string name_of(const TextKey& key) const;

 private:
  Level level_;
  std::string label_;
  std::map<TextKey, std::string> texts_;
  mutable std::map<TextKey, MessageTemplate> parsed_;
};

}  // namespace egarage::content
