#include <fmt/format.h>

#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/options.hpp"
#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "app/text_files.hpp"
#include "content/template_failure.hpp"
#include "template/template.hpp"

namespace egarage::app {
namespace {

struct RenderCommand {
  std::filesystem::path file, templates;
  std::string context = "{}", escape = "html", language = "en", time_zone = "UTC", currency = "CLP";
};

/// The files below a folder, by their path in it: `parts/footer.html`. Read when they are first asked for.
class FolderLoader : public tmpl::Loader {
 public:
  explicit FolderLoader(const std::filesystem::path& folder) {
    if (folder.empty()) return;
    std::error_code failure;
    for (std::filesystem::recursive_directory_iterator entry{folder, failure}, end; !failure && entry != end;
         entry.increment(failure)) {
      if (entry->is_regular_file() && !entry->is_symlink())
        files_.emplace(entry->path().lexically_relative(folder).generic_string(), entry->path());
    }
    if (failure) {
      throw core::Error(core::ExitCode::usage, fmt::format("{} cannot be read: {}", folder.string(), failure.message()),
                        "Name a folder that holds the templates to include.");
    }
  }

  const tmpl::Template* find(std::string_view name) const override {
    const std::string key{name};
    if (const auto known = parsed_.find(key); known != parsed_.end()) return &known->second;
    const auto file = files_.find(key);
    if (file == files_.end()) return nullptr;
    return &parsed_.emplace(key, tmpl::Template::parse(key, read_text_file(file->second))).first->second;
  }

 private:
  std::map<std::string, std::filesystem::path> files_;
  mutable std::map<std::string, tmpl::Template> parsed_;
};

/// JSON on the command line, or the name of a file that holds it.
nlohmann::json read_context(const std::string& argument) {
  const auto first = argument.find_first_not_of(" \t\r\n");
  const bool is_inline = first != std::string::npos && argument[first] == '{';
  try {
    auto context = nlohmann::json::parse(is_inline ? argument : read_text_file(argument));
    if (context.is_object()) return context;
  } catch (const nlohmann::json::exception& error) {
    throw core::Error(core::ExitCode::usage, fmt::format("the context is not JSON: {}", error.what()),
                      "Give an object such as '{\"name\": \"Ana\"}', or a file that holds one.");
  }
  throw core::Error(core::ExitCode::usage, "the context is not a JSON object",
                    "Give an object such as '{\"name\": \"Ana\"}', or a file that holds one.");
}

core::TimeZone zone_or_error(const std::string& name) {
  if (const auto zone = core::TimeZone::locate(name)) return *zone;
  throw core::Error(core::ExitCode::usage, fmt::format("there is no time zone \"{}\"", name),
                    "Give an IANA name such as America/Santiago.");
}

}  // namespace

Action register_template_render(CLI::App& command, Application& application) {
  auto options = std::make_shared<RenderCommand>();
  command.add_option("file", options->file, "The template; - reads standard input")->required()->type_name("FILE");
  command.add_option("--context", options->context, "The data: a JSON object, or a file that holds one")
      ->type_name("JSON");
  command.add_option("--templates", options->templates, "What include and extends find, by path in this folder")
      ->type_name("DIR");
  command.add_option("--escape", options->escape, "html (Django's way) or none (html)")
      ->type_name("HOW")
      ->check(CLI::IsMember({"html", "none"}));
  command.add_option("--lang", options->language, "es or en: names of months and days (en)")
      ->type_name("LANG")
      ->check(CLI::IsMember({"es", "en"}));
  command.add_option("--time-zone", options->time_zone, "In which instants are shown (UTC)")->type_name("ZONE");
  command.add_option("--currency", options->currency, "Of the filter money (CLP)")->type_name("CODE");
  add_at_option(command, application);
  return [options, &application] {
    const auto context = read_context(options->context);
    const FolderLoader loader{options->templates};
    tmpl::RenderOptions how;
    how.escape = options->escape == "html" ? tmpl::Escape::html : tmpl::Escape::none;
    how.language = *core::parse_language(options->language);
    how.time_zone = zone_or_error(options->time_zone);
    how.currency = options->currency;
    how.now = application.now();
    how.loader = &loader;
    try {
      const auto parsed = tmpl::Template::parse(options->file.string(), read_text_file(options->file));
      std::cout << parsed.render(context, how);
    } catch (const tmpl::TemplateError& error) {
      throw content::TemplateFailure(error);
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
