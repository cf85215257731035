#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/options.hpp"
#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "app/text_files.hpp"
#include "content/email_body.hpp"
#include "content/variables.hpp"
#include "core/gsm7.hpp"
#include "core/platform/process.hpp"
#include "core/utf8.hpp"
#include "report/wording.hpp"

namespace egarage::app {
namespace {

struct PreviewOptions {
  TextOptions text;
  std::string sample = "full";
  std::filesystem::path html;
  bool open = false;
};

/// A message as its reader would get it.
struct Preview {
  content::Choice choice;
  content::RenderedMessage message;
  content::EmailBody email;  ///< empty for other channels
  std::string recipient;
};

core::Company company_for(const TextDesk& desk, core::Language language) {
  if (desk.owner().company) return desk.owner().company->company;
  auto companies = content::sample_companies();
  const auto speaks = [&](const core::Company& company) { return company.language == language; };
  return *std::ranges::find_if(companies, speaks);
}

std::string text_at(const nlohmann::json& object, const char* name) { return object.value(name, std::string{}); }

Preview make_preview(const TextDesk& desk, const PreviewOptions& options, core::Instant now) {
  const auto event = event_of(options.text.name);
  const auto channel = channel_of(options.text).value_or(core::Channel::email);
  const auto language = language_of(options.text, desk.owner());
  const auto company = company_for(desk, language);
  const auto languages = content::languages_for(language, company);
  const auto zone = core::TimeZone::locate(company.time_zone).value_or(core::TimeZone::utc());
  const auto audience = core::traits(event).audience;
  const auto place = company.country == "US" ? content::Place::usa : content::Place::chile;
  auto objects = content::sample_objects(event, place, *core::value_of(content::detail_names, options.sample));
  const auto person = objects.at("recipient");
  const auto address_book = content::sample_objects(event, place, content::Detail::full).at("recipient");
  const auto context = content::make_context(std::move(objects), company, desk.platform(), audience, zone, now);

  auto message = desk.catalogue().render(event, channel, languages, context, {company.currency, zone, now});
  Preview preview{*desk.catalogue().choose(options.text.name, channel, languages), std::move(message), {}, {}};
  const auto address = text_at(address_book, channel == core::Channel::email ? "email" : "telefono");
  preview.recipient =
      core::one_line(fmt::format("{} {} <{}>", text_at(person, "nombre"), text_at(person, "apellido"), address));
  if (channel == core::Channel::email) {
    auto brand = audience == core::Audience::customer ? content::brand_of(company) : content::brand_of(desk.platform());
    brand.layout = content::layout_from(desk.catalogue().shelves());
    const auto unsubscribe = company.accounts.email && !company.accounts.email->unsubscribe.empty()
                                 ? company.accounts.email->unsubscribe
                                 : "mailto:baja@example.com";
    preview.email = content::EmailComposer{}.compose(preview.message.subject, preview.message.body, brand, event,
                                                     preview.message.language, unsubscribe);
  }
  return preview;
}

std::string cost_of(const Preview& preview, core::Channel channel) {
  if (channel == core::Channel::email) {
    return fmt::format("{} octets of HTML",
                       report::with_thousands(static_cast<std::int64_t>(preview.email.html.size())));
  }
  const auto size = core::measure_sms(preview.message.body);
  if (channel == core::Channel::whatsapp) return fmt::format("{} of 4,096 characters", size.units);
  return fmt::format("{} {}, {} {}", size.segments, size.segments == 1 ? "segment" : "segments", size.units,
                     size.encoding == core::SmsEncoding::gsm7 ? "septets (GSM-7)" : "UTF-16 units (UCS-2)");
}

void print(const Preview& preview, core::Channel channel, bool as_json) {
  const auto level = core::name_of(content::level_names, preview.choice.level);
  const auto& words = channel == core::Channel::email ? preview.email.text : preview.message.body;
  if (as_json) {
    nlohmann::ordered_json json{{"key", to_string(preview.choice.key)},
                                {"level", level},
                                {"channel", core::to_string(channel)},
                                {"language", core::to_string(preview.message.language)},
                                {"to", preview.recipient},
                                {"subject", preview.message.subject},
                                {"text", words}};
    if (channel == core::Channel::email) json["html"] = preview.email.html;
    if (channel == core::Channel::sms) json["segments"] = core::measure_sms(words).segments;
    std::cout << json.dump(2) << '\n';
    return;
  }
  std::cout << fmt::format("Text:    {} of the {}\nTo:      {}\n", to_string(preview.choice.key), level,
                           preview.recipient);
  if (!preview.message.subject.empty()) std::cout << fmt::format("Subject: {}\n", preview.message.subject);
  std::cout << fmt::format("Size:    {}\n\n{}\n", cost_of(preview, channel), words);
}

}  // namespace

Action register_template_preview(CLI::App& command, Application& application) {
  auto options = std::make_shared<PreviewOptions>();
  command.add_option("event", options->text.name, "The event")->required()->type_name("EVENT");
  add_variant_options(command, options->text, "email");
  add_company_option(command, options->text.company, "In whose name; without it, a sample company's");
  command.add_option("--sample", options->sample, "full, combined (several in one message) or minimal (full)")
      ->type_name("SAMPLE")
      ->check(CLI::IsMember({"full", "combined", "minimal"}));
  command.add_option("--html", options->html, "Write the e-mail's page to this file")->type_name("FILE");
  command.add_flag("--open", options->open, "Open the e-mail's page in the browser");
  add_at_option(command, application);
  return [options, &application] {
    auto database = application.open_store_read_only();
    const TextDesk desk{database, options->text.company};
    const auto channel = channel_of(options->text).value_or(core::Channel::email);
    if (channel != core::Channel::email && (options->open || !options->html.empty())) {
      throw core::Error(core::ExitCode::usage, "only e-mails are pages", "Leave out --html and --open.");
    }
    const auto preview = make_preview(desk, *options, application.now());
    auto page = options->html;
    if (options->open && page.empty()) page = std::filesystem::temp_directory_path() / "egarage-notify-preview.html";
    if (!page.empty()) write_page(page, preview.email.html);
    print(preview, channel, application.options.output == Output::json);
    if (options->open && !core::platform::open_in_desktop(page)) {
      throw core::Error(core::ExitCode::usage, "no program to show the page was found",
                        fmt::format("Open {} in a browser.", page.string()));
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
