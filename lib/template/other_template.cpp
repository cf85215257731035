#include "template/other_template.hpp"

#include <fmt/format.h>

#include "template/renderer.hpp"

namespace egarage::tmpl {

const Template& other_template(Renderer& renderer, std::string_view tag, const FilterExpression& key,
                               Position position) {
  const Value name = key.resolve_or_none(renderer);
  renderer.at(position);
  if (!name.is_text() || name.text().empty()) {
    renderer.fail(fmt::format("what '{}' is given is not the name of a template", tag),
                  "write the name in quotes, or a variable that holds it");
  }
  const Loader* loader = renderer.options().loader;
  if (loader == nullptr) {
    renderer.fail(fmt::format("there is no template '{}' here", name.text()),
                  "this template is rendered alone, without others that it could use");
  }
  const Template* found = loader->find(name.text());
  if (found == nullptr) {
    renderer.fail(fmt::format("there is no template '{}'", name.text()),
                  "a template's name is its key, not the path of a file");
  }
  return *found;
}

}  // namespace egarage::tmpl
