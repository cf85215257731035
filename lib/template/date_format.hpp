#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time_zone.hpp"
#include "template/locale.hpp"
#include "template/moment.hpp"

namespace egarage::tmpl {

enum class FormatKind { date, time };

/// What a format did not get: Django's date filter treats the two in different ways.
enum class FormatFailure {
  time_of_a_date,  ///< asks a plain date for its time of day
  unknown_part,    ///< asks a time of day for its date, or the time filter for any date
};

/// Formats with Django's format characters; a backslash keeps the next letter as it is.
struct FormatResult {
  std::string text;
  std::optional<FormatFailure> failure;
};
FormatResult format_moment(const Moment& moment, std::string_view format, FormatKind kind, const Locale& locale,
                           const core::TimeZone& zone);

}  // namespace egarage::tmpl
