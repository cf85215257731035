#include "app/commands/template/commands.hpp"

#include <array>

namespace egarage::app {

std::span<const CommandRow> template_commands() {
  static constexpr std::array<CommandRow, 11> rows{{
      {"list", "Look", "List all texts, and whose is in force",
       "  egarage-notify template list\n"
       "  egarage-notify template list --company taller-sur\n",
       register_template_list},
      {"show", "Look", "Print the text in force",
       "  egarage-notify template show PAGO_PENDIENTE\n"
       "  egarage-notify template show PAGO_PENDIENTE --channel sms --lang en --company taller-sur > text.md\n"
       "  egarage-notify template show firma\n",
       register_template_show},
      {"variables", "Look", "List what texts may say: every variable with an example",
       "  egarage-notify template variables\n"
       "  egarage-notify template variables PAGO_PENDIENTE\n",
       register_template_variables},
      {"preview", "Look", "Show a message as its reader gets it, with sample data",
       "  egarage-notify template preview PAGO_PENDIENTE --company taller-sur --open\n"
       "  egarage-notify template preview PAGO_PENDIENTE --channel sms --lang en\n"
       "  egarage-notify template preview PAGO_PENDIENTE --html page.html --sample minimal\n",
       register_template_preview},
      {"proposal", "Look", "Show the WhatsApp template to propose to Meta for approval",
       "  egarage-notify template proposal PAGO_PENDIENTE --lang es\n"
       "  egarage-notify --json template proposal PAGO_PENDIENTE > message_template.json\n",
       register_template_proposal},
      {"lint", "Look", "Check a file, or all texts of a company or of the platform",
       "  egarage-notify template lint pago_pendiente.sms.es.md\n"
       "  egarage-notify template lint text.md --as pago_pendiente.es --company taller-sur\n"
       "  egarage-notify template lint --company taller-sur\n",
       register_template_lint},
      {"set", "Change", "Put a text in the place of the product's, for one company or for all",
       "  egarage-notify template set PAGO_PENDIENTE --company taller-sur text.md\n"
       "  egarage-notify template set PAGO_PENDIENTE --channel sms --lang es text.md\n"
       "  egarage-notify template set firma --company taller-sur firma.md\n",
       register_template_set},
      {"reset", "Change", "Take a text back: the one it stood before is in force again",
       "  egarage-notify template reset PAGO_PENDIENTE --company taller-sur\n", register_template_reset},
      {"export", "Change", "Write the texts in force to a folder, to be edited there",
       "  egarage-notify template export texts --company taller-sur\n"
       "  egarage-notify template export texts --own\n",
       register_template_export},
      {"import", "Change", "Take over the texts of such a folder: all of them, or none if one is wrong",
       "  egarage-notify template import texts --company taller-sur\n", register_template_import},
      {"render", "Try", "Render any template file with any data, as Django would",
       "  egarage-notify template render text.html --context '{\"name\": \"Ana\"}'\n"
       "  egarage-notify template render page.html --context data.json --templates parts --escape html\n",
       register_template_render},
  }};
  return rows;
}

}  // namespace egarage::app
