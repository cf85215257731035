#include "channels/whatsapp/cloud_checks.hpp"

#include <fmt/format.h>

#include <map>

#include "channels/http/json_answer.hpp"
#include "channels/whatsapp/cloud_classify.hpp"

namespace egarage::channels::whatsapp {

namespace {

using http::member;
using http::text_at;

std::string refusal(const http::Answer& answer, const http::Discretion& discretion) {
  const auto words = words_of_error(answer, discretion);
  return words.empty() ? fmt::format("HTTP status {}, and the answer is not Meta's", answer.status)
                       : fmt::format("Meta says {}", words);
}

}  // namespace

std::string judge_number(const http::Answer& answer, const http::Discretion& discretion) {
  const auto body = http::parse_object(answer.body);
  if (answer.status != 200) return refusal(answer, discretion);
  if (text_at(body, "display_phone_number").empty()) return "phone_number_id names no WhatsApp number";
  if (text_at(body, "quality_rating") == "RED") {
    return "Meta rates the number's quality RED: it will be restricted if recipients go on blocking it";
  }
  return {};
}

std::string judge_templates(const std::vector<core::WhatsappTemplateName>& needed, const http::Answer& answer,
                            const http::Discretion& discretion) {
  const auto body = http::parse_object(answer.body);
  const auto& rows = member(body, "data");
  if (answer.status != 200 || !rows.is_array()) return refusal(answer, discretion);
  std::map<core::WhatsappTemplateName, std::string> statuses;
  for (const auto& row : rows) statuses[{text_at(row, "name"), text_at(row, "language")}] = text_at(row, "status");

  const bool complete = !member(member(body, "paging"), "next").is_string();
  std::string unusable;
  for (const auto& wanted : needed) {
    const auto found = statuses.find(wanted);
    if (found != statuses.end() && found->second == "APPROVED") continue;
    if (!unusable.empty()) unusable += ", ";
    unusable += fmt::format("{} in {} ({})", wanted.name, wanted.language,
                            found != statuses.end() ? discretion.words(found->second)
                            : complete              ? "missing"
                                                    : "not among the first of a long list");
  }
  return unusable.empty() ? unusable : "templates that are not approved: " + unusable;
}

}  // namespace egarage::channels::whatsapp
