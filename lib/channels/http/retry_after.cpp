#include "channels/http/retry_after.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace egarage::channels::http {

std::optional<core::Instant> read_http_date(std::string_view value) {
  // All three forms begin with a day's name; libcurl would take much else for a date.
  static constexpr std::string_view days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  if (std::ranges::none_of(days, [&](auto day) { return value.starts_with(day); })) return std::nullopt;
  const auto seconds = curl_getdate(std::string(value).c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return core::Instant{std::chrono::seconds{seconds}};
}

std::optional<std::chrono::seconds> read_retry_after(std::string_view value, core::Instant now) {
  std::chrono::seconds wait{0};
  if (!value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos) {
    long long seconds = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), seconds);
    wait = read.ec == std::errc{} ? std::chrono::seconds{seconds} : longest_wish;  // more than 64 bits hold
  } else if (const auto date = read_http_date(value)) {
    wait = *date - now;
  }
  if (wait <= std::chrono::seconds{0}) return std::nullopt;
  return std::min<std::chrono::seconds>(wait, longest_wish);
}

}  // namespace egarage::channels::http
