#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/commands/input_file.hpp"
#include "producers/line_reader.hpp"
#include "receipts/apply.hpp"
#include "receipts/body.hpp"
#include "report/wording.hpp"

namespace egarage::app {
namespace {

/// A commit costs several disk flushes, so many facts share one. They are read before it: no lock waits for a pipe.
constexpr std::size_t facts_per_commit = 1000;

struct Lines {
  std::size_t read = 0, refused = 0, ignored_parts = 0;
};

/// `3 lines: 2 statuses applied, 1 already known, 1 inbound message, 1 refused`.
std::string summary(const Lines& lines, const receipts::Tally& tally) {
  auto text = fmt::format("{}: {} applied", report::counted(lines.read, "line", "lines"),
                          report::counted(tally.moved, "status", "statuses"));
  const auto add = [&](std::size_t count, std::string_view one, std::string_view many) {
    if (count > 0) text += ", " + report::counted(count, one, many);
  };
  const auto add_same = [&](std::size_t count, std::string_view what) { add(count, what, what); };
  add_same(tally.known, "already known");
  add_same(tally.kept, "kept for a message that is not on record yet");
  add(tally.inbound, "inbound message", "inbound messages");
  add(tally.opt_outs, "opt-out", "opt-outs");
  add_same(tally.hidden, "from hidden numbers");
  add_same(tally.foreign, "of messages from another account");
  add_same(tally.strangers, "for accounts that nobody here has");
  add_same(lines.ignored_parts, "about other things");
  add_same(lines.refused, "refused");
  return text;
}

nlohmann::ordered_json as_json(const Lines& lines, const receipts::Tally& tally) {
  return {{"lines", lines.read},
          {"applied", tally.moved},
          {"already_known", tally.known},
          {"kept", tally.kept},
          {"inbound", tally.inbound},
          {"opt_outs", tally.opt_outs},
          {"hidden_numbers", tally.hidden},
          {"other_account", tally.foreign},
          {"unknown_account", tally.strangers},
          {"ignored", lines.ignored_parts},
          {"refused", lines.refused}};
}

Lines take_lines(InputFile& input, receipts::Intake& intake, const Application& application) {
  Lines lines;
  std::vector<receipts::Fact> facts;
  const auto commit = [&] {
    if (!facts.empty()) intake.apply(facts, application.now());
    facts.clear();
  };
  producers::LineReader reader{input.stream(), receipts::longest_body};
  while (const auto line = reader.next()) {
    if (!line->too_long && line->text.find_first_not_of(" \t") == std::string_view::npos) continue;
    ++lines.read;
    auto read = line->too_long
                    ? std::variant<receipts::Reading, receipts::Refusal>{receipts::Refusal{"is longer than 8 MiB"}}
                    : receipts::read_body(line->text, application.now());
    if (const auto* refusal = std::get_if<receipts::Refusal>(&read)) {
      ++lines.refused;
      fmt::print(stderr, "{}:{}: {}\n", input.name(), line->number, refusal->sentence);
      continue;
    }
    auto& reading = std::get<receipts::Reading>(read);
    lines.ignored_parts += reading.ignored;
    std::move(reading.facts.begin(), reading.facts.end(), std::back_inserter(facts));
    if (facts.size() >= facts_per_commit) commit();
  }
  commit();
  if (input.stream().bad()) {
    throw core::Error(core::ExitCode::usage, fmt::format("{} cannot be read to its end", input.name()),
                      "Run the command again with the whole input: what is in already changes nothing more.");
  }
  return lines;
}

}  // namespace

Action register_receipts(CLI::App& command, Application& application) {
  auto file = std::make_shared<std::string>(InputFile::standard_input);
  command.add_option("FILE", *file,
                     "Webhook bodies of Meta or Twilio whose signature the host application has checked, one JSON "
                     "object per line; - or nothing reads standard input");
  return [file, &application] {
    InputFile input(*file, "Name a file that holds one JSON object per line.");
    auto database = application.open_store();
    receipts::Intake intake(database);
    const auto lines = take_lines(input, intake, application);
    intake.forget_old(application.now());
    if (application.options.output == Output::json) {
      std::cout << as_json(lines, intake.tally()).dump(2) << '\n';
    } else if (application.options.verbosity != Verbosity::quiet) {
      std::cout << summary(lines, intake.tally()) << '\n';
    }
    return lines.refused > 0 ? core::ExitCode::some_failed : core::ExitCode::ok;
  };
}

}  // namespace egarage::app
