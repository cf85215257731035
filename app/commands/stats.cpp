#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/text_files.hpp"
#include "report/statistics.hpp"

namespace egarage::app {
namespace {

struct StatsOptions {
  std::chrono::seconds since = std::chrono::hours(24);
  std::string company;
  std::filesystem::path html;
  bool csv = false;
};

}  // namespace

Action register_stats(CLI::App& command, Application& application) {
  auto options = std::make_shared<StatsOptions>();
  add_duration_option(command, "--since", options->since, "How far to look back (24h)");
  add_company_option(command, options->company, "Only this company");
  add_at_option(command, application);
  auto* csv = command.add_flag("--csv", options->csv, "Print CSV: company,event,channel,status,count");
  command.add_option("--html", options->html, "Write a page to this file instead of printing")
      ->type_name("FILE")
      ->excludes(csv);

  return [options, &application] {
    auto database = application.open_store_read_only();
    const store::Directory directory(database);
    std::optional<store::StoredCompany> company;
    if (!options->company.empty()) company = company_or_error(directory, options->company);
    const auto now = application.now();
    const auto statistics = report::gather_statistics(database, now - options->since, now, company);

    if (!options->html.empty()) {
      write_page(options->html, report::statistics_html(statistics));
    } else if (options->csv) {
      std::cout << report::statistics_csv(statistics);
    } else if (application.options.output == Output::json) {
      std::cout << report::statistics_json(statistics);
    } else {
      std::cout << report::statistics_text(statistics);
    }
    return core::ExitCode::ok;
  };
}

}  // namespace egarage::app
