#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "template/renderer.hpp"
#include "template/template.hpp"

namespace egarage::tmpl {

/// What stands between `{% block name %}` and its end.
struct Block {
  std::string_view name;
  const std::string* file;  ///< the template that it stands in, for errors
  NodeList nodes;
};
using BlockTable = std::unordered_map<std::string_view, const Block*>;

/// What parsing makes of a template. The nodes point into `text`.
struct Compiled {
  std::string name, text;
  NodeList nodes;
  BlockTable blocks;
  std::vector<Reference> references;
  std::vector<Dependency> dependencies;
};

}  // namespace egarage::tmpl
