#include "channels/http/request_text.hpp"

#include <sodium.h>

#include <utility>

#include "channels/http/header_lines.hpp"

namespace egarage::channels::http {

namespace {

/// A body larger than most is not kept room for.
constexpr std::size_t kept_room = 64 * 1024;
constexpr std::size_t usual_body = 2 * 1024;

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET ";
    case Method::head:
      return "HEAD ";
    case Method::put:
      return "PUT ";
    case Method::post:
      break;
  }
  return "POST ";
}

}  // namespace

RequestText::~RequestText() { wipe(); }

void RequestText::wipe() { sodium_memzero(text_.data(), text_.size()); }

bool RequestText::write_head(const Request& request, const Target& target) {
  wipe();
  text_.clear();
  head_ = 0;
  const auto lines = header_lines(request);
  if (!lines) return false;
  const bool usual_port = target.port == (target.scheme == "https" ? "443" : "80");
  text_.reserve(target.resource.size() + target.host.size() + lines->reveal().size() + usual_body);
  text_.append(name_of(request.method)).append(target.resource).append(" HTTP/1.1\r\nHost: ").append(target.host);
  if (!usual_port) text_.append(":").append(target.port);
  text_.append("\r\n").append(lines->reveal());
  head_ = text_.size();
  return true;
}

void RequestText::write_body(const Request& request) {
  const auto length = std::to_string(request.body.size());
  const std::size_t size = head_ + length.size() + request.body.size() + 32;
  // Elsewhere, so that the old place can be wiped.
  if (size > text_.capacity() || text_.capacity() > kept_room + head_) {
    std::string other;
    other.reserve(size);
    other.append(text_, 0, head_);
    wipe();
    text_ = std::move(other);
  }
  text_.resize(head_);
  if (has_body(request.method)) text_.append("Content-Length: ").append(length).append("\r\n");
  text_.append("\r\n");
  if (has_body(request.method)) text_.append(request.body);
}

}  // namespace egarage::channels::http
