#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/event.hpp"

namespace egarage::content {

/// A set of events, as a table can hold it.
class EventSet {
 public:
  constexpr EventSet(std::initializer_list<core::Event> events) {
    for (const auto event : events) bits_ |= bit(event);
  }
  constexpr bool contains(core::Event event) const { return (bits_ & bit(event)) != 0; }

 private:
  static constexpr std::uint32_t bit(core::Event event) { return 1U << static_cast<unsigned>(event); }
  std::uint32_t bits_ = 0;
};

enum class VariableType {
  text,
  number,  ///< whole
  amount,  ///< in the company's currency: `{{ datos.total|money }}`
  date,    ///< `2026-12-01`
  time,    ///< `09:30`
  list,    ///< the members of an item are variables of their own: `datos.recordatorios.*.descripcion`
};
inline constexpr core::EnumNames<VariableType, 6> variable_type_names{{{VariableType::text, "text"},
                                                                       {VariableType::number, "number"},
                                                                       {VariableType::amount, "amount"},
                                                                       {VariableType::date, "date"},
                                                                       {VariableType::time, "time"},
                                                                       {VariableType::list, "list"}}};

/// A variable that the texts of certain events may use: the public contract (docs/templates.md shows the same table).
struct Variable {
  std::string_view path;  ///< `cliente.nombre`; `*` is every item of a list
  VariableType type;
  EventSet events;
  std::string_view chilean;  ///< an example; a list's member has one for each item, divided by `|`
  std::string_view american;
  std::string_view meaning;
};
std::span<const Variable> variables();

/// Where examples come from.
enum class Place { chile, usa };
/// How much an event says.
enum class Detail {
  full,      ///< every variable of its contract except lists
  combined,  ///< lists, too: several things in one message
  minimal,   ///< the recipient's address alone: everything else is optional
};
inline constexpr core::EnumNames<Detail, 3> detail_names{
    {{Detail::full, "full"}, {Detail::combined, "combined"}, {Detail::minimal, "minimal"}}};

/// The objects of an event (`recipient`, `vehiculo`, …) with the examples of its variables, for previews and checks.
nlohmann::json sample_objects(core::Event event, Place place, Detail detail);

}  // namespace egarage::content
