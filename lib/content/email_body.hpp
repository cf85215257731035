#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "content/email_layout.hpp"
#include "core/company.hpp"
#include "core/event.hpp"
#include "core/language.hpp"

namespace egarage::content {

struct PlatformIdentity;

struct EmailBody {
  std::string text;  ///< the same words without markup, LF line ends
  std::string html;  ///< a whole document: layout, the company's name, colour and contact data
};

/// Who signs the e-mail.
struct Brand {
  std::string name, email, phone, address, colour, logo;
  std::shared_ptr<const EmailLayout> layout = nullptr;  ///< its own; null: the product's
};
Brand brand_of(const core::Company& company);
/// The platform signs notices to a company's administrator (core::Audience::company_admin) itself.
Brand brand_of(const PlatformIdentity& platform);

/// Makes e-mails of stored messages. The layouts are parsed once, and rendered once per brand; what differs from
/// message to message is put in. Not for several threads at once.
class EmailComposer {
 public:
  EmailComposer();
  ~EmailComposer();
  /// `unsubscribe` (`mailto:…` or `https://…`) is shown in promotional messages only; anything else is left out.
  /// Raw HTML and dangerous links (`javascript:`, `data:` …) in the Markdown have no effect.
  EmailBody compose(std::string_view subject, std::string_view markdown, const Brand& brand, core::Event event,
                    core::Language language, std::string_view unsubscribe) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace egarage::content
