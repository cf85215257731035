#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "core/event.hpp"
#include "core/language.hpp"
#include "core/pace.hpp"
#include "core/secret.hpp"

namespace egarage::core {

/// Approved templates always, or the message's own text while the customer's last message is younger than 24 hours.
/// (Outside that window WhatsApp delivers approved templates only.)
enum class WhatsappMessages { templates, text_in_window };
inline constexpr EnumNames<WhatsappMessages, 2> whatsapp_messages_names{
    {{WhatsappMessages::templates, "template"}, {WhatsappMessages::text_in_window, "text-in-window"}}};

enum class WhatsappMedia { document, image };
inline constexpr EnumNames<WhatsappMedia, 2> whatsapp_media_names{
    {{WhatsappMedia::document, "document"}, {WhatsappMedia::image, "image"}}};

enum class WhatsappButton { url, quick_reply };
inline constexpr EnumNames<WhatsappButton, 2> whatsapp_button_names{
    {{WhatsappButton::url, "url"}, {WhatsappButton::quick_reply, "quick_reply"}}};

/// Which approved template an event becomes, and what its parameters are made of. Texts are template expressions over
/// the variables of the event.
struct WhatsappTemplate {
  struct Parameter {
    std::string name;  ///< empty: positional
    std::string text;
    bool operator==(const Parameter&) const = default;
  };
  struct Header {
    WhatsappMedia media{};
    std::string link;      ///< must render to an https URL
    std::string filename;  ///< documents only; may be empty
    bool operator==(const Header&) const = default;
  };
  struct Button {
    WhatsappButton kind{};
    std::string text;  ///< what follows the approved URL, or a quick reply's payload
    bool operator==(const Button&) const = default;
  };

  std::string name;                           ///< as approved: `[a-z0-9_]{1,512}`
  std::map<Language, std::string> languages;  ///< the approved language codes (`es_CL`); a missing one is `es` or `en`
  std::optional<Header> header;
  std::vector<Parameter> body;  ///< all positional or all named
  std::vector<Button> buttons;
  std::map<Language, std::string> content_sids;  ///< Twilio's names for it (`HX…`), a language each

  bool operator==(const WhatsappTemplate&) const = default;
};

/// An account that WhatsApp messages go out from.
struct WhatsappAccount {
  std::string transport = "cloud";  ///< `cloud` (Meta's Cloud API), `twilio`, `file`
  std::string phone_number_id;      ///< cloud: Graph's id of the number, not the number
  std::string
      business_account_id;  ///< cloud: the WhatsApp Business Account, for looking at its templates; may be empty
  std::string api_version = "v25.0";
  std::string account_sid;        ///< twilio: `AC…`
  std::string user;               ///< twilio: an API key's SID (`SK…`); empty: the account's SID with its auth token
  std::string from;               ///< twilio: the sender's number, E.164
  std::string messaging_service;  ///< twilio: `MG…`, instead of from
  std::string status_callback;    ///< twilio: https URL told of receipts; may be empty
  std::string url;                ///< the API's origin, such as `https://127.0.0.1:8443`; empty: the provider's own
  std::string ca_file;            ///< PEM file of the authorities to trust; empty means the system's
  SecretReference password;       ///< access token, auth token or API key secret
  WhatsappMessages messages = WhatsappMessages::templates;
  /// Per event; an event without entry uses the product's own proposal (templates/whatsapp/).
  std::map<Event, WhatsappTemplate> templates;
  Pace pace;

  bool operator==(const WhatsappAccount&) const = default;
};

}  // namespace egarage::core
