#include "template/names.hpp"

#include <algorithm>

#include "template/renderer.hpp"

namespace egarage::tmpl {

namespace {

/// Followed paths grow with every `with`; no honest one is this long.
constexpr std::size_t longest_followed_path = 1000;

bool is_number(std::string_view part) {
  return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Meaning Meaning::path(std::string path) { return Meaning(Kind::path, std::move(path)); }

Meaning Meaning::groups(const Meaning& list, const Meaning& grouper) {
  if (list.kind_ != Kind::path) return unknown();
  Meaning made(Kind::groups, {}, grouper.path_);
  made.list_ = list.path_;
  return made;
}

Meaning Meaning::member(std::string_view part) const {
  const std::string_view step = is_number(part) ? std::string_view("*") : part;
  switch (kind_) {
    case Kind::path:
      if (path_.size() + step.size() > longest_followed_path) return unknown();
      return path(path_ + "." + std::string(step));
    case Kind::groups: {
      if (step != "*") return unknown();
      Meaning made(Kind::group, {}, grouper_);
      made.list_ = list_;
      return made;
    }
    case Kind::group:
      if (part == "list" || part == "1") return path(list_);
      if ((part == "grouper" || part == "0") && !grouper_.empty()) return path(grouper_);
      return unknown();
    default:
      return unknown();
  }
}

NameScopes::NameScopes() {
  for (const char* name : {"True", "False", "None", "forloop", "block"}) {
    bindings_.push_back({name, Meaning::unknown()});
  }
}

bool NameScopes::bind(std::string_view name, Meaning meaning) {
  for (std::size_t i = scope_; i < bindings_.size(); ++i) {
    if (bindings_[i].name != name) continue;
    bindings_[i].meaning = std::move(meaning);
    return true;
  }
  if (bindings_.size() >= most_names) return false;
  bindings_.push_back({std::string(name), std::move(meaning)});
  return true;
}

Meaning NameScopes::meaning_of(std::span<const std::string> path) const {
  const auto bound = std::find_if(bindings_.rbegin(), bindings_.rend(),
                                  [&](const Binding& binding) { return binding.name == path.front(); });
  Meaning meaning = bound != bindings_.rend() ? bound->meaning : Meaning::path(path.front());
  for (const auto& part : path.subspan(1)) meaning = meaning.member(part);
  return meaning;
}

void NameScopes::refer(std::span<const std::string> path, Position position) {
  const Meaning meaning = meaning_of(path);
  if (!meaning.path().empty()) references_.push_back({meaning.path(), position.line, position.column});
}

}  // namespace egarage::tmpl
