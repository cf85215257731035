#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "app/text_desk.hpp"
#include "content/text_key.hpp"

namespace egarage::app {

/// Which text, and whose.
struct TextOptions {
  std::string name, channel, language, company;
};

/// `--channel` and `--lang`. `without_channel` says what is meant when `--channel` is not given.
void add_variant_options(CLI::App& command, TextOptions& options,
                         const std::string& without_channel = "the text for all channels");
/// `--company`: without it, the platform's texts are meant, which serve all companies.
void add_owner_option(CLI::App& command, TextOptions& options);
/// The positional NAME: an event's code, a part's name, or a layout.
void add_name_argument(CLI::App& command, TextOptions& options);

/// What the options say. Throws core::Error{usage} naming the nearest known one when it is none.
std::optional<core::Channel> channel_of(const TextOptions& options);
/// `--lang`; else the company's language; else Spanish.
core::Language language_of(const TextOptions& options, const TextOwner& owner);
/// The text that NAME, `--channel` and `--lang` name together. Throws core::Error{usage} for names that no text has.
content::TextKey key_of(const TextOptions& options, const TextOwner& owner);
/// The event that NAME names. Throws core::Error{usage} when it names none.
core::Event event_of(const std::string& name);

}  // namespace egarage::app
