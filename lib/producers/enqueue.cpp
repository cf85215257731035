#include "producers/enqueue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "content/context.hpp"
#include "content/whatsapp_message.hpp"
#include "content/whatsapp_payload.hpp"
#include "core/error.hpp"
#include "core/nearest_name.hpp"
#include "core/utf8.hpp"
#include "producers/addressing.hpp"
#include "producers/line_reader.hpp"
#include "producers/tenants.hpp"
#include "store/queue.hpp"

namespace egarage::producers {
namespace {

/// A commit costs several disk flushes, so many lines share one; the other bound is for memory.
constexpr std::size_t lines_per_commit = 2000, octets_per_commit = 16 * 1024 * 1024;

/// Lines that were read and rendered, and are not in the store yet.
struct Batch {
  EnqueueReport report;
  std::vector<std::vector<store::NewNotification>> chains;  ///< of one notification where the order is `all`
  std::size_t octets = 0;                                   ///< of the texts

  bool is_full() const { return report.lines >= lines_per_commit || octets >= octets_per_commit; }
};

void add(EnqueueReport& sum, const EnqueueReport& part) {
  sum.lines += part.lines;
  sum.created += part.created;
  sum.duplicates += part.duplicates;
  sum.refused += part.refused;
  for (const auto& [reason, count] : part.skipped) sum.skipped[reason] += count;
}

std::string_view no_account(core::Channel channel) {
  switch (channel) {
    case core::Channel::whatsapp:
      return "no whatsapp account";
    case core::Channel::sms:
      return "no sms account";
    case core::Channel::email:
      break;
  }
  return "no e-mail account";
}

core::Route route_of(const EventLine& event, const core::Company& company) {
  auto route = company.route(event.event);
  if (!event.channels.empty()) route.channels = event.channels;
  return route;
}

/// What stands behind the `@` of the message's id. Only e-mail shows it; elsewhere the id is ours alone.
std::string_view id_domain(const Sender& sender, core::Channel channel) {
  return channel == core::Channel::email ? sender.accounts.email->from.address.domain() : core::to_string(channel);
}

/// Notices to the administrator know whom to write to even when the event does not say.
void complete_administrator(EventLine& event, const core::Administrator& admin) {
  auto& recipient = event.recipient;
  auto& object = event.objects["recipient"];
  if (recipient.name.empty()) {
    recipient.name = core::one_line(admin.name);
    object["nombre"] = recipient.name;
  }
  if (!recipient.email) {
    recipient.email = core::EmailAddress::parse(admin.email);
    if (recipient.email) object["email"] = recipient.email->str();
  }
}

std::string unknown_company(const std::string& slug, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names{known.begin(), known.end()};
  const auto nearest = core::nearest_name(slug, names);
  return fmt::format("\"company\" is \"{}\", which is no known company{}", core::one_line(core::cut_utf8(slug, 64)),
                     nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "");
}

std::string in_up_to(std::size_t line) {
  return line == 0 ? std::string{"nothing of the input is in"} : fmt::format("the input is in up to line {}", line);
}

}  // namespace

std::size_t EnqueueReport::skipped_in_all() const {
  return std::accumulate(skipped.begin(), skipped.end(), std::size_t{0},
                         [](std::size_t sum, const auto& row) { return sum + row.second; });
}

struct Enqueuer::Implementation {
  explicit Implementation(store::Database& opened) : database(opened), queue(opened) {}

  store::Database& database;
  store::Queue queue;

  store::NewNotification make(const EventLine& event, const Tenant& tenant, const Sender& sender, core::Channel channel,
                              std::string address, const nlohmann::json& context, core::Instant now) const;
  /// Renders the event for each of its channels into the batch. Why the line is bad, if it is.
  std::optional<LineError> prepare(EventLine event, Tenants& tenants, core::Instant now, Batch& batch) const;
  std::optional<LineError> prepare_line(const LineReader::Line& line, Tenants& tenants, core::Instant now,
                                        Batch& batch) const;
  void commit(Batch& batch, core::Instant now);
};

store::NewNotification Enqueuer::Implementation::make(const EventLine& event, const Tenant& tenant,
                                                      const Sender& sender, core::Channel channel, std::string address,
                                                      const nlohmann::json& context, core::Instant now) const {
  const auto& company = tenant.company;
  const auto languages = content::languages_for(event.recipient.language, company);
  content::Locality locality{company.currency, tenant.zone, now};
  if (channel == core::Channel::sms) locality.sms_alphabet = sender.accounts.sms->alphabet;
  auto message = tenant.texts->render(event.event, channel, languages, context, locality);
  store::NewNotification notification;
  notification.company = tenant.id;
  notification.event = event.event;
  notification.channel = channel;
  notification.sent_by = sender.sent_by;
  notification.dedup_key = fmt::format("{}/{}/{}", core::to_string(event.event), event.key, core::to_string(channel));
  notification.language = message.language;
  notification.recipient_name = event.recipient.name;
  notification.recipient = std::move(address);
  notification.subject = std::move(message.subject);
  notification.body = std::move(message.body);
  if (channel == core::Channel::whatsapp) {
    notification.payload = content::to_payload(content::make_whatsapp_message(
        *tenant.texts, *sender.accounts.whatsapp, event.event, languages, context, locality));
  }
  notification.message_id_domain = id_domain(sender, channel);
  notification.due_at = std::max(now, event.not_before.value_or(now));
  notification.not_after = event.not_after;
  return notification;
}

std::optional<LineError> Enqueuer::Implementation::prepare(EventLine event, Tenants& tenants, core::Instant now,
                                                           Batch& batch) const {
  const auto* tenant = tenants.find(event.company);
  if (!tenant) return LineError{unknown_company(event.company, tenants.slugs())};
  const auto& company = tenant->company;
  const auto audience = core::traits(event.event).audience;
  if (audience == core::Audience::company_admin) complete_administrator(event, company.admin);

  std::vector<store::NewNotification> made;
  std::vector<std::string> skipped;
  std::optional<nlohmann::json> context;
  const auto route = route_of(event, company);
  Addresses addresses{event.recipient, company.country};
  for (const auto channel : route.channels) {
    const auto sender = tenants.sender(*tenant, audience, channel);
    auto address = addresses.on(channel);
    if (event.not_after && *event.not_after < now) {
      skipped.emplace_back("already over");
    } else if (!sender) {
      skipped.emplace_back(no_account(channel));
    } else if (auto* unreachable = std::get_if<Unreachable>(&address)) {
      skipped.push_back(std::move(unreachable->reason));
    } else {
      if (!context) {
        context =
            content::make_context(std::move(event.objects), company, tenants.platform(), audience, tenant->zone, now);
      }
      try {
        made.push_back(
            make(event, *tenant, *sender, channel, std::get<std::string>(std::move(address)), *context, now));
      } catch (const core::Error& error) {
        if (error.code() != core::ExitCode::configuration) throw;
        return LineError{fmt::format("cannot be rendered: {}", error.what())};
      }
    }
  }
  for (const auto& notification : made) batch.octets += notification.body.size() + notification.payload.size();
  if (route.order == core::ChannelOrder::first) {
    if (!made.empty()) batch.chains.push_back(std::move(made));
  } else {
    for (auto& notification : made) batch.chains.emplace_back().push_back(std::move(notification));
  }
  for (const auto& reason : skipped) ++batch.report.skipped[reason];
  return std::nullopt;
}

std::optional<LineError> Enqueuer::Implementation::prepare_line(const LineReader::Line& line, Tenants& tenants,
                                                                core::Instant now, Batch& batch) const {
  if (line.too_long) return LineError{"is longer than 1 MiB"};
  auto event = parse_event_line(line.text);
  if (auto* error = std::get_if<LineError>(&event)) return std::move(*error);
  return prepare(std::move(std::get<EventLine>(event)), tenants, now, batch);
}

void Enqueuer::Implementation::commit(Batch& batch, core::Instant now) {
  if (batch.chains.empty()) return;
  database.transaction([&] {
    for (const auto& chain : batch.chains) {
      const auto result = queue.enqueue(chain, now);
      (result == store::Enqueued::created ? batch.report.created : batch.report.duplicates) += chain.size();
    }
  });
}

Enqueuer::Enqueuer(store::Database& database) : implementation_(std::make_unique<Implementation>(database)) {}
Enqueuer::~Enqueuer() = default;

EnqueueReport Enqueuer::run(std::istream& lines, core::Instant now,
                            const std::function<void(const RefusedLine&)>& refused,
                            const std::function<void(const EnqueueReport&)>& progress) {
  EnqueueReport sum;
  Tenants tenants{implementation_->database};
  LineReader reader{lines, longest_line};
  std::size_t last_line_in = 0;
  bool more = true;
  while (more) {
    Batch batch;
    std::size_t last_line_read = last_line_in;
    while (!batch.is_full()) {
      const auto line = reader.next();
      more = line.has_value();
      if (!more) break;
      last_line_read = line->number;
      if (!line->too_long && line->text.find_first_not_of(" \t") == std::string_view::npos) continue;
      ++batch.report.lines;
      if (const auto error = implementation_->prepare_line(*line, tenants, now, batch)) {
        ++batch.report.refused;
        refused({line->number, error->sentence});
      }
    }
    try {
      implementation_->commit(batch, now);
    } catch (const core::Error& error) {
      throw core::Error(error.code(), fmt::format("{}; {}", error.what(), in_up_to(last_line_in)), error.hint());
    }
    last_line_in = last_line_read;
    add(sum, batch.report);
    if (progress) progress(sum);
  }
  if (lines.bad()) {
    throw core::Error(core::ExitCode::usage,
                      fmt::format("the input cannot be read to its end; {}", in_up_to(last_line_in)),
                      "run the command again with the whole input: what is in already stays single");
  }
  return sum;
}

}  // namespace egarage::producers
