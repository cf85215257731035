#include "channels/file/file_sender.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>

#include "channels/email/message_id.hpp"
#include "channels/file/format.hpp"
#include "core/ascii.hpp"
#include "core/platform/files.hpp"

namespace egarage::channels::file {

namespace {

/// The local part of the message's id as a file name that every system takes. A fingerprint keeps two of them apart
/// where characters had to go.
std::string file_name(std::string_view message_id, std::string_view suffix) {
  constexpr std::size_t longest = 120;
  const auto local_part = message_id.substr(0, message_id.find('@'));
  std::string name{local_part.substr(0, longest)};
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !core::is_letter_or_digit(c) && c != '.' && c != '_' && c != '-'; },
      '_');
  if (name.empty() || name.front() == '.') name.insert(0, 1, '_');
  if (name != local_part) name += '-' + email::fingerprint(message_id);
  return name + std::string(suffix);
}

class FileSender final : public Sender {
 public:
  FileSender(std::filesystem::path directory, std::unique_ptr<const Format> format)
      : directory_(std::move(directory)), format_(std::move(format)) {}

  void expect(std::size_t) override {}

  std::size_t room() const override {
    constexpr std::size_t most = 64;
    return standing_.state == Standing::State::ok ? most - std::min(most, results_.size()) : 0;
  }

  void submit(Message message) override { results_.push_back({message.token, write(message)}); }

  void drive(SteadyTime, std::vector<Result>& results) override {
    std::move(results_.begin(), results_.end(), std::back_inserter(results));
    results_.clear();
  }

  void add_waits(WaitList& waits) const override {
    if (!results_.empty()) waits.wake_by(SteadyTime{});  // at once
  }

  std::size_t in_flight() const override { return results_.size(); }
  Standing standing() const override { return standing_; }

 private:
  Outcome write(const Message& message) {
    if (standing_.reply) return Returned{*standing_.reply};
    if (auto refusal = format_->refusal(message)) return *std::move(refusal);
    const auto name = file_name(message.id, format_->suffix());
    try {
      std::filesystem::create_directories(directory_);
      core::platform::write_file_durably(directory_ / name, format_->content(message));
    } catch (const std::system_error& error) {
      const auto reason = directory_.string() + ": " + error.code().message();
      standing_ = {Standing::State::blocked, file_reply(reason, error.code().value()), std::nullopt};
      return Returned{*standing_.reply};
    }
    return Accepted{file_reply("written"), name};
  }

  std::filesystem::path directory_;
  std::unique_ptr<const Format> format_;
  Standing standing_;
  std::vector<Result> results_;
};

}  // namespace

std::unique_ptr<Sender> make_file_sender(std::filesystem::path directory, const core::EmailAccount& account) {
  return std::make_unique<FileSender>(std::move(directory), make_format(account));
}

std::unique_ptr<Sender> make_file_sender(std::filesystem::path directory, const core::WhatsappAccount& account) {
  return std::make_unique<FileSender>(std::move(directory), make_format(account));
}

std::unique_ptr<Sender> make_file_sender(std::filesystem::path directory, const core::SmsAccount& account) {
  return std::make_unique<FileSender>(std::move(directory), make_format(account));
}

}  // namespace egarage::channels::file
