#pragma once

#include "core/enum_names.hpp"

namespace egarage::core {

/// The languages that every default text exists in.
enum class Language { es, en };

inline constexpr EnumNames<Language, 2> language_names{{{Language::es, "es"}, {Language::en, "en"}}};

constexpr std::string_view to_string(Language language) { return name_of(language_names, language); }
constexpr std::optional<Language> parse_language(std::string_view text) { return value_of(language_names, text); }

}  // namespace egarage::core
