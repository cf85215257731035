#include <fmt/format.h>

#include "template/renderer.hpp"

namespace egarage::tmpl {

namespace {

const nlohmann::json nothing = nlohmann::json::object();

}  // namespace

TemplateCall::TemplateCall(Renderer& renderer, const std::string& name, TemplateState& state)
    : renderer_(renderer), name_(renderer.name_), state_(renderer.state_), position_(renderer.position_) {
  if (renderer.calls_ >= renderer.options_.limits.depth) {
    renderer.fail<TemplateError>(
        fmt::format("templates and blocks call each other more than {} levels deep", renderer.options_.limits.depth),
        "look for a template that includes or extends itself, directly or through others");
  }
  ++renderer.calls_;
  renderer.name_ = &name;
  renderer.state_ = &state;
}

TemplateCall::~TemplateCall() {
  --renderer_.calls_;
  renderer_.name_ = name_;
  renderer_.state_ = state_;
  renderer_.position_ = position_;
}

Isolation::Isolation(Renderer& renderer)
    : renderer_(renderer), context_(renderer.context_), first_visible_(renderer.first_visible_) {
  renderer.context_ = &nothing;
  renderer.first_visible_ = renderer.bindings_.size();
}

Isolation::~Isolation() {
  renderer_.context_ = context_;
  renderer_.first_visible_ = first_visible_;
}

void Nesting::fail(const Renderer& renderer) {
  renderer.fail<TemplateError>(fmt::format("tags and conditions are nested deeper than {} levels", renderer.nesting_),
                               "split the template into simpler ones");
}

Capture::Capture(Renderer& renderer)
    : renderer_(renderer),
      begin_(renderer.output_.size()),
      scope_(renderer.bindings_.size()),
      frame_(renderer.frame_),
      open_number_(renderer.open_number_),
      escape_(renderer.escape_) {}

Capture::~Capture() {
  if (!is_open_) return;
  renderer_.output_.resize(begin_);
  renderer_.bindings_.resize(scope_);
  renderer_.frame_ = frame_;
  renderer_.open_number_ = open_number_;
  renderer_.escape_ = escape_;
}

std::string_view Capture::text() const { return std::string_view(renderer_.output_).substr(begin_); }

std::string Capture::take() {
  std::string text(this->text());
  drop();
  renderer_.charge(text.size());
  return text;
}

void Capture::drop() {
  renderer_.output_.resize(begin_);
  renderer_.open_number_ = open_number_;
  is_open_ = false;
}

void Capture::replace(std::string_view text) {
  const bool ends_in_open_number = renderer_.open_number_ == renderer_.output_.size();
  drop();
  renderer_.charge(text.size());
  renderer_.check_size(begin_ + text.size());
  renderer_.output_ += text;
  if (ends_in_open_number && !text.empty()) renderer_.open_number_ = renderer_.output_.size();
}

}  // namespace egarage::tmpl
