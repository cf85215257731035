#include "app/terminal/log_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "core/platform/files.hpp"
#include "core/utf8.hpp"

namespace egarage::app {
namespace {

using core::LogField;
using core::LogLevel;

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::error:
      return "error";
    case LogLevel::warning:
      return "warning";
    case LogLevel::info:
      return "info";
    case LogLevel::debug:
      return "debug";
  }
  return "";
}

// logfmt: values with blanks, quotes or equals signs are quoted.
void append_text_value(std::string& record, const LogField& field) {
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    record += std::to_string(*number);
    return;
  }
  const auto value = core::one_line(std::get<std::string>(field.value));
  if (!value.empty() && value.find_first_of(" \"=") == std::string::npos) {
    record += value;
    return;
  }
  record += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') record += '\\';
    record += c;
  }
  record += '"';
}

class LogWriter final : public core::EventLog {
 public:
  LogWriter(config::LogSettings settings, std::function<core::Instant()> clock)
      : settings_(std::move(settings)), clock_(std::move(clock)) {}
  ~LogWriter() override { close(); }
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  bool wants(LogLevel level) const override { return level <= settings_.level; }

  void write(LogLevel level, std::string_view name, const std::vector<LogField>& fields) override {
    if (!wants(level)) return;
    const auto now = clock_();
    if (now != last_) {
      last_ = now;
      last_text_ = core::format_instant(now);
      reopen_if_rotated();
    }
    record_.clear();
    if (settings_.format == config::LogFormat::json) {
      make_json(level, name, fields);
    } else {
      make_text(level, name, fields);
    }
    put();
  }

 private:
  void make_text(LogLevel level, std::string_view name, const std::vector<LogField>& fields) {
    record_ += last_text_;
    record_ += ' ';
    if (level < LogLevel::info) (record_ += level_name(level)) += ' ';
    record_ += name;
    for (const auto& field : fields) {
      ((record_ += ' ') += field.name) += '=';
      append_text_value(record_, field);
    }
    record_ += '\n';
  }

  void make_json(LogLevel level, std::string_view name, const std::vector<LogField>& fields) {
    nlohmann::ordered_json json{{"at", last_text_}, {"level", level_name(level)}, {"event", name}};
    for (const auto& field : fields) {
      std::visit([&](const auto& value) { json[std::string(field.name)] = in_json(value); }, field.value);
    }
    record_ = json.dump() + '\n';
  }
  static std::int64_t in_json(std::int64_t value) { return value; }
  static std::string in_json(const std::string& value) { return core::one_line(value); }

  void put() {
    std::FILE* file = settings_.file.empty() ? stderr : file_;
    if (!file) return;  // why was said when it could not be opened
    const bool written = std::fwrite(record_.data(), 1, record_.size(), file) == record_.size();
    if (!written || std::fflush(file) != 0) complain(std::strerror(errno));
  }

  void reopen_if_rotated() {
    if (settings_.file.empty()) return;
    const auto identity = core::platform::file_identity(settings_.file);
    if (file_ && identity == identity_) return;
    close();
    try {
      core::platform::create_private_file(settings_.file);
    } catch (const std::system_error& error) {
      complain(error.code().message());
      return;
    }
    file_ = std::fopen(settings_.file.string().c_str(), "ab");
    if (!file_) {
      complain(std::strerror(errno));
      return;
    }
    std::setvbuf(file_, nullptr, _IOFBF, std::size_t{64} * 1024);  // with a flush per record: one write per record
    identity_ = core::platform::file_identity(settings_.file);
  }

  void close() {
    if (file_) std::fclose(file_);
    file_ = nullptr;
  }

  void complain(std::string_view reason) {
    if (complained_) return;
    complained_ = true;
    fmt::print(stderr, "warning: the log {} cannot be written: {}\n",
               settings_.file.empty() ? "on stderr" : settings_.file.string(), reason);
  }

  config::LogSettings settings_;
  std::function<core::Instant()> clock_;
  std::FILE* file_ = nullptr;
  std::optional<core::platform::FileIdentity> identity_;
  core::Instant last_{};
  std::string last_text_, record_;
  bool complained_ = false;
};

}  // namespace

std::unique_ptr<core::EventLog> make_log_writer(config::LogSettings settings, std::function<core::Instant()> clock) {
  return std::make_unique<LogWriter>(std::move(settings), std::move(clock));
}

}  // namespace egarage::app
