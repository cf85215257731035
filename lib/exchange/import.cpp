#include "exchange/import.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <vector>

#include "core/error.hpp"
#include "core/nearest_name.hpp"
#include "core/utf8.hpp"

namespace egarage::exchange {
namespace {

constexpr std::size_t rows_per_commit = 5000;

/// Leaves a transaction so that nothing of it stays.
struct DryRunIsOver {};

/// The companies that rows name, each read once.
class Owners {
 public:
  explicit Owners(store::Database& database) : directory_(database) {}

  /// Null when there is no such company.
  const Owner* find(const std::string& slug) {
    auto known = known_.find(slug);
    if (known == known_.end()) {
      std::optional<Owner> owner;
      if (auto stored = directory_.find_company(slug)) owner = Owner{stored->id, std::move(stored->company)};
      known = known_.emplace(slug, std::move(owner)).first;
    }
    return known->second ? &*known->second : nullptr;
  }

  std::string explain_unknown(const std::string& slug) const {
    std::vector<std::string> slugs;
    for (const auto& stored : directory_.companies()) slugs.push_back(stored.company.slug);
    const std::vector<std::string_view> names(slugs.begin(), slugs.end());
    const auto nearest = core::nearest_name(slug, names);
    return fmt::format("\"company\" is \"{}\", which is no known company{}", core::cut_utf8(slug, 64),
                       nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "");
  }

 private:
  store::Directory directory_;
  std::unordered_map<std::string, std::optional<Owner>> known_;
};

class Import {
 public:
  Import(store::Database& database, const ImportOrder& order, core::Instant now)
      : database_(database), order_(order), now_(now), owners_(database) {}

  /// The sums of one portion, all of which is in afterwards, or nothing.
  ImportReport take(const std::vector<Record>& records, std::vector<RefusedRow>& refused) {
    ImportReport report;
    report.rows = records.size();
    try {
      database_.transaction([&] {
        for (const auto& record : records) take(record, report, refused);
        if (order_.dry_run == core::DryRun::yes) throw DryRunIsOver{};
      });
    } catch (const DryRunIsOver&) {
    }
    return report;
  }

 private:
  void take(const Record& record, ImportReport& report, std::vector<RefusedRow>& refused) {
    auto refusal = record.refusal;
    if (!refusal) {
      Fields fields(order_.kind.columns, record);
      const auto* owner = owner_of(fields);
      if (!fields.refusal()) {
        if (const auto result = order_.kind.put(database_, *owner, fields, now_)) report.count(*result);
      }
      refusal = fields.refusal();
    }
    if (!refusal) return;
    ++report.refused;
    refused.push_back({record.line, *std::move(refusal)});
  }

  const Owner* owner_of(Fields& fields) {
    static const Owner nobody{};
    if (!order_.kind.is_of_companies()) return &nobody;
    const auto said = fields.text("company");
    if (!order_.company.empty() && !said.empty() && said != order_.company) {
      fields.refuse(fmt::format("is of {}, not of {}", core::cut_utf8(said, 64), order_.company));
    }
    const auto& slug = said.empty() ? order_.company : said;
    if (slug.empty()) {
      fields.refuse("has no \"company\", and --company does not say whose it is");
      return nullptr;
    }
    const auto* owner = owners_.find(slug);
    if (!owner) fields.refuse(owners_.explain_unknown(slug));
    return owner;
  }

  store::Database& database_;
  const ImportOrder& order_;
  core::Instant now_;
  Owners owners_;
};

void add(ImportReport& sum, const ImportReport& part) {
  sum.rows += part.rows;
  sum.created += part.created;
  sum.changed += part.changed;
  sum.unchanged += part.unchanged;
  sum.refused += part.refused;
}

/// Without the row at which the input broke off: it may be cut short.
std::vector<Record> read_portion(RecordReader& reader, const std::istream& input) {
  std::vector<Record> records;
  while (records.size() < rows_per_commit) {
    auto record = reader.next();
    if (!record || input.bad()) break;
    records.push_back(*std::move(record));
  }
  return records;
}

/// Where nobody else says whose the rows are, each must say it.
std::vector<Column> columns_of(const ImportOrder& order) {
  std::vector<Column> columns(order.kind.columns.begin(), order.kind.columns.end());
  if (order.kind.is_of_companies() && order.company.empty()) columns.front().presence = Column::Presence::always;
  return columns;
}

std::string in_up_to(std::size_t line) {
  return line == 0 ? std::string{"nothing of the input is in"} : fmt::format("the input is in up to line {}", line);
}

}  // namespace

ImportReport import(store::Database& database, std::istream& input, const ImportOrder& order, core::Instant now,
                    const std::function<void(const RefusedRow&)>& refused,
                    const std::function<void(const ImportReport&)>& progress) {
  const auto columns = columns_of(order);
  const auto reader = open_records(input, columns);
  Import work(database, order, now);
  ImportReport sum;
  std::size_t last_line_in = 0;
  for (auto records = read_portion(*reader, input); !records.empty(); records = read_portion(*reader, input)) {
    std::vector<RefusedRow> refused_rows;
    try {
      add(sum, work.take(records, refused_rows));
    } catch (const core::Error& error) {
      throw core::Error(error.code(), fmt::format("{}; {}", error.what(), in_up_to(last_line_in)), error.hint());
    }
    for (const auto& row : refused_rows) refused(row);
    last_line_in = records.back().line;
    if (progress) progress(sum);
  }
  if (input.bad()) {
    throw core::Error(core::ExitCode::usage,
                      fmt::format("the input cannot be read to its end; {}", in_up_to(last_line_in)),
                      "Run the command again with the whole input: what is in already stays single.");
  }
  return sum;
}

}  // namespace egarage::exchange
