#pragma once

#include <optional>
#include <string>
#include <vector>

#include "producers/customer_event.hpp"
#include "report/subject_story.hpp"

namespace egarage::report {

/// How messages of each event would reach a customer now, a line an event; what they meet is added to `obstacles` of
/// the story, once each. By the rules that producers go by.
SubjectStory::Section reach_section(store::Database& database, const store::StoredCompany& company,
                                    const store::Customer& customer, const store::Vehicle* vehicle,
                                    const Telling& telling, std::vector<std::string>& obstacles);

}  // namespace egarage::report
