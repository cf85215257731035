#include "store/customers.hpp"

#include "store/upsert.hpp"

namespace egarage::store {
namespace {

std::optional<std::string> written(const ChannelWish& wish) {
  if (!wish) return std::nullopt;
  std::string text;
  for (const auto channel : *wish) {
    if (!text.empty()) text += ',';
    text += core::to_string(channel);
  }
  return text;
}

ChannelWish read_wish(Database& database, const Query& row, int column) {
  const auto text = row.optional_text(column);
  if (!text) return std::nullopt;
  std::vector<core::Channel> channels;
  for (std::string_view rest = *text; !rest.empty();) {
    const auto word = rest.substr(0, rest.find(','));
    const auto channel = core::parse_channel(word);
    if (!channel) throw damaged(database.path(), "a customer's channels cannot be read");
    channels.push_back(*channel);
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return channels;
}

#define EGARAGE_SELECT_CUSTOMER                                                                              \
  "SELECT key, name, surname, language, email, phone, transactional, collection, promotional FROM customer " \
  "WHERE company_id = ?1 AND key "

Customer read(Database& database, const Query& row) {
  Customer customer;
  customer.key = row.text(0);
  customer.name = row.text(1);
  customer.surname = row.text(2);
  if (!row.is_null(3)) customer.language = row.name(3, core::language_names);
  customer.email = row.optional_text(4);
  customer.phone = row.optional_text(5);
  customer.transactional = read_wish(database, row, 6);
  customer.collection = read_wish(database, row, 7);
  customer.promotional = read_wish(database, row, 8);
  return customer;
}

}  // namespace

const ChannelWish& Customer::wish(core::EventClass event_class) const {
  switch (event_class) {
    case core::EventClass::collection:
      return collection;
    case core::EventClass::promotional:
      return promotional;
    case core::EventClass::transactional:
      break;
  }
  return transactional;
}

Upsert Customers::upsert(CompanyId company, const Customer& customer, core::Instant now) {
  std::optional<std::string_view> language;
  if (customer.language) language = core::to_string(*customer.language);
  return store::upsert(
      database_,
      "INSERT INTO customer (company_id, key, name, surname, language, email, phone, transactional, collection,"
      " promotional, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING",
      "UPDATE customer SET name = ?3, surname = ?4, language = ?5, email = ?6, phone = ?7, transactional = ?8,"
      " collection = ?9, promotional = ?10, updated_at = ?11 WHERE company_id = ?1 AND key = ?2"
      " AND (name, surname, language, email, phone, transactional, collection, promotional)"
      " IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      company, customer.key, customer.name, customer.surname, language, customer.email, customer.phone,
      written(customer.transactional), written(customer.collection), written(customer.promotional), now);
}

std::optional<Customer> Customers::find(CompanyId company, std::string_view key) const {
  Query query(database_, EGARAGE_SELECT_CUSTOMER "= ?2", company, key);
  if (!query.next()) return std::nullopt;
  return read(database_, query);
}

bool Customers::exists(CompanyId company, std::string_view key) const {
  return Query(database_, "SELECT 1 FROM customer WHERE company_id = ?1 AND key = ?2", company, key).next();
}

std::vector<Customer> Customers::list(CompanyId company, std::string_view after, std::size_t count) const {
  std::vector<Customer> result;
  Query query(database_, EGARAGE_SELECT_CUSTOMER "> ?2 ORDER BY key LIMIT ?3", company, after,
              static_cast<std::int64_t>(count));
  while (query.next()) result.push_back(read(database_, query));
  return result;
}

#undef EGARAGE_SELECT_CUSTOMER

}  // namespace egarage::store
