#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.hpp"
#include "core/language.hpp"
#include "core/time_zone.hpp"

namespace egarage::tmpl {

/// A template that cannot be parsed or rendered. `what()` reads `FILE:LINE:COLUMN: sentence`.
class TemplateError : public std::runtime_error {
 public:
  TemplateError(std::string file, std::size_t line, std::size_t column, std::string sentence, std::string hint = {});
  const std::string& file() const { return file_; }
  std::size_t line() const { return line_; }      ///< from 1
  std::size_t column() const { return column_; }  ///< from 1, in code points
  const std::string& sentence() const { return sentence_; }
  const std::string& hint() const { return hint_; }  ///< may be empty

 private:
  std::string file_, sentence_, hint_;
  std::size_t line_, column_;
};

/// What is done to the value of `{{ … }}` unless a filter or `{% autoescape off %}` says otherwise.
enum class Escape {
  none,      ///< plain text: subjects, SMS
  html,      ///< Django's: & < > " '
  markdown,  ///< backslashes before what Markdown would take as markup, so that a name stays a name
};

/// Bounds that a hostile or broken template runs into instead of the machine. Passing one is a TemplateError.
struct Limits {
  std::size_t source = 256 * 1024;       ///< octets of a template
  std::size_t depth = 50;                ///< nesting of blocks while parsing, and of calls while rendering
  std::size_t output = 2 * 1024 * 1024;  ///< octets
  std::size_t steps = 1'000'000;         ///< nodes rendered and filters applied
};

class Template;
struct Compiled;

/// Where `{% include %}` and `{% extends %}` find other templates. Names are keys, never paths: what a name means is
/// the loader's business alone.
class Loader {
 public:
  virtual ~Loader() = default;
  /// Null when there is no template of that name. What it returns lives at least as long as the rendering. Throws
  /// TemplateError when that template cannot be parsed.
  virtual const Template* find(std::string_view name) const = 0;
};

/// How values are shown, and what surrounds the template.
struct RenderOptions {
  Escape escape = Escape::none;
  core::Language language = core::Language::es;
  core::TimeZone time_zone = core::TimeZone::utc();  ///< instants are shown in it
  std::string_view currency = "CLP";
  core::Instant now{};             ///< `{% now %}`, timesince, timeuntil, naturalday
  const Loader* loader = nullptr;  ///< null: there are no other templates
  Limits limits;
};

/// A variable that a template takes from its context, where it stands. Names that the template binds itself (`for`,
/// `with`, `as` …) are not listed, but followed: in `{% for r in datos.lista %}{{ r.nombre }}` the path is
/// `datos.lista.*.nombre`, in `{% with c=cliente %}{{ c.nombre }}` it is `cliente.nombre`. What comes out of a filter
/// cannot be followed and is not listed. A number counts as `*`; the `items`, `keys` and `values` of an object stay in
/// the path.
struct Reference {
  std::string path;    ///< `cliente.nombre`
  std::size_t line;    ///< from 1
  std::size_t column;  ///< from 1, in code points: of the tag
};

/// Another template that a template names in `include` or `extends` as a literal.
struct Dependency {
  std::string name;
  std::size_t line, column;
};

/// A parsed template: Django's syntax, a documented subset (docs/templates.md). Parse once, render many; immutable and
/// safe to share between threads.
class Template {
 public:
  /// `name` appears in errors. Throws TemplateError.
  static Template parse(std::string name, std::string text, const Limits& limits = {});
  Template(Template&&) noexcept;
  Template& operator=(Template&&) noexcept;
  ~Template();

  /// The context is never parsed again: a value that holds `{{ }}` is shown as it is. A variable that does not exist is
  /// empty. Throws TemplateError.
  std::string render(const nlohmann::json& context, const RenderOptions& options) const;

  const std::string& name() const;
  const std::vector<Reference>& references() const;     ///< in order of appearance
  const std::vector<Dependency>& dependencies() const;  ///< in order of appearance
  /// For the tags that render other templates.
  const Compiled& compiled() const { return *compiled_; }

 private:
  explicit Template(std::unique_ptr<const Compiled> compiled);
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace egarage::tmpl
