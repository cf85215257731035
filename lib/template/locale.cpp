#include "template/locale.hpp"

namespace egarage::tmpl {

namespace {

constexpr Locale spanish{
    {"Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre",
     "Diciembre"},
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"},
    {"Ene.", "Feb.", "Mar.", "Abr.", "Mayo", "Jun.", "Jul.", "Ago.", "Sept.", "Oct.", "Nov.", "Dic."},
    {"Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"},
    {"Lun", "Mar", "Mié", "Jue", "Vie", "Sáb", "Dom"},
    "medianoche",
    "mediodía",
    "sí,no,quizás",
    "...",
    {{{"año", "años"},
      {"mes", "meses"},
      {"semana", "semanas"},
      {"día", "días"},
      {"hora", "horas"},
      {"minuto", "minutos"}}},
    "ayer",
    "hoy",
    "mañana",
    ".",
    ",",
};

constexpr Locale english{
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"},
    {"Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."},
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
    "midnight",
    "noon",
    "yes,no,maybe",
    "…",
    {{{"year", "years"},
      {"month", "months"},
      {"week", "weeks"},
      {"day", "days"},
      {"hour", "hours"},
      {"minute", "minutes"}}},
    "yesterday",
    "today",
    "tomorrow",
    ",",
    ".",
};

}  // namespace

const Locale& locale_of(core::Language language) { return language == core::Language::es ? spanish : english; }

}  // namespace egarage::tmpl
