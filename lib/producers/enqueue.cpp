#include "producers/enqueue.hpp"

#include <fmt/format.h>

#include <numeric>

#include "core/error.hpp"
#include "producers/line_reader.hpp"
#include "producers/preparation.hpp"
#include "store/queue.hpp"

namespace egarage::producers {
namespace {

/// A commit costs several disk flushes, so many lines share one; the other bound is for memory.
constexpr std::size_t lines_per_commit = 2000, octets_per_commit = 16 * 1024 * 1024;

/// Lines that were read and rendered, and are not in the store yet.
struct Batch {
  EnqueueReport report;
  std::vector<std::vector<store::NewNotification>> chains;  ///< of one notification where the order is `all`
  std::size_t octets = 0;                                   ///< of the texts

  bool is_full() const { return report.lines >= lines_per_commit || octets >= octets_per_commit; }
};

void add(EnqueueReport& sum, const EnqueueReport& part) {
  sum.lines += part.lines;
  sum.created += part.created;
  sum.duplicates += part.duplicates;
  sum.refused += part.refused;
  for (const auto& [reason, count] : part.skipped) sum.skipped[reason] += count;
}

std::string in_up_to(std::size_t line) {
  return line == 0 ? std::string{"nothing of the input is in"} : fmt::format("the input is in up to line {}", line);
}

}  // namespace

std::size_t EnqueueReport::skipped_in_all() const {
  return std::accumulate(skipped.begin(), skipped.end(), std::size_t{0},
                         [](std::size_t sum, const auto& row) { return sum + row.second; });
}

struct Enqueuer::Implementation {
  explicit Implementation(store::Database& opened) : database(opened), queue(opened) {}

  store::Database& database;
  store::Queue queue;

  /// Renders the line's event into the batch. Why the line is bad, if it is.
  std::optional<LineError> add(const LineReader::Line& line, Tenants& tenants, core::Instant now, Batch& batch) const;
  void commit(Batch& batch, core::Instant now);
};

std::optional<LineError> Enqueuer::Implementation::add(const LineReader::Line& line, Tenants& tenants,
                                                       core::Instant now, Batch& batch) const {
  if (line.too_long) return LineError{"is longer than 1 MiB"};
  auto event = parse_event_line(line.text);
  if (auto* error = std::get_if<LineError>(&event)) return std::move(*error);
  auto prepared = prepare(std::move(std::get<EventLine>(event)), tenants, now);
  if (auto* error = std::get_if<LineError>(&prepared)) return std::move(*error);
  auto& [chains, skipped] = std::get<Prepared>(prepared);
  for (auto& chain : chains) {
    for (const auto& one : chain) batch.octets += one.body.size() + one.payload.size();
    batch.chains.push_back(std::move(chain));
  }
  for (const auto& reason : skipped) ++batch.report.skipped[reason];
  return std::nullopt;
}

void Enqueuer::Implementation::commit(Batch& batch, core::Instant now) {
  if (batch.chains.empty()) return;
  database.transaction([&] {
    for (const auto& chain : batch.chains) {
      const auto result = queue.enqueue(chain, now);
      (result == store::Enqueued::created ? batch.report.created : batch.report.duplicates) += chain.size();
    }
  });
}

Enqueuer::Enqueuer(store::Database& database) : implementation_(std::make_unique<Implementation>(database)) {}
Enqueuer::~Enqueuer() = default;

EnqueueReport Enqueuer::run(std::istream& lines, core::Instant now,
                            const std::function<void(const RefusedLine&)>& refused,
                            const std::function<void(const EnqueueReport&)>& progress) {
  EnqueueReport sum;
  Tenants tenants{implementation_->database};
  LineReader reader{lines, longest_line};
  std::size_t last_line_in = 0;
  bool more = true;
  while (more) {
    Batch batch;
    std::size_t last_line_read = last_line_in;
    while (!batch.is_full()) {
      const auto line = reader.next();
      more = line.has_value();
      if (!more) break;
      last_line_read = line->number;
      if (!line->too_long && line->text.find_first_not_of(" \t") == std::string_view::npos) continue;
      ++batch.report.lines;
      if (const auto error = implementation_->add(*line, tenants, now, batch)) {
        ++batch.report.refused;
        refused({line->number, error->sentence});
      }
    }
    try {
      implementation_->commit(batch, now);
    } catch (const core::Error& error) {
      throw core::Error(error.code(), fmt::format("{}; {}", error.what(), in_up_to(last_line_in)), error.hint());
    }
    last_line_in = last_line_read;
    add(sum, batch.report);
    if (progress) progress(sum);
  }
  if (lines.bad()) {
    throw core::Error(core::ExitCode::usage,
                      fmt::format("the input cannot be read to its end; {}", in_up_to(last_line_in)),
                      "run the command again with the whole input: what is in already stays single");
  }
  return sum;
}

}  // namespace egarage::producers
