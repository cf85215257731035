#include "host/sync.hpp"

#include <SQLiteCpp/Database.h>

#include <fstream>
#include <iterator>

#include "store/store_fixture.hpp"

namespace egarage::host {
namespace {

using store::noon;
using store::scalar;

/// The tables as narrow as they may be, and a workshop with `count` customers who have a vehicle each.
class HostFixture : public store::StoreFixture {
 public:
  HostFixture() : host_file(folder / "host.sqlite3") {
    host_sql(
        "CREATE TABLE auth_user (id INTEGER PRIMARY KEY, username, first_name, last_name, email);"
        "CREATE TABLE taller_empresa (id INTEGER PRIMARY KEY, user_id, nombre_taller, pais);"
        "CREATE TABLE taller_cliente (id INTEGER PRIMARY KEY, empresa_id, nombre, telefono, email);"
        "CREATE TABLE taller_vehiculo (id INTEGER PRIMARY KEY, empresa_id, cliente_id, patente, anio);"
        "CREATE TABLE taller_documento (id INTEGER PRIMARY KEY, empresa_id, cliente_id, vehiculo_id, tipo_documento,"
        " fecha, kilometraje);");
  }

  void host_sql(const std::string& sql) {
    SQLite::Database host(host_file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    host.exec(sql);
  }

  void workshop(int id, const std::string& name, int count) {
    host_sql(fmt::format(
        "INSERT INTO taller_empresa VALUES ({0}, NULL, '{1}', 'CL');"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {2})"
        " INSERT INTO taller_cliente SELECT {0} * 1000 + i, {0}, 'Ana', NULL, 'ana' || i || '@example.cl' FROM n;"
        "INSERT INTO taller_vehiculo SELECT id, {0}, id, 'BBCL' || id, 2019 FROM taller_cliente"
        " WHERE empresa_id = {0};",
        id, name, count));
  }

  SyncReport sync(const SyncOrder& order = {}) {
    Database opened(host_file);
    return host::sync(opened, database, order, noon);
  }

  void execute_in_store(const std::string& sql) {
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE, 30'000).exec(sql);
  }

  std::string in_store(const std::string& sql) { return scalar(file, sql); }

  std::filesystem::path host_file;
};

SyncOrder full() {
  SyncOrder order;
  order.extent = Extent::full;
  return order;
}

std::string bytes(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE_METHOD(HostFixture, "a host with nothing but what is needed comes in, and is not touched") {
  workshop(7, "Taller Este", 3);
  const auto before = bytes(host_file);
  const auto report = sync();
  CHECK(report.companies.created == 1);
  CHECK(report.customers.created == 3);
  CHECK(report.vehicles.created == 3);
  CHECK(report.questions.empty());
  CHECK(bytes(host_file) == before);
  CHECK(in_store("SELECT slug || ' ' || time_zone || ' ' || currency FROM company WHERE slug = 'taller-este'") ==
        "taller-este America/Santiago CLP");
}

TEST_CASE_METHOD(HostFixture, "a name that is taken gets the host's id behind it, one without letters is a number") {
  workshop(7, "Sur", 1);
  workshop(8, "***", 1);
  workshop(9, "SUR!", 1);
  sync();
  CHECK(in_store("SELECT group_concat(slug, ' ') FROM (SELECT slug FROM company JOIN host_company ON id = company_id"
                 " ORDER BY host_id)") == "sur-7 taller-8 sur-9");
  CHECK(in_store("SELECT count(*) FROM customer WHERE company_id = 1") == "0");
}

TEST_CASE_METHOD(HostFixture, "a loss of most rows at once is asked about, and believed in a full sync") {
  workshop(7, "Este", 40);
  sync();
  host_sql("DELETE FROM taller_vehiculo; DELETE FROM taller_cliente WHERE id % 2 = 0");
  const auto report = sync();
  REQUIRE(report.questions.size() == 1);
  CHECK(report.questions[0].sentence == "este: the host lacks 40 of 40 vehicles");
  CHECK(report.customers.gone == 20);  // half is not most
  CHECK(in_store("SELECT count(*) FROM vehicle WHERE sold") == "0");
  CHECK(sync(full()).vehicles.gone == 40);
  CHECK(in_store("SELECT count(*) FROM vehicle WHERE sold") == "40");
  CHECK(sync(full()).vehicles.gone == 0);
}

TEST_CASE_METHOD(HostFixture, "an empty host closes nothing by itself") {
  workshop(7, "Este", 3);
  sync();
  host_sql("DELETE FROM taller_vehiculo; DELETE FROM taller_cliente; DELETE FROM taller_empresa");
  CHECK(sync().questions.size() == 1);
  CHECK(in_store("SELECT count(*) FROM customer WHERE email IS NOT NULL") == "3");
}

TEST_CASE_METHOD(HostFixture, "rows with keys of their own are not the host's to close") {
  workshop(7, "Este", 1);
  sync();
  execute_in_store(
      "INSERT INTO customer (company_id, key, name, surname, email, updated_at)"
      " SELECT company_id, 'C-1', 'Eva', '', 'eva@example.cl', 0 FROM host_company");
  CHECK(sync(full()).customers.gone == 0);
}

TEST_CASE_METHOD(HostFixture, "columns that hold something else are left out, not taken for numbers") {
  workshop(7, "Este", 1);
  host_sql(
      "UPDATE taller_vehiculo SET anio = 'dos mil', patente = NULL;"
      "INSERT INTO taller_documento VALUES (1, 7, 7001, 7001, 'Factura', '2026-11-20', 'muchos'),"
      " (2, 7, 7001, 7001, 'Factura', '2026-11-20', -5), (3, 7, NULL, NULL, 'Factura', '2026-11-20', 5),"
      " (4, 7, 7001, NULL, 'Factura', 'ayer', 5), (5, 7, 7001, NULL, '', '2026-11-20', 5)");
  const auto report = sync();
  CHECK(in_store("SELECT count(*) FROM document WHERE odometer IS NULL") == "2");
  CHECK(report.documents.refused == 3);
  CHECK(report.documents.notes == Notes{{"mileage left out: no odometer shows it", 1},
                                        {"refused: it has no customer", 1},
                                        {"refused: it has no type", 1},
                                        {"refused: its date is none", 1}});
}

TEST_CASE_METHOD(HostFixture, "a link that the configuration contradicts is asked about and kept") {
  workshop(7, "Este", 1);
  sync();
  SyncOrder order;
  order.declared = {{"7", "norte"}};
  const auto report = sync(order);
  REQUIRE(report.questions.size() == 1);
  CHECK(report.questions[0].sentence == "company 7 of the host is \"este\" already and cannot become \"norte\"");
  workshop(8, "Oeste", 1);
  order.declared = {{"8", "este"}};
  REQUIRE(sync(order).questions.size() == 1);
  CHECK(in_store("SELECT count(*) FROM host_company") == "1");
}

TEST_CASE_METHOD(HostFixture, "documents settle once they are older than the days that are looked at again") {
  workshop(7, "Este", 1);
  host_sql(
      "INSERT INTO taller_documento VALUES (1, 7, 7001, 7001, 'Factura', '2026-01-10', 100),"
      " (2, 7, 7001, 7001, 'Factura', '2026-11-01', 200), (3, 7, 7001, 7001, 'Factura', '2026-01-11', 300),"
      " (4, 7, 7001, 7001, 'Factura', '2062-11-01', 400)");
  sync();
  CHECK(in_store("SELECT settled_document FROM host_company") == "1");
  Database opened(host_file);
  const auto later = host::sync(opened, database, {}, noon + std::chrono::days{60});
  CHECK(later.documents.unchanged == 3);
  CHECK(in_store("SELECT settled_document FROM host_company") == "4");
}

TEST_CASE_METHOD(HostFixture, "a locked host is one clear error and leaves the store alone") {
  workshop(7, "Este", 1);
  SQLite::Database writer(host_file.string(), SQLite::OPEN_READWRITE);
  writer.exec("BEGIN EXCLUSIVE");
  const auto error = store::error_of([&] { sync(); });
  CHECK(error.code() == core::ExitCode::store);
  CHECK(std::string(error.what()).find("host.sqlite3: the host application has kept its database locked") !=
        std::string::npos);
  CHECK(in_store("SELECT count(*) FROM host_company") == "0");
}

}  // namespace egarage::host
