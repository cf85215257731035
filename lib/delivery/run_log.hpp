#pragma once

#include <string_view>

#include "core/event_log.hpp"
#include "delivery/process_queue.hpp"
#include "delivery/settlement.hpp"
#include "store/template_blocks.hpp"

namespace egarage::delivery {

/// The words of a run's log: one function a fact, so that names and fields live in one file (docs/operating.md lists
/// them). Addresses are masked except at level debug.
class RunLog {
 public:
  explicit RunLog(core::EventLog& log) : log_(log) {}

  void run_started(store::RunId run, std::size_t due);
  void recovered(const store::Recovered& recovered);
  /// If the run is lost, everything that it has marked will be uncertain.
  void no_wire_log(std::string_view reason);
  void settled(std::string_view company, const Flight& flight, const store::Settlement& settlement);
  void turned_away(std::string_view company, const store::PutBack& put_back);
  void lane_closed(std::string_view company, std::size_t postponed, core::Instant until);
  void lane_expired(std::string_view company, std::size_t expired);
  void address_suppressed(std::string_view company, const Flight& flight);
  void template_refused(std::string_view account, const store::TemplateBlock& block);
  void template_ok(std::string_view account, const store::TemplateName& name);
  /// The provider was asked for an earlier attempt. More than one match may be a copy that somebody got.
  void looked_for(std::string_view company, const store::Look& look, std::size_t matches);
  /// The product's e-mail layout is used instead.
  void layout_unusable(std::string_view whose, std::string_view reason);
  void company_unusable(std::string_view company, std::string_view reason);
  void account_trouble(std::string_view account, const store::AccountHealth& health);
  void account_recovered(std::string_view account);
  void account_skipped(std::string_view account, const store::AccountHealth& health);
  void pipelining_failed(std::string_view account);
  void run_finished(store::RunId run, const RunSummary& summary);

 private:
  core::EventLog& log_;
};

}  // namespace egarage::delivery
