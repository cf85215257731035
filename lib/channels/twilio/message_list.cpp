#include "channels/twilio/message_list.hpp"

#include <curl/curl.h>

#include <algorithm>

#include "channels/http/json_answer.hpp"

namespace egarage::channels::twilio {

namespace {

using http::text_at;
using nlohmann::json;

/// RFC 2822, as in `Thu, 24 Aug 2023 05:01:45 +0000`.
std::optional<core::Instant> parse_date(const std::string& text) {
  const auto seconds = curl_getdate(text.c_str(), nullptr);
  if (text.empty() || seconds < 0) return std::nullopt;
  return core::Instant{std::chrono::seconds{seconds}};
}

struct Found {
  core::Instant created_at;
  std::string sid;
};

bool is_sought(const json& row, const Sought& sought) {
  return text_at(row, "direction") == "outbound-api" && text_at(row, "to") == sought.to &&
         text_at(row, "body") == sought.body;
}

/// The absolute URL behind `next_page_uri`: null ends the list. A path only: where else it pointed would get our
/// credentials.
struct NextPage {
  bool readable;
  std::optional<std::string> url;
};
NextPage next_page(const std::string& origin, const json& list) {
  const auto& uri = http::member(list, "next_page_uri");
  if (uri.is_null()) return {true, std::nullopt};
  const auto path = text_at(list, "next_page_uri");
  if (path.empty()) return {uri.is_string(), std::nullopt};
  if (!path.starts_with('/') || path.starts_with("//")) return {false, std::nullopt};
  return {true, origin + path};
}

}  // namespace

std::optional<http::LookupPage> read_message_list(const std::string& origin, const Sought& sought, const Lookup& lookup,
                                                  const http::Answer& answer) {
  const auto list = http::parse_object(answer.body);
  const auto& rows = http::member(list, "messages");
  auto next = next_page(origin, list);
  if (answer.status != 200 || !rows.is_array() || !next.readable) return std::nullopt;

  std::vector<Found> found;
  bool reached_older = false;
  for (const auto& row : rows) {
    const auto created_at = parse_date(text_at(row, "date_created"));
    // The list begins with the newest; a day's slack, because by which of its dates is not said.
    reached_older |= created_at && *created_at < lookup.started_at - std::chrono::hours{24};
    if (!is_sought(row, sought)) continue;
    auto sid = text_at(row, "sid");
    if (!created_at || sid.empty()) return std::nullopt;
    const bool other = std::ranges::find(lookup.known_ids, sid) != lookup.known_ids.end();
    if (*created_at >= lookup.started_at - clock_difference && !other) found.push_back({*created_at, std::move(sid)});
  }
  std::ranges::stable_sort(found, std::ranges::greater{}, &Found::created_at);
  http::LookupPage page;
  for (auto& message : found) page.ids.push_back(std::move(message.sid));
  if (!reached_older) page.next = std::move(next.url);
  return page;
}

}  // namespace egarage::channels::twilio
