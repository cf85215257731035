#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace egarage::tmpl {

/// The address of a link: the host as DNS knows it (`ñuñoa.cl` → `xn--uoa-8mal.cl`), the rest percent-encoded once,
/// however often it was before. `url` begins with `http://` or `https://`. A host that cannot be one is
/// percent-encoded, too.
std::string quoted_url(std::string_view url);

/// A host name in ASCII. Empty for a name that DNS cannot hold, and for letters beyond accented Latin ones.
std::optional<std::string> ascii_host(std::string_view host);

/// `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`, `&nbsp;` and numbers such as `&#39;` as the character they stand for.
std::string without_entities(std::string_view html);

}  // namespace egarage::tmpl
