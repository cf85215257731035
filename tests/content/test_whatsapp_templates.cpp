// The proposals for Meta's approval: templates/whatsapp/<language>/<event>.json, and what their parameters are made of.
#include <regex>
#include <set>

#include "content/embedded_files.hpp"
#include "content/shelf.hpp"
#include "content/variables.hpp"
#include "sample_company.hpp"
#include "support/catch.hpp"

using namespace egarage;
using core::Language;
using nlohmann::json;

namespace {

std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) length += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return length;
}

json load(Language language, std::string_view name) {
  const auto path = "whatsapp/" + std::string{core::to_string(language)} + "/" + std::string{name} + ".json";
  INFO(path);
  const auto text = content::embedded_text(path);
  REQUIRE(text);
  return json::parse(*text);
}

json component(const json& proposal, std::string_view type) {
  for (const auto& part : proposal.at("components")) {
    if (part.at("type") == type) return part;
  }
  return nullptr;
}

const std::regex parameter{R"(\{\{([a-z_]+)\}\})"};

std::vector<std::string> parameters_of(const std::string& body) {
  std::vector<std::string> names;
  for (std::sregex_iterator found{body.begin(), body.end(), parameter}, end; found != end; ++found) {
    names.push_back((*found)[1]);
  }
  return names;
}

/// The product's parts, for expressions that include one.
class Parts : public tmpl::Loader {
 public:
  explicit Parts(Language language) : language_(language) {}
  const tmpl::Template* find(std::string_view name) const override {
    const auto* part = shelf_->find({std::string{name}, std::nullopt, language_});
    return part ? &part->body() : nullptr;
  }

 private:
  Language language_;
  std::shared_ptr<const content::Shelf> shelf_ = content::Shelf::of_product();
};

}  // namespace

TEST_CASE("each proposal is what Meta's manager takes") {
  for (const auto language : {Language::es, Language::en}) {
    for (const auto& event : core::all_events) {
      const auto name = content::lower_case(event.code);
      INFO(core::to_string(language) << "/" << name);
      const auto proposal = load(language, name);
      CHECK(proposal.at("name") == "egarage_" + name + "_v1");
      CHECK(proposal.at("language") == (language == Language::es ? "es" : "en_US"));
      CHECK(proposal.at("parameter_format") == "NAMED");
      const bool promotional = event.event_class == core::EventClass::promotional;
      CHECK(proposal.at("category") == (promotional ? "MARKETING" : "UTILITY"));
      const auto footer = component(proposal, "FOOTER");
      CHECK(footer.is_null() != promotional);
      if (promotional) {
        CHECK(length_of(footer.at("text").get<std::string>()) <= 60);
        CHECK(parameters_of(footer.at("text")).empty());
        const auto button = component(proposal, "BUTTONS").at("buttons").at(0);
        CHECK(button.at("type") == "QUICK_REPLY");
        CHECK(length_of(button.at("text").get<std::string>()) <= 25);
      }
    }
  }
}

TEST_CASE("the body of a proposal keeps Meta's rules, and every parameter has an example and an expression") {
  for (const auto language : {Language::es, Language::en}) {
    const auto expressions = load(language, "parameters");
    std::set<std::string> used;
    for (const auto& event : core::all_events) {
      const auto body = component(load(language, content::lower_case(event.code)), "BODY");
      const auto text = body.at("text").get<std::string>();
      INFO(text);
      const auto names = parameters_of(text);
      std::vector<std::string> with_example;
      auto example = text;
      for (const auto& row : body.at("example").at("body_text_named_params")) {
        with_example.push_back(row.at("param_name"));
        const auto value = row.at("example").get<std::string>();
        CHECK_FALSE(value.empty());
        CHECK(value.find('\n') == std::string::npos);
        example = std::regex_replace(example, std::regex{"\\{\\{" + with_example.back() + "\\}\\}"}, value);
      }
      CHECK(std::set(names.begin(), names.end()) == std::set(with_example.begin(), with_example.end()));
      CHECK(length_of(example) <= 1024);
      CHECK(example.find("{{") == std::string::npos);
      CHECK_FALSE(text.starts_with("{{"));
      CHECK_FALSE(text.ends_with("}}"));
      CHECK(text.find("\n\n\n") == std::string::npos);
      // Between two parameters there must be words, and many more words than parameters in all.
      CHECK_FALSE(std::regex_search(text, std::regex{R"(\}\}[^[:alnum:]]*\{\{)"}));
      CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) >= 3 * names.size());
      for (const auto& name : names) {
        INFO(name);
        CHECK(expressions.contains(name));
        used.insert(name);
      }
    }
    for (const auto& [name, expression] : expressions.items()) {
      INFO(name);
      CHECK(used.contains(name));
    }
  }
}

TEST_CASE("a parameter is never empty, whatever is missing, and fits one line") {
  for (const auto language : {Language::es, Language::en}) {
    const Parts parts{language};
    const auto expressions = load(language, "parameters");
    auto company = test::chilean_company();
    for (const auto phone : {"+56 2 2555 0101", ""}) {
      company.phone = phone;
      for (const auto& event : core::all_events) {
        for (const auto detail : {content::Detail::full, content::Detail::combined, content::Detail::minimal}) {
          const auto objects = content::sample_objects(event.event, content::Place::chile, detail);
          const auto context = test::context_for(company, event.event, objects);
          tmpl::RenderOptions options;
          options.language = language;
          options.loader = &parts;
          for (const auto& [name, expression] : expressions.items()) {
            INFO(core::to_string(language) << " " << name << " of " << event.code);
            const auto value = tmpl::Template::parse(name, expression.get<std::string>()).render(context, options);
            CHECK_FALSE(value.empty());
            CHECK(length_of(value) <= 120);
            for (const auto* bad : {"\n", "  ", "{{", "{%"}) CHECK(value.find(bad) == std::string::npos);
          }
        }
      }
    }
  }
}
