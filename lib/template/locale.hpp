#pragma once

#include <array>
#include <string_view>

#include "core/language.hpp"

namespace egarage::tmpl {

/// The words and number signs of a language, as Django's locale prints them.
struct Locale {
  std::array<std::string_view, 12> months;                    ///< F and E
  std::array<std::string_view, 12> months_short;              ///< b; M with a capital
  std::array<std::string_view, 12> months_ap;                 ///< N
  std::array<std::string_view, 7> weekdays;                   ///< l, from Monday
  std::array<std::string_view, 7> weekdays_short;             ///< D
  std::string_view midnight, noon;                            ///< P
  std::string_view yes_no_maybe;                              ///< yesno without argument
  std::string_view ellipsis;                                  ///< behind what truncatechars cuts
  std::array<std::array<std::string_view, 2>, 6> time_units;  ///< year to minute: one, several; timesince
  std::string_view yesterday, today, tomorrow;                ///< naturalday
  std::string_view group_separator, decimal_point;            ///< intcomma
};

const Locale& locale_of(core::Language language);

}  // namespace egarage::tmpl
