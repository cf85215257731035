#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/channel.hpp"
#include "core/email_address.hpp"
#include "core/event.hpp"
#include "core/instant.hpp"
#include "core/language.hpp"
#include "store/subjects.hpp"

namespace egarage::producers {

/// One event, as the host application writes it: a line of JSON.
struct EventLine {
  core::Event event{};
  std::string company;  ///< slug
  std::string key;      ///< makes it idempotent within company and event
  struct Recipient {
    std::string name;                         ///< nombre and apellido
    std::optional<core::EmailAddress> email;  ///< absent when the line has none or an empty one
    std::string phone;                        ///< as it came: whose country it belongs to, the company tells
    std::optional<core::Language> language;   ///< absent also for one that has no texts
  } recipient;
  std::vector<core::Channel> channels;  ///< empty: the company's choice for the event
  std::optional<core::Instant> not_before, not_after;
  std::optional<std::string> customer;   ///< key of the recipient in the directory: `recipient.id`
  std::vector<store::Subject> subjects;  ///< what it is about: `vehiculo.id`, `documento.id`
  nlohmann::json objects;                ///< those that came with the event: recipient, documento, vehiculo, datos
  std::string currency;                  ///< of its amounts; empty: the company's
};

/// Why a line was refused: one sentence.
struct LineError {
  std::string sentence;
};

inline constexpr std::size_t longest_line = 1024 * 1024;  ///< octets, without the line end
inline constexpr std::size_t longest_key = 200;           ///< characters

/// Reads and validates one line (without its line end). Unknown keys, at the top and in `recipient`, are errors that
/// name the nearest known one; what stands inside `documento`, `vehiculo` and `datos` is free. A member that is null
/// counts as absent.
std::variant<EventLine, LineError> parse_event_line(std::string_view line);

}  // namespace egarage::producers
