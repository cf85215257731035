#include "app/commands/commands.hpp"

#include <array>

namespace egarage::app {

std::span<const CommandRow> all_commands() {
  static constexpr std::array<CommandRow, 22> rows{{
      {"setup", "Install", "Create configuration, key and store, or bring them up to date",
       "  egarage-notify setup\n"
       "  egarage-notify --config /etc/egarage/egarage-notify.toml setup --non-interactive\n",
       register_setup},
      {"enqueue", "Work", "Take events, one JSON object per line, and queue their notifications",
       "  egarage-notify enqueue events.jsonl\n"
       "  some-program | egarage-notify enqueue -\n",
       register_enqueue},
      {"import", "Work", "Take customers, vehicles, documents … from CSV or JSON Lines",
       "  egarage-notify import customers customers.csv --company taller-sur\n"
       "  egarage-notify import documents documents.jsonl --dry-run\n"
       "  some-program | egarage-notify import odometer --company taller-sur\n",
       register_import},
      {"export", "Work", "Write customers, vehicles, documents … as import reads them",
       "  egarage-notify export customers --company taller-sur > customers.csv\n"
       "  egarage-notify export documents --jsonl > documents.jsonl\n",
       register_export},
      {"sync", "Work", "Bring companies, customers, vehicles, documents and reminders in line with the host's database",
       "  egarage-notify sync --dry-run\n"
       "  egarage-notify sync --full\n",
       register_sync},
      {"check-subscriptions", "Work", "Queue notices for companies whose subscription ends soon, or has ended",
       "  egarage-notify check-subscriptions --dry-run\n"
       "  egarage-notify check-subscriptions --dry-run --at 2026-12-01T12:00:00Z --company taller-sur\n",
       register_check_subscriptions},
      {"check-payments", "Work", "Queue notices for customers who have an unpaid document, before it is due and after",
       "  egarage-notify check-payments --dry-run\n"
       "  egarage-notify check-payments --dry-run --at 2026-12-01T12:00:00Z --company taller-sur\n",
       register_check_payments},
      {"check-inactive", "Work", "Queue invitations for customers who have not come for long",
       "  egarage-notify check-inactive --dry-run\n"
       "  egarage-notify check-inactive --dry-run --at 2026-12-01T12:00:00Z --company taller-sur\n",
       register_check_inactive},
      {"schedule-maintenance", "Work", "Plan services by date or odometer; queue reminders of them and of inspections",
       "  egarage-notify schedule-maintenance --dry-run\n"
       "  egarage-notify schedule-maintenance --dry-run --at 2026-12-01T12:00:00Z --company taller-sur\n"
       "  egarage-notify --verbose schedule-maintenance\n",
       register_schedule_maintenance},
      {"process-queue", "Work", "Send what is due, then exit",
       "  egarage-notify process-queue\n"
       "  egarage-notify process-queue --limit 100 --deadline 5m\n",
       register_process_queue},
      {"run", "Work", "Do all that is due, then exit: the line for cron",
       "  egarage-notify run\n"
       "  egarage-notify run --dry-run\n",
       register_run},
      {"inbound", "Work", "Record that a customer wrote on WhatsApp, which opens the window of 24 hours",
       "  egarage-notify inbound +56961234567 --company taller-sur\n"
       "  egarage-notify inbound 961234567 --company taller-sur --at 2026-11-27T14:05:00-03:00\n",
       register_inbound},
      {"receipts", "Work", "Take what providers say of messages: webhook bodies, one JSON object per line",
       "  egarage-notify receipts webhooks.jsonl\n"
       "  some-program | egarage-notify receipts -\n",
       register_receipts},
      {"stats", "Look", "Show what happened lately, what waits and what is wrong",
       "  egarage-notify stats\n"
       "  egarage-notify stats --since 7d --company taller-sur\n"
       "  egarage-notify stats --html /var/www/egarage-notify.html\n",
       register_stats},
      {"explain", "Look", "Tell the story of a notification, or why a vehicle, customer or document got what it got",
       "  egarage-notify explain 12\n"
       "  egarage-notify explain DOCUMENTO_CREADO/doc-1042/email --company taller-sur --verbose\n",
       register_explain},
      {"forecast", "Look", "Say what would go out in the next days, and when; change nothing",
       "  egarage-notify forecast\n"
       "  egarage-notify forecast --days 30 --company taller-sur --csv\n",
       register_forecast},
      {"doctor", "Look", "Check store, schedule and every account, to the login; send nothing, or one test message",
       "  egarage-notify doctor\n"
       "  egarage-notify doctor --company taller-sur --json\n"
       "  egarage-notify doctor --company taller-sur --send-test marta@example.cl\n",
       register_doctor},
      {"requeue", "Repair", "Send again what failed, expired or is held",
       "  egarage-notify requeue --id 12\n"
       "  egarage-notify requeue --failed --company taller-sur --since 24h\n",
       register_requeue},
      {"suppress", "Repair", "Record that an address wants no more messages from a company",
       "  egarage-notify suppress ana@example.cl --company taller-sur\n"
       "  egarage-notify suppress ana@example.cl --company taller-sur --promotional\n",
       register_suppress},
      {"silence", "Repair", "Keep a company, a customer, a vehicle or an event silent until a day",
       "  egarage-notify silence --company taller-sur --customer c-17 --until 2026-12-31 --reason 'travelling'\n"
       "  egarage-notify silence --company taller-sur --event PAGO_PENDIENTE --until 2026-11-30\n"
       "  egarage-notify silence --company taller-sur --customer c-17 --end\n",
       register_silence},
      {"purge", "Repair", "Forget finished notifications, audit and leftovers that are older than they are kept",
       "  egarage-notify purge --dry-run\n"
       "  egarage-notify purge --older-than 120d\n",
       register_purge},
      {"template", "Configure", "Look at message texts, change them, check them, see them before anyone else does",
       "  egarage-notify template list --company taller-sur\n"
       "  egarage-notify template show MANTENIMIENTO_RECORDATORIO > text.md\n"
       "  egarage-notify template set MANTENIMIENTO_RECORDATORIO --company taller-sur text.md\n"
       "  egarage-notify template preview MANTENIMIENTO_RECORDATORIO --company taller-sur --html page.html\n",
       nullptr, template_commands},
  }};
  return rows;
}

}  // namespace egarage::app
