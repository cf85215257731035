#include "core/distance_unit.hpp"
#include "core/email_address.hpp"
#include "core/phone_number.hpp"
#include "host/mapping.hpp"

namespace egarage::host {
namespace {

/// Whether the text says that E.164 number in nothing but its own digits: then it need not be parsed, which for all
/// customers takes longer than everything else together.
bool says(std::string_view written, std::string_view number, std::string_view country) {
  std::string digits;
  for (const char c : written) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && (c != '+' || !digits.empty())) {
      return false;
    }
  }
  number.remove_prefix(1);
  if (written.find('+') != std::string_view::npos) return digits == number;
  const std::string_view code = country == "CL" ? "56" : country == "US" ? "1" : "";
  constexpr std::size_t shortest_whole_number = 9;  // what is shorter may stand for something else
  return !code.empty() && digits.size() >= shortest_whole_number && number.starts_with(code) &&
         number.substr(code.size()) == digits;
}

}  // namespace

store::Customer customer_of(const CustomerRow& row, const store::Customer* known, std::string_view country,
                            Notes& notes) {
  auto customer = known ? *known : store::Customer{};
  customer.key = std::to_string(row.id);
  customer.name = row.name;
  customer.surname = row.surname;
  customer.email.reset();
  if (!row.email.empty()) {
    if (const auto address = core::EmailAddress::parse(row.email))
      customer.email = address->str();
    else
      ++notes["e-mail left out: it " + core::EmailAddress::explain_refusal(row.email)];
  }
  if (row.phone.empty()) {
    customer.phone.reset();
  } else if (!customer.phone || !says(row.phone, *customer.phone, country)) {
    customer.phone.reset();
    if (const auto number = core::PhoneNumber::parse(row.phone, country))
      customer.phone = number->str();
    else
      ++notes["phone number left out: it " + core::PhoneNumber::explain_refusal(row.phone, country)];
  }
  return customer;
}

std::variant<store::Vehicle, Refusal> vehicle_of(const VehicleRow& row, const store::Vehicle* known,
                                                 const core::Company& company, Notes& notes) {
  if (!row.customer) return Refusal{"it has no customer"};
  auto vehicle = known ? *known : store::Vehicle{};
  if (!known) vehicle.unit = company.country == "US" ? core::DistanceUnit::mi : core::DistanceUnit::km;
  vehicle.key = std::to_string(row.id);
  vehicle.customer = std::to_string(*row.customer);
  vehicle.plate = row.plate;
  vehicle.make = row.make;
  vehicle.model = row.model;
  vehicle.year.reset();
  if (row.year && *row.year >= 1885 && *row.year <= 2200)
    vehicle.year = static_cast<int>(*row.year);
  else if (row.year)
    ++notes["year left out: no year that a vehicle can be of"];
  return vehicle;
}

}  // namespace egarage::host
