#include "exchange/references.hpp"

#include "store/customers.hpp"
#include "store/documents.hpp"
#include "store/vehicles.hpp"

namespace egarage::exchange {
namespace {

void refuse_unknown(const Owner& owner, Fields& fields, std::string_view column, std::string_view what,
                    std::string_view key) {
  fields.refuse(column, fmt::format("is \"{}\", but {} has no such {}", key, owner.company.slug, what));
}

}  // namespace

void require_customer(store::Database& database, const Owner& owner, Fields& fields, std::string_view key) {
  if (fields.refusal() || store::Customers(database).exists(owner.id, key)) return;
  refuse_unknown(owner, fields, "customer", "customer", key);
}

void require_vehicle(store::Database& database, const Owner& owner, Fields& fields, std::string_view key) {
  if (fields.refusal() || store::Vehicles(database).exists(owner.id, key)) return;
  refuse_unknown(owner, fields, "vehicle", "vehicle", key);
}

void require_document(store::Database& database, const Owner& owner, Fields& fields, std::string_view column,
                      std::string_view key) {
  if (fields.refusal() || store::Documents(database).exists(owner.id, key)) return;
  refuse_unknown(owner, fields, column, "document", key);
}

std::string country(Fields& fields) {
  auto code = fields.required_text("country");
  const bool is_code = code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
  if (!is_code) fields.refuse("country", "is no code of two capital letters such as CL");
  return code;
}

}  // namespace egarage::exchange
