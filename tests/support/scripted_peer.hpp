#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace egarage::test {

/// A directory that goes away with its owner.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "egarage-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// A scripted server of tests/support as a process of its own; it ends with this object.
class ScriptedPeer {
 public:
  ScriptedPeer(const std::string& script, std::vector<std::string> arguments) {
    int to_peer[2];
    int from_peer[2];
    if (pipe(to_peer) != 0 || pipe(from_peer) != 0) throw std::runtime_error("pipe");
    std::vector<std::string> command{"python3", EGARAGE_SOURCE_DIR "/tests/support/" + script, "--until-eof", "--log",
                                     log_file()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<char*> words;
    for (auto& word : command) words.push_back(word.data());
    words.push_back(nullptr);
    process_ = fork();
    if (process_ == 0) {
      dup2(to_peer[0], STDIN_FILENO);
      dup2(from_peer[1], STDOUT_FILENO);
      for (const int descriptor : {to_peer[0], to_peer[1], from_peer[0], from_peer[1]}) close(descriptor);
      execvp(words[0], words.data());
      _exit(127);
    }
    close(to_peer[0]);
    close(from_peer[1]);
    input_ = to_peer[1];
    const std::unique_ptr<FILE, decltype(&fclose)> output(fdopen(from_peer[0], "r"), &fclose);
    unsigned port_read = 0;
    if (fscanf(output.get(), "%u", &port_read) != 1) throw std::runtime_error(script + " does not start");
    port = static_cast<std::uint16_t>(port_read);
  }
  ~ScriptedPeer() {
    close(input_);
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  /// How many lines of its log contain the text, e.g. `"fact": "auth"`.
  std::size_t count(const std::string& text) const {
    std::ifstream file(log_file());
    std::size_t hits = 0;
    for (std::string line; std::getline(file, line);) hits += line.find(text) != std::string::npos ? 1 : 0;
    return hits;
  }
  std::string log() const {
    std::ifstream file(log_file());
    return (std::ostringstream() << file.rdbuf()).str();
  }

  std::uint16_t port = 0;

 private:
  std::string log_file() const { return directory_ / "peer.log"; }

  TemporaryDirectory directory_;
  pid_t process_ = -1;
  int input_ = -1;
};

}  // namespace egarage::test
