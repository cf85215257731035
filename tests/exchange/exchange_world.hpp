#pragma once

#include <sstream>
#include <string>

#include "exchange/export.hpp"
#include "exchange/import.hpp"
#include "store/store_fixture.hpp"

namespace egarage::exchange {

/// What an import did, and the refused rows as `2: has no "key"`, a line each.
struct Imported {
  ImportReport report;
  std::string refusals;
};

/// A store with the companies `norte` and `sur`, and short calls of import and export.
class ExchangeWorld : public store::StoreFixture {
 public:
  Imported import(const char* kind, const std::string& text, const std::string& company_slug = "sur",
                  core::DryRun dry_run = core::DryRun::no) {
    Imported result;
    std::istringstream input(text);
    result.report = exchange::import(
        database, input, {*find_kind(kind), company_slug, dry_run}, store::noon,
        [&](const RefusedRow& row) { result.refusals += fmt::format("{}: {}\n", row.line, row.sentence); });
    return result;
  }

  /// Imports what must go in as it is.
  void fill(const char* kind, const std::string& text) {
    const auto done = import(kind, text);
    INFO(kind << ": " << done.refusals);
    REQUIRE(done.report.refused == 0);
    REQUIRE(done.report.rows > 0);
  }

  /// Customers, vehicles and a document that others refer to.
  void furnish() {
    fill("customers", "key,name\nana,Ana\nluis,Luis\n");
    fill("vehicles", "key,customer,plate\nyaris,ana,BBCL45\nhilux,luis,AB1234\n");
    fill("documents", "key,customer,vehicle,type,date\ndoc-1,ana,yaris,Factura,2026-05-01\n");
  }

  std::string exported(const char* kind, Format format = Format::csv) {
    std::vector<Owner> owners;
    for (auto& stored : store::Directory(database).companies()) owners.push_back({stored.id, stored.company});
    std::ostringstream output;
    export_rows(database, *find_kind(kind), owners, format, output);
    return output.str();
  }
};

}  // namespace egarage::exchange
