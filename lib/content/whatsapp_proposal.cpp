#include "content/whatsapp_proposal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "content/text_key.hpp"
#include "core/utf8.hpp"
#include "core/whatsapp_parameter.hpp"

namespace egarage::content {
namespace {

using nlohmann::json;

constexpr std::size_t longest_name = 512, longest_body = 1024, longest_footer = 60, longest_button = 25,
                      most_buttons = 10;
constexpr std::string_view name_letters = "abcdefghijklmnopqrstuvwxyz0123456789_";

bool is_name(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest && text.find_first_not_of(name_letters) == std::string_view::npos;
}

std::string text_at(const json& object, const char* key) { return object.at(key).get<std::string>(); }

WhatsappProposal read(const json& document) {
  WhatsappProposal proposal;
  proposal.name = text_at(document, "name");
  proposal.category = text_at(document, "category");
  proposal.language = text_at(document, "language");
  for (const auto& component : document.at("components")) {
    const auto type = text_at(component, "type");
    if (type == "BODY") {
      proposal.body = text_at(component, "text");
      const json none = json::object();
      for (const auto& row : component.value("example", none).value("body_text_named_params", json::array())) {
        proposal.parameters.push_back({text_at(row, "param_name"), text_at(row, "example")});
      }
    } else if (type == "FOOTER") {
      proposal.footer = text_at(component, "text");
    } else if (type == "BUTTONS") {
      for (const auto& button : component.at("buttons")) proposal.buttons.push_back(text_at(button, "text"));
    }
  }
  return proposal;
}

/// A `{{name}}` of the body.
struct Place {
  std::string_view name;
  std::size_t begin, end;
};

std::vector<Place> places_in(std::string_view body) {
  std::vector<Place> places;
  for (auto begin = body.find("{{"); begin != std::string_view::npos; begin = body.find("{{", begin + 2)) {
    const auto end = body.find("}}", begin);
    if (end == std::string_view::npos) break;
    places.push_back({body.substr(begin + 2, end - begin - 2), begin, end + 2});
  }
  return places;
}

/// A letter, a digit, or anything beyond ASCII: what makes two parameters not adjacent.
bool is_word(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x80 || (octet >= '0' && octet <= '9') || ((octet | 0x20) >= 'a' && (octet | 0x20) <= 'z');
}

class Checker {
 public:
  Checker(const std::string& file, Findings& findings) : file_(file), findings_(findings) {}

  void check(const WhatsappProposal& proposal) {
    require(is_name(proposal.name, longest_name), "the name may hold a-z, 0-9 and _ only, at most 512 of them");
    require(proposal.category == "UTILITY" || proposal.category == "MARKETING" || proposal.category == "AUTHENTICATION",
            fmt::format("\"{}\" is no category: UTILITY, MARKETING or AUTHENTICATION", proposal.category));
    require(!proposal.language.empty(), "the language is missing, such as es or en_US");
    check_body(proposal);
    require(
        core::count_code_points(proposal.footer) <= longest_footer,
        fmt::format("the footer takes {} characters of {}", core::count_code_points(proposal.footer), longest_footer));
    require(proposal.footer.find("{{") == std::string::npos, "a footer takes no parameters");
    require(proposal.buttons.size() <= most_buttons, fmt::format("there are more than {} buttons", most_buttons));
    for (const auto& button : proposal.buttons) {
      require(core::count_code_points(button) <= longest_button,
              fmt::format("the button \"{}\" takes more than {} characters", button, longest_button));
    }
  }

 private:
  void require(bool kept, std::string sentence) {
    if (!kept) findings_.push_back({Severity::error, file_, 0, 0, std::move(sentence), "Meta would refuse it"});
  }

  void check_body(const WhatsappProposal& proposal) {
    const auto& body = proposal.body;
    require(!body.empty(), "there is no component BODY");
    const auto places = places_in(body);
    std::size_t length = core::count_code_points(body);
    for (const auto& place : places) {
      const auto parameter = std::ranges::find(proposal.parameters, place.name, &WhatsappProposal::Parameter::name);
      require(is_name(place.name, longest_name), fmt::format("\"{}\" is no name of a parameter", place.name));
      const bool has_example = parameter != proposal.parameters.end();
      require(has_example, fmt::format("the parameter {} has no example", place.name));
      if (has_example) length += core::count_code_points(parameter->example);
      length -= place.end - place.begin;
    }
    for (const auto& parameter : proposal.parameters) {
      require(std::ranges::find(places, parameter.name, &Place::name) != places.end(),
              fmt::format("the parameter {} has an example and is nowhere in the body", parameter.name));
      const auto fault = core::fault_of_parameter(parameter.example);
      require(fault.empty(), fmt::format("the example of {} {}", parameter.name, fault));
    }
    require(length <= longest_body, fmt::format("the body takes {} characters of {}", length, longest_body));
    for (std::size_t i = 0; i < places.size(); ++i) {
      const auto before = i == 0 ? 0 : places[i - 1].end;
      const auto words = std::string_view{body}.substr(before, places[i].begin - before);
      const bool apart = std::ranges::any_of(words, is_word);
      require(apart, i == 0 ? fmt::format("the body begins with the parameter {}", places[i].name)
                            : fmt::format("there are no words between {} and {}", places[i - 1].name, places[i].name));
    }
    require(places.empty() || std::ranges::any_of(std::string_view{body}.substr(places.back().end), is_word),
            "the body ends with a parameter");
  }

  const std::string& file_;
  Findings& findings_;
};

}  // namespace

std::string proposal_path(core::Event event, core::Language language) {
  return fmt::format("whatsapp/{}/{}.json", core::to_string(language), lower_case(core::to_string(event)));
}

ParsedProposal parse_proposal(std::string_view text) {
  try {
    return {read(json::parse(text)), {}};
  } catch (const json::exception& error) {
    return {std::nullopt, fmt::format("it is not a template as Meta's API takes it: {}", error.what())};
  }
}

Findings check_proposal(const std::string& file, std::string_view text) {
  Findings findings;
  const auto parsed = parse_proposal(text);
  if (!parsed.proposal) {
    findings.push_back(
        {Severity::error, file, 0, 0, parsed.fault, "egarage-notify --json template proposal EVENT shows one"});
  } else {
    Checker{file, findings}.check(*parsed.proposal);
  }
  return findings;
}

}  // namespace egarage::content
