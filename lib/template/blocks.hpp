#pragma once

#include <string_view>
#include <vector>

#include "template/compiled.hpp"

namespace egarage::tmpl {

/// The blocks of a template and of those that it extends, the nearest first.
class BlockContext {
 public:
  void add(const BlockTable& blocks) { levels_.push_back(&blocks); }
  /// The next block of this name that is not being rendered already. Null when there is none.
  const Block* next(std::string_view name) const { return find(name).block; }
  /// Marks that block, if there is one, as being rendered while it lives.
  class Mark {
   public:
    Mark(BlockContext& context, std::string_view name);
    ~Mark() { context_.active_.resize(before_, {}); }
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;

   private:
    BlockContext& context_;
    std::size_t before_;
  };

 private:
  struct Active {
    std::string_view name;
    std::size_t level;
  };
  struct Found {
    const Block* block;
    std::size_t level;
  };
  Found find(std::string_view name) const;
  std::vector<const BlockTable*> levels_;
  std::vector<Active> active_;
};

/// The variable `block` while a block is being rendered.
class BlockState {
 public:
  BlockState(const Block& block, BlockContext* context) : block_(block), context_(context) {}
  /// `name`, and `super`: what the block of the extended template makes.
  std::optional<Value> member(Renderer& renderer, std::string_view name) const;

 private:
  const Block& block_;
  BlockContext* context_;  ///< null in a template that extends no other
};

}  // namespace egarage::tmpl
