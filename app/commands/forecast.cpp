#include "report/forecast.hpp"

#include <iostream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/delivery_options.hpp"
#include "app/producer_steps.hpp"
#include "app/scratch_folder.hpp"
#include "report/forecast_formats.hpp"

namespace egarage::app {
namespace {

constexpr int most_days = 366;

struct Options {
  int days = 14;
  std::string company;
  bool csv = false;
};

/// Nobody reads the log of what did not happen.
class SilentLog final : public core::EventLog {
 public:
  void write(core::LogLevel, std::string_view, const std::vector<core::LogField>&) override {}
  bool wants(core::LogLevel) const override { return false; }
};

core::ExitCode forecast_days(Application& application, const Options& options) {
  auto database = application.open_store();
  report::ForecastOrder order;
  order.from = application.now();
  order.until = order.from + std::chrono::days{options.days};
  order.delivery = delivery_options(application.configuration().delivery);
  order.producers = all_producers(application.configuration().producers);
  if (!options.company.empty()) {
    order.delivery.only = company_or_error(store::Directory{database}, options.company).id;
  }

  const ScratchFolder scratch;
  auto copy = database.scratch_copy(scratch.path() / "forecast.db");
  SilentLog log;
  const auto result = report::foresee(copy, order, log);

  const auto privacy =
      application.options.verbosity == Verbosity::verbose ? report::Privacy::full : report::Privacy::masked;
  const report::Zones zones(store::Directory{database}.companies());
  if (options.csv) {
    std::cout << report::forecast_csv(result, zones, privacy);
  } else if (application.options.output == Output::json) {
    std::cout << report::forecast_json(result, privacy);
  } else {
    std::cout << report::forecast_text(result, order, zones, privacy);
  }
  return core::ExitCode::ok;
}

}  // namespace

Action register_forecast(CLI::App& command, Application& application) {
  auto options = std::make_shared<Options>();
  command.add_option("--days", options->days, "How far to look ahead (14)")
      ->type_name("N")
      ->check(CLI::Range(1, most_days));
  add_company_option(command, options->company, "Only this company; faster, too");
  add_at_option(command, application);
  command.add_flag("--csv", options->csv, "Print CSV, a line for each message");
  return [options, &application] { return forecast_days(application, *options); };
}

}  // namespace egarage::app
