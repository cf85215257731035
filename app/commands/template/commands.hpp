#pragma once

#include "app/commands/commands.hpp"

namespace egarage::app {

Registration register_template_list;       // list.cpp
Registration register_template_show;       // show.cpp
Registration register_template_variables;  // variables.cpp
Registration register_template_preview;    // preview.cpp
Registration register_template_proposal;   // proposal.cpp
Registration register_template_lint;       // lint.cpp
Registration register_template_set;        // set.cpp
Registration register_template_reset;      // reset.cpp
Registration register_template_export;     // export.cpp
Registration register_template_import;     // import.cpp
Registration register_template_render;     // render.cpp

}  // namespace egarage::app
