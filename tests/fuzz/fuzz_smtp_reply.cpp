// Arbitrary octets, in arbitrary pieces, as a server's side of a session with messages under way. Whatever comes: every
// message is answered exactly once, memory stays bounded, and nothing is Accepted before its final dot was sent and a
// reply 2xx came after it.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "channels/email/smtp_login.hpp"
#include "channels/email/smtp_session.hpp"

using namespace egarage::channels;
using namespace egarage::channels::email;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

struct Check {
  std::map<std::uint64_t, int> answers;
  std::uint64_t dots_sent = 0;
  std::string tail;  ///< the last octets that went out
  bool positive_seen = false;

  void note_sent(std::string_view octets) {
    tail += octets;
    for (std::size_t at; (at = tail.find("\r\n.\r\n")) != std::string::npos; tail.erase(0, at + 5)) ++dots_sent;
    if (tail.size() > 4) tail.erase(0, tail.size() - 4);
  }
  void note(std::vector<Result>& results) {
    std::uint64_t accepted = 0;
    for (const Result& result : results) {
      require(++answers[result.token] == 1);
      if (const auto* known = std::get_if<Accepted>(&result.outcome)) {
        ++accepted;
        require(known->reply.code / 100 == 2);
      }
      std::visit([](const auto& outcome) { require(outcome.reply.text.size() <= 500); }, result.outcome);
    }
    require(accepted == 0 || positive_seen);
    total_accepted += accepted;
    require(total_accepted <= dots_sent);
    results.clear();
  }
  std::uint64_t total_accepted = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const bool pipelining = (data[0] & 1) != 0;
  const bool times_out = (data[0] & 2) != 0;
  std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  SmtpLogin login(egarage::core::TlsMode::starttls, true);
  for (std::string_view rest = octets; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    if (line.empty() || !login.hear(line)) break;
    rest.remove_prefix(line.size());
  }
  require(login.offer().size || login.offer().maximum_size == 0);

  SmtpSession session({.pipelining = pipelining, .size = true, .maximum_size = 1000}, "a@example.com");
  Check check;
  std::vector<Result> results;
  std::uint64_t submitted = 0;
  while (!octets.empty() && !session.finished()) {
    const auto command = static_cast<unsigned char>(octets.front());
    octets.remove_prefix(1);
    if (session.has_room() && (command & 0x80) == 0)
      session.submit(submitted++, "b@example.com", "x: y\r\n\r\n.\r\n", results);
    const std::size_t some = (command & 0x40) != 0 ? session.output().size() / 2 : session.output().size();
    check.note_sent(session.output().substr(0, some));
    session.sent(some);
    const std::string_view piece = octets.substr(0, command & 0x3f);
    octets.remove_prefix(piece.size());
    check.positive_seen = check.positive_seen || piece.find('2') != std::string_view::npos;
    session.receive(piece, results);
    check.note(results);
    require(session.output().size() <= 4096);
    if (command == 0x3f) session.stop({}, results);
    check.note(results);
  }
  session.end(times_out ? SmtpSession::End::timed_out : SmtpSession::End::closed, "end", results);
  check.note(results);
  require(session.finished());
  require(check.answers.size() == submitted);
  return 0;
}
