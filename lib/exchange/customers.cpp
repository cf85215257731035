#include "store/customers.hpp"

#include <array>

#include "core/phone_number.hpp"
#include "exchange/cells.hpp"
#include "exchange/kind.hpp"
#include "exchange/portions.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 10> columns{{{"company"},
                                          Column::key("key"),
                                          {"name"},
                                          {"surname"},
                                          {"language"},
                                          {"email"},
                                          {"phone"},
                                          Column::list("transactional"),
                                          Column::list("collection"),
                                          Column::list("promotional")}};
std::optional<std::string> phone(Fields& fields, std::string_view country, std::optional<std::string> kept) {
  if (!fields.says("phone")) return kept;
  const auto written = fields.text("phone");
  if (written.empty()) return std::nullopt;
  const auto number = core::PhoneNumber::parse(written, country);
  if (!number) {
    fields.refuse("phone", core::PhoneNumber::explain_refusal(written, country));
    return std::nullopt;
  }
  return number->str();
}

std::string cell_of(const store::ChannelWish& wish) {
  if (!wish) return "";
  return list_cell(core::channel_names, *wish);
}

std::optional<store::Upsert> put(store::Database& database, const Owner& owner, Fields& fields, core::Instant now) {
  store::Customers customers(database);
  const auto key = fields.key("key");
  auto stored = customers.find(owner.id, key).value_or(store::Customer{});
  store::Customer customer;
  customer.key = key;
  customer.name = fields.required_text("name", stored.name);
  customer.surname = fields.text("surname", stored.surname);
  customer.language = fields.optional_word("language", core::language_names, stored.language);
  customer.email = fields.optional_email("email", stored.email);
  customer.phone = phone(fields, owner.company.country, stored.phone);
  customer.transactional = fields.optional_list("transactional", core::channel_names, stored.transactional);
  customer.collection = fields.optional_list("collection", core::channel_names, stored.collection);
  customer.promotional = fields.optional_list("promotional", core::channel_names, stored.promotional);
  if (fields.refusal()) return std::nullopt;
  return customers.upsert(owner.id, customer, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  each_row(store::Customers(database), owner.id, [&](const auto& row) {
    sink({row.key, row.name, row.surname, row.language ? std::string(core::to_string(*row.language)) : "",
          cell(row.email), cell(row.phone), cell_of(row.transactional), cell_of(row.collection),
          cell_of(row.promotional)});
  });
}

}  // namespace

Kind customers() { return {"customers", columns, put, write}; }

}  // namespace egarage::exchange
