#include "exchange/csv_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "core/error.hpp"
#include "core/utf8.hpp"

namespace egarage::exchange {

bool CsvReader::ends_cell() {
  if (!source_.has(ahead_)) return true;
  const char c = source_.at(ahead_);
  return c == separator_ || c == '\n' || (c == '\r' && (!source_.has(ahead_ + 1) || source_.at(ahead_ + 1) == '\n'));
}

std::string CsvReader::read_quoted(Row& row) {
  std::string cell;
  ++ahead_;
  while (ahead_ < longest_record && source_.has(ahead_)) {
    const auto text = source_.text().substr(ahead_);
    const auto quote = text.find('"');
    if (quote == std::string_view::npos) {
      cell += text;
      ahead_ += text.size();
      continue;
    }
    cell += text.substr(0, quote);
    ahead_ += quote + 1;
    if (!source_.has(ahead_) || source_.at(ahead_) != '"') {
      if (!ends_cell()) row.refusal = "has text behind a closing quote; a quote inside a cell is written twice";
      return cell;
    }
    cell += '"';
    ++ahead_;
  }
  row.refusal = "has a quote that is never closed";
  return cell;
}

std::string CsvReader::read_plain(Row& row) {
  std::string cell;
  for (; !ends_cell(); ++ahead_) {
    const char c = source_.at(ahead_);
    if (c == '"') {
      row.refusal = "has a quote inside a cell that does not begin with one";
      return cell;
    }
    if (ahead_ >= longest_record) {
      row.refusal = "is longer than 1 MiB";
      return cell;
    }
    cell += c;
  }
  return cell;
}

void CsvReader::read_row(Row& row) {
  ahead_ = 0;
  for (;;) {
    const bool has_quotes = source_.has(ahead_) && source_.at(ahead_) == '"';
    row.cells.push_back(has_quotes ? read_quoted(row) : read_plain(row));
    if (!row.refusal.empty() || !source_.has(ahead_) || source_.at(ahead_) != separator_) return;
    ++ahead_;
  }
}

std::optional<CsvReader::Row> CsvReader::next() {
  while (source_.has(0)) {
    Row row{line_, {}, {}};
    read_row(row);
    if (row.refusal.empty()) {
      line_ += static_cast<std::size_t>(std::ranges::count(source_.text().substr(0, ahead_), '\n')) + 1;
      source_.skip(ahead_);
    } else {
      ++line_;
    }
    source_.skip_line();
    const bool is_empty = std::ranges::all_of(row.cells, &std::string::empty);
    if (!row.refusal.empty() || !is_empty) return row;
  }
  return std::nullopt;
}

char separator_of(std::string_view header) {
  constexpr std::array separators{',', ';', '\t'};
  std::array<std::size_t, separators.size()> counts{};
  bool in_quotes = false;
  for (const char c : header) {
    if (c == '"') in_quotes = !in_quotes;
    const auto found = std::ranges::find(separators, c);
    if (!in_quotes && found != separators.end()) ++counts.at(static_cast<std::size_t>(found - separators.begin()));
  }
  return separators.at(static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin()));
}

namespace {

[[noreturn]] void refuse_header(std::size_t line, const std::string& why, std::string hint) {
  throw core::Error(core::ExitCode::usage, fmt::format("line {}, the header: {}", line, why), std::move(hint));
}

constexpr std::string_view not_utf8 = "is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)";

class CsvRecords final : public RecordReader {
 public:
  CsvRecords(CsvReader rows, std::vector<std::size_t> places, std::size_t columns)
      : rows_(std::move(rows)), places_(std::move(places)), columns_(columns) {}

  std::optional<Record> next() override {
    auto row = rows_.next();
    if (!row) return std::nullopt;
    Record record{row->line, std::nullopt, {}};
    if (!row->refusal.empty()) {
      record.refusal = std::move(row->refusal);
    } else if (row->cells.size() != places_.size()) {
      record.refusal = fmt::format("has {} cells where the header has {}", row->cells.size(), places_.size());
    } else {
      record.cells.resize(columns_);
      for (std::size_t i = 0; i < places_.size(); ++i) {
        if (!core::is_valid_utf8(row->cells[i])) record.refusal = std::string(not_utf8);
        record.cells[places_[i]] = std::move(row->cells[i]);
      }
    }
    return record;
  }

 private:
  CsvReader rows_;
  std::vector<std::size_t> places_;  ///< of each of the file's columns, among those of its kind
  std::size_t columns_;
};

std::string as_name(std::string_view cell) {
  std::string name;
  for (const char c : core::one_line(core::valid_utf8(cell))) name += core::lower(c);
  return name;
}

std::vector<std::size_t> places_of(const CsvReader::Row& header, Columns columns) {
  const auto hint = "`egarage-notify import --help` lists each kind's columns; --company says whose rows they are.";
  if (!header.refusal.empty()) refuse_header(header.line, "it " + header.refusal, hint);
  std::vector<std::size_t> places;
  for (const auto& cell : header.cells) {
    if (!core::is_valid_utf8(cell)) refuse_header(header.line, fmt::format("it {}", not_utf8), hint);
    const auto name = as_name(cell);
    const auto place = place_of(columns, name);
    if (!place) refuse_header(header.line, unknown_column(columns, name, "column"), hint);
    if (std::ranges::find(places, *place) != places.end()) {
      refuse_header(header.line, fmt::format("the column \"{}\" stands there twice", name), "Remove one of the two.");
    }
    places.push_back(*place);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].presence == Column::Presence::always && std::ranges::find(places, i) == places.end()) {
      refuse_header(header.line, fmt::format("the column \"{}\" is missing", columns[i].name), hint);
    }
  }
  return places;
}

class NoRecords final : public RecordReader {
  std::optional<Record> next() override { return std::nullopt; }
};

}  // namespace

std::unique_ptr<RecordReader> make_csv_records(Source source, Columns columns) {
  std::size_t line = 1;
  while (source.has(0) && std::string_view{"#\r\n"}.find(source.at(0)) != std::string_view::npos) {
    source.skip_line();
    ++line;
  }
  if (!source.has(0)) return std::make_unique<NoRecords>();
  for (std::size_t i = 0; i < longest_record && source.has(i) && source.at(i) != '\n';) ++i;
  const auto separator = separator_of(source.text().substr(0, source.text().find('\n')));
  CsvReader rows(std::move(source), separator, line);
  const auto header = rows.next();
  if (!header) return std::make_unique<NoRecords>();
  auto places = places_of(*header, columns);
  return std::make_unique<CsvRecords>(std::move(rows), std::move(places), columns.size());
}

}  // namespace egarage::exchange
