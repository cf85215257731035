#include "store/templates.hpp"
#include "store_fixture.hpp"

using namespace egarage;
using namespace egarage::store;

namespace {

/// `at|company|state|reason` of every audited change of a template.
std::string audited(const StoreFixture& store) {
  return scalar(
      store.file,
      "SELECT coalesce(group_concat(at || '|' || coalesce(company_id, '-') || '|' || to_state || '|' || reason,"
      " ' ; '), '') FROM (SELECT * FROM audit WHERE about = 'template' ORDER BY id)");
}

constexpr std::chrono::hours hour{1};

}  // namespace

TEST_CASE("a company's text, the platform's and another company's of the same name do not meet") {
  StoreFixture store;
  Templates templates(store.database);
  CHECK(templates.put(store.sur, "firma.es", "Sur", noon) == Upsert::created);
  CHECK(templates.put(std::nullopt, "firma.es", "Todos", noon) == Upsert::created);
  CHECK(templates.put(store.norte, "firma.es", "Norte", noon) == Upsert::created);
  CHECK(templates.find(store.sur, "firma.es")->text == "Sur");
  CHECK(templates.find(std::nullopt, "firma.es")->text == "Todos");
  CHECK(templates.remove(store.sur, "firma.es", noon));
  CHECK_FALSE(templates.find(store.sur, "firma.es"));
  CHECK(templates.of(store.norte).size() == 1);
  CHECK(templates.of(std::nullopt).size() == 1);
}

TEST_CASE("every change of a text is audited with its instant, and what changes nothing is not") {
  StoreFixture store;
  Templates templates(store.database);
  templates.put(store.sur, "pago_pendiente.es", "uno", noon);
  CHECK(templates.put(store.sur, "pago_pendiente.es", "uno", noon + hour) == Upsert::unchanged);
  CHECK(templates.put(store.sur, "pago_pendiente.es", "ñandú", noon + 2 * hour) == Upsert::changed);
  CHECK(templates.remove(store.sur, "pago_pendiente.es", noon + 3 * hour));
  CHECK_FALSE(templates.remove(store.sur, "pago_pendiente.es", noon + 4 * hour));
  templates.put(std::nullopt, "layout.html", "x", noon);
  CHECK(audited(store) ==
        "1795435200|1|created|pago_pendiente.es (3 octets) ; "
        "1795442400|1|changed|pago_pendiente.es (3 octets before, 7 now) ; "
        "1795446000|1|removed|pago_pendiente.es ; 1795435200|-|created|layout.html (1 octets)");
}

TEST_CASE("names that could be paths, and empty texts, are refused by the schema itself") {
  StoreFixture store;
  Templates templates(store.database);
  for (const char* name : {"../x", "a/b", "A.es", "", "ñ.es", "a b"}) {
    CAPTURE(name);
    CHECK(error_of([&] { templates.put(store.sur, name, "text", noon); }).code() == core::ExitCode::internal);
  }
  CHECK(error_of([&] { templates.put(store.sur, "a.es", "", noon); }).code() == core::ExitCode::internal);
}
