#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace egarage::core {

enum class LogLevel { error, warning, info, debug };

/// A name and a value of a log record.
struct LogField {
  std::string_view name;
  std::variant<std::string, std::int64_t> value;
};

/// Where facts are written down for the operator. One call is one record. Writers never throw and never lose the state
/// of a notification: a log that cannot be written is a warning on stderr, not a failure.
class EventLog {
 public:
  virtual ~EventLog() = default;
  /// `name` is a fixed lower-case word or two joined by `_`, e.g. `accepted`, `run_finished`.
  virtual void write(LogLevel level, std::string_view name, const std::vector<LogField>& fields) = 0;
  virtual bool wants(LogLevel level) const = 0;
};

}  // namespace egarage::core
