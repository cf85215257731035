#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace egarage::core {

/// An addr-spec that is safe to put on the wire: the subset of RFC 5321 §4.1.2 that real mailboxes use (dot-atom local
/// part of at most 64 octets, a domain of two labels or more, 254 octets together; ASCII only). No quoted local parts,
/// no address literals, no CR, LF, NUL, spaces or angle brackets, so nothing can be injected into a command or a
/// header. A domain with accented Latin letters becomes its `xn--` form (core/idn.hpp); other scripts must be given in
/// that form.
class EmailAddress {
 public:
  /// Empty when the text is not such an address; surrounding blanks are ignored. The domain becomes lower case.
  static std::optional<EmailAddress> parse(std::string_view text);
  /// One clause saying why `parse` refused it, for reports: `has no "@"`, `has a non-ASCII local part` … Empty for an
  /// address that `parse` takes. Never repeats the text.
  static std::string explain_refusal(std::string_view text);

  const std::string& str() const { return text_; }
  std::string_view local_part() const;
  std::string_view domain() const;
  bool operator==(const EmailAddress&) const = default;

 private:
  explicit EmailAddress(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// A display name and an address, as in a From header. The name is free UTF-8 text; whoever writes a header encodes it.
struct Mailbox {
  std::string name;
  EmailAddress address;
  bool operator==(const Mailbox&) const = default;
};

/// Reads `Name <user@host>`, `"Name, Ltd." <user@host>` and `user@host`. Empty when the address is not valid or the
/// text holds more than one.
std::optional<Mailbox> parse_mailbox(std::string_view text);

/// For logs: `a…@example.cl`. Anything that is not an address becomes `…`.
std::string mask_address(std::string_view address);

}  // namespace egarage::core
