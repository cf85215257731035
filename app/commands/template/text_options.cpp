#include "app/commands/template/text_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/commands/options.hpp"
#include "core/error.hpp"
#include "core/nearest_name.hpp"

namespace egarage::app {
namespace {

constexpr auto event_codes = [] {
  std::array<std::string_view, core::all_events.size()> codes;
  std::ranges::transform(core::all_events, codes.begin(), &core::EventTraits::code);
  return codes;
}();

}  // namespace

void add_variant_options(CLI::App& command, TextOptions& options, const std::string& without_channel) {
  command.add_option("--channel", options.channel, "email, whatsapp or sms; without it, " + without_channel)
      ->type_name("CHANNEL")
      ->check(CLI::IsMember({"email", "whatsapp", "sms"}));
  command.add_option("--lang", options.language, "es or en; without it, the company's language")
      ->type_name("LANG")
      ->check(CLI::IsMember({"es", "en"}));
}

void add_owner_option(CLI::App& command, TextOptions& options) {
  add_company_option(command, options.company, "Whose texts; without it, the platform's, for all companies");
}

void add_name_argument(CLI::App& command, TextOptions& options) {
  command.add_option("name", options.name, "An event, a part such as firma, layout.html or layout.txt")
      ->required()
      ->type_name("NAME");
}

std::optional<core::Channel> channel_of(const TextOptions& options) { return core::parse_channel(options.channel); }

core::Language language_of(const TextOptions& options, const TextOwner& owner) {
  if (const auto language = core::parse_language(options.language)) return *language;
  return owner.company ? owner.company->company.language : core::Language::es;
}

content::TextKey key_of(const TextOptions& options, const TextOwner& owner) {
  const auto name = content::lower_case(options.name);
  content::TextKey key{name, channel_of(options), language_of(options, owner)};
  if (!content::is_text_name(name)) {
    const auto nearest = core::nearest_name(name, event_codes);
    throw core::Error(core::ExitCode::usage, fmt::format("\"{}\" can be the name of no text", options.name),
                      nearest
                          ? fmt::format("Did you mean \"{}\"?", *nearest)
                          : "Name an event, a part ([a-z0-9_-], at most 64 characters), layout.html or layout.txt.");
  }
  const auto mistyped = key.kind() == content::TextKind::part ? core::nearest_name(name, event_codes) : std::nullopt;
  if (mistyped) {
    throw core::Error(core::ExitCode::usage, fmt::format("there is no event \"{}\"", options.name),
                      fmt::format("Did you mean \"{}\"?", *mistyped));
  }
  if (key.kind() == content::TextKind::layout) key.channel.reset(), key.language.reset();
  return key;
}

core::Event event_of(const std::string& name) {
  if (const auto event = content::TextKey{content::lower_case(name), std::nullopt, std::nullopt}.event()) return *event;
  const auto nearest = core::nearest_name(name, event_codes);
  throw core::Error(core::ExitCode::usage, fmt::format("\"{}\" is no event", name),
                    nearest ? fmt::format("Did you mean \"{}\"?", *nearest)
                            : fmt::format("Known events: {}.", fmt::join(event_codes, ", ")));
}

}  // namespace egarage::app
