#include "content/markdown.hpp"

#include <cmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace egarage::content {
namespace {

struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};

/// Memory that is handed out from front to back and taken back all at once.
class Arena {
 public:
  /// Zeroed, and as aligned as malloc's. Never null: cmark cannot cope with failure (its own allocator aborts, too).
  void* allocate(std::size_t size) {
    const auto whole = header + (size + alignment - 1) / alignment * alignment;
    if (whole > left_) add_chunk(whole);
    std::memcpy(next_, &size, sizeof size);
    void* memory = next_ + header;
    std::memset(memory, 0, size);
    next_ += whole;
    left_ -= whole;
    return memory;
  }

  void* reallocate(void* old, std::size_t size) {
    if (!old) return allocate(size);
    std::size_t old_size = 0;
    std::memcpy(&old_size, static_cast<char*>(old) - header, sizeof old_size);
    if (size <= old_size) return old;
    void* memory = allocate(size);
    std::memcpy(memory, old, old_size);
    return memory;
  }

  void clear() {
    if (chunks_.empty()) return;
    chunks_.resize(1);  // what a large message needed beyond that is given back
    next_ = chunks_.front().get();
    left_ = chunk_size;
  }

 private:
  static constexpr std::size_t alignment = alignof(std::max_align_t), header = alignment, chunk_size = 256 * 1024;
  static_assert(sizeof(std::size_t) <= header);

  void add_chunk(std::size_t at_least) {
    // The first one is kept, and always of the same size.
    if (chunks_.empty() && at_least > chunk_size) add_chunk(0);
    const auto size = std::max(at_least, chunk_size);
    chunks_.emplace_back(static_cast<char*>(std::malloc(size)));
    if (!chunks_.back()) std::abort();
    next_ = chunks_.back().get();
    left_ = size;
  }

  std::vector<std::unique_ptr<char, FreeMemory>> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

thread_local Arena arena;

// cmark's allocator interface is C functions without a context.
cmark_mem arena_functions{
    [](std::size_t count, std::size_t size) { return arena.allocate(count * size); },
    [](void* old, std::size_t size) { return arena.reallocate(old, size); },
    [](void*) {},
};

}  // namespace

cmark_node* parse_markdown(std::string_view text) {
  arena.clear();
  auto* parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &arena_functions);
  cmark_parser_feed(parser, text.data(), text.size());
  auto* document = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  return document;
}

std::string_view html_of(cmark_node* document) { return cmark_render_html(document, CMARK_OPT_HARDBREAKS); }

}  // namespace egarage::content
