#include "config/configuration.hpp"

#include <fmt/format.h>

#include <fstream>
#include <set>
#include <sstream>

#include "config/section.hpp"
#include "config/sections.hpp"
#include "core/error.hpp"
#include "core/platform/files.hpp"
#include "core/utf8.hpp"

namespace egarage::config {
namespace {

constexpr core::EnumNames<core::LogLevel, 4> level_names{{{core::LogLevel::error, "error"},
                                                          {core::LogLevel::warning, "warning"},
                                                          {core::LogLevel::info, "info"},
                                                          {core::LogLevel::debug, "debug"}}};
constexpr core::EnumNames<LogFormat, 2> format_names{{{LogFormat::text, "text"}, {LogFormat::json, "json"}}};

// More connections than this no provider allows, and more files than this no process may open.
constexpr std::int64_t most_connections = 256;

constexpr Key<StoreSettings> store_keys[] = {
    {"path", [](const Value& v, StoreSettings& s) { s.path = v.path(); }},
};

template <core::Channel channel>
void read_on_uncertain(const Value& value, DeliverySettings& settings) {
  settings.on_uncertain[channel] = choice(value, core::on_uncertain_names);
}

constexpr Key<DeliverySettings> on_uncertain_keys[] = {
    {"email", read_on_uncertain<core::Channel::email>},
    {"sms", read_on_uncertain<core::Channel::sms>},
    {"whatsapp", read_on_uncertain<core::Channel::whatsapp>},
};

constexpr Key<DeliverySettings> delivery_keys[] = {
    {"concurrency",
     [](const Value& v, DeliverySettings& s) {
       s.concurrency = static_cast<std::size_t>(v.integer(1, most_connections));
     }},
    {"max_connections",
     [](const Value& v, DeliverySettings& s) {
       s.max_connections = static_cast<std::size_t>(v.integer(1, most_connections));
     }},
    {"max_attempts",
     [](const Value& v, DeliverySettings& s) { s.max_attempts = static_cast<int>(v.integer(1, 1000)); }},
    {"deadline", [](const Value& v, DeliverySettings& s) { s.deadline = v.duration(); }},
    {"on_uncertain", [](const Value& v, DeliverySettings& s) { read_section(v, on_uncertain_keys, s); }},
};

struct LogSection {
  LogSettings settings;
  bool has_level = false;
};

constexpr Key<LogSection> log_keys[] = {
    {"level",
     [](const Value& v, LogSection& s) {
       s.settings.level = choice(v, level_names);
       s.has_level = true;
     }},
    {"format", [](const Value& v, LogSection& s) { s.settings.format = choice(v, format_names); }},
    {"file", [](const Value& v, LogSection& s) { s.settings.file = v.path(); }},
};

constexpr Key<PlatformSettings> platform_keys[] = {
    {"name", [](const Value& v, PlatformSettings& s) { s.name = v.required_text(); }},
    {"serves_companies", [](const Value& v, PlatformSettings& s) { s.serves_companies = v.flag(); }},
    {"email", [](const Value& v, PlatformSettings& s) { s.accounts.email = read_email_account(v); }},
    {"sms", [](const Value& v, PlatformSettings& s) { s.accounts.sms = read_sms_account(v); }},
    {"whatsapp", [](const Value& v, PlatformSettings& s) { s.accounts.whatsapp = read_whatsapp_account(v); }},
};

constexpr Key<Configuration> secrets_keys[] = {
    {"key_file", [](const Value& v, Configuration& c) { c.key_file = v.path(); }},
};

constexpr Key<Configuration> file_channel_keys[] = {
    {"directory", [](const Value& v, Configuration& c) { c.outbox = v.path(); }},
};

constexpr Key<Configuration> channels_keys[] = {
    {"file", [](const Value& v, Configuration& c) { read_section(v, file_channel_keys, c); }},
};

void read_log(const Value& section, LogSettings& settings) {
  LogSection log;
  read_section(section, log_keys, log);
  // Under cron every line on stderr becomes a mail to the operator; a file may know everything.
  if (!log.has_level) log.settings.level = log.settings.file.empty() ? core::LogLevel::warning : core::LogLevel::info;
  settings = log.settings;
}

Declaration declaration_of(const Value& company, std::set<std::string>& host_ids) {
  Declaration declaration;
  for (const auto& [key, member] : company.members()) {
    declaration.keys.push_back(key);
    if (key != "host_id") continue;
    declaration.host_id = member.required_text();
    if (*declaration.host_id != no_host_id && !host_ids.insert(*declaration.host_id).second) {
      member.refuse(fmt::format("\"{}\" is already the host_id of another company", *declaration.host_id),
                    "A company of the host is one company here.");
    }
  }
  return declaration;
}

void read_companies(const Value& value, Configuration& configuration) {
  std::set<std::string> host_ids;
  for (const auto& item : value.list()) {
    configuration.companies.push_back(read_company(item));
    const auto& slug = configuration.companies.back().slug;
    if (!configuration.declarations.emplace(slug, declaration_of(item, host_ids)).second) {
      item.member_or_self("slug").refuse(fmt::format("\"{}\" is already the slug of another company", slug),
                                         "Give every company a slug of its own.");
    }
  }
}

constexpr Key<Configuration> sections[] = {
    {"store", [](const Value& v, Configuration& c) { read_section(v, store_keys, c.store); }},
    {"delivery", [](const Value& v, Configuration& c) { read_section(v, delivery_keys, c.delivery); }},
    {"log", [](const Value& v, Configuration& c) { read_log(v, c.log); }},
    {"secrets", [](const Value& v, Configuration& c) { read_section(v, secrets_keys, c); }},
    {"network", [](const Value& v, Configuration& c) { c.network = read_network(v); }},
    {"platform", [](const Value& v, Configuration& c) { read_section(v, platform_keys, c.platform); }},
    {"producers", [](const Value& v, Configuration& c) { c.producers = read_producers(v); }},
    {"limits", [](const Value& v, Configuration& c) { c.limits = read_limits(v); }},
    {"host", [](const Value& v, Configuration& c) { c.host = read_host(v); }},
    {"retention", [](const Value& v, Configuration& c) { c.retention = read_retention(v); }},
    {"channels", [](const Value& v, Configuration& c) { read_section(v, channels_keys, c); }},
    {"company", [](const Value& v, Configuration& c) { read_companies(v, c); }},
};

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  // A folder opens like a file and fails only when read.
  if (stream && stream.peek() != std::ifstream::traits_type::eof()) text << stream.rdbuf();
  std::error_code ignored;
  if (!stream.is_open() || stream.bad() || std::filesystem::is_directory(file, ignored)) {
    throw core::Error(core::ExitCode::configuration, fmt::format("configuration file {} cannot be read", file.string()),
                      "Run \"egarage-notify setup\" to make one, or name yours with --config FILE.");
  }
  return std::move(text).str();
}

toml::table parse(const std::string& text, const std::filesystem::path& file) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    // The parser's own words may repeat what it read, a password for instance; the place says enough.
    throw core::Error(core::ExitCode::configuration,
                      fmt::format("{}this is not valid TOML (column {})", place(file, error.source().begin.line),
                                  error.source().begin.column),
                      "Texts stand in double quotes, sections in [brackets], and no key appears twice in a section.");
  }
}

}  // namespace

Configuration load(const std::filesystem::path& file) {
  const auto text = contents(file);
  const auto table = parse(text, file);

  Configuration configuration;
  configuration.file = file;
  Source source{.file = file, .folder = std::filesystem::absolute(file).parent_path()};
  configuration.key_file = source.folder / "egarage-notify.key";
  configuration.outbox = source.folder / "outbox";
  configuration.log.level = core::LogLevel::warning;

  const Value root(table, "", source);
  read_section(root, sections, configuration);
  if (configuration.store.path.empty()) {
    root.member_or_self("store").refuse(table.contains("store") ? "has no path" : "[store] path is missing",
                                        "Add the line path = \"egarage-notify.db\" below a line [store].");
  }
  if (source.has_plain_password && core::platform::is_readable_by_others(file)) {
    throw core::Error(core::ExitCode::configuration,
                      fmt::format("{} holds a password and can be read by other users", file.string()),
                      fmt::format("Run: chmod 600 {}", file.string()));
  }
  configuration.warnings = std::move(source.warnings);
  return configuration;
}

}  // namespace egarage::config
