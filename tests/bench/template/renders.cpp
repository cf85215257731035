// The two contestants in C++: the template language and fmt. Reads requests as JSON Lines, answers each with a line.
//   {"do":"load","subject":…,"body":…,"templates":{…},"contexts":[…],"now":…}   {}
//   {"do":"text","contestant":NAME,"escape":…,"context":0}                       {"subject":…,"body":…}
//   {"do":"run","contestant":NAME,"escape":…,"count":1000}                       {"seconds":…}, over the contexts in
//   turn
// NAME: ours, parse (of all sources), fmt (texts/aviso.md by hand).
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "template/template.hpp"

namespace {

using namespace egarage;
using nlohmann::json;

struct Message {
  std::string subject, body;
};

class Parts : public tmpl::Loader {
 public:
  void add(const std::string& name, const std::string& source) {
    parsed_.emplace(name, tmpl::Template::parse(name, source));
  }
  const tmpl::Template* find(std::string_view name) const override {
    const auto found = parsed_.find(name);
    return found == parsed_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, tmpl::Template, std::less<>> parsed_;
};

struct Ours {
  tmpl::Template subject, body;
  Parts parts;

  explicit Ours(const json& load)
      : subject(tmpl::Template::parse("subject", load.at("subject").get<std::string>())),
        body(tmpl::Template::parse("body", load.at("body").get<std::string>())) {
    for (const auto& [name, source] : load.at("templates").items()) parts.add(name, source.get<std::string>());
  }

  Message render(const json& context, tmpl::RenderOptions options) const {
    options.loader = &parts;
    options.currency = context.at("empresa").at("moneda").get_ref<const std::string&>();
    const auto body_escape = std::exchange(options.escape, tmpl::Escape::none);
    Message message{subject.render(context, options), {}};
    options.escape = body_escape;
    message.body = body.render(context, options);
    return message;
  }
};

/// The values of texts/aviso.md as a C++ program would have them.
struct Notice {
  struct Work {
    std::string name;
    std::int64_t price;
  };
  std::string customer, make, model, plate, kind, country, phone, address, workshop;
  std::int64_t year = 0, mileage = 0, total = 0;
  std::optional<core::Date> date;
  std::vector<Work> works;

  explicit Notice(const json& context) {
    const auto& company = context.at("empresa");
    const auto& vehicle = context.at("vehiculo");
    const auto& data = context.at("datos");
    context.at("cliente").at("nombre").get_to(customer);
    vehicle.at("marca").get_to(make);
    vehicle.at("modelo").get_to(model);
    vehicle.at("patente").get_to(plate);
    vehicle.at("anio").get_to(year);
    data.at("tipo").get_to(kind);
    data.at("kilometraje").get_to(mileage);
    data.at("total").get_to(total);
    date = core::parse_date(data.at("fecha").get<std::string>());
    company.at("pais").get_to(country);
    company.at("telefono").get_to(phone);
    company.at("direccion").get_to(address);
    company.at("nombre_taller").get_to(workshop);
    for (const auto& work : data.at("trabajos")) works.push_back({work.at("nombre"), work.at("precio")});
  }
};

constexpr std::array<std::string_view, 12> months{"Enero",      "Febrero", "Marzo",     "Abril",
                                                  "Mayo",       "Junio",   "Julio",     "Agosto",
                                                  "Septiembre", "Octubre", "Noviembre", "Diciembre"};
constexpr std::array<std::string_view, 7> weekdays{"Domingo", "Lunes",   "Martes", "Miércoles",
                                                   "Jueves",  "Viernes", "Sábado"};

std::string grouped(std::int64_t number) {
  std::string digits = fmt::format_int(number).str();
  for (std::size_t place = digits.size(); place > 3;) digits.insert(place -= 3, 1, '.');
  return digits;
}

std::string pesos(std::int64_t amount) { return "$" + grouped(amount); }

/// Of a number with the country code of Chile.
std::string national(std::string_view phone) {
  const auto digits = phone.substr(3);
  if (digits[0] == '9' || digits[0] == '2') {
    return fmt::format("{} {} {}", digits.substr(0, 1), digits.substr(1, 4), digits.substr(5));
  }
  return fmt::format("{} {} {}", digits.substr(0, 2), digits.substr(2, 3), digits.substr(5));
}

Message formatted(const Notice& notice) {
  Message message;
  const auto subject = std::back_inserter(message.subject);
  fmt::format_to(subject, "subject: {}", notice.make.empty() ? "Su vehículo" : notice.make);
  if (!notice.model.empty()) fmt::format_to(subject, " {}", notice.model);
  fmt::format_to(subject, ": {}",
                 notice.kind == "ACEITE"       ? "cambio de aceite"
                 : notice.kind == "FRENOS"     ? "revisión de frenos"
                 : notice.kind == "NEUMATICOS" ? "neumáticos"
                                               : "mantención");
  const auto month = [&] { return months[static_cast<unsigned>(notice.date->month()) - 1]; };
  const auto day = [&] { return static_cast<unsigned>(notice.date->day()); };
  if (notice.date) fmt::format_to(subject, " el {} de {}", day(), month());

  const auto out = std::back_inserter(message.body);
  fmt::format_to(out, "Hola");
  if (!notice.customer.empty()) fmt::format_to(out, " {}", notice.customer);
  fmt::format_to(out, ":\n\nSe acerca la próxima mantención de su **{}",
                 notice.make.empty() ? "vehículo" : notice.make);
  if (!notice.model.empty()) fmt::format_to(out, " {}", notice.model);
  fmt::format_to(out, "**");
  if (notice.year != 0) fmt::format_to(out, " del año {}", notice.year);
  const bool miles = notice.country == "US";
  if (!notice.plate.empty()) fmt::format_to(out, " ({} {})", miles ? "placa" : "patente", notice.plate);
  fmt::format_to(out, ".\n\n");
  if (notice.date) {
    const std::chrono::weekday weekday{std::chrono::sys_days{*notice.date}};
    fmt::format_to(out, "Fecha: **{} {} de {} de {}**\n", weekdays[weekday.c_encoding()], day(), month(),
                   static_cast<int>(notice.date->year()));
  }
  if (notice.mileage != 0) {
    fmt::format_to(out, "{} a: **{} {}**\n", notice.date ? "O al llegar" : "Al llegar", grouped(notice.mileage),
                   miles ? "millas" : "km");
  }
  fmt::format_to(out, "\n");
  if (!notice.works.empty()) {
    fmt::format_to(out, "Lo que haremos:\n");
    std::size_t number = 0;
    for (const auto& work : notice.works) {
      fmt::format_to(out, "{}. {}: {}\n", ++number, work.name, pesos(work.price));
    }
    fmt::format_to(out, "\n{} estimado: **{}**\n\n", notice.works.size() > 1 ? "Total" : "Precio", pesos(notice.total));
  }
  fmt::format_to(out, "Reserve su hora");
  if (!notice.phone.empty()) fmt::format_to(out, " llamando al {} o", national(notice.phone));
  fmt::format_to(out, " respondiendo a este mensaje.");
  if (!notice.address.empty()) fmt::format_to(out, " Le esperamos en {}.", notice.address);
  fmt::format_to(out, "\n\nSi ya la hizo, no tome en cuenta este aviso.\n\nUn saludo,\n{}", notice.workshop);
  return message;
}

class Contest {
 public:
  explicit Contest(json load) : load_(std::move(load)), ours_(load_) {
    options_.now = *core::parse_instant(load_.at("now").get<std::string>());
  }

  Message text(const json& request) {
    set_escape(request);
    const auto& context = load_.at("contexts").at(request.at("context").get<std::size_t>());
    return request.at("contestant") == "fmt" ? formatted(Notice(context)) : ours_.render(context, options_);
  }

  double seconds(const json& request) {
    set_escape(request);
    const auto& contexts = load_.at("contexts");
    const auto count = request.at("count").get<std::size_t>();
    if (request.at("contestant") == "ours") return timed(count, [&](std::size_t i) { return text_of(contexts, i); });
    if (request.at("contestant") == "parse") return timed(count, [&](std::size_t) { return Ours(load_).body.name(); });
    std::vector<Notice> notices;
    for (const auto& context : contexts) notices.emplace_back(context);
    return timed(count, [&](std::size_t i) { return formatted(notices[i % notices.size()]).body; });
  }

 private:
  void set_escape(const json& request) {
    const auto escape = request.value("escape", "none");
    options_.escape = escape == "markdown" ? tmpl::Escape::markdown
                      : escape == "html"   ? tmpl::Escape::html
                                           : tmpl::Escape::none;
  }

  std::string text_of(const json& contexts, std::size_t i) {
    return ours_.render(contexts[i % contexts.size()], options_).body;
  }

  template <typename Work>
  static double timed(std::size_t count, Work work) {
    std::size_t octets = 0;
    const auto began = std::clock();  // CPU time: what else runs on the machine takes turns, not time
    for (std::size_t i = 0; i < count; ++i) octets += work(i).size();
    const double took = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    if (octets == 0) throw std::logic_error("nothing came out");
    return took;
  }

  json load_;
  Ours ours_;
  tmpl::RenderOptions options_;
};

}  // namespace

int main() {
  std::optional<Contest> contest;
  for (std::string line; std::getline(std::cin, line);) {
    try {
      auto request = json::parse(line);
      json answer = json::object();
      if (request.at("do") == "load") {
        contest.emplace(std::move(request));
      } else if (request.at("do") == "text") {
        const auto message = contest.value().text(request);
        answer = {{"subject", message.subject}, {"body", message.body}};
      } else {
        answer = {{"seconds", contest.value().seconds(request)}};
      }
      std::cout << answer.dump() << std::endl;
    } catch (const std::exception& error) {
      std::cerr << "error: " << error.what() << '\n';
      return 1;
    }
  }
  return 0;
}
