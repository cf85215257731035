#include "content/whatsapp_payload.hpp"

#include <nlohmann/json.hpp>

namespace egarage::content {

namespace {

using nlohmann::json;

/// Reads what to_payload writes as it comes: a tree of values would cost more than everything else a message is made
/// of.
class Reader : public nlohmann::json_sax<json> {
 public:
  std::optional<core::WhatsappMessage> take() {
    if (!has_name_ || !has_language_) return std::nullopt;
    return std::move(message_);
  }

  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool number_integer(number_integer_t) override { return false; }
  bool number_unsigned(number_unsigned_t) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  bool key(string_t& name) override {
    (depth_ == 1 ? section_ : field_) = std::move(name);
    return true;
  }
  bool start_array(std::size_t) override { return ++depth_ == 2 && (section_ == "body" || section_ == "buttons"); }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool start_object(std::size_t) override {
    has_kind_ = has_text_ = false;
    switch (++depth_) {
      case 1:
        return true;
      case 2:
        if (section_ == "header") message_.header.emplace();
        return section_ == "header";
      case 3:
        if (section_ == "body") message_.body.emplace_back();
        if (section_ == "buttons") message_.buttons.emplace_back();
        return section_ == "body" || section_ == "buttons";
      default:
        return false;
    }
  }
  bool end_object() override {
    const bool whole = depth_ == 1 || (has_text_ && (has_kind_ || section_ == "body"));
    --depth_;
    return whole;
  }
  bool string(string_t& text) override {
    if (depth_ == 1) return take_own(text);
    if (depth_ == 2 && section_ == "header") return take_header(*message_.header, text);
    if (depth_ == 3 && section_ == "body") return take_parameter(message_.body.back(), text);
    if (depth_ == 3 && section_ == "buttons") return take_button(message_.buttons.back(), text);
    return false;
  }

 private:
  bool take_own(std::string& text) {
    if (section_ == "name") return put(message_.name, text, has_name_);
    if (section_ == "language") return put(message_.language, text, has_language_);
    bool ignored = false;
    return section_ == "content_sid" && put(message_.content_sid, text, ignored);
  }
  bool take_header(core::WhatsappTemplate::Header& header, std::string& text) {
    if (field_ == "media") return choose(header.media, core::whatsapp_media_names, text);
    if (field_ == "link") return put(header.link, text, has_text_);
    bool ignored = false;
    return field_ == "filename" && put(header.filename, text, ignored);
  }
  bool take_parameter(core::WhatsappTemplate::Parameter& parameter, std::string& text) {
    if (field_ == "text") return put(parameter.text, text, has_text_);
    bool ignored = false;
    return field_ == "name" && put(parameter.name, text, ignored);
  }
  bool take_button(core::WhatsappTemplate::Button& button, std::string& text) {
    if (field_ == "kind") return choose(button.kind, core::whatsapp_button_names, text);
    return field_ == "text" && put(button.text, text, has_text_);
  }

  static bool put(std::string& place, std::string& text, bool& has_it) {
    place = std::move(text);
    return has_it = true;
  }
  template <typename Enum, std::size_t Count>
  bool choose(Enum& place, const core::EnumNames<Enum, Count>& names, const std::string& text) {
    const auto value = core::value_of(names, text);
    if (value) place = *value;
    return has_kind_ = value.has_value();
  }

  core::WhatsappMessage message_;
  int depth_ = 0;
  std::string section_, field_;
  bool has_name_ = false, has_language_ = false;
  bool has_kind_ = false, has_text_ = false;  ///< of the object under way: what none may lack
};

}  // namespace

std::string to_payload(const core::WhatsappMessage& message) {
  json value{{"name", message.name}, {"language", message.language}};
  if (!message.content_sid.empty()) value["content_sid"] = message.content_sid;
  if (message.header) {
    value["header"] = {{"media", core::name_of(core::whatsapp_media_names, message.header->media)},
                       {"link", message.header->link}};
    if (!message.header->filename.empty()) value["header"]["filename"] = message.header->filename;
  }
  for (const auto& [name, text] : message.body) {
    json row{{"text", text}};
    if (!name.empty()) row["name"] = name;
    value["body"].push_back(std::move(row));
  }
  for (const auto& [kind, text] : message.buttons) {
    value["buttons"].push_back({{"kind", core::name_of(core::whatsapp_button_names, kind)}, {"text", text}});
  }
  return value.dump();
}

std::optional<core::WhatsappMessage> parse_payload(std::string_view payload) {
  Reader reader;
  if (!json::sax_parse(payload, &reader)) return std::nullopt;
  return reader.take();
}

}  // namespace egarage::content
