#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/warning.hpp"
#include "core/company.hpp"
#include "core/event_log.hpp"

namespace egarage::config {

struct StoreSettings {
  std::filesystem::path path;  ///< relative paths count from the configuration file's folder
};

struct DeliverySettings {
  std::size_t concurrency = 8;         ///< connections per account
  std::size_t max_connections = 64;    ///< of all accounts together
  int max_attempts = 26;               ///< about five days with the standard schedule
  std::chrono::seconds deadline{600};  ///< no new message is begun after that
  /// What follows an attempt whose result nobody knows, where the event's route does not say.
  std::map<core::Channel, core::OnUncertain> on_uncertain;  ///< a channel without entry: the product's own choice
};

/// Where accounts over HTTP may connect to beside their providers' own hosts.
struct NetworkSettings {
  std::vector<std::string> allowed_hosts;  ///< lower case
  bool private_addresses = false;          ///< whether they may lie in private networks
};

/// When companies are told that their subscription ends. In days; no days: nobody is told.
struct SubscriptionNotices {
  std::vector<std::chrono::days> before{std::chrono::days{30}, std::chrono::days{7}, std::chrono::days{5},
                                        std::chrono::days{1}, std::chrono::days{0}};  ///< 0: the day itself
  std::vector<std::chrono::days> after{std::chrono::days{1}, std::chrono::days{7}};
  std::chrono::days first_notice_within{30};  ///< after the end; who was never told by then is left alone
};

/// When customers are told of unpaid documents. In days from the due date, negative before it; none: nobody is told.
struct PaymentNotices {
  std::vector<std::chrono::days> steps{std::chrono::days{-3}, std::chrono::days{0}, std::chrono::days{3},
                                       std::chrono::days{10}, std::chrono::days{30}};
};

/// When customers who have not come for long are invited back.
struct InactivityNotices {
  std::chrono::months months{12};
  int max_notices = 2;                        ///< after one visit; 0: nobody is invited
  std::chrono::days first_notice_within{90};  ///< after a period's end; who was not invited by then is left alone
};

/// When customers are told that a service is due, where neither plan nor reminder says it.
struct MaintenanceNotices {
  std::chrono::days days_before{30};
  std::int64_t km_before = 1'000;       ///< by odometer; whichever is earlier
  std::chrono::days overdue_after{14};  ///< a second message; 0: none
  std::chrono::days told_within{30};    ///< what has been late for longer is left alone
};

/// When customers are told of an inspection.
struct InspectionNotices {
  std::vector<std::chrono::days> before{std::chrono::days{7}, std::chrono::days{1}};  ///< an appointment
  std::chrono::minutes hour{9 * 60};  ///< in the morning of that day, by the company's clock
  bool statutory = true;              ///< also of the month by the plate's last digit
  std::chrono::days statutory_days_before{30};
};

/// What makes notifications by itself.
struct ProducerSettings {
  SubscriptionNotices subscriptions;
  PaymentNotices payments;
  InactivityNotices inactive;
  MaintenanceNotices maintenance;
  InspectionNotices inspections;
};

/// The host application's database, from which the directory is kept up to date.
struct HostSettings {
  std::filesystem::path database;  ///< empty: there is none
  std::chrono::days recheck{30};   ///< documents dated within so many days are looked at again
};

/// How long what is finished is kept.
struct RetentionSettings {
  std::chrono::days finished{400};  ///< notifications with their messages and attempts
  std::chrono::days audit{1095};    ///< three years; proof of consent and opt-outs stays for ever
};

/// What `host_id` says of a company that the host does not have.
inline constexpr std::string_view no_host_id = "none";

/// What a [[company]] says of itself beside its values.
struct Declaration {
  std::optional<std::string> host_id;  ///< the host's id of it, `none` for a company that is not the host's
  std::vector<std::string> keys;       ///< as written
};

enum class LogFormat { text, json };
struct LogSettings {
  core::LogLevel level = core::LogLevel::info;
  LogFormat format = LogFormat::text;
  std::filesystem::path file;  ///< empty: stderr
};

struct PlatformSettings {
  std::string name = "E-Garage";
  core::Accounts accounts;
  bool serves_companies = false;
};

/// egarage-notify.toml, read and checked.
struct Configuration {
  std::filesystem::path file;
  StoreSettings store;
  DeliverySettings delivery;
  LogSettings log;
  NetworkSettings network;
  PlatformSettings platform;
  ProducerSettings producers;
  core::ContactLimits limits;  ///< [limits]: for companies that say nothing themselves
  HostSettings host;
  RetentionSettings retention;
  std::filesystem::path outbox;    ///< [channels.file] directory
  std::filesystem::path key_file;  ///< [secrets] key_file: seals passwords in the store
  std::vector<core::Company> companies;
  std::map<std::string, Declaration> declarations;  ///< of `companies`, by slug
  std::vector<Warning> warnings;                    ///< in the order of the file
};

/// Throws core::Error{configuration} for a file that cannot be read, is not TOML, has an unknown key (naming the
/// nearest known one) or a bad value; always with `FILE:LINE:`.
Configuration load(const std::filesystem::path& file);

}  // namespace egarage::config
