#include "producers/json_object.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/utf8.hpp"

namespace egarage::producers {
namespace {

using nlohmann::json;

/// Builds the value as the parser reports its parts. (The library's own builder bounds nothing and keeps the last of
/// two equal keys.)
class Builder final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return add(nullptr) != nullptr; }
  bool boolean(bool value) override { return add(value) != nullptr; }
  bool number_integer(number_integer_t value) override { return add(value) != nullptr; }
  bool number_unsigned(number_unsigned_t value) override { return add(value) != nullptr; }
  bool number_float(number_float_t value, const string_t&) override { return add(value) != nullptr; }
  bool string(string_t& value) override {
    if (value.find('\0') != string_t::npos) value = core::valid_utf8(value);
    return add(std::move(value)) != nullptr;
  }
  bool binary(binary_t&) override { return false; }  // JSON text has none

  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    const auto [place, is_new] = open_.back()->emplace(name, nullptr);
    if (!is_new) return refuse(fmt::format("has the key \"{}\" twice in one object", core::one_line(name)));
    member_ = &*place;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    constexpr int number_out_of_range = 406;
    if (error.id == number_out_of_range) return refuse("holds a number that is too large");
    return refuse(fmt::format("is not valid JSON (octet {})", position));
  }

  std::variant<json, LineError> result() && {
    if (!refusal_.empty()) return LineError{std::move(refusal_)};
    if (!root_.is_object()) return LineError{"is not a JSON object"};
    return std::move(root_);
  }

 private:
  bool refuse(std::string sentence) {
    refusal_ = std::move(sentence);
    return false;
  }

  /// Where the value went: the document itself, the member whose key was read, or the end of a list.
  json* add(json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (open_.back()->is_object()) {
      *member_ = std::move(value);
      return member_;
    }
    open_.back()->push_back(std::move(value));
    return &open_.back()->back();
  }

  bool open(json container) {
    if (open_.size() == deepest_nesting) {
      return refuse(fmt::format("nests deeper than {} levels", deepest_nesting));
    }
    open_.push_back(add(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  json root_;
  std::vector<json*> open_;  ///< a list grows only at its end and only while it is the innermost, so these stay valid
  json* member_ = nullptr;
  std::string refusal_;
};

}  // namespace

std::variant<json, LineError> parse_json_object(std::string_view text) {
  Builder builder;
  json::sax_parse(text.begin(), text.end(), &builder);
  return std::move(builder).result();
}

}  // namespace egarage::producers
