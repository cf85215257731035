#include "store/customers.hpp"

#include <array>

#include "core/email_address.hpp"
#include "core/phone_number.hpp"
#include "exchange/cells.hpp"
#include "exchange/kind.hpp"

namespace egarage::exchange {
namespace {

constexpr std::array<Column, 10> columns{{{"company"},
                                          {"key", Column::Presence::always},
                                          {"name"},
                                          {"surname"},
                                          {"language"},
                                          {"email"},
                                          {"phone"},
                                          {"transactional"},
                                          {"collection"},
                                          {"promotional"}}};
constexpr std::string_view no_channel = "none";

std::optional<std::string> email(Fields& fields, std::optional<std::string> kept) {
  if (!fields.says("email")) return kept;
  const auto written = fields.text("email");
  if (written.empty()) return std::nullopt;
  const auto address = core::EmailAddress::parse(written);
  if (!address) {
    fields.refuse("email", core::EmailAddress::explain_refusal(written));
    return std::nullopt;
  }
  return address->str();
}

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

store::ChannelWish wish(Fields& fields, std::string_view column, store::ChannelWish kept) {
  if (!fields.says(column)) return kept;
  const auto written = fields.text(column);
  if (written.empty()) return std::nullopt;
  if (written == no_channel) return std::vector<core::Channel>{};
  return fields.words(column, core::channel_names);
}

std::string cell_of(const store::ChannelWish& wish) {
  if (!wish) return "";
  return wish->empty() ? std::string(no_channel) : words_cell(core::channel_names, *wish);
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
  customer.email = email(fields, stored.email);
  customer.phone = phone(fields, owner.company.country, stored.phone);
  customer.transactional = wish(fields, "transactional", stored.transactional);
  customer.collection = wish(fields, "collection", stored.collection);
  customer.promotional = wish(fields, "promotional", stored.promotional);
  if (fields.refusal()) return std::nullopt;
  return customers.upsert(owner.id, customer, now);
}

void write(store::Database& database, const Owner& owner, const RowSink& sink) {
  const store::Customers customers(database);
  std::string after;
  for (;;) {
    const auto rows = customers.list(owner.id, after, portion);
    for (const auto& row : rows) {
      sink({row.key, row.name, row.surname, row.language ? std::string(core::to_string(*row.language)) : "",
            cell(row.email), cell(row.phone), cell_of(row.transactional), cell_of(row.collection),
            cell_of(row.promotional)});
    }
    if (rows.size() < portion) return;
    after = rows.back().key;
  }
}

}  // namespace

Kind customers() { return {"customers", columns, put, write}; }

}  // namespace egarage::exchange
