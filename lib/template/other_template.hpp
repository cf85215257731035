#pragma once

#include <string_view>

#include "template/expression.hpp"
#include "template/template.hpp"

namespace egarage::tmpl {

/// The template that an expression of `include` or `extends` names. Fails at `position` when there is none.
const Template& other_template(Renderer& renderer, std::string_view tag, const FilterExpression& key,
                               Position position);

}  // namespace egarage::tmpl
