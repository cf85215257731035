#include "exchange/export.hpp"

#include <iostream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/kind_option.hpp"
#include "app/commands/options.hpp"

namespace egarage::app {
namespace {

struct Options {
  std::string kind, company;
  exchange::Format format = exchange::Format::csv;
};

std::vector<exchange::Owner> owners(const store::Directory& directory, const std::string& only) {
  std::vector<exchange::Owner> result;
  for (auto& stored : directory.companies()) {
    if (only.empty() || stored.company.slug == only) result.push_back({stored.id, std::move(stored.company)});
  }
  return result;
}

}  // namespace

Action register_export(CLI::App& command, Application& application) {
  auto options = std::make_shared<Options>();
  add_kind_option(command, options->kind);
  add_company_option(command, options->company, "Only this company's");
  auto* csv = command.add_flag_callback(
      "--csv", [options] { options->format = exchange::Format::csv; }, "CSV with a header (as if not said)");
  command
      .add_flag_callback(
          "--jsonl", [options] { options->format = exchange::Format::json_lines; }, "One JSON object per line")
      ->excludes(csv);
  return [options, &application] {
    const auto& kind = kind_or_error(options->kind, options->company);
    auto database = application.open_store_read_only();
    const store::Directory directory{database};
    if (!options->company.empty()) company_or_error(directory, options->company);
    std::ios::sync_with_stdio(false);
    exchange::export_rows(database, kind, owners(directory, options->company), options->format, std::cout);
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
