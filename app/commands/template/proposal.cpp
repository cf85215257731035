#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/commands/template/commands.hpp"
#include "app/commands/template/text_options.hpp"
#include "content/embedded_files.hpp"
#include "content/whatsapp_proposal.hpp"

namespace egarage::app {
namespace {

void print(const content::WhatsappProposal& proposal) {
  std::cout << fmt::format("Name:      {}\nCategory:  {}\nLanguage:  {}\nVariables: by name\n\nBody:\n{}\n",
                           proposal.name, proposal.category, proposal.language, proposal.body);
  if (!proposal.footer.empty()) std::cout << fmt::format("\nFooter:\n{}\n", proposal.footer);
  for (const auto& button : proposal.buttons) std::cout << fmt::format("\nButton (quick reply):\n{}\n", button);
  std::cout << "\nSamples:\n";
  for (const auto& parameter : proposal.parameters) {
    std::cout << fmt::format("  {:<22}{}\n", parameter.name, parameter.example);
  }
}

}  // namespace

Action register_template_proposal(CLI::App& command, Application& application) {
  auto options = std::make_shared<TextOptions>();
  command.add_option("event", options->name, "The event")->required()->type_name("EVENT");
  command.add_option("--lang", options->language, "es or en (es)")
      ->type_name("LANG")
      ->check(CLI::IsMember({"es", "en"}));
  return [options, &application] {
    const auto path = content::proposal_path(event_of(options->name), language_of(*options, {std::nullopt}));
    const auto text = content::embedded_text(path);
    const auto parsed = content::parse_proposal(text.value_or(""));
    if (!parsed.proposal) {
      throw core::Error(core::ExitCode::internal, fmt::format("{}: {}", path, parsed.fault),
                        "this build lacks a file of templates/");
    }
    if (application.options.output == Output::json) {
      std::cout << *text;
    } else {
      print(*parsed.proposal);
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
