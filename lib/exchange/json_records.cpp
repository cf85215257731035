#include "exchange/json_records.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/utf8.hpp"

namespace egarage::exchange {
namespace {

using nlohmann::json;

/// Puts the members of one object into the cells, as the parser comes upon them.
class Members final : public nlohmann::json_sax<json> {
 public:
  Members(Columns columns, Record& record) : columns_(columns), record_(record) {}

  bool null() override { return put(""); }
  bool boolean(bool value) override { return put(value ? "yes" : "no"); }
  bool number_integer(number_integer_t value) override { return put(fmt::format("{}", value)); }
  bool number_unsigned(number_unsigned_t value) override { return put(fmt::format("{}", value)); }
  bool number_float(number_float_t, const string_t& written) override { return put(written); }
  bool string(string_t& value) override {
    return put(value.find('\0') == string_t::npos ? value : core::valid_utf8(value));
  }
  bool binary(binary_t&) override { return refuse("is no JSON text"); }

  bool start_object(std::size_t) override {
    if (std::exchange(in_object_, true)) return refuse("has an object inside the object");
    return true;
  }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override {
    if (!in_object_) return refuse("is not a JSON object");
    if (std::exchange(in_list_, true)) return refuse("has a list inside a list");
    const auto& column = columns_[place_];
    if (column.form != Column::Form::list) return refuse(fmt::format("has a list as \"{}\"", column.name));
    record_.cells[place_] = empty_list;
    list_is_empty_ = true;
    return true;
  }
  bool end_array() override {
    in_list_ = false;
    return true;
  }
  bool key(string_t& name) override {
    const auto place = place_of(columns_, name);
    if (!place) return refuse("has an " + unknown_column(columns_, name, "key"));
    if (record_.cells[*place]) return refuse(fmt::format("has the key \"{}\" twice", name));
    place_ = *place;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return refuse(fmt::format("is not valid JSON (octet {})", position));
  }

 private:
  bool refuse(std::string why) {
    record_.refusal = std::move(why);
    return false;
  }
  bool put(std::string value) {
    if (!in_object_) return refuse("is not a JSON object");
    auto& cell = record_.cells[place_];
    if (in_list_ && !std::exchange(list_is_empty_, false)) value = *cell + "|" + value;
    cell = std::move(value);
    return true;
  }

  Columns columns_;
  Record& record_;
  std::size_t place_ = 0;
  bool in_object_ = false, in_list_ = false, list_is_empty_ = false;
};

class JsonRecords final : public RecordReader {
 public:
  JsonRecords(Source source, Columns columns) : source_(std::move(source)), columns_(columns) {}

  std::optional<Record> next() override {
    while (source_.has(0)) {
      Record record{++line_, std::nullopt, Cells(columns_.size())};
      std::size_t length = 0;
      while (source_.has(length) && source_.at(length) != '\n' && length <= longest_record) ++length;
      const auto text = source_.text().substr(0, length);
      if (text.find_first_not_of(" \t\r") == std::string_view::npos) {
        source_.skip_line();
        continue;
      }
      if (length > longest_record) {
        record.refusal = "is longer than 1 MiB";
      } else {
        Members members(columns_, record);
        json::sax_parse(text.begin(), text.end(), &members);
        require_all(record);
      }
      source_.skip_line();
      return record;
    }
    return std::nullopt;
  }

 private:
  void require_all(Record& record) const {
    for (std::size_t i = 0; i < columns_.size() && !record.refusal; ++i) {
      const bool missing = columns_[i].presence == Column::Presence::always && !record.cells[i];
      if (missing) record.refusal = fmt::format("has no \"{}\"", columns_[i].name);
    }
  }

  Source source_;
  Columns columns_;
  std::size_t line_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> make_json_records(Source source, Columns columns) {
  return std::make_unique<JsonRecords>(std::move(source), columns);
}

}  // namespace egarage::exchange
