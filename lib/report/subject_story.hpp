#pragma once

#include <string>
#include <vector>

#include "core/instant.hpp"
#include "producers/maintenance/reminder_steps.hpp"
#include "report/explain.hpp"
#include "store/customers.hpp"
#include "store/database.hpp"
#include "store/directory.hpp"
#include "store/documents.hpp"
#include "store/vehicles.hpp"

namespace egarage::report {

/// Everything that decides whether messages about something are made and sent.
struct SubjectStory {
  std::string title;
  std::vector<std::string> obstacles;  ///< what keeps messages back, in a few words each; empty: nothing does
  struct Section {
    std::string heading;
    std::vector<std::string> lines;
  };
  std::vector<Section> sections;
};

/// How a story is told: as of when, and how openly.
struct Telling {
  core::Instant now;
  producers::maintenance::ReminderRules rules;  ///< that maintenance is planned by
  Privacy privacy = Privacy::masked;
};

/// Why a vehicle of the directory got what it got, and nothing else: its owner and how to reach them, silences, what is
/// planned for it, the messages about it. Asks the rules that producers go by. Reads only.
SubjectStory story_of_vehicle(store::Database& database, const store::StoredCompany& company,
                              const store::Vehicle& vehicle, const Telling& telling);
/// The same for a customer, with all vehicles and what is unpaid.
SubjectStory story_of_customer(store::Database& database, const store::StoredCompany& company,
                               const store::Customer& customer, const Telling& telling);
/// The same for a document.
SubjectStory story_of_document(store::Database& database, const store::StoredCompany& company,
                               const store::Document& document, const Telling& telling);

std::string to_text(const SubjectStory& story);
std::string to_json(const SubjectStory& story);

}  // namespace egarage::report
