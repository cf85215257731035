#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "template/lexer.hpp"
#include "template/template.hpp"

namespace egarage::tmpl {

/// What a name stands for, as far as parsing can tell: a place in the context, what `regroup` makes of one, or
/// something that cannot be followed.
class Meaning {
 public:
  static Meaning unknown() { return Meaning(Kind::unknown, {}); }
  static Meaning path(std::string path);
  /// The list that `regroup` makes of the items of `list`, by what is found at `grouper`.
  static Meaning groups(const Meaning& list, const Meaning& grouper);

  /// What `.part` leads to; an item of a list is the part `*`, or a number.
  Meaning member(std::string_view part) const;
  /// Empty for what is no place in the context.
  const std::string& path() const { return path_; }

 private:
  enum class Kind { unknown, path, groups, group };
  Meaning(Kind kind, std::string path, std::string grouper = {})
      : kind_(kind), path_(std::move(path)), grouper_(std::move(grouper)) {}
  Kind kind_;
  std::string path_;     ///< of Kind::path
  std::string list_;     ///< of groups and a group: the path of the list
  std::string grouper_;  ///< likewise: the path of what they are grouped by
};

/// The names that a template binds itself while it is parsed, and the references to everything else.
class NameScopes {
 public:
  NameScopes();
  /// Begins a scope; its names are forgotten at `leave`, which takes what this returns.
  std::size_t enter() { return std::exchange(scope_, bindings_.size()); }
  void leave(std::size_t before) {
    bindings_.resize(scope_, {{}, Meaning::unknown()});
    scope_ = before;
  }
  /// Sets a name in the innermost scope. False when there are too many names.
  [[nodiscard]] bool bind(std::string_view name, Meaning meaning);
  Meaning meaning_of(std::span<const std::string> path) const;
  void refer(std::span<const std::string> path, Position position);
  std::vector<Reference> take_references() { return std::move(references_); }

 private:
  struct Binding {
    std::string name;
    Meaning meaning;
  };
  std::vector<Binding> bindings_;
  std::size_t scope_ = 0;
  std::vector<Reference> references_;
};

}  // namespace egarage::tmpl
